"""The kernel behind one page: IPython's own, without what a page of the course never uses.

Started by the server as ``python -m mi_helpers.app.kernel -f <connection file>`` (see ``kernels.py``), or a copy of the warm
process (``zygote.py``).
"""

from __future__ import annotations

import logging
import sys
from collections.abc import Callable

#: No debugger (8 MB and a tenth of a second a page), nothing of the user's own: no history, no startup files.
OPTIONS = (
    "--log-level=ERROR",  # loopback needs no encryption, and no warning about it
    "--HistoryManager.enabled=False",
    "--InteractiveShellApp.exec_PYTHONSTARTUP=False",
    "--InteractiveShellApp.ignore_cwd=True",
    "--Completer.use_jedi=False",
)


def main(ready: Callable[[], None] | None = None) -> None:
    """Run the kernel until the server stops it or disappears.

    Parameters
    ----------
    ready : callable, optional
        Called once, when messages can arrive.
    """
    sys.modules["debugpy"] = None  # ipykernel takes this for "not installed"
    from ipykernel.kernelapp import IPKernelApp

    logging.getLogger("tornado.general").addFilter(_tells_something)
    app = IPKernelApp.instance()
    app.initialize([*sys.argv[1:], *OPTIONS])
    widgets = sys.modules.get("ipywidgets")
    if widgets:  # imported when there was no kernel to tell
        widgets.register_comm_target()
    if ready:
        ready()
    app.start()


def _tells_something(record: logging.LogRecord) -> bool:
    """A kernel that is being stopped may find its sockets closed already; the learner need not read that."""
    from zmq import ZMQError

    return not (record.exc_info and isinstance(record.exc_info[1], ZMQError))


if __name__ == "__main__":
    main()
