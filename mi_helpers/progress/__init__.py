"""What a learner did and wrote: in a file of the learner's own, or in the database of a team.

A SQLite file needs nothing but Python itself; SQLAlchemy is loaded only where ``MI_COURSE_DATABASE`` names another
database.
"""

from __future__ import annotations

from mi_helpers.progress import team
from mi_helpers.progress.database import Database
from mi_helpers.progress.place import chosen_address, database_at
from mi_helpers.progress.records import SENTENCES, Review, StoreTrouble, Try, Unusable, storable
from mi_helpers.progress.store import Store

__all__ = ["SENTENCES", "Review", "Store", "StoreTrouble", "Try", "health", "open_store", "preload", "tidy"]


def open_store(address: str | None = None, *, account: str | None = None) -> Store:
    """Open a learner's store, and make it on first entry.

    Never raises because of a disk or a database: a store that cannot be opened works in memory, with ``trouble`` set.

    Parameters
    ----------
    address : str, optional
        A SQLAlchemy URL. Left out, it is what ``MI_COURSE_DATABASE`` says, else a SQLite file in the learner's own
        data folder.
    account : str, optional
        The learner's login: the store reads and writes the rows of this learner only. Left out, it is what
        ``MI_COURSE_LEARNER`` says, else the one learner of one's own computer.
    """
    chosen = chosen_address() if address is None else address
    login = team.account() if account is None else account

    def place(damaged: int) -> Database:
        if login is None:
            raise Unusable("unknown", "store_account", f"{team.LEARNER} is empty", where=team.LEARNER)
        return database_at(chosen, damaged)

    return Store(place, storable(login or ""), most="words" if team.keeps_text() else "codes")


def preload(address: str | None = None) -> None:
    """Import what a database needs, and open nothing: for a process that pages are forked from.

    Parameters
    ----------
    address : str, optional
        A SQLAlchemy URL; left out, what ``MI_COURSE_DATABASE`` says. One that makes no sense is left to the pages.
    """
    try:
        place = database_at(chosen_address() if address is None else address).place
        place.close()
    except Exception:  # noqa: BLE001 - each page says in its own words what is wrong
        return


def health(address: str | None = None) -> str | None:
    """None where the database can be used, else why not, in a sentence without any learner's words or a password.

    Parameters
    ----------
    address : str, optional
        A SQLAlchemy URL; left out, what ``MI_COURSE_DATABASE`` says.
    """
    from mi_helpers.progress.care import health

    return health(chosen_address() if address is None else address)


def tidy(address: str | None = None, days: int | None = None) -> int:
    """Remove what is older than some days (see :func:`mi_helpers.progress.care.tidy`).

    Parameters
    ----------
    address : str, optional
        A SQLAlchemy URL; left out, what ``MI_COURSE_DATABASE`` says.
    days : int, optional
        Left out, what ``MI_COURSE_RETENTION_DAYS`` says; without either nothing is removed.

    Returns
    -------
    int
        How many rows were removed.
    """
    days = team.retention_days() if days is None else days
    if days is None:
        return 0
    from mi_helpers.progress.care import tidy

    return tidy(chosen_address() if address is None else address, days)
