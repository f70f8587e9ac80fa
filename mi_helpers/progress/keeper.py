"""Memory and disk: what cannot be written waits in memory and is written, once, when it can be."""

from __future__ import annotations

import atexit
import logging
import threading
import time
import weakref
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from mi_helpers.progress.database import Database
from mi_helpers.progress.place import beside
from mi_helpers.progress.records import StoreTrouble, new_id
from mi_helpers.progress.salvage import salvage
from mi_helpers.progress.team import KEEPINGS, Keeping, least
from mi_helpers.progress.troubles import describe, is_race, is_worth_repeating
from mi_helpers.progress.writes import KEEPING, NEWEST, Write, apply, lay, reduced, stored

log = logging.getLogger(__name__)
_STEPS = 20  # how many ways around a trouble are tried in one call: damaged files beside each other, mostly
#: Seconds until a server that did not answer is asked again: so many times as long as it let us wait, between these.
_REST, _SHORTEST_REST, _LONGEST_REST = 4, 2, 30


class Keeper:
    """One learner in one database, with a memory for what could not be written.

    Parameters
    ----------
    place : callable
        ``place(n)`` gives the database to use after ``n`` damaged files, or raises why there is none.
    account : str
        The learner's login; empty for the one learner of one's own computer.
    most : {"words", "codes", "nothing"}
        How much may be kept at most; a learner may choose less.
    """

    def __init__(self, place: Callable[[int], Database], account: str = "", *, most: Keeping = "words"):
        self._place, self.account, self.allowed = place, account, most
        self._damaged: list[Path] = []
        self._database: Database | None = None
        self._is_open = False
        self._file_id = ""
        self._is_known = False  # whether the database holds this learner
        self._pending: dict[tuple, Write] = {}
        # what this page wrote or read: shown while the file cannot be read, kept again if the file is gone
        self._session: dict[tuple, Write] = {}
        self._gathering = 0
        self._wait_until = 0.0
        self._lock = threading.RLock()
        self.kept: Keeping = most
        self.learner = new_id()
        self.where = ""
        self.trouble: StoreTrouble | None = None
        self.notices: list[StoreTrouble] = []
        if self._run(lambda link: None, writing=False)[0] and not self._is_known:
            self._run(lambda link: None, writing=True)  # makes the learner
        atexit.register(_last_words, weakref.ref(self))

    @property
    def waits(self) -> bool:
        """Whether something is not on disk yet that should be."""
        return bool(self._pending)

    def settle(self) -> bool:
        """Write what waits, if anything does; True when nothing waits any longer. To be called now and then."""
        with self._lock:
            if self._pending:
                self._flush()
            return not self._pending

    @contextmanager
    def together(self) -> Iterator[None]:
        """Write what is written inside this block in one go at its end: each transaction waits for the disk.

        Until then it is in memory only, and no other thread writes.
        """
        with self._lock:
            self._gathering += 1
            try:
                yield
            finally:
                self._gathering -= 1
                self.settle()

    def _write(self, write: Write) -> bool:
        with self._lock:
            held = self._pending.get(write.key)
            if not (held and write.kind in NEWEST and held.values["at"] > write.values["at"]):
                self._pending[write.key] = write
            lay(self._session, [write])
            self._flush()
            return write.key not in self._pending and reduced(write, self.kept) is write

    def _flush(self) -> None:
        """Write all that waits, unless more is to come."""
        if self._gathering:
            return
        if self._run(lambda link: self._apply(link, *self._pending.values()), writing=True)[0]:
            self._pending.clear()
        elif self.trouble and self.trouble.key == "store_unknown" and len(self._pending) > 1:
            # one thing that no database takes must not keep the rest from being written
            for key, write in list(self._pending.items()):
                if self._run(lambda link, write=write: self._apply(link, write), writing=True)[0]:
                    self._pending.pop(key, None)
        if not self._pending:
            self.trouble = None

    def _apply(self, link, *writes: Write) -> None:
        for write in writes:
            if (rest := reduced(write, self.kept)) is not None:
                apply(link, rest, self.learner)

    def _held(self, kind: str, **where: Any) -> list[dict[str, Any]]:
        """The values of all things of one kind, from disk and from memory, oldest first."""
        with self._lock:
            read, rows = self._run(lambda link: stored(link, kind, self.learner, **where), writing=False)
            held: dict[tuple, Write] = {}
            if read:
                # words that are not to be stored are on this page only
                only_here = [w for w in self._session.values() if reduced(w, self.kept) is not w]
                lay(held, (w for w in only_here if w.kind == kind and _is(w, where)))
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
            begin = time.monotonic()
            try:
                database = self._opened()
                with database.writing() if writing else database.reading() as link:
                    self._recognise(database, link, writing)
                    result = work(link)
            except Exception as error:  # noqa: BLE001 - whatever it is, the learner goes on
                if not self._mend(error, step, time.monotonic() - begin):
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
        usual = database.PATIENCE if self._file_id else database.FIRST_PATIENCE
        database.patience = database.SHORT_PATIENCE if stuck else usual
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
        file_id, learner, chosen = database.whose(link, self.account, writing=writing)
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
            database.add_learner(link, self.learner, self.account)
        self._file_id, self._is_known = file_id, learner is not None
        self.learner = learner or self.learner
        waiting = self._pending.get(("setting", KEEPING))
        chosen = waiting.values["value"] if waiting else chosen
        self.kept = least(self.allowed, chosen if chosen in KEEPINGS else "words")

    def _mend(self, error: Exception, step: int, took: float) -> bool:
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
        if step < 2 and is_worth_repeating(error):
            return True
        if trouble.kind == "missing" and not path:
            # a server that does not answer can cost seconds each time
            rest = min(max(_REST * took, _SHORTEST_REST), _LONGEST_REST)
            self._wait_until = time.monotonic() + rest
        elif trouble.kind in ("missing", "unknown") and step < 2 and (self._is_open or is_race(error)):
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


def _is(write: Write, where: dict[str, Any]) -> bool:
    return all(write.values[name] == value for name, value in where.items())


def _last_words(of: weakref.ref[Keeper]) -> None:
    """The page is closed: one more attempt for what still waits."""
    keeper = of()
    if keeper is not None:
        keeper._wait_until = 0.0
        keeper.settle()
