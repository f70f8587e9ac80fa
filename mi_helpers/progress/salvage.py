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
            learner = database.whose(link)[1]
            for write, owner in _readable(damaged):
                if learner is None:
                    learner = owner
                    database.add_learner(link, learner)
                apply(link, write, learner)
                copied += 1
            link.run("INSERT INTO meta (name, value) VALUES (:mark, :copied)", mark=mark, copied=str(copied))
    except Exception as error:  # noqa: BLE001 - the learner goes on without
        log.warning("nothing could be copied from %s: %s", damaged, type(error).__name__)
        return 0
    log.warning("%d rows could be copied from the damaged %s", copied, damaged)
    return copied


def _readable(path: Path) -> Iterator[tuple[Write, str]]:
    """What can be read and makes sense, with its learner: from the front and from the back up to the damage."""
    for kind in _KINDS:
        names = ["learner", *columns(kind)]
        seen = set()
        for order in ("", " ORDER BY rowid DESC"):
            try:
                # immutable: not even a lock is put on it
                with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro&immutable=1", uri=True)) as connection:
                    connection.execute("PRAGMA writable_schema = ON")  # lets a file be read that lost its end
                    for row in connection.execute(f"SELECT {', '.join(names)} FROM {kind}{order}"):
                        values = dict(zip(names, row, strict=True))
                        is_whole = all(isinstance(values[name], str) for name in names if name in _TEXTS)
                        if is_whole and row not in seen and (write := as_write(kind, values)):
                            seen.add(row)
                            yield write, write.values.pop("learner")
            except (sqlite3.Error, ValueError):
                continue  # here the damage begins
