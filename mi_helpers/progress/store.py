"""The learner's own store: drafts, tries, reviews, what is done, settings.

Nothing here raises because of a disk, a lock or a damaged file. What cannot be written waits in memory and is
written, once, with the next thing that can be; until then it is read from memory.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from dataclasses import asdict, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from mi_helpers.progress.database import Database
from mi_helpers.progress.place import beside
from mi_helpers.progress.records import Review, StoreTrouble, Try, jsonable, new_id, now, storable, utc
from mi_helpers.progress.salvage import salvage
from mi_helpers.progress.troubles import describe
from mi_helpers.progress.writes import NEWEST, Write, apply, lay, stored

log = logging.getLogger(__name__)
_STEPS = 20  # how many ways around a trouble are tried in one call: damaged files beside each other, mostly
_REST = 15  # seconds until a server that did not answer is asked again


class Store:
    """One learner's store. Made by :func:`open_store`; may be called from several threads.

    Attributes
    ----------
    where : str
        The file or address that words are kept in, without a password.
    learner : str
        The learner's random id.
    trouble : StoreTrouble or None
        What is wrong now; None once the last write went well.
    notices : list of StoreTrouble
        What happened to the file since the store was opened that the learner should know even though writing goes
        on elsewhere: it was damaged, or it was gone.
    """

    def __init__(self, place: Callable[[int], Database]):
        """``place(n)`` gives the database to use after ``n`` damaged files, or raises why there is none."""
        self._place = place
        self._damaged: list[Path] = []
        self._database: Database | None = None
        self._is_open = False
        self._file_id = ""
        self._is_known = False  # whether the file holds this learner
        self._pending: dict[tuple, Write] = {}
        # what this page wrote or read: shown while the file cannot be read, kept again if the file is gone
        self._session: dict[tuple, Write] = {}
        self._wait_until = 0.0
        self._lock = threading.RLock()
        self.learner = new_id()
        self.where = ""
        self.trouble: StoreTrouble | None = None
        self.notices: list[StoreTrouble] = []
        if self._run(lambda link: None, writing=False)[0] and not self._is_known:
            self._run(lambda link: None, writing=True)  # makes the learner

    # -- what is kept ---------------------------------------------------------------------------------------------

    def save_draft(self, place: str, text: str, *, lang: str, at: datetime | None = None) -> bool:
        """Keep what stands in a box.

        Parameters
        ----------
        place : str
            Id of the item.
        at : datetime, optional
            When it was typed, where that was not just now; a draft that is older than the stored one is let go.

        Returns
        -------
        bool
            True when it is on disk, False while it waits in memory (see ``trouble``).
        """
        values = {"place": storable(place), "lang": storable(lang), "text": storable(text)}
        return self._write(Write("draft", values | {"at": utc(at) if at else now()}))

    def draft(self, place: str, *, lang: str) -> str | None:
        """The last text of a box; None where there is none."""
        found = self._held("draft", place=storable(place), lang=storable(lang))
        return found[0]["text"] if found else None

    def add_try(self, attempt: Try) -> bool:
        """Keep a try, before its feedback is drawn. Sending the same id twice stores it once."""
        values = asdict(replace(attempt, coding=None)) | {"coding": jsonable(attempt.coding), "at": utc(attempt.at)}
        return self._write(Write("try", {k: storable(v) if isinstance(v, str) else v for k, v in values.items()}))

    def set_coding(self, try_id: str, coding: Any, verdict: str | None) -> bool:
        """Add what the coder answered to a try that was kept before."""
        return self._write(Write("coding", {"id": try_id, "coding": jsonable(coding), "verdict": verdict}))

    def tries(self, item_id: str, *, lang: str) -> list[Try]:
        """All tries at an item in one language, oldest first."""
        return [Try(**v) for v in self._held("try", item_id=storable(item_id), lang=storable(lang))]

    def mark_done(self, item_id: str, *, lang: str) -> bool:
        """Remember that the learner went on from this item."""
        return self._write(Write("done", {"item_id": storable(item_id), "lang": storable(lang), "at": now()}))

    def done(self, lang: str) -> set[str]:
        """The ids of the items that are done in one language."""
        return {v["item_id"] for v in self._held("done", lang=storable(lang))}

    def add_review(self, try_id: str, text: str) -> bool:
        """Keep the learner's "I see it differently" about a try, with a word to the trainer."""
        return self._write(Write("review", asdict(Review(try_id=storable(try_id), text=storable(text)))))

    def reviews(self, try_id: str | None = None) -> list[Review]:
        """All reviews, or those of one try, oldest first."""
        where = {} if try_id is None else {"try_id": storable(try_id)}
        return [Review(**v) for v in self._held("review", **where)]

    def set_setting(self, name: str, value: Any) -> bool:
        """Keep a choice of the learner; the value must be something JSON knows."""
        return self._write(Write("setting", {"name": storable(name), "value": jsonable(value), "at": now()}))

    def setting(self, name: str, default: Any = None) -> Any:
        """A choice of the learner, or the default where none was made."""
        found = self._held("setting", name=storable(name))
        return found[0]["value"] if found else default

    # -- the learner owns the file --------------------------------------------------------------------------------

    def export(self) -> dict[str, Any]:
        """Everything that is kept of the learner, JSON-able (see :mod:`mi_helpers.progress.export`)."""
        from mi_helpers.progress.export import export

        return export(self)

    def erase(self) -> bool:
        """Remove everything that is kept of the learner; False (see ``trouble``) where that was not possible."""
        from mi_helpers.progress.export import erase

        return erase(self)

    def summary(self) -> dict[str, Any]:
        """Where words are kept and how many, for ``mi-course data show``."""
        from mi_helpers.progress.export import summary

        return summary(self)

    # -- memory and disk ------------------------------------------------------------------------------------------

    def _write(self, write: Write) -> bool:
        with self._lock:
            held = self._pending.get(write.key)
            if not (held and write.kind in NEWEST and held.values["at"] > write.values["at"]):
                self._pending[write.key] = write
            lay(self._session, [write])
            self._flush()
            return write.key not in self._pending

    def _flush(self) -> None:
        """Write all that waits."""

        def all_of_it(link) -> None:
            for write in list(self._pending.values()):
                apply(link, write, self.learner)

        if self._run(all_of_it, writing=True)[0]:
            self._pending.clear()
        elif self.trouble and self.trouble.key == "store_unknown" and len(self._pending) > 1:
            # one thing that no database takes must not keep the rest from being written
            for key, write in list(self._pending.items()):
                if self._run(lambda link, write=write: apply(link, write, self.learner), writing=True)[0]:
                    self._pending.pop(key, None)
        if not self._pending:
            self.trouble = None

    def _held(self, kind: str, **where: Any) -> list[dict[str, Any]]:
        """The values of all things of one kind, from disk and from memory, oldest first."""
        with self._lock:
            read, rows = self._run(lambda link: stored(link, kind, self.learner, **where), writing=False)
            held: dict[tuple, Write] = {}
            if read:
                lay(held, rows)
                lay(self._session, rows)
            waiting = self._pending if read else self._session
            lay(held, (w for w in waiting.values() if w.kind == "coding" or w.kind == kind and _is(w, where)))
            return sorted((w.values for w in held.values()), key=lambda values: values["at"])

    def _run(self, work: Callable, *, writing: bool) -> tuple[bool, Any]:
        """Do something with a connection, going around what can be gone around; ``(False, None)`` if nothing helps."""
        if time.monotonic() < self._wait_until:
            return False, None
        for step in range(_STEPS):
            try:
                database = self._opened()
                with database.writing() if writing else database.reading() as link:
                    self._recognise(database, link, writing)
                    result = work(link)
            except Exception as error:  # noqa: BLE001 - whatever it is, the learner goes on
                if not self._mend(error, step):
                    return False, None
            else:
                self._is_known |= writing
                self._clear(writing)
                return True, result
        return False, None

    def _opened(self) -> Database:
        if self._database and self._is_open and self._database.place.is_gone():
            self._notice(StoreTrouble("missing", "store_missing", self.where))
            self._is_open = False
        if self._database is None:
            self._database = self._place(len(self._damaged))
            self.where = self._database.where
        database = self._database
        stuck = self.trouble is not None and self.trouble.kind == "locked"
        database.patience = database.SHORT_PATIENCE if stuck else database.PATIENCE
        if not self._is_open:
            database.open()
            self._is_open = True
            for path in self._damaged:
                salvage(path, database)
            if database.place.is_readonly():
                self._say(StoreTrouble("readonly", "store_readonly", self.where))
        return database

    def _recognise(self, database: Database, link, writing: bool) -> None:
        """See whether this is still the same file with the same learner, and act on it if not."""
        file_id, learner = database.whose(link)
        if self._file_id and file_id != self._file_id:
            for write in self._session.values():
                self._pending.setdefault(write.key, write)
                if write.kind == "try" and write.values["coding"] is not None:
                    coding = Write("coding", {name: write.values[name] for name in ("id", "coding", "verdict")})
                    self._pending.setdefault(coding.key, coding)
        elif learner is None and self._is_known:
            # erased by another page or by the command line: what was read before must not come back
            self._session = lay({}, self._pending.values())
            self.learner = new_id()
        if learner is None and writing:
            database.add_learner(link, self.learner)
        self._file_id, self._is_known = file_id, learner is not None
        self.learner = learner or self.learner

    def _mend(self, error: Exception, step: int) -> bool:
        """Note what is wrong; True where another attempt makes sense."""
        database = self._database
        path = database.path if database else None
        trouble = describe(error, self.where, path)
        self.where = self.where or trouble.where
        if trouble.kind == "damaged" and path:
            self._damaged.append(path)
            self._database, self._is_open = None, False
            self._notice(replace(trouble, kept_in=str(beside(self._damaged[0], len(self._damaged)))))
            return True
        if trouble.kind == "missing" and not path:
            self._wait_until = time.monotonic() + _REST  # a server that does not answer costs seconds each time
        elif trouble.kind in ("missing", "unknown") and step < 2 and (self._is_open or _is_race(error)):
            self._is_open = False  # the tables may be gone, or another process was quicker: look again
            return True
        self._say(trouble)
        return False

    def _clear(self, writing: bool) -> None:
        """After something went well: a trouble that only showed in reading is over too."""
        if writing or self._pending or self.trouble is None or self.trouble in self.notices:
            return
        if self.trouble.kind not in ("readonly", "full"):
            self.trouble = None

    def _notice(self, trouble: StoreTrouble) -> None:
        self.notices.append(trouble)
        self._say(trouble)

    def _say(self, trouble: StoreTrouble) -> None:
        if trouble != self.trouble:
            log.warning("%s [%s]", trouble.message, trouble.detail)
        self.trouble = trouble


def _is_race(error: Exception) -> bool:
    """Whether another process may have made the same row or table at the same moment."""
    return type(error).__name__ in ("IntegrityError", "ProgrammingError")


def _is(write: Write, where: dict[str, Any]) -> bool:
    return all(write.values[name] == value for name, value in where.items())
