"""Copy what can still be read from a damaged file into the new one. The damaged file is only read."""

from __future__ import annotations

import logging
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from mi_helpers.progress.writes import Write, apply, as_write, columns

if TYPE_CHECKING:
    from mi_helpers.progress.database import Database
    from mi_helpers.progress.links import Link

log = logging.getLogger(__name__)
_KINDS = ("try", "draft", "review", "done", "setting")
_TEXTS = ("id", "learner", "place", "item_id", "try_id", "name", "lang", "text")


def salvage(damaged: Path, database: Database) -> int:
    """Copy the readable rows of a damaged file into a database, once.

    Parameters
    ----------
    damaged : pathlib.Path
        The file that is kept as it is.
    database : Database
        An open SQLite database, which remembers that this file was looked through: what is erased later stays erased.

    Returns
    -------
    int
        How many rows were copied.
    """
    mark = f"salvaged {damaged.name}"
    copied = 0
    try:
        with database.writing() as link:
            if link.run("SELECT 1 FROM meta WHERE name = :mark", mark=mark):
                return 0
            accounts = _accounts(damaged)
            for write, owner in _readable(damaged):
                apply(link, write, _same_learner(link, database, owner, accounts))
                copied += 1
            link.run("INSERT INTO meta (name, value) VALUES (:mark, :copied)", mark=mark, copied=str(copied))
    except Exception as error:  # noqa: BLE001 - the learner goes on without
        log.warning("nothing could be copied from %s: %s", damaged, type(error).__name__)
        return 0
    log.warning("%d rows could be copied from the damaged %s", copied, damaged)
    return copied


def _accounts(path: Path) -> dict[str, str] | None:
    """The accounts of the learners that can be read, by their ids; None where it is one learner's own file."""
    found = {}
    try:
        with closing(_reader(path)) as connection:
            for learner, account in connection.execute("SELECT id, account FROM learner"):
                found[learner] = account
    except (sqlite3.Error, ValueError):
        pass
    return found if set(found.values()) - {""} else None


def _same_learner(link: Link, database: Database, owner: str, accounts: dict[str, str] | None) -> str:
    """Whose the rows of an owner are in the new file.

    On one's own computer everything is the one learner's. In a file of several learners a row is nobody else's than
    its owner's: where the account can no longer be read, the row is kept and shown to nobody.
    """
    account = "" if accounts is None else accounts.get(owner)
    if account is None:
        return owner
    learner = database.whose(link, account)[1]
    if learner is None:
        learner = owner
        database.add_learner(link, learner, account)
    return learner


def _reader(path: Path) -> sqlite3.Connection:
    # immutable: not even a lock is put on it
    connection = sqlite3.connect(f"{path.as_uri()}?mode=ro&immutable=1", uri=True)
    connection.execute("PRAGMA writable_schema = ON")  # lets a file be read that lost its end
    return connection


def _readable(path: Path) -> Iterator[tuple[Write, str]]:
    """What can be read and makes sense, with its learner: from the front and from the back up to the damage."""
    for kind in _KINDS:
        names = ["learner", *columns(kind)]
        seen = set()
        for order in ("", " ORDER BY rowid DESC"):
            try:
                with closing(_reader(path)) as connection:
                    for row in connection.execute(f"SELECT {', '.join(names)} FROM {kind}{order}"):
                        values = dict(zip(names, row, strict=True))
                        is_whole = all(isinstance(values[name], str) for name in names if name in _TEXTS)
                        if is_whole and row not in seen and (write := as_write(kind, values)):
                            seen.add(row)
                            yield write, write.values.pop("learner")
            except (sqlite3.Error, ValueError):
                continue  # here the damage begins
