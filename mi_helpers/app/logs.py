"""The log of a service: what was asked and how it went, without what anybody wrote and without who it was."""

from __future__ import annotations

import logging
import os
import sys
import time
from pathlib import Path

from mi_helpers.quiet import WordlessFormatter

log = logging.getLogger("mi_helpers.app")
LINE = "%(asctime)sZ %(levelname)s %(message)s"


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
    formatter = WordlessFormatter(LINE, "%Y-%m-%dT%H:%M:%S")
    formatter.converter = time.gmtime
    handler.setFormatter(formatter)
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
