"""Bring a database up to date with Alembic. Loaded only where one is out of date, or by ``mi-course data migrate``."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import sqlalchemy as sa
from alembic import command
from alembic.config import Config

from mi_helpers.progress.records import SCHEMA_VERSION, Unusable, new_id

if TYPE_CHECKING:
    from mi_helpers.progress.database import Database

#: The folder of Alembic's revisions; the name of a revision is the schema version it leads to.
SCRIPTS = Path(__file__).parent / "migrations"
_VERSION_TABLE = "alembic_version"
_LOCK = 6_041_974  # any number, the same for all who migrate


def migrate(database: Database) -> tuple[int | None, int]:
    """Bring a database up to date, in one transaction: all of it or nothing.

    A database that Alembic does not know yet, because a page made it, is marked as what it is first.

    Parameters
    ----------
    database : Database
        It need not be open.

    Returns
    -------
    tuple of int
        The schema version it had (None where it was empty) and the one it has now.

    Raises
    ------
    Unusable
        If a newer version of the course wrote it, or it says of no version what it is.
    sqlite3.Error, sqlalchemy.exc.SQLAlchemyError, OSError
        Whatever keeps it from being read or written.
    """
    if database.path:
        database.make_file()
    with _connection(database) as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(sa.text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
        tables = sa.inspect(connection).get_table_names()
        before = _version(connection) if "meta" in tables else None
        if before is not None and before > SCHEMA_VERSION:
            raise Unusable("unknown", "store_newer", f"schema version {before}, known up to {SCHEMA_VERSION}")
        config = Config()
        config.set_main_option("script_location", str(SCRIPTS).replace("%", "%%"))
        config.attributes["connection"] = connection
        if before is not None and _VERSION_TABLE not in tables:
            command.stamp(config, str(before))
        command.upgrade(config, str(SCHEMA_VERSION))
        if before is None:
            _say(connection, "schema_version", str(SCHEMA_VERSION))
            _say(connection, "file", new_id())
        else:
            sql = "UPDATE meta SET value = :value WHERE name = 'schema_version'"
            connection.execute(sa.text(sql), {"value": str(SCHEMA_VERSION)})
    return before, SCHEMA_VERSION


def _version(connection) -> int | None:
    rows = {name: value for name, value in connection.execute(sa.text("SELECT name, value FROM meta"))}
    if not rows:
        return None
    try:
        return int(rows["schema_version"])
    except (KeyError, ValueError):
        raise Unusable("unknown", "store_unknown", "the table meta names no schema version") from None


def _say(connection, name: str, value: str) -> None:
    connection.execute(sa.text("INSERT INTO meta (name, value) VALUES (:name, :value)"), {"name": name, "value": value})


@contextmanager
def _connection(database: Database) -> Iterator[sa.Connection]:
    """A connection of SQLAlchemy inside a transaction in which nobody else writes."""
    if database.path is None:
        with database.place.engine.begin() as connection:
            yield connection
        return

    def connect() -> sqlite3.Connection:
        # Python must not begin and end transactions on its own: a change of a table belongs into ours
        made = sqlite3.connect(database.path, timeout=database.patience, isolation_level=None, check_same_thread=False)
        made.execute("PRAGMA secure_delete = ON").close()
        return made

    engine = sa.create_engine("sqlite://", creator=connect, poolclass=sa.NullPool, hide_parameters=True)
    sa.event.listen(engine, "begin", lambda connection: connection.exec_driver_sql("BEGIN IMMEDIATE"))
    with engine.begin() as connection:
        yield connection
