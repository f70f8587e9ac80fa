"""One handler around every callback: the learner gets a sentence, the log gets the traceback, the words stay."""

from __future__ import annotations

import functools
import logging
import sys
from collections.abc import Callable

from mi_helpers.quiet import PageFormatter

log = logging.getLogger("mi_helpers.ui")


class _ServerLog(logging.StreamHandler):
    """Write to the standard error of the server, also where the kernel has redirected its own to the browser."""

    def __init__(self):
        logging.Handler.__init__(self)

    @property
    def stream(self):
        terminal = getattr(sys.stderr, "_original_stdstream_copy", None)
        if terminal is None:
            return sys.__stderr__ or sys.stderr
        if getattr(self, "_terminal", None) is None:
            self._terminal = open(terminal, "w", encoding="utf-8", closefd=False)  # noqa: SIM115 - stays open
        return self._terminal


def log_to_server() -> None:
    """Send what goes wrong in callbacks to the server's log; doing so twice is harmless."""
    if not any(isinstance(handler, _ServerLog) for handler in log.handlers):
        handler = _ServerLog()
        handler.setFormatter(PageFormatter())
        log.addHandler(handler)


def guarded(callback: Callable, tell: Callable[[str], None], sentence: str) -> Callable:
    """Wrap a callback of a widget.

    Parameters
    ----------
    callback : callable
        What is to be done on a click, a choice or a message from the browser.
    tell : callable
        Shows one sentence to the learner.
    sentence : str
        What to show when the callback fails.
    """

    @functools.wraps(callback)
    def run(*args, **kwargs):
        try:
            return callback(*args, **kwargs)
        except Exception:
            log.exception("a callback failed: %s", getattr(callback, "__qualname__", callback))
            tell(sentence)

    return run


def rules_version() -> str:
    """The version of the rules; a coder that cannot be loaded must not keep a try from being stored."""
    try:
        from mi_helpers.coder import rules_version

        return rules_version()
    except Exception:
        log.exception("the coder could not be loaded")
        return ""
