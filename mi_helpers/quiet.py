"""Speaking of an error without what it was about: for logs that hold nothing of what learners wrote."""

from __future__ import annotations

import logging
import os
from copy import copy
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
    """A log line per event; an error is named by :func:`where`, and so is what a library says.

    Only the course's own messages stand there as they are: those of a library may quote anything (Jupyter Server's
    quote a whole message of a page that is not as it should be).
    """

    def format(self, record: logging.LogRecord) -> str:
        shown = copy(record)
        shown.exc_text = shown.stack_info = None  # another handler may have put the whole error there
        if record.name.partition(".")[0] != __name__.partition(".")[0]:
            file = "/".join(Path(record.pathname).parts[-2:])
            shown.msg, shown.args = f"a library said something at {file}:{record.lineno} {record.funcName}", None
        said = super().format(shown)
        return "".join(letter if letter.isprintable() else letter.encode("unicode_escape").decode() for letter in said)

    def formatException(self, ei) -> str:  # noqa: N802 - the name that logging calls
        return f"[{where(ei[1])}]"


class PageFormatter(WordlessFormatter):
    """For what a page's process says: the whole error on one's own computer, no words where others read the log."""

    def __init__(self):
        super().__init__("[%(asctime)s %(name)s] %(levelname)s %(message)s")

    def format(self, record: logging.LogRecord) -> str:
        # asked each time, as the process may be a copy of one that was nobody's
        if os.environ.get("MI_COURSE_LEARNER"):
            return super().format(record)
        return logging.Formatter(self._fmt).format(record)
