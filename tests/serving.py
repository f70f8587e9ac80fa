"""Start ``mi-course`` for a test, on the real course or on a few small notebooks."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import psutil

#: Runs the command line on another folder than the course's own.
ELSEWHERE = """
import sys
from pathlib import Path
from mi_helpers import resources
folder = Path(sys.argv.pop(1))
resources.content_root = lambda: folder
from mi_helpers.app.cli import main
main()
"""


class Server:
    """A running ``mi-course``.

    Attributes
    ----------
    url : str
        The root address, ending in a slash.
    database : pathlib.Path
        Where this server keeps learners' words.
    """

    def __init__(
        self,
        folder: Path,
        *options: str,
        content: Path | None = None,
        code: str | None = None,
        begin: tuple[str, ...] = ("--no-browser", "--port", "0"),
        **env: str,
    ):
        self.database = folder / "words.sqlite3"
        self._log = folder / "server.log"
        command = [sys.executable, "-m", "mi_helpers.app.cli"]
        if content or code:
            command = [sys.executable, "-c", code or ELSEWHERE, *([str(content)] if content else [])]
        env = os.environ | {"MI_COURSE_DATABASE": f"sqlite:///{self.database.as_posix()}", "PYTHONUTF8": "1"} | env
        windows = {"creationflags": subprocess.CREATE_NEW_PROCESS_GROUP} if sys.platform == "win32" else {}
        with self._log.open("wb") as log:
            self.process = subprocess.Popen(
                [*command, *begin, *options],
                stdout=log, stderr=log, stdin=subprocess.DEVNULL, env=env, cwd=folder, **windows,
            )  # fmt: skip
        self.url = self._address()

    def _address(self) -> str:
        found = wait_for(lambda: re.search(r"http://\S+/", self.log()) or self.process.poll() is not None, 60)
        if not isinstance(found, re.Match):
            raise AssertionError(f"mi-course did not start:\n{self.log()}")
        return found[0]

    def log(self) -> str:
        """What the server has said so far."""
        return self._log.read_text(encoding="utf-8", errors="replace")

    def page(self, folder: str, lang: str, name: str, query: str = "") -> str:
        """Address of one page, e.g. ``server.page("course", "nl", "00_home")``."""
        return f"{self.url}voila/render/{folder}/{lang}/{name}.ipynb{query}"

    def kernels(self) -> list[psutil.Process]:
        """The kernels that run now: started each by itself, or copies of the warm process."""
        found = []
        for child in psutil.Process(self.process.pid).children(recursive=True):
            try:
                command = child.cmdline()
                copy = "mi_helpers.app.zygote" in command and child.ppid() != self.process.pid
                if (copy or "mi_helpers.app.kernel" in command) and child.status() != psutil.STATUS_ZOMBIE:
                    found.append(child)
            except psutil.NoSuchProcess:
                pass
        return found

    def zygote(self) -> psutil.Process | None:
        """The warm process."""
        children = psutil.Process(self.process.pid).children()
        return next((child for child in children if "mi_helpers.app.zygote" in child.cmdline()), None)

    def stop(self, how: int | None = None) -> int:
        """Ask the server to stop as Ctrl-C does (or with another signal) and wait for it."""
        if self.process.poll() is None:
            windows = sys.platform == "win32"
            self.process.send_signal(signal.CTRL_BREAK_EVENT if windows else how or signal.SIGINT)
            try:
                self.process.wait(30)
            except subprocess.TimeoutExpired:
                self.process.kill()
                raise
        return self.process.returncode


def wait_for(condition, seconds: float = 15):
    """The first true value of ``condition()``; its last value when time is up."""
    end = time.monotonic() + seconds
    while not (value := condition()) and time.monotonic() < end:
        time.sleep(0.05)
    return value


def write_notebook(root: Path, folder: str, lang: str, name: str, cells: list, title: str = "") -> Path:
    """Write a small notebook; a cell is ``(kind, source)`` or ``(kind, source, metadata)``."""
    path = root / folder / lang / f"{name}.ipynb"
    path.parent.mkdir(parents=True, exist_ok=True)
    written = []
    for number, (kind, source, *metadata) in enumerate(cells):
        cell = {"cell_type": kind, "id": f"c{number}", "metadata": metadata[0] if metadata else {}, "source": source}
        written.append(cell | ({"outputs": [], "execution_count": None} if kind == "code" else {}))
    about = {"folder": folder, "name": name, "lesson": int(name[:2]), "lang": lang, "title": title or f"{name} {lang}"}
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    content = {"nbformat": 4, "nbformat_minor": 5, "cells": written}
    path.write_text(json.dumps(content | {"metadata": {"kernelspec": kernel, "mi_course": about}}), encoding="utf-8")
    return path
