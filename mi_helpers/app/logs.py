"""The log of a service: what was asked and how it went, without what anybody wrote and without who it was."""

from __future__ import annotations

import logging
import os
import sys
import time
from pathlib import Path

log = logging.getLogger("mi_helpers.app")
LINE = "%(asctime)sZ %(levelname)s %(message)s"


class OneLine(logging.Formatter):
    """A line per event in UTC; a line break that somebody sent begins no line of its own, and errors name their place
    but not what they were about."""

    converter = time.gmtime

    def format(self, record: logging.LogRecord) -> str:
        said = super().format(record)
        return "".join(letter if letter.isprintable() else letter.encode("unicode_escape").decode() for letter in said)

    def formatException(self, ei) -> str:  # noqa: N802 - the name that logging calls
        return f"[{where(ei[1])}]"


def where(error: BaseException | None) -> str:
    """The kind of an error and the places it came by, without its message, which may quote what somebody wrote."""
    if error is None:
        return "no error"
    places, step = [], error.__traceback__
    while step:
        code = step.tb_frame.f_code
        places.append(f"{Path(code.co_filename).name}:{step.tb_lineno} {code.co_name}")
        step = step.tb_next
    return " < ".join([type(error).__name__, *reversed(places[-6:])])


def set_up(server_log: logging.Logger, file: Path | None) -> None:
    """Send everything to standard error, or everything, also what kernels say, to a file.

    Raises
    ------
    OSError
        If the file cannot be written to.
    """
    if file:
        with file.open("a", encoding="utf-8") as target:
            os.dup2(target.fileno(), sys.stderr.fileno())  # kernels that start later inherit it
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(OneLine(LINE, "%Y-%m-%dT%H:%M:%S"))
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.WARNING)
    log.setLevel(logging.INFO)
    server_log.handlers[:] = []
    server_log.setLevel(logging.WARNING)
    server_log.propagate = True


def log_request(handler) -> None:
    """One line for a page, for an entry and for whatever went wrong; none for files and for pages that say they live."""
    status = handler.get_status()
    name = type(handler).__name__
    if status < 400 and name in ("StaticFile", "KernelAlive", "Channels", "Health"):
        return
    page = getattr(handler, "page", None)
    what = f"{page.folder}/{page.lang}/{page.name}" if page else ""
    level = logging.ERROR if status >= 500 and status != 503 else logging.WARNING if status in (403, 503) else logging.INFO
    took = 1000 * handler.request.request_time()
    log.log(level, "%s %s %s %s %.0f ms", handler.request.method, status, name, what or "-", took)
