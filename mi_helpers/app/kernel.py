"""The kernel behind one page: IPython's own, without what a page of the course never uses.

Started by the server as ``python -m mi_helpers.app.kernel -f <connection file>`` (see ``kernels.py``). A copy of the
warm process becomes the same kernel by way of ``warm_kernel.py``.
"""

from __future__ import annotations

import logging
import sys

from mi_helpers.quiet import PageFormatter

#: No debugger (8 MB and a tenth of a second a page), nothing of the user's own: no history, no startup files.
OPTIONS = (
    "--log-level=ERROR",  # loopback needs no encryption, and no warning about it
    "--HistoryManager.enabled=False",
    "--InteractiveShellApp.exec_PYTHONSTARTUP=False",
    "--InteractiveShellApp.ignore_cwd=True",
    "--Completer.use_jedi=False",
    "--IPythonKernel.help_links=[]",  # each page would be sent these, and a tip of the day
    "--InteractiveShell.banner1=",
    "--InteractiveShell.enable_tip=False",
    "--IPKernelApp.capture_fd_output=False",  # what C libraries say belongs in the server's log
)


def main() -> None:
    """Run the kernel until the server stops it or disappears."""
    prepare_process()
    from ipykernel.kernelapp import IPKernelApp

    app = IPKernelApp.instance()
    app.initialize([*sys.argv[1:], *OPTIONS])
    keep_words_out(app.log)
    app.start()


def prepare_process() -> None:
    """What has to be so before ipykernel is imported."""
    sys.modules["debugpy"] = None  # ipykernel takes this for "not installed"
    logging.getLogger("tornado.general").addFilter(_tells_something)


def keep_words_out(log: logging.Logger) -> None:
    """What ipykernel logs of a message that it cannot use quotes the message."""
    for handler in log.handlers:
        handler.setFormatter(PageFormatter())


def _tells_something(record: logging.LogRecord) -> bool:
    """A kernel that is being stopped may find its sockets closed already; the learner need not read that."""
    from zmq import ZMQError

    return not (record.exc_info and isinstance(record.exc_info[1], ZMQError))


if __name__ == "__main__":
    main()
