"""Where words are kept, who may read them, and how they leave: the learner owns the file."""

import json
import os
import sqlite3
import stat
import sys

import platformdirs
import pytest

from mi_helpers.progress import open_store
from mi_helpers.resources import content_root

SECRET = "Zo heb ik dat nog nooit gezegd"


def on_disk(file) -> bytes:
    return b"".join(f.read_bytes() for f in sorted(file.parent.iterdir()))


def test_the_default_place_is_the_data_folder_of_the_learner(tmp_path, monkeypatch):
    monkeypatch.delenv("MI_COURSE_DATABASE", raising=False)
    folder = tmp_path / "a" / "b"
    monkeypatch.setattr(platformdirs, "user_data_dir", lambda *args, **kwargs: str(folder))
    store = open_store()
    assert store.trouble is None
    assert store.where == str(folder / "mi-course.sqlite3")
    assert store.save_draft("l01-a", "x", lang="en")


@pytest.mark.skipif(os.name != "posix", reason="Windows keeps a user's folders private by itself")
def test_only_the_learner_may_read_the_file(tmp_path, monkeypatch):
    monkeypatch.delenv("MI_COURSE_DATABASE", raising=False)
    monkeypatch.setattr(platformdirs, "user_data_dir", lambda *args, **kwargs: str(tmp_path / "mine"))
    store = open_store()
    store.save_draft("l01-a", "x", lang="en")
    assert stat.S_IMODE(os.stat(store.where).st_mode) == 0o600
    assert stat.S_IMODE(os.stat(tmp_path / "mine").st_mode) == 0o700


@pytest.mark.parametrize("how", ["default", "address"])
def test_nothing_is_kept_inside_the_folder_that_is_served(how, monkeypatch):
    served = content_root() / "course"
    before = sorted(served.rglob("*"))
    monkeypatch.delenv("MI_COURSE_DATABASE", raising=False)
    if how == "default":
        monkeypatch.setattr(platformdirs, "user_data_dir", lambda *args, **kwargs: str(served / "x"))
    else:
        monkeypatch.setenv("MI_COURSE_DATABASE", f"sqlite:///{served / 'x.sqlite3'}")
    store = open_store()
    assert store.trouble.key == "store_served"
    assert "inside the folder" in store.trouble.message
    assert store.where.startswith(str(served))
    assert not store.save_draft("l01-a", "x", lang="en")
    assert store.draft("l01-a", lang="en") == "x"
    assert sorted(served.rglob("*")) == before


