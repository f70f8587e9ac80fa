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


def test_export_as_a_table(file, tmp_path):
    open_store().save_draft("l01-b", "=1+1", lang="en")
    target = tmp_path / "mine.csv"
    assert run("export", str(target)).exit_code == 0
    written = target.read_bytes()
    assert written.startswith(b"\xef\xbb\xbf") and b"\"'=1+1\"" in written
    assert run("export", "--csv").stdout_bytes == written


def test_one_learner_of_a_shared_database_on_their_own_request(file, tmp_path):
    for account in ("anna", "bob"):
        open_store(account=account).save_draft("l01-a", f"{account}'s words", lang="en")
    number = open_store(account="anna").learner
    for name in ("anna", number):
        taken = run("export", "--learner", name).stdout
        assert json.loads(taken)["learner"] == number
        assert "bob" not in taken and "wörds" not in taken
    missing = run("export", "--learner", "cy")
    assert missing.exit_code == 1 and "no learner" in missing.stderr and not missing.stdout
    assert run("erase", "--learner", "cy", "--yes").exit_code == 1
    assert run("erase", "--learner", "anna", said="n\n").exit_code == 1
    assert run("erase", "--learner", number, "--yes").exit_code == 0
    assert run("export", "--learner", "anna").exit_code == 1
    assert open_store(account="bob").draft("l01-a", lang="en") == "bob's words"
    assert open_store().draft("l01-a", lang="en") == "half a senten"


def test_no_command_lists_learners_or_shows_their_words(file, tmp_path):
    open_store(account="anna@school").save_draft("l01-a", "anna's words", lang="en")
    said = [run("show"), run("migrate"), run("tidy", "--days", "30"), run("backup", str(tmp_path / "b.sqlite3"))]
    said.append(run("move", str(tmp_path / "b.sqlite3"), str(tmp_path / "c.sqlite3")))
    assert [result.exit_code for result in said] == [0] * 5
    shown = "".join(result.output for result in said)
    assert "anna" not in shown and "wörds" not in shown and "senten" not in shown


def test_backup_and_restore(file, tmp_path, monkeypatch):
    backup = tmp_path / "backup.sqlite3"
    made = run("backup", str(backup))
    assert made.exit_code == 0 and "try: 1" in made.output
    again = run("backup", str(backup))
    assert again.exit_code == 1 and "already there" in again.stderr
    into_full = run("restore", str(backup))
    assert into_full.exit_code == 1 and "not empty" in into_full.stderr
    assert open_store().draft("l01-a", lang="en") == "half a senten"
    learner = open_store().learner
    monkeypatch.setenv("MI_COURSE_DATABASE", f"sqlite:///{(tmp_path / 'new.sqlite3').as_posix()}")
    assert run("restore", str(backup)).exit_code == 0
    assert [t.text for t in open_store().tries("l01-a", lang="en")] == ["wörds 🙂"]
    assert open_store().learner == learner
    assert run("restore", str(tmp_path / "none.sqlite3")).exit_code == 2


def test_a_backup_of_something_else_is_refused_and_leaves_nothing_behind(file, tmp_path, monkeypatch):
    other = tmp_path / "other.sqlite3"
    other.write_bytes(b"this is no database, whatever its name says" * 100)
    new = tmp_path / "new.sqlite3"
    monkeypatch.setenv("MI_COURSE_DATABASE", f"sqlite:///{new.as_posix()}")
    refused = run("restore", str(other))
    assert refused.exit_code == 1 and "Traceback" not in refused.output
    assert not new.exists()


def test_move_says_where_the_words_are_now(file, tmp_path):
    target = tmp_path / "moved.sqlite3"
    moved = run("move", str(file), str(target))
    assert moved.exit_code == 0
    assert f"MI_COURSE_DATABASE=sqlite:///{target.as_posix()}" in moved.output
    assert open_store(f"sqlite:///{target.as_posix()}").draft("l01-a", lang="en") == "half a senten"
    assert open_store().draft("l01-a", lang="en") == "half a senten"


def test_migrate_says_what_it_did(file):
    assert "already up to date, version 1" in run("migrate").output


def test_tidy_needs_to_know_how_old(file, monkeypatch):
    monkeypatch.delenv("MI_COURSE_RETENTION_DAYS", raising=False)
    assert run("tidy").exit_code == 1
    monkeypatch.setenv("MI_COURSE_RETENTION_DAYS", "soon")
    assert "soon" in run("tidy").stderr
    monkeypatch.setenv("MI_COURSE_RETENTION_DAYS", "30")
    assert "0 rows" in run("tidy").output


@pytest.mark.parametrize("command", ["migrate", "backup x.sqlite3", "tidy --days 3", "export --learner a"])
def test_a_database_that_does_not_answer_is_told_in_a_sentence(monkeypatch, tmp_path, command):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("MI_COURSE_DATABASE", "postgresql://course:geheim@127.0.0.1:1/x")
    result = run(*command.split())
    assert result.exit_code == 1
    assert "does not answer" in result.stderr and "geheim" not in result.stderr and "Traceback" not in result.stderr
    assert list(tmp_path.iterdir()) == []
