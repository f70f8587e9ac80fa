"""A server on a few small notebooks, for tests that need no browser."""

from __future__ import annotations

import pytest
from serving import Server, write_notebook


@pytest.fixture(scope="session")
def small_course(tmp_path_factory):
    """A course of two pages a language, with things beside it that are nobody's business."""
    root = tmp_path_factory.mktemp("small")
    for lang in ("en", "nl"):
        write_notebook(root, "course", lang, "00_home", [("markdown", "# Home")], f"Home {lang}")
        write_notebook(root, "course", lang, "01_one", [("markdown", "# One"), ("code", "'SOURCE OF ONE'")])
    for folder in ("exercises", "solutions"):
        (root / folder / "en").mkdir(parents=True)
    (root / "exercises" / "cases").mkdir()
    (root / "exercises" / "cases" / "l01.yaml").write_text("SECRET", encoding="utf-8")
    write_notebook(root, "tests", "en", "01_one", [("markdown", "SECRET")])
    write_notebook(root, "course", "en/.ipynb_checkpoints", "01_one", [("markdown", "SECRET")])
    (root / "course" / "en" / "picture.png").write_bytes(b"SECRET")
    (root / "course" / "en" / "notes.ipynb").write_text("SECRET", encoding="utf-8")
    (root / "words.sqlite3").write_text("SECRET", encoding="utf-8")
    return root


@pytest.fixture(scope="session")
def server(small_course, tmp_path_factory):
    """A running server; tests that stop it start their own."""
    server = Server(tmp_path_factory.mktemp("server"), content=small_course)
    yield server
    server.stop()
