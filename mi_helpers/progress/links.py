"""How a database is reached: a SQLite file directly, any other through SQLAlchemy (:mod:`mi_helpers.progress.server`).

SQLAlchemy costs each page a tenth of a second and 10 MB, so it is loaded only where it is needed. Both ways take the
same SQL with ``:name`` for values. A file is open for one call only: it may be copied, moved or restored at any time.
"""

from __future__ import annotations

import os
import random
import sqlite3
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, closing, contextmanager
from pathlib import Path
from typing import Any, Protocol


class Link(Protocol):
    """One connection, inside a transaction.

    Attributes
    ----------
    for_update : str
        What to put after a SELECT so that nobody else changes these rows until the transaction ends.
    """

    for_update: str

    def run(self, sql: str, **values: Any) -> list[tuple]:
        """Run one statement; the rows it gives, if any."""

    def many(self, sql: str, rows: list[dict[str, Any]]) -> None:
        """Run one statement with each of these values."""

    def each(self, sql: str, size: int) -> Iterator[list[tuple]]:
        """The rows that a statement gives, ``size`` at a time."""

    def snapshot(self) -> None:
        """First of all in a transaction: everything read in it is of one and the same moment."""

    def has_table(self, name: str) -> bool:
        """Whether there is a table of this name."""


class Place(Protocol):
    """A database that can be connected to.

    Attributes
    ----------
    path : pathlib.Path or None
        The file, if it is one.
    where : str
        How it is called to people; never holds a password.
    """

    path: Path | None
    where: str

    def connect(self, *, writing: bool, patience: float) -> AbstractContextManager[Link]:
        """A transaction: all of it is kept, or (on an exception) nothing.

        Parameters
        ----------
        writing : bool
            Whether something will be written.
        patience : float
            Seconds to wait for another process that writes (SQLite).
        """

    def compact(self, patience: float) -> None:
        """Give back the room that erased things took."""

    def is_gone(self) -> bool:
        """Whether it is not where it was, as far as can be told without asking it."""

    def is_readonly(self) -> bool:
        """Whether it may not be written to, as far as can be told without writing."""

    def close(self) -> None:
        """Hold nothing open any longer."""


class FileLink:
    """A connection to a SQLite file."""

    for_update = ""  # nobody else writes during a transaction that does

    def __init__(self, connection: sqlite3.Connection):
        self._connection = connection

    def run(self, sql: str, **values: Any) -> list[tuple]:
        return self._connection.execute(sql, values).fetchall()

    def many(self, sql: str, rows: list[dict[str, Any]]) -> None:
        self._connection.executemany(sql, rows)

    def each(self, sql: str, size: int) -> Iterator[list[tuple]]:
        cursor = self._connection.execute(sql)
        while rows := cursor.fetchmany(size):
            yield rows

    def snapshot(self) -> None:
        """A transaction of SQLite is one by itself."""

    def has_table(self, name: str) -> bool:
        return bool(self.run("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = :name", name=name))


class File:
    """A SQLite file.

    A rollback journal is used, which works on every file system and needs nothing beside a file that is only read. Each
    transaction waits for the disk four times. A write-ahead log waits once, but only on a connection that stays open,
    and the newest words would stand in a second file that copies leave behind; so what belongs together is one
    transaction instead (:meth:`mi_helpers.progress.keeper.Keeper.together`).
    """

    def __init__(self, path: Path):
        self.path = path
        self.where = str(path)

    @contextmanager
    def connect(self, *, writing: bool, patience: float) -> Iterator[FileLink]:
        """A transaction; while something is written, no other process writes."""
        with closing(sqlite3.connect(self.path, timeout=patience, isolation_level=None)) as connection:
            # what is overwritten or deleted is really gone from the file
            connection.execute("PRAGMA secure_delete = ON").close()
            _begin(connection, writing, patience)
            yield FileLink(connection)
            connection.execute("COMMIT")

    def compact(self, patience: float) -> None:
        """Write the file anew without the room that erased things took."""
        with closing(sqlite3.connect(self.path, timeout=patience, isolation_level=None)) as connection:
            for statement in ("PRAGMA wal_checkpoint(TRUNCATE)", "VACUUM", "PRAGMA wal_checkpoint(TRUNCATE)"):
                connection.execute(statement).close()

    def is_gone(self) -> bool:
        """Whether the file is not where it was."""
        return not os.path.exists(self.path)

    def is_readonly(self) -> bool:
        """Whether the file or its folder may not be written to, as far as can be told without writing."""
        return not (os.access(self.path, os.W_OK) and os.access(self.path.parent, os.W_OK))

    def close(self) -> None:
        """Nothing is held open."""


def _begin(connection: sqlite3.Connection, writing: bool, patience: float) -> None:
    """Begin a transaction, waiting for others in small steps: SQLite's own are so coarse that some never get in."""
    connection.execute("PRAGMA busy_timeout = 0").close()
    until = time.monotonic() + patience
    while True:
        try:
            connection.execute("BEGIN IMMEDIATE" if writing else "BEGIN")
            connection.execute("SELECT 1 FROM sqlite_master").close()  # takes the lock that a reader needs
            break
        except sqlite3.OperationalError as error:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            if error.sqlite_errorname != "SQLITE_BUSY" or time.monotonic() > until:
                raise
            time.sleep(random.uniform(0.001, 0.005))
    connection.execute(f"PRAGMA busy_timeout = {int(patience * 1000)}").close()
