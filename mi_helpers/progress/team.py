"""What a team sets for everyone whose words it keeps, through environment variables."""

from __future__ import annotations

import os
from typing import Literal

#: What may be kept of a learner, from least to most: nothing, what the course made of the words, the words too.
Keeping = Literal["nothing", "codes", "words"]
KEEPINGS: tuple[Keeping, ...] = ("nothing", "codes", "words")

LEARNER = "MI_COURSE_LEARNER"
KEEP_TEXT = "MI_COURSE_KEEP_TEXT"
RETENTION_DAYS = "MI_COURSE_RETENTION_DAYS"


def account() -> str | None:
    """Whose page this is: the name of the login; empty on one's own computer.

    None where ``MI_COURSE_LEARNER`` is set and empty: somebody logged in, but it is not known who. Then nothing may be
    kept, as it would be shown to the next one nobody knows.
    """
    said = os.environ.get(LEARNER)
    return "" if said is None else said.strip() or None


def is_shared() -> bool:
    """Whether this page is one of a server for several learners."""
    return LEARNER in os.environ


def keeps_text() -> bool:
    """Whether the team lets free text be stored; ``MI_COURSE_KEEP_TEXT=no`` says it does not."""
    said = os.environ.get(KEEP_TEXT, "").strip().lower()
    return said in ("", "yes", "true", "on", "1")  # what is mistyped keeps less, not more


def retention_days() -> int | None:
    """After how many days tries, drafts and remarks are removed; None: they stay.

    Raises
    ------
    ValueError
        If ``MI_COURSE_RETENTION_DAYS`` is no whole number above 0.
    """
    said = os.environ.get(RETENTION_DAYS, "").strip()
    if not said:
        return None
    if not (said.isascii() and said.isdigit() and int(said) > 0):
        raise ValueError(f"{RETENTION_DAYS} is {said!r}, but must be a whole number of days above 0")
    return int(said)


def least(*keepings: Keeping) -> Keeping:
    """The one that keeps least."""
    return min(keepings, key=KEEPINGS.index)
