"""Kinds of item in which the learner writes or fills in: write to order, ruler, agenda map, plan."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, field_validator, model_validator

from mi_helpers.cases.schema import Depth, Item, Record, Text, Words, different_depths
from mi_helpers.coder.model import COUNSELLOR_CODES

PlanField = Literal["what", "when", "where", "if_then", "support", "review"]


# -- write --------------------------------------------------------------------------------------------------------


class WrittenModel(Record):
    """A model answer: one text for each box."""

    texts: Annotated[tuple[Text, ...], Field(min_length=1)]
    depth: Depth
    why: Text


class WriteText(Words):
    """The words of a write-to-order item."""

    title: Text
    situation: Text
    client_name: str = ""
    behaviour: str = ""
    client: str = ""
    task: Text
    boxes: Annotated[tuple[Text, ...], Field(min_length=1, max_length=4)]
    hints: Annotated[tuple[Text, ...], Field(min_length=3, max_length=3)]
    models: Annotated[tuple[WrittenModel, ...], Field(min_length=2, max_length=3)]
    next: str = ""

    @model_validator(mode="after")
    def _a_text_for_each_box(self):
        for model in self.models:
            if len(model.texts) != len(self.boxes):
                raise ValueError(f"models: {len(model.texts)} texts for {len(self.boxes)} boxes")
        different_depths(self.models)
        return self


class WriteItem(Item):
    """Write to order: an open question, three depths of one sentence, a summary, O-A-O in three boxes.

    ``wants`` has, for each box, the acts that carry out the task (none: anything goes); ``avoid`` names acts that miss
    it. ``direction`` is the way the client's behaviour may change, where that matters. ``half: change`` asks for an
    answer to the half of the client's words that leans towards change; ``below`` is a number on a ruler above which the
    text may not ask; ``free`` texts are not said to a client, so that there is nothing in them to read.
    """

    kind: Literal["write"]
    wants: tuple[tuple[str, ...], ...]
    avoid: tuple[str, ...] = ()
    direction: Literal["more", "less"] | None = None
    half: Literal["change"] | None = None
    below: Annotated[int, Field(ge=0, le=10)] | None = None
    free: bool = False
    en: WriteText
    nl: WriteText

    @field_validator("wants", "avoid")
    @classmethod
    def _known_codes(cls, codes: tuple) -> tuple:
        for code in (c for entry in codes for c in ((entry,) if isinstance(entry, str) else entry)):
            if code not in COUNSELLOR_CODES:
                raise ValueError(f"{code!r} is not a code of the coder")
        return codes

    @model_validator(mode="after")
    def _a_want_for_each_box(self):
        if len(self.wants) != len(self.en.boxes):
            raise ValueError(f"wants: {len(self.wants)} lists for {len(self.en.boxes)} boxes")
        return self

    def target(self, lang: str) -> dict[str, str] | None:
        """The target behaviour as the coder takes it; None where the item names none."""
        behaviour = self.text(lang).behaviour
        return {"behaviour": behaviour, "direction": self.direction} if behaviour and self.direction else None


# -- ruler, agenda ------------------------------------------------------------------------------------------------


class RulerText(Words):
    """The words of a ruler; ``downward`` holds the places {n} and {lower} for the numbers."""

    title: Text
    prompt: Text
    importance: Text
    confidence: Text
    downward: Text
    at_zero: Text
    upward: Text
    after: Text

    @field_validator("downward")
    @classmethod
    def _numbers(cls, text: str) -> str:
        if "{n}" not in text or "{lower}" not in text:
            raise ValueError("downward needs the places {n} and {lower}")
        return text


class RulerItem(Item):
    """Importance and confidence from 0 to 10, with the question asked downward."""

    kind: Literal["ruler"]
    en: RulerText
    nl: RulerText


class AgendaText(Words):
    """The words of an agenda map."""

    title: Text
    situation: Text
    prompt: Text
    client: Annotated[tuple[Text, ...], Field(min_length=1)]
    counsellor: Annotated[tuple[Text, ...], Field(min_length=1)]
    ask: Text
    after: Text


class AgendaItem(Item):
    """Bubbles that client and counsellor both fill; then one is chosen."""

    kind: Literal["agenda"]
    en: AgendaText
    nl: AgendaText


# -- plan ---------------------------------------------------------------------------------------------------------


class PlanModel(Record):
    """A model plan; some fields may stay empty."""

    what: str = ""
    when: str = ""
    where: str = ""
    if_then: str = ""
    support: str = ""
    review: str = ""
    why: Text


class PlanText(Words):
    """The words of a planning item; ``fields`` has the labels of the boxes."""

    title: Text
    situation: Text
    client_name: str = ""
    client: Text
    intention: Text
    prompt: Text
    fields: Annotated[dict[PlanField, Text], Field(min_length=2)]
    models: Annotated[tuple[PlanModel, ...], Field(min_length=1, max_length=3)]
    after: Text

    @model_validator(mode="after")
    def _models_keep_to_the_fields(self):
        for model in self.models:
            for name, text in model.model_dump(exclude={"why"}).items():
                if text and name not in self.fields:
                    raise ValueError(f"models: {name} is not among the fields")
        return self


class PlanItem(Item):
    """From an intention to a plan that can be done, or the insight that a plan comes too soon (``ready: false``).

    With ``ready: null`` the learner is the one who decides: a plan and "not yet" are both good answers.
    """

    kind: Literal["plan"]
    ready: bool | None
    en: PlanText
    nl: PlanText
