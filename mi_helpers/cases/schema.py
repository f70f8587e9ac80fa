"""What every exercise item has, and the two kinds that lesson 1 began with: rewriting, and a note for oneself.

An item is one record with both languages in it. Exercise, hint, solution, print-out and test are views of these
records. Unknown keys are an error. The other kinds: :mod:`~mi_helpers.cases.judging` (there is an answer to find) and
:mod:`~mi_helpers.cases.making` (something is written or filled in).
"""

from __future__ import annotations

import re
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, field_validator, model_validator

from mi_helpers.coder.model import ISSUE_KINDS

Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
ItemId = Annotated[str, StringConstraints(pattern=r"^l\d\d-[a-z0-9]+(-[a-z0-9]+)*$")]
FieldOfWork = Literal["physiotherapy", "youth", "addiction", "psychotherapy", "diet_medication", "work", "general"]
Address = Literal["u", "je"]
Depth = Literal["simple", "deeper", "deepest"]
SEED_ITEM = re.compile(r"^S00[0-4]-\d{1,2}$")


class Record(BaseModel):
    """Base of all records: frozen, and strict about keys."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Words(Record):
    """The words of an item in one language, with what every kind but a note has.

    ``discuss`` stands on the page of solutions: what two trainers might still disagree about, in this very item.
    """

    discuss: Text


def different_depths(models: tuple) -> tuple:
    """Refuse model replies that are all of one depth."""
    if len({m.depth for m in models}) < 2:
        raise ValueError("model replies need at least two different depths")
    return models


def same_shape(en: object, nl: object, path: str = "") -> None:
    """Refuse two language blocks of different shape: other keys, longer lists, a text that only one of them has."""
    if isinstance(en, dict) and isinstance(nl, dict):
        for key in {**en, **nl}:
            if key not in en or key not in nl:
                raise ValueError(f"{path}{key} stands in {'nl' if key in nl else 'en'} only")
            same_shape(en[key], nl[key], f"{path}{key}.")
    elif isinstance(en, list | tuple) and isinstance(nl, list | tuple):
        if len(en) != len(nl):
            raise ValueError(f"{path.rstrip('.')} has {len(en)} entries in en and {len(nl)} in nl")
        for n, (one, other) in enumerate(zip(en, nl, strict=True)):
            same_shape(one, other, f"{path}{n}.")
    elif bool(en) != bool(nl):
        raise ValueError(f"{path.rstrip('.')} is filled in {'en' if en else 'nl'} only")


class Model(Record):
    """A model reply: not the answer, one good answer."""

    text: Text
    depth: Depth
    why: Text


class Next(Record):
    """What the client says next, after each way of being answered."""

    push: Text
    followed: Text
    evoked: Text


class RewriteText(Words):
    """The words of a rewrite item in one language."""

    title: Text
    situation: Text
    client_name: Text
    behaviour: Text
    client: Text
    reflex: Text
    hints: Annotated[tuple[Text, ...], Field(min_length=3, max_length=3)]
    models: Annotated[tuple[Model, ...], Field(min_length=2, max_length=3)]
    next: Next

    @field_validator("models")
    @classmethod
    def _different_depths(cls, models: tuple[Model, ...]) -> tuple[Model, ...]:
        return different_depths(models)


class NoteText(Record):
    """The words of a free-text moment in one language: a question, and what is shown once something is written."""

    title: Text
    prompt: Text
    after: str = ""


class Item(Record):
    """What every item has, whatever its kind; each kind adds ``kind`` and the language blocks ``en`` and ``nl``.

    ``register`` (``address`` in Python) is how counsellor and client address each other in Dutch; it and ``field``
    stay empty where an item belongs to no field of work or has no such talk in it. ``care`` names what an item is about
    that may touch learners themselves; beside it stands where they can turn.
    """

    id: ItemId
    version: Annotated[int, Field(ge=1)] = 1
    lesson: Annotated[int, Field(ge=1, le=10)]
    core: bool
    covers: tuple[str, ...] = ()
    competencies: tuple[str, ...] = ()
    hard: bool = False
    care: Literal["suicide"] | None = None
    field: FieldOfWork | None = None
    address: Annotated[Address | None, Field(alias="register")] = None

    @field_validator("covers")
    @classmethod
    def _known_seed_items(cls, covers: tuple[str, ...]) -> tuple[str, ...]:
        for seed in covers:
            if not SEED_ITEM.match(seed):
                raise ValueError(f"{seed!r} is not an inventory item such as S003-2")
        return covers

    @model_validator(mode="after")
    def _id_names_lesson(self):
        if not self.id.startswith(f"l{self.lesson:02d}-"):
            raise ValueError(f"id {self.id!r} does not begin with the lesson, l{self.lesson:02d}-")
        return self

    @model_validator(mode="after")
    def _languages_alike(self):
        same_shape(self.en.model_dump(), self.nl.model_dump())
        return self

    def text(self, lang: str):
        """The item's words in one language (``"en"`` or ``"nl"``)."""
        return self.nl if lang == "nl" else self.en


class RewriteItem(Item):
    """Rewrite a righting-reflex reply in one's own words.

    ``direction`` is the way the client's target behaviour may change (more or less of it); ``reflex_issues`` are the
    pushes that the righting-reflex reply holds.
    """

    kind: Literal["rewrite"]
    level: Literal[1, 2] = 1
    field: FieldOfWork
    address: Annotated[Address, Field(alias="register")]
    direction: Literal["more", "less"]
    reflex_issues: Annotated[tuple[str, ...], Field(min_length=1)]
    en: RewriteText
    nl: RewriteText

    @field_validator("reflex_issues")
    @classmethod
    def _known_issues(cls, issues: tuple[str, ...]) -> tuple[str, ...]:
        for issue in issues:
            if issue not in ISSUE_KINDS:
                raise ValueError(f"{issue!r} is not a known kind of push")
        return issues

    def target(self, lang: str) -> dict[str, str]:
        """The target behaviour as the coder takes it: ``{"behaviour": ..., "direction": "more" | "less"}``."""
        return {"behaviour": self.text(lang).behaviour, "direction": self.direction}


class NoteItem(Item):
    """A moment to write something for oneself: no coding, kept for the learner.

    ``baseline`` marks a first free reply that is looked at again at the end; ``sibling_of`` names the note with the
    first reply, so that both can be laid side by side.
    """

    kind: Literal["note"]
    baseline: bool = False
    sibling_of: ItemId | None = None
    en: NoteText
    nl: NoteText
