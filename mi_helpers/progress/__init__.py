"""What a learner did and wrote, kept in a file of the learner's own.

A SQLite file needs nothing but Python itself; SQLAlchemy is loaded only where ``MI_COURSE_DATABASE`` names another
database.
"""

from __future__ import annotations

from mi_helpers.progress.place import chosen_address, database_at
from mi_helpers.progress.records import SENTENCES, Review, StoreTrouble, Try
from mi_helpers.progress.store import Store

__all__ = ["SENTENCES", "Review", "Store", "StoreTrouble", "Try", "open_store"]


def open_store(address: str | None = None) -> Store:
    """Open the learner's store, and make it on first entry.

    Never raises because of a disk or a database: a store that cannot be opened works in memory, with ``trouble`` set.

    Parameters
    ----------
    address : str, optional
        A SQLAlchemy URL. Left out, it is what ``MI_COURSE_DATABASE`` says, else a SQLite file in the learner's own
        data folder.
    """
    chosen = chosen_address() if address is None else address
    return Store(lambda damaged: database_at(chosen, damaged))
