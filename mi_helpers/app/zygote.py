"""The warm process: it has read everything that exercise pages need, and pages' kernels are copies of it.

Started by the server as ``python -m mi_helpers.app.zygote <descriptor>`` (see ``warm.py``). It knows nothing of any
page: a request is one byte and one end of a line between the server and the kernel to be; all the rest the server says
over that line, and only the copy reads it. Here there are no threads, no event loop, no sockets but the server's and no
open files, so a copy is whole. How it works and why it is safe: docs/warm-kernels.md.
"""

from __future__ import annotations

import contextlib
import gc
import json
import logging
import os
import random
import signal
import socket
import sys
import tempfile
import threading
from typing import TYPE_CHECKING

from mi_helpers.app.kernel import prepare_process
from mi_helpers.quiet import where

if TYPE_CHECKING:
    from mi_helpers.app.warm_kernel import WarmApp

log = logging.getLogger("mi_helpers.app")

#: The line's place in a kernel; all descriptors from the next one on are closed.
LINE = 3
ENOUGH = 65536


def main() -> None:
    """Get warm, then copy this process for each request until the server is gone."""
    server = socket.socket(fileno=int(sys.argv[1]))
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # the system itself buries kernels that have ended
    prepare_process()
    gc.disable()  # and so no holes in memory that a copy would fill
    app = warm_up()
    gc.collect()
    gc.freeze()  # nothing that is here now is looked at by the collector again: looking would copy it
    line = serve(server)
    if line is not None:
        server.close()
        become_kernel(app, line)


def warm_up() -> WarmApp:
    """Read everything, do once what pages do, and make a kernel without channels."""
    from mi_helpers.app import rehearsal
    from mi_helpers.app.warm_kernel import WarmApp

    rehearsal.rehearse()
    app = WarmApp.instance()
    app.prepare()
    return app


def serve(server: socket.socket) -> socket.socket | None:
    """Wait for requests and fork; comes back in each copy with its line, and in the original when the server ends."""
    while True:
        _, lines, _, _ = socket.recv_fds(server, 1, 1)
        if not lines:
            return None
        check_alone(server.fileno(), lines[0])
        if os.fork() == 0:
            return socket.socket(fileno=lines[0])
        os.close(lines[0])


def check_alone(*mine: int) -> None:
    """Refuse to fork where a copy would not be whole.

    Parameters
    ----------
    *mine : int
        The descriptors that may be open besides standard input, output and error.

    Raises
    ------
    RuntimeError
        If this process has more than one thread, or anything open: a file, a socket, an event loop. The server then
        starts kernels the usual way.
    """
    if len(threading.enumerate()) > 1 or len(_listed("/proc/self/task")) > 1:
        raise RuntimeError(f"the warm process has threads: {threading.enumerate()}")
    open_now = _listed("/proc/self/fd") or _listed("/dev/fd")
    strange = [number for number in map(int, open_now) if number > 2 and number not in mine and _is_open(number)]
    if strange:
        raise RuntimeError(f"the warm process has descriptors open: {strange}")


def _listed(folder: str) -> list[str]:
    try:
        return os.listdir(folder)
    except OSError:
        return []


def _is_open(number: int) -> bool:
    """Not so for the one with which the list itself was read."""
    try:
        os.fstat(number)
    except OSError:
        return False
    return True


def become_kernel(app: WarmApp, line: socket.socket) -> None:
    """Turn this copy into the kernel that the server asks for over the line."""
    try:
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        os.setsid()  # signals for others do not come here, and no terminal is left
        line = _close_all_but(line)
        asked = _read(line)
        if asked is None:  # the server thought better of it
            os._exit(0)
        os.environ.clear()
        os.environ.update(asked["env"])
        os.chdir(asked["cwd"])
        renew_randomness()
        gc.enable()
        threading.Thread(target=_leave_with_server, args=(line,), name="line", daemon=True).start()
        app.connect(asked["connection_file"], lambda: line.sendall(b"%d\n" % os.getpid()))
        os._exit(0)  # nothing is left to do, and taking the interpreter down would copy all of it first
    except BaseException as error:  # noqa: BLE001 - whatever it is, this copy ends here
        log.error("a warm kernel broke off [%s]", where(error))
        os._exit(1)


def _close_all_but(line: socket.socket) -> socket.socket:
    """Standard input is empty, the line moves to its place, everything else that is open is closed."""
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    number = line.detach()
    if number != LINE:
        os.dup2(number, LINE, inheritable=False)
    os.closerange(LINE + 1, ENOUGH)
    return socket.socket(fileno=LINE)


def _read(line: socket.socket) -> dict | None:
    """``{"connection_file", "env", "cwd"}``, as JSON on one line."""
    with line.makefile("rb") as said:
        asked = said.readline()
    return json.loads(asked) if asked.endswith(b"\n") else None


def renew_randomness() -> None:
    """No two copies draw the same numbers. What comes from the system (``secrets``, ``uuid4``) is new anyway."""
    random.seed()
    tempfile.tempdir = tempfile._name_sequence = None
    numpy = sys.modules.get("numpy.random")
    if numpy:
        numpy.seed()


def _leave_with_server(line: socket.socket) -> None:
    """The server never says a second thing; when the line ends, it is gone, and nobody is left to answer."""
    with contextlib.suppress(OSError):
        line.recv(1)
    os._exit(0)


if __name__ == "__main__":
    main()
