"""From what a database raises to what is wrong, in words that mean something to a learner."""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path

from mi_helpers.progress.records import StoreTrouble, TroubleKind, Unusable

_SQLITE: tuple[tuple[str, TroubleKind], ...] = (
    ("SQLITE_READONLY_DBMOVED", "missing"),
    ("SQLITE_READONLY", "readonly"),
    ("SQLITE_PERM", "readonly"),
    ("SQLITE_FULL", "full"),
    ("SQLITE_IOERR_WRITE", "full"),  # a quota or a file size limit that is used up
    ("SQLITE_BUSY", "locked"),
    ("SQLITE_LOCKED", "locked"),
    ("SQLITE_CORRUPT", "damaged"),
    ("SQLITE_NOTADB", "damaged"),
)
_SQLSTATE: dict[str, TroubleKind] = {
    "53100": "full",
    "25006": "readonly",
    "42501": "readonly",
    "55P03": "locked",  # a lock was not to be had in time
    "57014": "locked",  # the statement took too long
    "40001": "locked",
    "40P01": "locked",
}


def describe(error: BaseException, where: str, path: Path | None) -> StoreTrouble:
    """Say what an error means for the learner's words.

    Parameters
    ----------
    error : BaseException
        What was raised while opening, reading or writing.
    where : str
        How the database is called to the learner.
    path : pathlib.Path or None
        Its file, if it is one.
    """
    if isinstance(error, Unusable):
        return StoreTrouble(error.kind, error.key, error.where or where, error.detail)
    cause = getattr(error, "orig", None) or error
    kind = _kind(error, cause, path)
    name = getattr(cause, "sqlite_errorname", type(cause).__name__)
    # any other message can quote the learner's words, and those belong in no log
    speaks = isinstance(cause, OSError | sqlite3.Error) or type(error).__name__ == "OperationalError"
    said = str(cause).partition("\n")[0] if speaks and type(error).__name__ not in _QUOTING else ""
    return StoreTrouble(kind, f"store_{kind}", where, f"{name}: {said}".rstrip(": "))


#: Of a database's own errors, those about values.
_QUOTING = ("IntegrityError", "DataError", "StatementError", "ProgrammingError")
_PLAINLY = {
    "store_full": "there is no room left to write",
    "store_readonly": "it may only be read, not written to",
    "store_locked": "it is in use by another program",
    "store_damaged": "it is damaged",
    "store_missing": "it is not there, or does not answer",
    "store_newer": "it was written by a newer version of this course; install that one",
    "store_older": "it was made by an older version of this course; run: mi-course data migrate",
    "store_served": "it lies inside the folder that the course shows in the browser",
    "store_address": "this is no address of a database that can be used (a file needs its full path; "
    'PostgreSQL needs: pip install "mi-course[server]")',
}


def told(error: BaseException, where: str, path: Path | None) -> str:
    """What an error means, in a sentence for whoever looks after the database. Holds no words of a learner."""
    trouble = describe(error, where, path)
    plainly = _PLAINLY.get(trouble.key, "it cannot be used")
    return f"{trouble.where or where}: {plainly}" + (f" [{trouble.detail}]" if trouble.detail else "")


def _kind(error: BaseException, cause: BaseException, path: Path | None) -> TroubleKind:
    name = getattr(cause, "sqlite_errorname", "")
    for begin, kind in _SQLITE:
        if name.startswith(begin):
            return kind
    if isinstance(cause, PermissionError):
        return "readonly"
    if isinstance(cause, OSError) and cause.errno in _FULL:
        return "full"
    if isinstance(cause, OSError) and cause.errno == 30:  # a file system mounted for reading only
        return "readonly"
    if path is not None and (name == "SQLITE_CANTOPEN" or isinstance(cause, OSError)):
        if not os.path.exists(path):
            return "missing"
        writable = os.access(path, os.W_OK) and os.access(path.parent, os.W_OK)
        return "unknown" if writable else "readonly"
    if _state(cause) in _SQLSTATE:
        return _SQLSTATE[_state(cause)]
    if type(error).__name__ in ("OperationalError", "InterfaceError") and not isinstance(cause, sqlite3.Error):
        return "missing"  # a server that does not answer
    return "unknown"


def is_race(error: BaseException) -> bool:
    """Whether another process may have made the same row or table at the same moment."""
    return type(error).__name__ in ("IntegrityError", "ProgrammingError")


def is_worth_repeating(error: BaseException) -> bool:
    """Whether the same may go well at once: a connection was cut, or two transactions stood in each other's way."""
    cause = getattr(error, "orig", None) or error
    return getattr(error, "connection_invalidated", False) or _state(cause) in ("40001", "40P01")


def _state(cause: BaseException) -> str | None:
    """The five characters with which a server says what is wrong (SQLSTATE)."""
    return getattr(cause, "sqlstate", None) or getattr(cause, "pgcode", None)


_FULL = {28, 122, 27}  # ENOSPC, EDQUOT, EFBIG
