"""How a database is reached: a SQLite file directly, any other through SQLAlchemy.

SQLAlchemy costs each page a tenth of a second and 10 MB, so it is loaded only where it is needed. Both ways take the
same SQL with ``:name`` for values. A connection lasts for one call only: nothing is held open, so a file may be copied,
moved or restored at any time.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any, Protocol


class Link(Protocol):
    """One connection, inside a transaction."""

    def run(self, sql: str, **values: Any) -> list[tuple]:
        """Run one statement; the rows it gives, if any."""

    def has_table(self, name: str) -> bool:
        """Whether there is a table of this name."""


class FileLink:
    """A connection to a SQLite file."""

    def __init__(self, connection: sqlite3.Connection):
        self._connection = connection

    def run(self, sql: str, **values: Any) -> list[tuple]:
        return self._connection.execute(sql, values).fetchall()

    def has_table(self, name: str) -> bool:
        return bool(self.run("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = :name", name=name))


class File:
    """A SQLite file.

    A rollback journal is used, which works on every file system and needs nothing beside a file that is only read.
    """

    def __init__(self, path: Path):
        self.path = path
        self.where = str(path)

    @contextmanager
    def connect(self, *, writing: bool, patience: float) -> Iterator[FileLink]:
        """A transaction: all of it is kept, or (on an exception) nothing.

        Parameters
        ----------
        writing : bool
            Whether something will be written; then no other process writes meanwhile.
        patience : float
            Seconds to wait for another process that writes.
        """
        with closing(sqlite3.connect(self.path, timeout=patience, isolation_level=None)) as connection:
            # what is overwritten or deleted is really gone from the file
            connection.execute("PRAGMA secure_delete = ON").close()
            connection.execute("BEGIN IMMEDIATE" if writing else "BEGIN")
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


class ServerLink:
    """A connection that SQLAlchemy made."""

    def __init__(self, connection):
        self._connection = connection

    def run(self, sql: str, **values: Any) -> list[tuple]:
        from sqlalchemy import text

        result = self._connection.execute(text(sql), values)
        return [tuple(row) for row in result] if result.returns_rows else []

    def has_table(self, name: str) -> bool:
        return self._connection.dialect.has_table(self._connection, name)


class Server:
    """A database by its SQLAlchemy URL."""

    path = None

    def __init__(self, address: str):
        from sqlalchemy import NullPool, StaticPool, create_engine, make_url

        url = make_url(address)
        self.where = url.set(query={}).render_as_string(hide_password=True)
        pool, options = NullPool, {}
        if url.get_backend_name() == "sqlite":  # in memory, gone with its connection
            pool, options = StaticPool, {"check_same_thread": False}
        elif url.get_driver_name() in ("psycopg", "psycopg2"):
            options = {"connect_timeout": 3}
        self._engine = create_engine(url, poolclass=pool, hide_parameters=True, connect_args=options)

    @contextmanager
    def connect(self, *, writing: bool, patience: float) -> Iterator[ServerLink]:
        """A transaction: all of it is kept, or (on an exception) nothing."""
        with self._engine.connect() as connection:
            yield ServerLink(connection)
            if writing:
                connection.commit()

    def compact(self, patience: float) -> None:
        """A server tidies up by itself."""

    def is_gone(self) -> bool:
        """A server that does not answer is seen when it is asked."""
        return False

    def is_readonly(self) -> bool:
        """Seen when it is written to."""
        return False
