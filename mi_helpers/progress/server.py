"""A database that is no SQLite file of the learner's own: PostgreSQL, reached through SQLAlchemy."""

from __future__ import annotations

import os
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any
from weakref import WeakSet

from sqlalchemy import QueuePool, StaticPool, create_engine, event, make_url, text

#: How a connection to PostgreSQL notices within seconds that the other side is gone. Prepared statements are left out:
#: a pooler between us and the server (pgbouncer) may hand every transaction another connection.
_POSTGRESQL = {
    "connect_timeout": 3,
    "keepalives_idle": 10,
    "keepalives_interval": 3,
    "keepalives_count": 3,
    "tcp_user_timeout": 5000,
    "application_name": "mi-course",
    "prepare_threshold": None,
}


class ServerLink:
    """A connection that SQLAlchemy made."""

    def __init__(self, connection):
        self._connection = connection
        #: After a SELECT: nobody else changes these rows until this transaction ends.
        self.for_update = " FOR UPDATE" if connection.dialect.name == "postgresql" else ""

    def run(self, sql: str, **values: Any) -> list[tuple]:
        result = self._connection.execute(text(sql), values)
        return [tuple(row) for row in result] if result.returns_rows else []

    def many(self, sql: str, rows: list[dict[str, Any]]) -> None:
        self._connection.execute(text(sql), rows)

    def each(self, sql: str, size: int) -> Iterator[list[tuple]]:
        for rows in self._connection.execution_options(yield_per=size).execute(text(sql)).partitions():
            yield [tuple(row) for row in rows]

    def snapshot(self) -> None:
        if self._connection.dialect.name == "postgresql":
            self.run("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")

    def has_table(self, name: str) -> bool:
        return self._connection.dialect.has_table(self._connection, name)


class Server:
    """A database by its SQLAlchemy URL.

    One connection is kept through a burst of calls and let go after ``IDLE`` seconds without one: a hundred open pages
    are not a hundred connections. A store must be opened after a fork, never before; a connection that came along
    through a fork is left to its owner all the same.

    Parameters
    ----------
    address : str
    limit : float
        Seconds that one statement may take; 0 for no limit (the work of an administrator). The server sees to it; one
        that hangs cannot, so ``GRACE`` seconds later the line is cut from here.
    """

    path = None
    IDLE, GRACE = 5.0, 2.0

    def __init__(self, address: str, *, limit: float = 10):
        url = make_url(address)
        if url.drivername in ("postgres", "postgresql"):
            url = url.set(drivername="postgresql+psycopg")
        self.where = url.set(query={}).render_as_string(hide_password=True)
        options: dict[str, Any] = {"hide_parameters": True}
        if url.get_backend_name() == "sqlite":  # in memory, gone with its connection
            options |= {"poolclass": StaticPool, "connect_args": {"check_same_thread": False}}
        else:
            options |= {"poolclass": QueuePool, "pool_size": 1, "max_overflow": 2, "pool_pre_ping": True}
        self._closes = options["poolclass"] is QueuePool
        if url.get_driver_name() == "psycopg":
            options["connect_args"] = {k: v for k, v in _POSTGRESQL.items() if k not in url.query}
        self.engine = create_engine(url, **options)
        self._process = os.getpid()
        self._used = 0.0
        self._timer: threading.Timer | None = None
        self._limit = limit
        self._lines: WeakSet = WeakSet()
        if url.get_backend_name() == "postgresql":
            event.listen(self.engine, "connect", lambda made, _: self._lines.add(made))
            event.listen(self.engine, "connect", lambda made, _: _set_limits(made, limit))

    @contextmanager
    def connect(self, *, writing: bool, patience: float) -> Iterator[ServerLink]:
        """A transaction: all of it is kept, or (on an exception) nothing."""
        if self._process != os.getpid():
            self.engine.dispose(close=False)
            self._process, self._timer = os.getpid(), None
            self._lines.clear()
        patience = threading.Timer(self._limit + self.GRACE, self._cut)
        patience.daemon = True
        if self._limit:
            patience.start()
        try:
            with self.engine.connect() as connection:
                yield ServerLink(connection)
                if writing:
                    connection.commit()
        finally:
            patience.cancel()
            self._used = time.monotonic()
            if self._closes and self._timer is None:
                self._wait(self.IDLE)

    def _cut(self) -> None:
        """The server is there and says nothing: whoever waits for it hears that the line is gone."""
        for made in list(self._lines):
            with suppress(Exception):  # it was closed meanwhile
                line = socket.socket(fileno=made.fileno())
                try:
                    line.shutdown(socket.SHUT_RDWR)
                finally:
                    line.detach()

    def _wait(self, seconds: float) -> None:
        self._timer = threading.Timer(seconds, self._let_go)
        self._timer.daemon = True
        self._timer.start()

    def _let_go(self) -> None:
        rest = self._used + self.IDLE - time.monotonic()
        if rest > 0:
            self._wait(rest)
        else:
            self._timer = None
            self.engine.dispose()

    def close(self) -> None:
        """Let the connection go now."""
        self.engine.dispose()

    def compact(self, patience: float) -> None:
        """A server tidies up by itself."""

    def is_gone(self) -> bool:
        """A server that does not answer is seen when it is asked."""
        return False

    def is_readonly(self) -> bool:
        """Seen when it is written to."""
        return False


def _set_limits(made, limit: float) -> None:
    """A page waits for no lock longer than a moment, and for no answer longer than some seconds."""
    with made.cursor() as cursor:
        cursor.execute(f"SET lock_timeout = '2s'; SET statement_timeout = '{int(limit * 1000)}ms'")
    made.commit()
