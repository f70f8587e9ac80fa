"""What can happen to a database while pages write to it; ``faults.py`` lets it happen."""

from __future__ import annotations

import os
import random
import sqlite3
import sys
import time
from pathlib import Path


class FileFaults:
    """What can happen to a SQLite file."""

    def __init__(self, folder: Path):
        self.file = folder / "data" / "course.sqlite3"
        self.file.parent.mkdir()
        self.address = f"sqlite:///{self.file.as_posix()}"
        self.each = {"locked": self.locked, "taken away": self.taken_away}
        if hasattr(os, "fork") and sys.platform == "linux":
            self.each["disk full"] = self.disk_full

    def locked(self, _tabs) -> None:
        """Another program holds the file."""
        try:
            with sqlite3.connect(self.file, isolation_level=None, timeout=1) as holder:
                holder.execute("BEGIN EXCLUSIVE")
                time.sleep(random.uniform(0.1, 1.5))
        except sqlite3.OperationalError:
            return
        holder.close()

    def taken_away(self, _tabs) -> None:
        """The folder is gone for a moment, as a disk that is unplugged."""
        away = self.file.parent.with_name("unplugged")
        self.file.parent.rename(away)
        time.sleep(random.uniform(0.05, 0.5))
        away.rename(self.file.parent)

    def disk_full(self, tabs) -> None:
        """One page may not write a byte for a moment."""
        import resource

        process = random.choice(tabs).process
        try:
            resource.prlimit(process.pid, resource.RLIMIT_FSIZE, (512, resource.RLIM_INFINITY))
            time.sleep(random.uniform(0.05, 0.5))
            resource.prlimit(process.pid, resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
        except (ProcessLookupError, PermissionError):
            pass

    def close(self) -> None:
        """Nothing is to be stopped."""


class ServerFaults:
    """What can happen to PostgreSQL."""

    def __init__(self, _folder: Path):
        from postgres import Postgres

        self.server = Postgres()
        self.address = self.server.database()
        self.each = {"locked": self.locked, "cut off": self.cut_off, "restarted": self.restarted, "killed": self.killed}

    def locked(self, _tabs) -> None:
        """Somebody holds the learners' rows for longer than a page waits."""
        import psycopg

        with psycopg.connect(self.address.replace("+psycopg", "")) as holder:
            holder.execute("SELECT * FROM learner FOR UPDATE")
            time.sleep(random.uniform(0.1, 2.5))

    def cut_off(self, _tabs) -> None:
        """Every connection is cut."""
        self.server.run("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'mi-course'")

    def restarted(self, _tabs) -> None:
        """The server is stopped and started again."""
        self.server.stop()
        time.sleep(random.uniform(0, 1))
        self.server.start()

    def killed(self, _tabs) -> None:
        """The server is killed, and started again."""
        self.server.kill()
        time.sleep(random.uniform(0, 1))
        self.server.start()

    def close(self) -> None:
        """Stop the server."""
        self.server.close()
