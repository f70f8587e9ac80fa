"""The two servers that are measured side by side, each with empty settings and an empty store, and what they weigh."""

from __future__ import annotations

import contextlib
import json
import os
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

BARE = """\
import ipywidgets as w
box, ask, answer = w.Textarea(), w.Button(description="Ask"), w.HTML()
count = 0
def on_ask(_):
    global count
    count += 1
    answer.value = f'<p class="answer">{count}: hello, {len(box.value)} characters</p>'
ask.on_click(on_ask)
w.VBox([box, ask, answer])
"""
REPLIES = {
    "en": [
        "It sounds as if you would like to, and it keeps slipping away from you. What makes it matter to you?",
        "Why don't you just put it in your calendar?",
        "Part of you wants this, and another part is tired of being told what to do.",
        "What would have to be different for it to fit into your week?",
    ],
    "nl": [
        "Je zou wel willen, en het glipt je steeds uit handen. Wat maakt het belangrijk voor je?",
        "Waarom zet je het niet gewoon in je agenda?",
        "Een deel van je wil dit, en een ander deel is het zat om te horen wat er moet.",
        "Wat zou er anders moeten zijn om het in je week te laten passen?",
    ],
}


@dataclass
class Served:
    """A page and its server.

    Attributes
    ----------
    name : {"bare", "course"}
    url : str
        The page.
    server : subprocess.Popen
    """

    name: str
    url: str
    server: subprocess.Popen


@contextmanager
def bare_page(folder: Path, *, cull: bool = False) -> Iterator[Served]:
    """A text area, a button and a piece of HTML, under Voila as it comes.

    Voila does not see such a page close (its issue 1458); with ``cull``, kernels without a browser end after 30 s.
    """
    cell = {"cell_type": "code", "id": "a", "metadata": {}, "outputs": [], "execution_count": None, "source": BARE}
    kernel = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
    notebook = folder / "bare" / "hello.ipynb"
    notebook.parent.mkdir()
    notebook.write_text(json.dumps({"cells": [cell], "metadata": kernel, "nbformat": 4, "nbformat_minor": 5}))
    port = free_port()
    culling = ["--MappingKernelManager.cull_idle_timeout=30", "--MappingKernelManager.cull_interval=5"]
    command = [sys.executable, "-m", "voila", str(notebook), "--no-browser", f"--port={port}", "--Voila.ip=127.0.0.1"]
    command += culling if cull else []
    with _server(command, folder, f"http://127.0.0.1:{port}/voila/static/voila.js") as server:
        url = f"http://127.0.0.1:{port}/"
        yield Served("bare", url, server)


@contextmanager
def course_page(folder: Path, name: str, lang: str) -> Iterator[Served]:
    """A page of the course, as ``mi-course`` serves it, with a store of its own."""
    port = free_port()
    command = [sys.executable, "-m", "mi_helpers.app.cli", "--no-browser", "--port", str(port)]
    with _server(command, folder, f"http://127.0.0.1:{port}/") as server:
        url = f"http://127.0.0.1:{port}/voila/render/exercises/{lang}/{name}.ipynb"
        yield Served("course", url, server)


@contextmanager
def _server(command: list[str], folder: Path, sign_of_life: str) -> Iterator[subprocess.Popen]:
    """A server with empty settings and an empty store, until the end of the block."""
    env = os.environ | {
        "JUPYTER_CONFIG_DIR": str(folder / "settings"),
        "IPYTHONDIR": str(folder / "ipython"),
        "MI_COURSE_DATABASE": f"sqlite:///{folder / 'course.sqlite3'}",
    }
    with open(folder / "servers.log", "ab") as log:
        server = subprocess.Popen(command, cwd=folder, env=env, stdout=log, stderr=log)
        try:
            for _ in range(300):
                if server.poll() is not None:
                    sys.exit(f"{' '.join(command)} ended:\n{(folder / 'servers.log').read_text(errors='replace')}")
                try:
                    urllib.request.urlopen(sign_of_life, timeout=5).close()
                    break
                except urllib.error.HTTPError:
                    break
                except OSError:
                    time.sleep(0.1)
            yield server
        finally:
            server.terminate()
            try:
                server.wait(20)
            except subprocess.TimeoutExpired:  # a hundred kernels take long to end one by one
                server.kill()


class Wire:
    """Stands between a browser and a server and counts what the server sends, down to the last byte.

    Attributes
    ----------
    url : str
        The server's page by way of here.
    bytes : int
        Answers, their headers, and what comes over the line to the kernel, until now.
    """

    def __init__(self, url: str):
        port = urlsplit(url).port
        self.bytes, self._to = 0, port
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.url = url.replace(f":{port}/", f":{self._listening.getsockname()[1]}/", 1)
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self) -> None:
        while True:
            browser, _ = self._listening.accept()
            server = socket.create_connection(("127.0.0.1", self._to))
            for pair in ((browser, server), (server, browser)):
                threading.Thread(target=self._pass, args=(*pair, pair[0] is server), daemon=True).start()

    def _pass(self, source: socket.socket, to: socket.socket, counts: bool) -> None:
        with contextlib.suppress(OSError):
            while said := source.recv(65536):
                self.bytes += len(said) if counts else 0
                to.sendall(said)
        for end in (source, to):
            with contextlib.suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)


def free_port() -> int:
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


def descendants(pid: int) -> set[int]:
    """The processes that a process started, directly or not; empty where there is no /proc."""
    children: dict[int, set[int]] = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            parent = int(stat.read_text().rpartition(")")[2].split()[1])
        except OSError:
            continue
        children.setdefault(parent, set()).add(int(stat.parent.name))
    found, new = set(), children.get(pid, set())
    while new:
        found |= new
        new = set().union(*(children.get(p, set()) for p in new)) - found
    return found


def memory(pids: set[int]) -> float:
    """Proportional set size of processes in MB: what is shared with others counts in part."""
    total = 0
    for pid in pids:
        try:
            lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
        except OSError:
            continue
        total += sum(int(line.split()[1]) for line in lines if line.startswith("Pss:"))
    return total / 1024