@pytest.mark.parametrize(
    "address", ["nonsense", "nosuch://db/x", "/home/me/file.sqlite3", "sqlite:///file.sqlite3", "sqlite:////tmp/x?a=b"]
)
def test_an_address_that_makes_no_sense_is_said_and_nothing_else_is_used(address, monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("MI_COURSE_DATABASE", address)
    store = open_store()
    assert store.trouble.key == "store_address"
    assert not store.save_draft("l01-a", "x", lang="en")
    assert list(tmp_path.iterdir()) == []
    assert store.draft("l01-a", lang="en") == "x"


def test_a_password_is_never_shown(monkeypatch):
    monkeypatch.setenv("MI_COURSE_DATABASE", "postgresql+psycopg://anna:geheim@127.0.0.1:9/mi?password=geheim")
    store = open_store()
    assert store.trouble is not None
    said = f"{store.where} {store.trouble} {store.trouble.message} {store.summary()}"
    assert "geheim" not in said


def test_export_holds_everything(store, attempt):
    one = attempt("one", lang="nl")
    store.add_try(one)
    store.set_coding(one.id, {"main": "support"}, "partly")
    store.save_draft("l01-b", "half", lang="en")
    store.add_review(one.id, "differently")
    store.mark_done("l01-a", lang="nl")
    store.set_setting("field", "youth")
    taken = json.loads(json.dumps(store.export()))
    assert taken["schema_version"] == 1
    assert taken["learner"] == store.learner
    assert taken["complete"]
    assert taken["tries"][0] | {"at": ""} == {
        "id": one.id, "item_id": "l01-a", "item_version": 1, "rules_version": "r1", "lang": "nl", "text": "one",
        "coding": {"main": "support"}, "verdict": "partly", "self_check": None, "at": "",
    }  # fmt: skip
    assert taken["tries"][0]["at"].endswith("+00:00")
    assert [taken[part][0].get("text") for part in ("drafts", "reviews")] == ["half", "differently"]
    assert taken["done"][0]["item_id"] == "l01-a"
    assert taken["settings"][0]["value"] == "youth"
    assert store.summary()["counts"] == {"tries": 1, "drafts": 1, "reviews": 1, "done": 1, "settings": 1}


def test_erase_takes_the_very_words_out_of_the_file(store, file, attempt):
    for n in range(50):
        one = attempt(f"{SECRET} {n} " * 40)
        store.add_try(one)
        store.add_review(one.id, SECRET)
    store.save_draft("l01-a", SECRET * 500, lang="en")
    assert SECRET.encode() in on_disk(file)
    size, learner = file.stat().st_size, store.learner
    assert store.erase()
    assert SECRET.encode() not in on_disk(file)
    assert learner.encode() not in on_disk(file)
    assert file.stat().st_size < size / 2
    assert [f.name for f in file.parent.iterdir()] == [file.name]
    assert store.summary()["counts"] == dict.fromkeys(("tries", "drafts", "reviews", "done", "settings"), 0)
    assert store.learner != learner
    assert store.add_try(attempt("begins anew"))
    assert [t.text for t in open_store().tries("l01-a", lang="en")] == ["begins anew"]


def test_erase_works_on_a_file_that_another_program_set_to_write_ahead(store, file):
    with sqlite3.connect(file) as other:
        other.execute("PRAGMA journal_mode = WAL")
        store.save_draft("l01-a", SECRET, lang="en")
        assert SECRET.encode() in on_disk(file)
    other.close()
    assert store.erase()
    assert SECRET.encode() not in on_disk(file)


def test_overwritten_words_do_not_linger_in_the_file(store, file):
    store.save_draft("l01-a", SECRET, lang="en")
    store.save_draft("l01-a", "x" * 4000, lang="en")
    assert SECRET.encode() not in on_disk(file)


def test_what_another_page_erased_does_not_come_back(store, file, attempt):
    page = open_store()
    page.add_try(attempt(SECRET))
    page.save_draft("l01-a", SECRET, lang="en")
    page.tries("l01-a", lang="en")
    assert store.erase()
    assert page.tries("l01-a", lang="en") == []
    assert page.draft("l01-a", lang="en") is None
    assert page.add_try(attempt("later"))
    file.unlink()
    assert page.add_try(attempt("and on"))
    assert [t.text for t in open_store().tries("l01-a", lang="en")] == ["later", "and on"]
    assert SECRET.encode() not in on_disk(file)


def test_a_learner_is_a_random_id_that_stays(store):
    assert len(store.learner) == 32
    assert open_store().learner == store.learner
    assert open_store("sqlite://").learner != store.learner


@pytest.mark.parametrize("address", ["", "sqlite://"])
def test_opening_is_light(file, python, address):
    code = (
        "import sys; import mi_helpers.progress as p\n"
        "s = p.open_store(sys.argv[1] or None); s.save_draft('a', 'b', lang='en'); s.draft('a', lang='en')\n"
        "assert s.trouble is None\n"
        "heavy = ('sqlalchemy', 'sqlalchemy.orm', 'alembic', 'psycopg', 'pandas', 'pydantic', 'mi_helpers.coder')\n"
        "print([m for m in heavy if m in sys.modules])"
    )
    needed = ["sqlalchemy"] if address else []  # for any database that is not simply a SQLite file
    assert python(code, address).communicate()[0].strip() == str(needed)


@pytest.mark.skipif(sys.platform == "win32", reason="the name of the file is no name on Windows")
def test_odd_names_of_folders_are_no_trouble(tmp_path, monkeypatch):
    monkeypatch.delenv("MI_COURSE_DATABASE", raising=False)
    monkeypatch.setattr(platformdirs, "user_data_dir", lambda *args, **kwargs: str(tmp_path / "a%20b?c=d #é'@:"))
    store = open_store()
    assert store.save_draft("l01-a", "x", lang="en")
    assert open_store().draft("l01-a", lang="en") == "x"
