"""Speaking of an error without what it was about: for logs that hold nothing of what learners wrote."""

from __future__ import annotations

import logging
from pathlib import Path


def where(error: BaseException | None) -> str:
    """The kind of an error and the places it came by, without its message, which may quote what somebody wrote.

    Examples
    --------
    >>> where(ValueError("my own words"))
    'ValueError'
    """
    if error is None:
        return "no error"
    places, step = [], error.__traceback__
    while step:
        code = step.tb_frame.f_code
        places.append(f"{Path(code.co_filename).name}:{step.tb_lineno} {code.co_name}")
        step = step.tb_next
    return " < ".join([type(error).__name__, *reversed(places[-6:])])


class WordlessFormatter(logging.Formatter):
    """A log line per event; an error is named by :func:`where`."""

    def format(self, record: logging.LogRecord) -> str:
        record.exc_text = None  # another handler may have put the whole error there
        said = super().format(record)
        record.exc_text = None
        return "".join(letter if letter.isprintable() else letter.encode("unicode_escape").decode() for letter in said)

    def formatException(self, ei) -> str:  # noqa: N802 - the name that logging calls
        return f"[{where(ei[1])}]"
