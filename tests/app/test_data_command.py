"""``mi-course data``: see, take and erase what is kept."""

from __future__ import annotations

import json

import pytest
from typer.testing import CliRunner

from mi_helpers.app.cli import app
from mi_helpers.progress import Try, open_store


@pytest.fixture
def file(tmp_path, monkeypatch):
    file = tmp_path / "words.sqlite3"
    monkeypatch.setenv("MI_COURSE_DATABASE", f"sqlite:///{file.as_posix()}")
    store = open_store()
    store.save_draft("l01-a", "half a senten", lang="en")
    store.add_try(Try(item_id="l01-a", item_version=1, rules_version="r", lang="en", text="wörds 🙂"))
    return file


def run(*arguments: str, said: str = ""):
    return CliRunner().invoke(app, ["data", *arguments], input=said)


def test_show_says_where_and_how_much(file):
    shown = run("show")
    assert shown.exit_code == 0
    assert str(file) in shown.output and "tries: 1" in shown.output and "drafts: 1" in shown.output
    assert "wörds" not in shown.output


def test_export_to_standard_output(file):
    assert json.loads(run("export").stdout_bytes.decode("utf-8"))["tries"][0]["text"] == "wörds 🙂"


def test_export_to_a_new_file_only(file, tmp_path):
    target = tmp_path / "mine.json"
    assert run("export", str(target)).exit_code == 0
    assert json.loads(target.read_text(encoding="utf-8"))["drafts"][0]["text"] == "half a senten"
    again = run("export", str(target))
    assert again.exit_code == 1 and "already there" in again.stderr
    assert run("export", str(tmp_path / "no folder" / "x.json")).exit_code == 1


def test_erase_asks_first(file):
    assert run("erase", said="n\n").exit_code == 1
    assert open_store().tries("l01-a", lang="en")
    assert run("erase", said="y\n").exit_code == 0
    assert not open_store().tries("l01-a", lang="en")
    assert open_store().draft("l01-a", lang="en") is None


def test_erase_without_a_question(file):
    assert run("erase", "--yes").exit_code == 0
    assert "wörds".encode() not in file.read_bytes()
