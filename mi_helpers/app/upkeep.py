"""``mi-course data`` for whoever looks after a database: bring up to date, tidy, back up, restore, move.

Nothing here shows what learners wrote, or who they are: only numbers.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import typer

from mi_helpers.app.data import fail
from mi_helpers.progress.care import account_of as find_account
from mi_helpers.progress.care import tidy as remove_old
from mi_helpers.progress.database import Database
from mi_helpers.progress.place import chosen_address, database_at, file_at
from mi_helpers.progress.team import RETENTION_DAYS, retention_days
from mi_helpers.progress.troubles import told

#: Seconds to wait for pages that write.
PATIENCE = 30.0


def account_of(learner: str) -> str:
    """The account of one learner of the chosen database, by login or id; stops where there is none."""
    database = _chosen()
    account = _try(database, lambda: find_account(database, learner))
    if account is None:
        fail(f"{database.where} holds no learner of that name or id.")
    return account


def migrate() -> None:
    """Bring the database up to date."""
    from mi_helpers.progress.migrate import migrate

    database = _chosen()
    before, version = _try(database, lambda: migrate(database))
    said = {None: "made", version: "already up to date"}.get(before, f"brought up to date from version {before}")
    typer.echo(f"{database.where}: {said}, version {version}")


def tidy(days: int | None) -> None:
    """Remove what is older than so many days, or than the team's setting says."""
    if days is None:
        try:
            days = retention_days()
        except ValueError as trouble:
            fail(str(trouble))
    if days is None:
        fail(f"After how many days? Give --days, or set {RETENTION_DAYS}.")
    database = _chosen()
    removed = _try(database, lambda: remove_old(chosen_address(), days))
    typer.echo(f"{database.where}: {removed} rows older than {days} days removed")


def backup(file: Path) -> None:
    """Copy the whole database into a new file."""
    if file.exists():
        fail(f"{file} is already there and is left as it is; choose another name.")
    _copy(_chosen(), _file(file))


def restore(file: Path) -> None:
    """Copy a backup into the database, which must be empty."""
    _copy(_file(file), _chosen())


def move(begin: str, end: str) -> None:
    """Copy everything from one database into another, empty one. Nothing is taken away from the first."""
    begin_at, end_at = (_database(said) for said in (begin, end))
    _copy(begin_at, end_at, at_rest=True)
    now_at = f"sqlite:///{end_at.path.as_posix()}" if end_at.path else end_at.where
    typer.echo(f"{begin_at.where} is left as it was. From now on: MI_COURSE_DATABASE={now_at}")


def _copy(begin: Database, end: Database, *, at_rest: bool = False) -> None:
    from mi_helpers.progress.copying import CopyTrouble, copy

    begin.patience = end.patience = PATIENCE
    try:
        copied = _try(end, lambda: copy(begin, end, at_rest=at_rest))
    except CopyTrouble as trouble:
        fail(f"Nothing was copied: {trouble}.")
    typer.echo(f"Copied from {begin.where} to {end.where}, and checked:")
    for table, count in copied.items():
        typer.echo(f"  {table}: {count}")


def _chosen() -> Database:
    return _database(chosen_address(), named="MI_COURSE_DATABASE")


def _database(said: str, named: str = "") -> Database:
    """The database at an address or in a file."""
    if said and "://" not in said and not named:
        return _file(Path(said))
    try:
        return database_at(said, limit=0)
    except Exception as error:  # noqa: BLE001 - whatever it is, it is told
        return fail(told(error, named or said.partition("://")[0], None))


def _file(file: Path) -> Database:
    try:
        return file_at(file.expanduser().resolve())
    except Exception as error:  # noqa: BLE001
        return fail(told(error, str(file), file))


def _try(database: Database, work: Callable[[], Any]) -> Any:
    """Do something with a database; what goes wrong is said in a sentence, never with a traceback full of words."""
    from mi_helpers.progress.copying import CopyTrouble

    try:
        return work()
    except (CopyTrouble, typer.Exit):
        raise
    except Exception as error:  # noqa: BLE001
        return fail(told(error, database.where, database.path))
    finally:
        database.place.close()
