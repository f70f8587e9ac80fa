"""The learner owns the file: see what there is, take everything out, erase it."""

from __future__ import annotations

import logging
import os
from datetime import datetime
from typing import TYPE_CHECKING, Any

from mi_helpers.progress.records import SCHEMA_VERSION, new_id, now

if TYPE_CHECKING:
    from mi_helpers.progress.store import Store

log = logging.getLogger(__name__)
_PARTS = {"tries": "try", "drafts": "draft", "reviews": "review", "done": "done", "settings": "setting"}


def export(store: Store) -> dict[str, Any]:
    """Everything that is kept of the learner.

    Returns
    -------
    dict
        JSON-able: ``schema_version``, ``exported_at``, ``where``, ``learner``, ``complete`` (False where the file
        could not be read and only what this process holds is given), and the lists ``tries``, ``drafts``,
        ``reviews``, ``done`` and ``settings``, oldest first, times in UTC.
    """
    with store._lock:
        parts = {part: store._held(kind) for part, kind in _PARTS.items()}
        readable = store._run(lambda link: None, writing=False)[0]
    return {
        "schema_version": SCHEMA_VERSION,
        "exported_at": now().isoformat(),
        "where": store.where,
        "learner": store.learner,
        "complete": readable,
    } | {part: [{name: _plain(v) for name, v in row.items()} for row in rows] for part, rows in parts.items()}


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, datetime) else value


def summary(store: Store) -> dict[str, Any]:
    """Where words are kept and how many.

    Returns
    -------
    dict
        ``where``, ``learner``, ``schema_version``, ``counts`` (how many ``tries``, ``drafts``, ``reviews``, ``done``,
        ``settings``), ``waiting`` (how many things are not on disk yet), ``trouble`` (None or its kind),
        ``message`` (what is wrong, in English, or empty) and ``kept_aside``: damaged files that still hold words and
        that :func:`erase` leaves alone.
    """
    with store._lock:
        counts = {part: len(store._held(kind)) for part, kind in _PARTS.items()}
        return {
            "where": store.where,
            "learner": store.learner,
            "schema_version": SCHEMA_VERSION,
            "counts": counts,
            "waiting": len(store._pending),
            "trouble": store.trouble.kind if store.trouble else None,
            "message": store.trouble.message if store.trouble else "",
            "kept_aside": [str(path) for path in store._damaged if os.path.exists(path)],
        }


def erase(store: Store) -> bool:
    """Remove all rows of the learner, and from a SQLite file the words themselves.

    What waits in memory is dropped too. Damaged files that were kept aside are not touched: ``summary`` lists them.

    Returns
    -------
    bool
        False where the database could not be written to; ``store.trouble`` says why.
    """

    def remove(link) -> None:
        for table in _PARTS.values():
            link.run(f"DELETE FROM {table} WHERE learner = :learner", learner=store.learner)
        link.run("DELETE FROM learner WHERE id = :learner", learner=store.learner)

    with store._lock:
        removed = store._run(remove, writing=True)[0]
        store._pending.clear()
        store._session.clear()
        if not removed:
            return False
        store.learner, store._is_known = new_id(), False
        store.trouble = None
        try:
            store._database.place.compact(store._database.PATIENCE)
        except Exception as error:  # noqa: BLE001 - the words are overwritten already, only the room is not given back
            log.warning("the file could not be made smaller: %s", type(error).__name__)
        return True
