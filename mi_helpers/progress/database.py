"""One database: how it is made, opened, checked and written to. What to do when that fails is the store's business."""

from __future__ import annotations

import os
from contextlib import AbstractContextManager
from pathlib import Path

from mi_helpers.progress.links import Link, Place
from mi_helpers.progress.records import SCHEMA_VERSION, Unusable, as_text, new_id, now
from mi_helpers.progress.schema import statements
from mi_helpers.progress.writes import KEEPING

#: Files up to this size are checked as a whole when they are opened (a few milliseconds).
CHECKED_BYTES = 30_000_000
#: One question instead of three: a server may be some way off.
_WHOSE = (
    "SELECT (SELECT value FROM meta WHERE name = 'file'), (SELECT id FROM learner WHERE account = :account), "
    "(SELECT value FROM setting WHERE name = :name AND learner = (SELECT id FROM learner WHERE account = :account))"
)


class Damaged(Exception):
    """The file is a database no longer, or not in all of its parts."""

    sqlite_errorname = "SQLITE_CORRUPT"


class Database:
    """A database with our tables in it.

    Parameters
    ----------
    place : Place
    make_folder : bool
        Make the folder of the file too, where it is missing. Not for a place the learner chose: it may be on a disk
        that is not plugged in.
    """

    #: Seconds that a call may wait for another process that writes: the first call, which finds out who the learner is,
    #: any other, and once it is known to be stuck.
    FIRST_PATIENCE, PATIENCE, SHORT_PATIENCE = 4.0, 1.0, 0.05

    def __init__(self, place: Place, *, make_folder: bool = False):
        self.place = place
        self.path: Path | None = place.path
        self.where = place.where
        self.patience = self.FIRST_PATIENCE
        self._make_folder = make_folder

    def reading(self) -> AbstractContextManager[Link]:
        """A connection to read with."""
        return self.place.connect(writing=False, patience=self.patience)

    def writing(self) -> AbstractContextManager[Link]:
        """A connection to write with: all of it is kept, or (on an exception) nothing."""
        return self.place.connect(writing=True, patience=self.patience)

    def open(self) -> None:
        """Make the file and the tables where they are not there yet, and see whether all is well.

        Raises
        ------
        Damaged
            If the file is damaged.
        Unusable
            If a newer version of the course wrote it.
        sqlite3.Error, sqlalchemy.exc.SQLAlchemyError, OSError
            Whatever keeps it from being opened.
        """
        if self.path:
            self.make_file()
        with self.reading() as link:
            if self.path and 0 < self.path.stat().st_size <= CHECKED_BYTES:
                said = link.run("PRAGMA quick_check(1)")[0][0]
                if said != "ok":
                    raise Damaged(said)
            found = self._read_meta(link)
        if found is None:
            with self.writing() as link:
                found = self._read_meta(link) or self._make_tables(link)
        try:
            version = int(found["schema_version"])
        except (KeyError, ValueError):
            raise Unusable("unknown", "store_unknown", "the table meta names no schema version") from None
        if version > SCHEMA_VERSION:
            raise Unusable("unknown", "store_newer", f"schema version {version}, known up to {SCHEMA_VERSION}")
        if version < SCHEMA_VERSION:
            if not self.path:  # many pages open at once: whoever looks after the server chooses when
                raise Unusable("unknown", "store_older", f"schema version {version}, needed {SCHEMA_VERSION}")
            from mi_helpers.progress.migrate import migrate

            migrate(self)

    def make_file(self) -> None:
        """Make an empty file that only its owner may read, if there is none."""
        if os.path.exists(self.path):
            return
        if self._make_folder:
            self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        try:
            os.close(os.open(self.path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
        except FileExistsError:
            pass

    def _read_meta(self, link: Link) -> dict[str, str] | None:
        if not link.has_table("meta"):
            return None
        return dict(link.run("SELECT name, value FROM meta")) or None

    def _make_tables(self, link: Link) -> dict[str, str]:
        for statement in statements():
            link.run(statement)
        made = {"schema_version": str(SCHEMA_VERSION), "file": new_id()}
        for name, value in made.items():
            link.run("INSERT INTO meta (name, value) VALUES (:name, :value)", name=name, value=value)
        return made

    def whose(self, link: Link, account: str, *, writing: bool = False) -> tuple[str, str | None, str | None]:
        """Which database this is and whose rows are meant.

        Parameters
        ----------
        link : Link
        account : str
            The learner's login; empty for the one learner of one's own computer.
        writing : bool
            Whether rows of this learner will be written: then nobody else writes or erases them meanwhile.

        Returns
        -------
        tuple of str
            The id of this very database, the id of the learner (None where there is none yet), and what the learner
            lets be kept (None where no choice was made).
        """
        if writing and link.for_update:
            link.run(f"SELECT id FROM learner WHERE account = :account{link.for_update}", account=account)
        ((file_id, learner, chosen),) = link.run(_WHOSE, account=account, name=KEEPING)
        return file_id or "", learner, str(chosen).strip('"') if chosen else None

    def add_learner(self, link: Link, learner: str, account: str) -> None:
        """Make a learner, inside a transaction in which :meth:`whose` found none."""
        sql = "INSERT INTO learner (id, account, at) VALUES (:id, :account, :at)"
        link.run(sql, id=learner, account=account, at=as_text(now()))
