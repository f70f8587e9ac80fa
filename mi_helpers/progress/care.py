"""For whoever looks after a database: is it well, and remove what is old."""

from __future__ import annotations

from datetime import datetime, timedelta

from mi_helpers.progress.database import Database
from mi_helpers.progress.place import database_at
from mi_helpers.progress.records import as_text, now
from mi_helpers.progress.troubles import told

#: What grows old, and what says that a learner is still here.
AGES = ("try", "draft", "review")
STAYS = ("done", "setting")
_ABSENT = " AND ".join(
    f"NOT EXISTS (SELECT 1 FROM {table} AS kept WHERE kept.learner = learner.id AND kept.at >= :before)"
    for table in AGES + STAYS
)
#: Seconds that the work of an administrator waits for pages that write.
PATIENCE = 30.0


def health(address: str) -> str | None:
    """None where the database at an address can be read and written, else why not, in a sentence.

    Never raises; makes the tables where there are none yet, as the first page would.
    """
    where, path = "the database", None
    try:
        database = database_at(address)
        where, path = database.where, database.path
        database.patience = database.PATIENCE
        try:
            database.open()
            with database.writing() as link:
                link.run("UPDATE meta SET value = value WHERE name = ''")  # changes nothing, but must be allowed
            if database.place.is_readonly():
                return f"{where}: it may only be read, not written to"
        finally:
            database.place.close()
    except Exception as error:  # noqa: BLE001 - whatever it is, it is told
        return told(error, where, path)
    return None


def account_of(database: Database, learner: str) -> str | None:
    """The account of a learner who is named by it, or by the id that the learner's own page shows; None: nobody.

    Parameters
    ----------
    database : Database
        Opened here.
    learner : str
        Login or id.
    """
    database.open()
    with database.reading() as link:
        sql = "SELECT account FROM learner WHERE account = :learner OR id = :learner ORDER BY account = :learner DESC"
        found = link.run(sql, learner=learner)
    return found[0][0] if found else None


def tidy(address: str, days: int, *, at: datetime | None = None) -> int:
    """Remove the tries, drafts and remarks of all learners that are older than some days.

    A learner who has not been here for that long is forgotten altogether: what was done, settings and account too.

    Parameters
    ----------
    address : str
        A SQLAlchemy URL; empty for the default place.
    days : int
        At least 1.
    at : datetime, optional
        Seen from which time; now where left out.

    Returns
    -------
    int
        How many rows were removed.

    Raises
    ------
    ValueError
        If ``days`` is less than 1.
    Unusable, sqlite3.Error, sqlalchemy.exc.SQLAlchemyError, OSError
        Whatever keeps the database from being opened or written to; then nothing is removed.
    """
    if days < 1:
        raise ValueError(f"the number of days must be at least 1, not {days}")
    before = as_text((at or now()) - timedelta(days=days))
    database = database_at(address, limit=0)
    database.patience = PATIENCE
    if database.path and not database.path.exists():
        return 0
    database.open()
    try:
        with database.writing() as link:
            removed = 0
            for table in AGES:
                removed += link.run(f"SELECT count(*) FROM {table} WHERE at < :before", before=before)[0][0]
                link.run(f"DELETE FROM {table} WHERE at < :before", before=before)
            for (learner,) in link.run(f"SELECT id FROM learner WHERE at < :before AND {_ABSENT}", before=before):
                # a page may have written just now: lock, and look again
                link.run(f"SELECT id FROM learner WHERE id = :id{link.for_update}", id=learner)
                if link.run(f"SELECT id FROM learner WHERE id = :id AND {_ABSENT}", id=learner, before=before):
                    for table in STAYS:
                        removed += link.run(f"SELECT count(*) FROM {table} WHERE learner = :id", id=learner)[0][0]
                        link.run(f"DELETE FROM {table} WHERE learner = :id", id=learner)
                    link.run("DELETE FROM learner WHERE id = :id", id=learner)
                    removed += 1
        if removed:
            database.place.compact(PATIENCE)
    finally:
        database.place.close()
    return removed
