"""What the store keeps and what it says when it cannot: plain records without a database in them."""

from __future__ import annotations

import json
import re
import uuid
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any, Literal

#: Of the tables in the database. Raised with every change of them; ``migrations/versions`` says how old becomes new.
SCHEMA_VERSION = 1

TroubleKind = Literal["full", "readonly", "locked", "damaged", "missing", "unknown"]

#: The plain sentence for each key, in English; the screens have their own in each language under the same keys.
SENTENCES = {
    "store_full": "There is no room left to write in {where}. What you write stays on this page; "
    "make room and it is kept.",
    "store_readonly": "{where} may not be written to. What you write stays on this page until it may.",
    "store_locked": "{where} is in use by another program. What you write stays on this page "
    "and is kept once it is free.",
    "store_damaged": "{where} is damaged. It is left exactly as it is; what you write is kept in {kept_in}.",
    "store_missing": "{where} is not where it was. What this page still holds is kept again as soon as it can be.",
    "store_newer": "{where} was written by a newer version of this course and is left as it is. "
    "What you write is not kept: install the newer version.",
    "store_older": "{where} was made by an older version of this course. What you write stays on this page "
    'until "mi-course data migrate" has brought it up to date.',
    "store_account": "The course was not told whose words these are, so nothing is kept. They stay on this page.",
    "store_served": "{where} lies inside the folder that the course shows in the browser, where others could read it, "
    "so nothing is written there. Set MI_COURSE_DATABASE to a place outside it.",
    "store_address": "MI_COURSE_DATABASE is not an address of a database that can be used (a file needs its full path, "
    "as in sqlite:////home/me/course.sqlite3). What you write is not kept.",
    "store_unknown": "What you write could not be kept in {where}. It stays on this page.",
}


@dataclass(frozen=True, slots=True)
class StoreTrouble:
    """Why something could not be kept, or was kept elsewhere.

    Attributes
    ----------
    kind : {"full", "readonly", "locked", "damaged", "missing", "unknown"}
    key : str
        Name of the plain sentence to show (one of ``SENTENCES``); several keys share the kind ``"unknown"``.
    where : str
        The file or address it is about.
    detail : str
        The technical reason, for the log. Never holds words of a learner.
    kept_in : str
        Where the words go instead; empty where they stay in memory.
    """

    kind: TroubleKind
    key: str
    where: str = ""
    detail: str = ""
    kept_in: str = ""

    @property
    def message(self) -> str:
        """The sentence in English, as the command line prints it."""
        return SENTENCES[self.key].format(where=self.where, kept_in=self.kept_in)


class Unusable(Exception):
    """This database must not be used, for a reason that is known (a newer version, inside the served folder)."""

    def __init__(self, kind: TroubleKind, key: str, detail: str = "", where: str = ""):
        super().__init__(detail or key)
        self.kind, self.key, self.detail, self.where = kind, key, detail, where


def new_id() -> str:
    """A random id: 32 hexadecimal characters."""
    return uuid.uuid4().hex


_last = datetime(1970, 1, 1, tzinfo=UTC)


def now() -> datetime:
    """The time in UTC, which in one process only goes on: what is written later is later.

    Two tries in one tick of a coarse clock keep their order, and a clock that is set back changes nothing.
    """
    global _last
    _last = max(datetime.now(UTC), _last + timedelta(microseconds=1))
    return _last


@dataclass(frozen=True, slots=True, kw_only=True)
class Try:
    """One try at one item.

    ``id`` is made before the try is sent, so that sending twice stores once. ``coding`` (JSON-able) and ``verdict``
    are None until the coder has answered. ``at`` is in UTC.
    """

    id: str = field(default_factory=new_id)
    item_id: str
    item_version: int
    rules_version: str
    lang: str
    text: str
    coding: Any = None
    verdict: str | None = None
    self_check: str | None = None
    at: datetime = field(default_factory=now)


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """A learner's "I see it differently" about one try, with a word to the trainer."""

    id: str = field(default_factory=new_id)
    try_id: str
    text: str
    at: datetime = field(default_factory=now)


_UNSTORABLE = re.compile("[\ud800-\udfff\x00]")


def storable(text: str) -> str:
    """The text with half characters (broken emoji) and NULs replaced one for one: no database takes them."""
    return _UNSTORABLE.sub("\ufffd", str(text))


def jsonable(value: Any) -> Any:
    """The value as JSON gives it back; what JSON does not know becomes its text."""
    return json.loads(storable(json.dumps(value, default=str, skipkeys=True, ensure_ascii=False)))


def utc(at: datetime) -> datetime:
    """The time in UTC; a time without a zone is taken to be in UTC."""
    return at.replace(tzinfo=UTC) if at.tzinfo is None else at.astimezone(UTC)


def as_text(at: datetime) -> str:
    """A time in UTC as the database keeps it: text that sorts by time."""
    return utc(at).isoformat(timespec="microseconds")
