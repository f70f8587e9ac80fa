"""The learner's own store: drafts, tries, reviews, what is done, settings.

Nothing here raises because of a disk, a lock or a damaged file. What cannot be written waits in memory and is
written, once, with the next thing that can be; until then it is read from memory.
"""

from __future__ import annotations

from dataclasses import asdict, replace
from datetime import datetime, timedelta
from typing import Any

from mi_helpers.progress.keeper import Keeper
from mi_helpers.progress.records import Review, Try, jsonable, now, storable, utc
from mi_helpers.progress.team import KEEPINGS, Keeping, least
from mi_helpers.progress.writes import KEEPING, Write


class Store(Keeper):
    """One learner's store. Made by :func:`open_store`; may be called from several threads.

    Attributes
    ----------
    account : str
        The learner's login on a shared server; empty on one's own computer.
    allowed : {"words", "codes", "nothing"}
        How much may be kept at most where the learner agrees; ``MI_COURSE_KEEP_TEXT`` sets it.
    kept : {"words", "codes", "nothing"}
        What is kept of the learner: the words, only what the course made of them, or nothing beyond this page.
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

    # -- what is kept ---------------------------------------------------------------------------------------------

    def save_draft(
        self, place: str, text: str, *, lang: str, at: datetime | None = None, typed: bool = True
    ) -> bool:
        """Keep what stands in a box.

        Parameters
        ----------
        place : str
            Id of the item.
        at : datetime, optional
            When it was typed, where that was not just now; a draft that is older than the stored one is let go.
        typed : bool
            Whether the learner's own words are in it, and not choices only.

        Returns
        -------
        bool
            True when it is on disk; False while it waits in memory (see ``trouble``), or stays there because words
            are not to be kept (see ``kept``).
        """
        values = {"place": storable(place), "lang": storable(lang), "text": storable(text)}
        return self._write(Write("draft", values | {"at": utc(at) if at else now()}, typed))

    def draft(self, place: str, *, lang: str) -> str | None:
        """The last text of a box; None where there is none."""
        found = self._held("draft", place=storable(place), lang=storable(lang))
        return found[0]["text"] if found else None

    def add_try(self, attempt: Try, *, typed: bool = True) -> bool:
        """Keep a try, before its feedback is drawn. Sending the same id twice stores it once.

        Returns as :meth:`save_draft` does. A try that is made after another one comes after it, even where the
        computer's clock was set back between the two.
        """
        values = asdict(replace(attempt, coding=None)) | {"coding": jsonable(attempt.coding)}
        values |= {"at": self._after_the_last(attempt)}
        write = Write("try", {k: storable(v) if isinstance(v, str) else v for k, v in values.items()}, typed)
        return self._write(write)

    def _after_the_last(self, attempt: Try) -> datetime:
        at = utc(attempt.at)
        with self._lock:
            same = (w.values for w in self._session.values() if w.kind == "try" and w.values["id"] != attempt.id)
            times = [v["at"] for v in same if (v["item_id"], v["lang"]) == (attempt.item_id, attempt.lang)]
        return max([at, *(time + timedelta(microseconds=1) for time in times)])

    def set_coding(self, try_id: str, coding: Any, verdict: str | None) -> bool:
        """Add what the coder answered to a try that was kept before."""
        return self._write(Write("coding", {"id": try_id, "coding": jsonable(coding), "verdict": verdict}))

    def tries(self, item_id: str, *, lang: str) -> list[Try]:
        """All tries at an item in one language whose words are there, oldest first."""
        return [Try(**v) for v in self._held("try", item_id=storable(item_id), lang=storable(lang)) if v["text"]]

    def tried(self, lang: str) -> set[str]:
        """The ids of the items that :meth:`tries` knows a try of in one language."""
        with self._lock:
            sql = "SELECT DISTINCT item_id FROM try WHERE learner = :learner AND lang = :lang AND text <> ''"
            run = lambda link: link.run(sql, learner=self.learner, lang=storable(lang))  # noqa: E731
            found = {row[0] for row in self._run(run, writing=False)[1] or ()}
            here = [w.values for w in self._session.values() if w.kind == "try"]
            return found | {v["item_id"] for v in here if v["lang"] == storable(lang) and v["text"]}

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
        """All reviews, or those of one try, oldest first; the text is empty where words are not to be kept."""
        where = {} if try_id is None else {"try_id": storable(try_id)}
        return [Review(**v) for v in self._held("review", **where)]

    def set_setting(self, name: str, value: Any) -> bool:
        """Keep a choice of the learner; the value must be something JSON knows."""
        return self._write(Write("setting", {"name": storable(name), "value": jsonable(value), "at": now()}))

    def setting(self, name: str, default: Any = None) -> Any:
        """A choice of the learner, or the default where none was made."""
        found = self._held("setting", name=storable(name))
        return found[0]["value"] if found else default

    def keep(self, what: Keeping) -> bool:
        """The learner chooses what is kept from now on; more than the team allows is never kept.

        Raises
        ------
        ValueError
            If ``what`` is none of "words", "codes" and "nothing".
        """
        if what not in KEEPINGS:
            raise ValueError(f"{what!r} is none of {', '.join(KEEPINGS)}")
        kept = self.set_setting(KEEPING, what)
        self.kept = least(self.allowed, what)
        return kept

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
