"""A PostgreSQL server of the tests' own: started in a folder that is thrown away, on a socket and a free port."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

#: Where distributions put what does not stand on the path.
_PLACES = ("/usr/lib/postgresql/*/bin", "/usr/pgsql-*/bin", "/opt/homebrew/opt/postgresql*/bin")


def program(name: str) -> str | None:
    """Where a program of PostgreSQL is, the newest first; None where there is none."""
    found = [path for place in _PLACES for path in Path("/").glob(f"{place[1:]}/{name}")]
    return str(max(found)) if found else shutil.which(name)


def needed() -> None:
    """Skip where there is no server to start; in CI there must be one."""
    if program("initdb") is None or program("postgres") is None:
        said = "no PostgreSQL server is installed here (Debian: apt-get install postgresql)"
        pytest.fail(said) if os.environ.get("CI") == "true" else pytest.skip(said)


class Postgres:
    """One server with one empty database per call of :meth:`database`.

    It does not run as root (PostgreSQL refuses to): a root that runs the tests lends it the user postgres or nobody.
    """

    def __init__(self):
        self.folder = Path(tempfile.mkdtemp(prefix="mi-pg-", dir=_quick_disk()))
        self.data = self.folder / "data"
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self._databases = 0
        self._user = _other_user()
        if self._user:
            os.chown(self.folder, self._user, -1)
            self.folder.chmod(0o755)
        made = self._run("initdb", "-D", self.data, "-U", "course", "-A", "trust", "-E", "UTF8", "--no-sync")
        assert made.returncode == 0, made.stderr
        self.start()

    def _command(self, name, *arguments) -> list[str]:
        return [program(name), *map(str, arguments)]

    def _run(self, name, *arguments) -> subprocess.CompletedProcess:
        return subprocess.run(
            self._command(name, *arguments), capture_output=True, text=True, cwd=self.folder, **self._as_user()
        )

    def _as_user(self) -> dict:
        return {"user": self._user, "group": _group(self._user), "extra_groups": []} if self._user else {}

    def start(self, *, wait: bool = True) -> None:
        """Start the server; with ``wait`` until it answers."""
        # without fsync a test does not wait for the disk; a process that is killed loses nothing by it
        settings = {"max_connections": 200, "fsync": "off", "shared_buffers": "16MB"}
        options = ["-D", self.data, "-k", self.folder, "-p", self.port, "-h", "127.0.0.1"]
        options += [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
        with (self.folder / "log").open("ab") as log:
            self._process = subprocess.Popen(
                self._command("postgres", *options), stdout=log, stderr=log, cwd=self.folder, **self._as_user()
            )
        while wait and self._run("pg_isready", "-h", self.folder, "-p", self.port, "-t", "1").returncode:
            assert self._process.poll() is None, (self.folder / "log").read_text()
            time.sleep(0.05)

    def stop(self) -> None:
        """Stop at once, in order; connections are cut."""
        self._process.send_signal(signal.SIGINT)
        self._process.wait(30)

    def kill(self) -> None:
        """What a failing machine does: no process of the server gets to say goodbye."""
        children = Path(f"/proc/{self._process.pid}/task/{self._process.pid}/children")
        pids = children.read_text().split() if children.exists() else []
        for pid in [self._process.pid, *map(int, pids)]:
            try:
                os.kill(pid, signal.SIGKILL)
            except ProcessLookupError:
                pass
        self._process.wait(30)
        deadline = time.monotonic() + 20
        while any(Path(f"/proc/{pid}").exists() for pid in pids) and time.monotonic() < deadline:
            time.sleep(0.02)
        (self.data / "postmaster.pid").unlink(missing_ok=True)

    @contextmanager
    def hanging(self) -> Iterator[None]:
        """The server is there, keeps its connections, and says nothing."""
        children = Path(f"/proc/{self._process.pid}/task/{self._process.pid}/children")
        pids = [*map(int, children.read_text().split()), self._process.pid]
        for pid in pids:
            os.kill(pid, signal.SIGSTOP)
        try:
            yield
        finally:
            for pid in pids:
                with suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGCONT)

    def run(self, sql: str, database: str = "postgres") -> list[tuple]:
        """Run one statement beside the course."""
        import psycopg

        with psycopg.connect(self.address(database).replace("+psycopg", ""), autocommit=True) as connection:
            result = connection.execute(sql)
            return result.fetchall() if result.description else []

    def address(self, database: str) -> str:
        """The URL of a database."""
        return f"postgresql+psycopg://course@127.0.0.1:{self.port}/{database}"

    def database(self) -> str:
        """The URL of a new, empty database."""
        self._databases += 1
        name = f"course{self._databases}"
        self.run(f"CREATE DATABASE {name}")
        return self.address(name)

    def close(self) -> None:
        """Stop the server and throw everything away."""
        if self._process.poll() is None:
            self._process.send_signal(signal.SIGQUIT)
            self._process.wait(30)
        shutil.rmtree(self.folder, ignore_errors=True)


def _quick_disk() -> str | None:
    """A disk in memory where there is a large one."""
    disk = "/dev/shm"
    return disk if os.access(disk, os.W_OK) and shutil.disk_usage(disk).free > 2e9 else None


def _other_user() -> int | None:
    if not hasattr(os, "geteuid") or os.geteuid() != 0:
        return None
    import pwd

    for name in ("postgres", "nobody"):
        try:
            return pwd.getpwnam(name).pw_uid
        except KeyError:
            continue
    pytest.skip("PostgreSQL does not run as root, and there is no other user here")


def _group(user: int) -> int:
    import pwd

    return pwd.getpwuid(user).pw_gid
