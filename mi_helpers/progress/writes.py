"""The things that can be written, each of which may be written twice without harm.

A :class:`Write` is held in memory until it is on disk, and may be repeated: a try, a review and a mark "done" are
stored once, of a draft and a setting the newest wins.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

from mi_helpers.progress.records import as_text, now, utc
from mi_helpers.progress.schema import JSON, TABLES

if TYPE_CHECKING:
    from mi_helpers.progress.links import Link
    from mi_helpers.progress.team import Keeping

log = logging.getLogger(__name__)

#: The columns that say which one it is, beside the learner.
KEYS = {
    "draft": ("place", "lang"),
    "try": ("id",),
    "coding": ("id",),
    "review": ("id",),
    "done": ("item_id", "lang"),
    "setting": ("name",),
}
#: Of these the newest counts; of the others, the first.
NEWEST = frozenset({"draft", "setting"})
#: The setting that says what the learner lets be kept.
KEEPING = "keep"


@dataclass(frozen=True, slots=True)
class Write:
    """One thing to write: its kind (see ``KEYS``) and its values by column, without the learner.

    ``typed`` says whether a draft or a try holds the learner's own words, and not choices only.
    """

    kind: str
    values: dict[str, Any]
    typed: bool = True

    @property
    def key(self) -> tuple:
        """What it is about; a later write with the same key takes the place of this one."""
        return (self.kind, *(self.values[name] for name in KEYS[self.kind]))


def lay(over: dict[tuple, Write], writes: Iterable[Write]) -> dict[tuple, Write]:
    """Lay writes over others as a database would take them; changes and returns ``over``."""
    for write in writes:
        if write.kind == "coding":
            key = ("try", write.values["id"])
            if key in over:
                over[key] = Write("try", over[key].values | write.values)
            continue
        held = over.get(write.key)
        if held is None or (write.kind in NEWEST and held.values["at"] <= write.values["at"]):
            over[write.key] = write
    return over


def reduced(write: Write, kept: Keeping) -> Write | None:
    """What may be stored of a write where not everything is kept.

    Returns
    -------
    Write or None
        The write itself where all of it may be stored, the same without its words, or None where nothing may.
    """
    is_choice = write.kind == "setting" and write.values["name"] == KEEPING
    if kept == "words" or is_choice:
        return write
    if kept == "nothing" or write.kind == "draft" and write.typed:
        return None
    if write.kind == "review" or write.kind == "try" and write.typed:
        return replace(write, values=write.values | {"text": ""}) if write.values["text"] else write
    return write


def stored(link: Link, kind: str, learner: str, **where: str) -> list[Write]:
    """All writes of one kind that the database holds for a learner, oldest first."""
    names = columns(kind)
    sql = f"SELECT {', '.join(names)} FROM {kind} WHERE {_same('learner', *where)} ORDER BY at"
    rows = link.run(sql, learner=learner, **where)
    return [write for row in rows if (write := as_write(kind, dict(zip(names, row, strict=True))))]


def columns(kind: str) -> list[str]:
    """The columns of a table without the learner."""
    return [name for name in TABLES[kind] if name != "learner"]


def as_write(kind: str, row: dict[str, Any]) -> Write | None:
    """A row of the database as a write; None where it makes no sense."""
    try:
        values = row | {"at": utc(datetime.fromisoformat(row["at"]))}
        for name in JSON & values.keys():
            values[name] = json.loads(values[name] or "null")
    except (TypeError, ValueError):
        log.warning("a row of the table %s makes no sense and is passed over", kind)
        return None
    return Write(kind, values)


def apply(link: Link, write: Write, learner: str) -> None:
    """Write one thing, inside a transaction.

    Raises
    ------
    sqlalchemy.exc.IntegrityError
        If another process wrote the same thing between our look and our write: repeat the transaction. (In a SQLite
        file nobody else writes meanwhile.)
    """
    values = {name: _plain(name, value) for name, value in write.values.items()}
    if write.kind == "coding":
        same = _same("id", "learner")
        link.run(f"UPDATE try SET coding = :coding, verdict = :verdict WHERE {same}", learner=learner, **values)
        return
    keys = ("learner", *KEYS[write.kind])
    values["learner"] = learner
    if not link.run(f"SELECT 1 FROM {write.kind} WHERE {_same(*keys)}", **{name: values[name] for name in keys}):
        names = ", ".join(values)
        link.run(f"INSERT INTO {write.kind} ({names}) VALUES (:{names.replace(', ', ', :')})", **values)
    elif write.kind in NEWEST:
        changes = ", ".join(f"{name} = :{name}" for name in values if name not in keys)
        # a time that has not come yet was written by a clock that was wrong: it must not block what comes now
        older = "(at <= :at OR at > :now)"
        sql = f"UPDATE {write.kind} SET {changes} WHERE {_same(*keys)} AND {older}"
        link.run(sql, now=as_text(now()), **values)


def _same(*names: str) -> str:
    return " AND ".join(f"{name} = :{name}" for name in names)


def _plain(name: str, value: Any) -> Any:
    if name in JSON:
        return None if value is None else json.dumps(value, ensure_ascii=False)
    return as_text(value) if isinstance(value, datetime) else value
