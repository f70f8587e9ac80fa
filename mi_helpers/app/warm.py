"""The server's side of the warm process: start it, ask it for kernels, start it anew when it died or is out of date."""

from __future__ import annotations

import asyncio
import contextlib
import hashlib
import json
import logging
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import mi_helpers
from mi_helpers.resources import cases_folder

log = logging.getLogger("mi_helpers.app")

#: "off" starts every kernel the usual way.
VARIABLE = "MI_COURSE_WARM"
#: So many seconds a kernel may take, the warm process's own start included, before one is started the usual way.
PATIENCE = 20
#: After a failure kernels start the usual way for so many seconds.
PAUSE = 60


def is_possible() -> bool:
    """Whether processes can be copied here (not on Windows), and nobody switched it off."""
    return hasattr(os, "fork") and hasattr(socket, "send_fds") and os.environ.get(VARIABLE, "").lower() != "off"


class Forked:
    """A kernel that is a copy of the warm process, with the manners of a ``subprocess.Popen``.

    The system keeps no account of it for us, as it is not our child; but it holds one end of a line, and when the line
    ends it is dead. So nothing is ever sent to a number that has gone to another process.
    """

    stdin = stdout = stderr = None
    returncode: int | None = None

    def __init__(self, pid: int, line: socket.socket):
        self.pid = pid
        self._line = line

    def poll(self) -> int | None:
        """None while it lives; then 0, as nobody knows how it ended."""
        if self.returncode is None:
            with contextlib.suppress(BlockingIOError):
                try:
                    over = not self._line.recv(64)
                except ConnectionError:
                    over = True
                if over:
                    self.returncode = 0
                    self._line.close()
        return self.returncode

    def wait(self, timeout: float | None = None) -> int:
        """Wait until it is dead."""
        end = None if timeout is None else time.monotonic() + timeout
        while self.poll() is None:
            if end and time.monotonic() > end:
                raise subprocess.TimeoutExpired("kernel", timeout)
            time.sleep(0.02)
        return self.returncode

    def send_signal(self, number: int) -> None:
        """Send a signal, if it lives."""
        if self.poll() is None:
            with contextlib.suppress(ProcessLookupError):
                os.kill(self.pid, number)

    def kill(self) -> None:
        """End it at once."""
        self.send_signal(signal.SIGKILL)

    def terminate(self) -> None:
        """Ask it to end."""
        self.send_signal(signal.SIGTERM)


class Warm:
    """The warm process of this server; there is at most one.

    Attributes
    ----------
    process : subprocess.Popen or None
        As it was last started.
    """

    def __init__(self):
        self.process: subprocess.Popen | None = None
        self._socket: socket.socket | None = None
        self._digest = ""
        self._folder: tempfile.TemporaryDirectory | None = None
        self._pause_until = 0.0

    def start(self) -> None:
        """Start it, or start it anew where it died or the code on disk is no longer what it read."""
        digest = code_digest()
        if self.process and self.process.poll() is None and digest == self._digest:
            return
        self.stop()
        if not self._folder:
            self._folder = tempfile.TemporaryDirectory(prefix="mi-course-warm-", ignore_cleanup_errors=True)
        ours, theirs = socket.socketpair()
        try:
            self.process = subprocess.Popen(
                [sys.executable, "-P", "-m", "mi_helpers.app.zygote", str(theirs.fileno())],
                stdin=subprocess.DEVNULL,
                pass_fds=[theirs.fileno()],
                start_new_session=True,
                cwd=self._folder.name,
                # nothing of the user's own; and one heap for all threads of a kernel, as each keeps what it once used
                env=os.environ | {"IPYTHONDIR": self._folder.name, "MALLOC_ARENA_MAX": "1"},
            )
        finally:
            theirs.close()
        ours.setblocking(False)
        self._socket, self._digest = ours, digest

    def close(self) -> None:
        """End it for good, when the server stops."""
        self.stop()
        if self._folder:
            self._folder.cleanup()
            self._folder = None

    def stop(self) -> None:
        """End it; the kernels stay, and the next page starts it anew."""
        if self._socket:
            self._socket.close()
        if self.process and self.process.poll() is None:
            self.process.terminate()
            self.process.wait()
        self.process = self._socket = None

    async def kernel(self, connection_file: str, env: dict[str, str], cwd: str) -> Forked | None:
        """A new kernel, ready to be spoken to; None if it has to be started the usual way.

        Parameters
        ----------
        connection_file : str
            Says where it will be spoken to.
        env : dict
            All of its environment.
        cwd : str
            Where it stands.
        """
        if time.monotonic() < self._pause_until:
            return None
        trouble = None
        for _ in range(2):  # it may have died a moment ago
            try:
                self.start()
                return await asyncio.wait_for(self._fork(connection_file, env, cwd), PATIENCE)
            except (OSError, ValueError, TimeoutError) as error:
                trouble = error
                if isinstance(trouble, ConnectionError) and self.process and self.process.poll() is None:
                    log.warning("a warm kernel broke off; it is started the usual way")
                    return None
                self.stop()
        log.warning("no warm kernel (%r); for a minute pages start their own", trouble)
        self._pause_until = time.monotonic() + PAUSE
        return None

    async def _fork(self, connection_file: str, env: dict[str, str], cwd: str) -> Forked:
        line, theirs = socket.socketpair()
        try:
            line.setblocking(False)
            loop = asyncio.get_running_loop()
            with theirs:
                socket.send_fds(self._socket, [b"."], [theirs.fileno()])
            asked = {"connection_file": connection_file, "env": env, "cwd": str(cwd)}
            await loop.sock_sendall(line, json.dumps(asked).encode() + b"\n")
            said = b""
            while not said.endswith(b"\n"):
                part = await loop.sock_recv(line, 64)
                if not part:
                    raise ConnectionError("it ended before it was ready")
                said += part
            return Forked(int(said), line)
        except BaseException:
            line.close()  # whatever became of it, it ends with the line
            raise


def code_digest() -> str:
    """What the code and the exercises look like on disk: changes when a file is written, made or gone."""
    said = hashlib.blake2b(digest_size=16)
    for folder in (Path(mi_helpers.__file__).parent, cases_folder()):
        for where, folders, names in os.walk(folder):
            folders[:] = [name for name in folders if name not in ("__pycache__", "_content", "template", "assets")]
            for name in sorted(names):
                it = os.stat(os.path.join(where, name))
                said.update(f"{where}/{name} {it.st_mtime_ns} {it.st_size}\n".encode())
    return said.hexdigest()


_warm: Warm | None = None


def warm() -> Warm:
    """The one warm process of this server."""
    global _warm
    if _warm is None:
        _warm = Warm()
    return _warm
