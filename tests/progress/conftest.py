"""A store in a folder of its own, and Python processes beside it."""

import subprocess
import sys
from pathlib import Path

import pytest

from mi_helpers.progress import Try, open_store


@pytest.fixture
def file(tmp_path, monkeypatch) -> Path:
    """The file that the store of this test uses; nothing is made yet."""
    file = tmp_path / "data" / "mi-course.sqlite3"
    file.parent.mkdir()
    monkeypatch.setenv("MI_COURSE_DATABASE", f"sqlite:///{file}")
    return file


@pytest.fixture
def store(file):
    return open_store()


@pytest.fixture
def attempt():
    """Make a try with one call; every text gets its own id."""

    def make(text: str, item_id: str = "l01-a", lang: str = "en", **more) -> Try:
        return Try(item_id=item_id, item_version=1, rules_version="r1", lang=lang, text=text, **more)

    return make


@pytest.fixture
def python():
    """Start a Python process that runs some code; it is ended with the test."""
    started = []

    def start(code: str, *args) -> subprocess.Popen:
        command = [sys.executable, "-c", code, *map(str, args)]
        process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        started.append(process)
        return process

    yield start
    for process in started:
        process.kill()
        process.communicate()


@pytest.fixture(scope="session")
def postgres():
    """A running PostgreSQL server; tests ask it for a database each."""
    from postgres import Postgres, needed

    needed()
    server = Postgres()
    yield server
    server.close()


@pytest.fixture
def own_server():
    """A PostgreSQL server that this test may stop and kill."""
    from postgres import Postgres, needed

    needed()
    server = Postgres()
    yield server
    server.close()
