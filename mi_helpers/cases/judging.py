"""Kinds of item with an answer to find: sort, mark, choose, match, order, myth, predict.

The answer stands once, outside the language blocks; in the blocks every choice has its own ``why``, fitting or not.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from typing import Annotated, Literal

from pydantic import Field, StringConstraints, model_validator

from mi_helpers.cases.schema import Item, Record, Text, Words

Key = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9_-]*$")]
Some = Annotated[tuple[Key, ...], Field(min_length=1)]

_SPAN = re.compile(r"«([^«»]+)»")


def known(used: Iterable[str], there: Collection[str], what: str) -> None:
    """Refuse an id in an answer that the words do not have."""
    for key in used:
        if key not in there:
            raise ValueError(f"{what}: {key!r} is not among {', '.join(there)}")


def equal(used: Collection[str], there: Collection[str], what: str) -> None:
    """Refuse an answer that leaves an id out, or has one too many."""
    known(used, there, what)
    missing = [key for key in there if key not in used]
    if missing:
        raise ValueError(f"{what}: nothing for {', '.join(missing)}")


# -- sort ---------------------------------------------------------------------------------------------------------


class Card(Record):
    """One statement to sort, and why it belongs where it does."""

    text: Text
    why: Text


class SortText(Words):
    """The words of a sorting item."""

    title: Text
    prompt: Text
    groups: Annotated[dict[Key, Text], Field(min_length=2)]
    cards: Annotated[dict[Key, Card], Field(min_length=2)]


class SortItem(Item):
    """Put each card in a group; the first answer is the best one, the others can be defended."""

    kind: Literal["sort"]
    answers: dict[Key, Some]
    en: SortText
    nl: SortText

    @model_validator(mode="after")
    def _answers_fit(self):
        equal(self.answers, self.en.cards, "answers")
        for card, groups in self.answers.items():
            known(groups, self.en.groups, f"answers.{card}")
        return self


# -- mark ---------------------------------------------------------------------------------------------------------


def marked_words(text: str) -> tuple[str, tuple[tuple[int, int], ...]]:
    """Split a text with «guillemets» into the plain text and the marked stretches (start, end) in it."""
    plain, spans, at = "", [], 0
    for found in _SPAN.finditer(text):
        plain += text[at : found.start()]
        spans.append((len(plain), len(plain) + len(found[1])))
        plain += found[1]
        at = found.end()
    return plain + text[at:], tuple(spans)


class MarkText(Words):
    """The words of a marking item; the words to find stand between « and »."""

    title: Text
    prompt: Text
    text: Text
    why: Text
    elsewhere: Text

    @model_validator(mode="after")
    def _spans(self):
        plain, spans = marked_words(self.text)
        if not spans or "«" in plain or "»" in plain:
            raise ValueError("text needs at least one «stretch of words», and each « its own »")
        for start, end in spans:
            inside = plain[start:end]
            cut = re.match(r"\w", inside) and re.search(r"\w$", plain[:start])
            cut = cut or (re.search(r"\w$", inside) and re.match(r"\w", plain[end:]))
            if cut or inside != inside.strip():
                raise ValueError(f"«{inside}» must hold whole words, without space at its ends")
        return self


class MarkItem(Item):
    """Mark the words in a text that do something: the change half, the roadblock, the smoke signal."""

    kind: Literal["mark"]
    en: MarkText
    nl: MarkText


# -- choose -------------------------------------------------------------------------------------------------------


class Option(Record):
    """One reply to choose, what follows on it, and why."""

    text: Text
    next: str = ""
    why: Text


class Step(Record):
    """A second choice, after the first one."""

    client: str = ""
    prompt: Text
    options: Annotated[dict[Key, Option], Field(min_length=2)]


class ChooseText(Words):
    """The words of a choosing item; ``then`` holds the second step after some of the options."""

    title: Text
    situation: Text
    client_name: str = ""
    client: str = ""
    prompt: Text
    options: Annotated[dict[Key, Option], Field(min_length=2)]
    then: dict[Key, Step] = {}


class ChooseItem(Item):
    """Choose a next reply and see what follows; also: is this a moment for MI?"""

    kind: Literal["choose"]
    fitting: Some
    then_fitting: dict[Key, Some] = {}
    en: ChooseText
    nl: ChooseText

    @model_validator(mode="after")
    def _fitting(self):
        known(self.fitting, self.en.options, "fitting")
        known(self.en.then, self.en.options, "then")
        equal(self.then_fitting, self.en.then, "then_fitting")
        for option, fitting in self.then_fitting.items():
            known(fitting, self.en.then[option].options, f"then_fitting.{option}")
        return self


# -- match, order -------------------------------------------------------------------------------------------------


class MatchText(Words):
    """The words of a matching item."""

    title: Text
    prompt: Text
    left: Annotated[dict[Key, Text], Field(min_length=2)]
    right: Annotated[dict[Key, Text], Field(min_length=2)]
    why: dict[Key, Text]


class MatchItem(Item):
    """Find what belongs together; the first of a pair is the best one, the others can be defended."""

    kind: Literal["match"]
    pairs: dict[Key, Some]
    en: MatchText
    nl: MatchText

    @model_validator(mode="after")
    def _pairs_fit(self):
        equal(self.pairs, self.en.left, "pairs")
        equal(self.en.why, self.en.left, "why")
        for left, rights in self.pairs.items():
            known(rights, self.en.right, f"pairs.{left}")
        return self


class OrderText(Words):
    """The words of an ordering item."""

    title: Text
    prompt: Text
    steps: Annotated[dict[Key, Text], Field(min_length=3)]
    why: Text


class OrderItem(Item):
    """Put steps in order; steps of one ``loose`` group may stand in any order among themselves."""

    kind: Literal["order"]
    order: Annotated[tuple[Key, ...], Field(min_length=3)]
    loose: tuple[Annotated[tuple[Key, ...], Field(min_length=2)], ...] = ()
    en: OrderText
    nl: OrderText

    @model_validator(mode="after")
    def _order_fits(self):
        equal(self.order, self.en.steps, "order")
        if len(set(self.order)) != len(self.order):
            raise ValueError("order: a step stands in it twice")
        for group in self.loose:
            known(group, self.order, "loose")
            places = sorted(self.order.index(step) for step in group)
            if places != list(range(places[0], places[0] + len(group))):
                raise ValueError(f"loose: {', '.join(group)} do not stand side by side in order")
        grouped = [step for group in self.loose for step in group]
        if len(set(grouped)) != len(grouped):
            raise ValueError("loose: a step stands in two groups")
        return self


# -- myth, predict ------------------------------------------------------------------------------------------------

Verdict = Literal["yes", "partly", "no", "unknown"]


class MythText(Words):
    """The words of a myth item; ``labels`` names the answers that are offered."""

    title: Text
    statement: Text
    labels: Annotated[dict[Verdict, Text], Field(min_length=2)]
    why: Text


class MythItem(Item):
    """Myth or not? What is found, with what is not known said as such."""

    kind: Literal["myth"]
    answer: Verdict
    en: MythText
    nl: MythText

    @model_validator(mode="after")
    def _answer_offered(self):
        known([self.answer], self.en.labels, "answer")
        return self


class PredictText(Words):
    """The words of a predict-then-see item: ``unit`` goes with a number, ``options`` with a choice."""

    title: Text
    prompt: Text
    unit: str = ""
    options: dict[Key, Text] = {}
    see: Text
    source: Text


class PredictItem(Item):
    """Say first what you expect, then see what was found."""

    kind: Literal["predict"]
    shape: Literal["number", "choice"]
    low: float | None = None
    high: float | None = None
    step: Annotated[float, Field(gt=0)] | None = None
    value: float | None = None
    fitting: tuple[Key, ...] = ()
    en: PredictText
    nl: PredictText

    @model_validator(mode="after")
    def _shape_is_whole(self):
        numbers = (self.low, self.high, self.step, self.value)
        if self.shape == "number":
            if None in numbers:
                raise ValueError("a number needs low, high, step and value")
            if not self.low <= self.value <= self.high or self.low >= self.high:
                raise ValueError("value must lie between low and high")
            if self.fitting or self.en.options or not self.en.unit:
                raise ValueError("a number has a unit, and no fitting and no options")
        else:
            if any(n is not None for n in numbers) or self.en.unit:
                raise ValueError("a choice has no low, high, step, value or unit")
            if not self.fitting or len(self.en.options) < 2:
                raise ValueError("a choice needs fitting, and at least two options")
            known(self.fitting, self.en.options, "fitting")
        return self
