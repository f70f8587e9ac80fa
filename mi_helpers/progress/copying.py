"""Copy a whole database, all learners of it, into an empty one: the way of backup, restore and move.

A backup is a SQLite file with the same tables, whatever the database it was made of: it can be restored into either
kind, and opened as it is.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator

from mi_helpers.progress.database import Database
from mi_helpers.progress.links import Link
from mi_helpers.progress.schema import TABLES

#: Rows on their way at one time.
SIZE = 500
#: What is copied; the table meta says of each database which one it is, and stays.
COPIED = tuple(name for name in TABLES if name != "meta")


class CopyTrouble(Exception):
    """Nothing was copied, and why, in a sentence."""


def copy(begin: Database, end: Database, *, at_rest: bool = False) -> dict[str, int]:
    """Copy all rows of one database into another, in one transaction, and see whether all have arrived.

    What is copied is only read, and as it was at one moment. The other database is made where it is not there yet.

    Parameters
    ----------
    begin, end : Database
        From where and to where; neither needs to be open.
    at_rest : bool
        Whether it is an error that somebody goes on writing to the first one meanwhile.

    Returns
    -------
    dict
        How many rows of each table were copied.

    Raises
    ------
    CopyTrouble
        If the first is not there, the second holds anything, somebody wrote meanwhile, or a row did not arrive as it
        left. Then the second is as it was.
    Unusable, sqlite3.Error, sqlalchemy.exc.SQLAlchemyError, OSError
        Whatever keeps either database from being used; then, too, the second is as it was.
    """
    if begin.path and not begin.path.exists():
        raise CopyTrouble(f"{begin.where} is not there")
    if begin.path and end.path and os.path.realpath(begin.path) == os.path.realpath(end.path):
        raise CopyTrouble(f"{begin.where} cannot be copied onto itself")
    is_new = end.path is not None and not end.path.exists()
    begin.open()
    try:
        end.open()
        return _copy(begin, end, at_rest)
    except BaseException:
        if is_new:
            end.path.unlink(missing_ok=True)
        raise


def _copy(begin: Database, end: Database, at_rest: bool) -> dict[str, int]:
    with begin.reading() as source, end.writing() as target:
        source.snapshot()
        held = {name: count for name, count in _counts(target).items() if count}
        if held:
            said = ", ".join(f"{name}: {count}" for name, count in held.items())
            raise CopyTrouble(f"{end.where} is not empty ({said}) and is left as it is")
        left = {name: _carry(name, source, target) for name in COPIED}
        arrived = {name: _digest(name, target) for name in COPIED}
        wrong = [name for name in COPIED if left[name] != arrived[name]]
        if wrong:
            raise CopyTrouble(f"not everything arrived as it was ({', '.join(wrong)}); {end.where} is left as it was")
        if at_rest and _now(begin) != left:
            raise CopyTrouble(f"somebody wrote to {begin.where} meanwhile: stop the course first")
    return {name: count for name, (count, _) in left.items()}


def _now(database: Database) -> dict[str, tuple[int, int]]:
    with database.reading() as link:
        link.snapshot()
        return {name: _digest(name, link) for name in COPIED}


def _counts(link: Link) -> dict[str, int]:
    return {name: link.run(f"SELECT count(*) FROM {name}")[0][0] for name in COPIED}


def _rows(name: str, link: Link) -> Iterator[list[tuple]]:
    return link.each(f"SELECT {', '.join(TABLES[name])} FROM {name}", SIZE)


def _carry(name: str, source: Link, target: Link) -> tuple[int, int]:
    columns = list(TABLES[name])
    sql = f"INSERT INTO {name} ({', '.join(columns)}) VALUES (:{', :'.join(columns)})"
    count, sum_of_all = 0, 0
    for rows in _rows(name, source):
        try:
            target.many(sql, [dict(zip(columns, row, strict=True)) for row in rows])
        except Exception as error:
            cause = getattr(error, "orig", None) or error
            raise CopyTrouble(f"the table {name} holds a row that cannot be stored there ({_said(cause)})") from None
        count += len(rows)
        sum_of_all = _add(sum_of_all, rows)
    return count, sum_of_all


def _said(cause: BaseException) -> str:
    """What is wrong, without the row itself: nobody's words belong on a screen."""
    return f"{type(cause).__name__} {getattr(cause, 'sqlstate', '') or ''}".strip()


def _digest(name: str, link: Link) -> tuple[int, int]:
    count, sum_of_all = 0, 0
    for rows in _rows(name, link):
        count += len(rows)
        sum_of_all = _add(sum_of_all, rows)
    return count, sum_of_all


def _add(sum_of_all: int, rows: list[tuple]) -> int:
    """A sum over rows that does not depend on their order, in which each row counts as a whole."""
    for row in rows:
        sum_of_all += int.from_bytes(hashlib.sha256(repr(row).encode("utf-8", "surrogatepass")).digest()[:16], "big")
    return sum_of_all % 2**128
