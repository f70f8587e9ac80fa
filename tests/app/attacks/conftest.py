"""A server of a team with two learners, Anna and Bram, each with a page open, and a stranger."""

from __future__ import annotations

import pytest
from serving import write_notebook
from team import Visitor, team_server

TELL = "import os; from IPython.display import HTML; HTML(os.environ['MI_COURSE_LEARNER'])"


@pytest.fixture(scope="package")
def course(tmp_path_factory):
    """A page of which each learner sees only their own."""
    root = tmp_path_factory.mktemp("attacked")
    for lang in ("en", "nl"):
        write_notebook(root, "course", lang, "00_home", [("markdown", "# Home")])
        write_notebook(root, "course", lang, "01_one", [("markdown", "# One"), ("code", TELL)])
    for folder in ("exercises", "solutions"):
        (root / folder).mkdir()
    (root / "words.sqlite3").write_text("SECRET", encoding="utf-8")
    (root / ".hidden").write_text("SECRET", encoding="utf-8")
    (root / "course" / "en" / "picture.png").write_bytes(b"SECRET")
    return root


@pytest.fixture(scope="package")
def server(course, tmp_path_factory):
    server = team_server(tmp_path_factory.mktemp("team"), content=course)
    yield server
    server.stop()


@pytest.fixture(scope="module")
def anna(server):
    anna = Visitor(server)
    anna.code = anna.enter()
    anna.kernel = anna.open()
    yield anna
    anna.post("/leave")


@pytest.fixture(scope="module")
def bram(server):
    bram = Visitor(server)
    bram.enter()
    bram.kernel = bram.open()
    yield bram
    bram.post("/leave")


@pytest.fixture
def stranger(server):
    return Visitor(server)
