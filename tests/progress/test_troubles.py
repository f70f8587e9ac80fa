"""A disk that is full, a file that may not be written to, one that is locked or gone: the learner goes on."""

import os
import shutil
import sqlite3
import subprocess
import sys
import time

import pytest

from mi_helpers.progress import SENTENCES, open_store
from mi_helpers.progress.database import Database

posix = pytest.mark.skipif(os.name != "posix", reason="limits, mounts and permissions of POSIX systems")


def texts(store, item_id="l01-a"):
    return [t.text for t in store.tries(item_id, lang="en")]


def assert_goes_on(store, attempt, kind):
    """While it cannot be written, all is read from memory and the trouble has a sentence."""
    assert not store.add_try(attempt("waits"))
    assert not store.save_draft("l01-a", "waits too", lang="en")
    assert not store.set_setting("field", "work")
    assert not store.mark_done("l01-a", lang="en")
    assert store.trouble.kind == kind
    assert store.trouble.key in SENTENCES
    assert store.where in store.trouble.message
    assert "waits" in texts(store)
    assert store.draft("l01-a", lang="en") == "waits too"
    assert store.setting("field") == "work"
    assert store.done("en") == {"l01-a"}
    assert store.summary()["waiting"] == 4
    assert "waits" in [t["text"] for t in store.export()["tries"]]


@pytest.fixture
def fails(monkeypatch):
    """Let every write fail with an error of SQLite, until told to stop."""

    def begin(name: str):
        error = sqlite3.OperationalError(name)
        error.sqlite_errorname = name

        def broken(self):
            raise error

        monkeypatch.setattr(Database, "writing", broken)

    yield begin


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("SQLITE_FULL", "full"), ("SQLITE_IOERR_WRITE", "full"), ("SQLITE_READONLY", "readonly"),
        ("SQLITE_READONLY_DIRECTORY", "readonly"), ("SQLITE_BUSY", "locked"), ("SQLITE_LOCKED", "locked"),
        ("SQLITE_IOERR_FSYNC", "unknown"),
    ],
)  # fmt: skip
def test_each_kind_is_told_and_all_is_written_once_afterwards(store, attempt, fails, monkeypatch, name, kind):
    store.add_try(attempt("before"))
    one = attempt("late coding")
    store.add_try(one)
    with monkeypatch.context():
        fails(name)
        assert_goes_on(store, attempt, kind)
        assert not store.set_coding(one.id, {"main": "x"}, "partly")
        assert [t.verdict for t in store.tries("l01-a", lang="en")] == [None, "partly", None]
        monkeypatch.undo()
    again = open_store(f"sqlite:///{store.where}")
    assert texts(again) == ["before", "late coding"]
    assert store.save_draft("l01-b", "next", lang="en")
    assert store.trouble is None
    assert store.summary()["waiting"] == 0
    assert texts(again) == texts(store) == ["before", "late coding", "waits"]
    assert again.tries("l01-a", lang="en")[1].coding == {"main": "x"}
    assert again.draft("l01-a", lang="en") == "waits too"
    assert (again.setting("field"), again.done("en")) == ("work", {"l01-a"})


def test_a_draft_that_waited_gives_way_to_a_newer_one_of_another_page(store, fails, monkeypatch):
    with monkeypatch.context():
        fails("SQLITE_BUSY")
        store.save_draft("l01-a", "waited", lang="en")
        monkeypatch.undo()
    other = open_store(f"sqlite:///{store.where}")
    other.save_draft("l01-a", "newer", lang="en")
    assert store.save_draft("l01-b", "x", lang="en")
    assert store.draft("l01-a", lang="en") == "newer"


def test_a_locked_file_holds_a_page_up_for_a_moment_only(store, file, attempt, python):
    store.add_try(attempt("before"))
    hold = (
        "import sqlite3, sys; c = sqlite3.connect(sys.argv[1], isolation_level=None)\n"
        "c.execute('BEGIN EXCLUSIVE'); print('locked', flush=True); sys.stdin.readline()"
    )
    holder = python(hold, file)
    assert holder.stdout.readline() == "locked\n"
    begin = time.monotonic()
    assert_goes_on(store, attempt, "locked")
    assert texts(store) == ["before", "waits"] or texts(store) == ["waits"]
    assert time.monotonic() - begin < 5  # a second once, then moments
    page = open_store()
    assert page.trouble.kind == "locked"
    assert not page.add_try(attempt("opened while locked", item_id="l01-c"))
    holder.communicate("go on\n")
    assert store.add_try(attempt("after"))
    assert store.trouble is None
    assert page.add_try(attempt("second page", item_id="l01-c"))
    assert page.learner == store.learner
    assert texts(open_store()) == ["before", "waits", "after"]
    assert texts(open_store(), "l01-c") == ["opened while locked", "second page"]


def test_a_file_that_is_gone_is_made_again_with_what_the_page_holds(store, file, attempt):
    one = attempt("one")
    store.add_try(one)
    store.set_coding(one.id, {"main": "x"}, "partly")
    store.save_draft("l01-a", "draft", lang="en")
    page = open_store()  # shows what is there, writes nothing
    assert texts(page) == ["one"]
    learner = store.learner
    file.unlink()
    assert page.add_try(attempt("two"))
    assert [n.kind for n in page.notices] == ["missing"]
    assert page.trouble is None
    assert store.add_try(attempt("three"))
    again = open_store()
    assert texts(again) == ["one", "two", "three"]
    assert again.tries("l01-a", lang="en")[0].verdict == "partly"
    assert again.draft("l01-a", lang="en") == "draft"
    assert again.learner == learner


def test_a_folder_that_is_gone_and_comes_back(store, file, attempt, tmp_path):
    store.add_try(attempt("before"))
    file.parent.rename(tmp_path / "unplugged")
    assert_goes_on(store, attempt, "missing")
    assert not file.parent.exists()  # a disk that is not plugged in: nothing is made in its place
    (tmp_path / "unplugged").rename(file.parent)
    assert store.add_try(attempt("after"))
    assert store.trouble is None
    assert texts(open_store()) == ["before", "waits", "after"]


def test_a_file_put_back_from_an_old_copy_gets_what_the_page_holds(store, file, attempt):
    shutil.copy(file, file.with_suffix(".bak"))
    store.add_try(attempt("one"))
    os.replace(file.with_suffix(".bak"), file)
    store.add_try(attempt("two"))
    assert "two" in texts(open_store())
    file.write_bytes(b"")
    assert store.add_try(attempt("three"))
    assert texts(open_store()) == ["one", "two", "three"]


def test_a_newer_version_leaves_the_file_alone(store, file, attempt):
    store.add_try(attempt("newer"))
    with sqlite3.connect(file) as other:
        other.execute("UPDATE meta SET value = '2' WHERE name = 'schema_version'")
    other.close()
    before = file.read_bytes()
    page = open_store()
    assert page.trouble.kind == "unknown"
    assert page.trouble.key == "store_newer"
    assert "newer version" in page.trouble.message
    assert not page.add_try(attempt("x"))
    assert texts(page) == ["x"]
    assert not page.erase()
    assert file.read_bytes() == before
    assert [f.name for f in file.parent.iterdir()] == [file.name]


@posix
@pytest.mark.parametrize("what", ["file", "folder"])
def test_a_file_or_folder_that_is_only_for_reading(store, file, attempt, python, what):
    store.add_try(attempt("before"))
    file.chmod(0o444 if what == "file" else 0o666)
    file.parent.chmod(0o555)
    code = (
        "import os, sys; from mi_helpers.progress import open_store, Try\n"
        "if os.geteuid() == 0: os.setgroups([]); os.setgid(65534); os.setuid(65534)\n"
        "s = open_store(); print(s.trouble.kind)\n"
        "t = Try(item_id='l01-a', item_version=1, rules_version='r', lang='en', text='waits')\n"
        "print(s.add_try(t), s.trouble.kind, [t.text for t in s.tries('l01-a', lang='en')], flush=True)\n"
        "sys.stdin.readline(); print(s.set_coding(t.id, {}, 'partly'), s.trouble, flush=True)"
    )
    for folder in file.parents[1:4]:  # those that pytest made
        folder.chmod(0o755)
    process = python(code)
    assert process.stdout.readline() == "readonly\n"
    assert process.stdout.readline() == "False readonly ['before', 'waits']\n"
    file.chmod(0o666)
    file.parent.chmod(0o777)
    assert process.communicate("go on\n")[0] == "True None\n"
    assert texts(open_store()) == ["before", "waits"]


@posix
def test_a_folder_that_cannot_be_made_is_no_reason_to_stop(tmp_path, monkeypatch, attempt):
    (tmp_path / "a file").write_text("in the way")
    monkeypatch.setenv("MI_COURSE_DATABASE", f"sqlite:///{tmp_path}/a file/x.sqlite3")
    store = open_store()
    assert store.trouble is not None
    assert not store.add_try(attempt("x"))
    assert texts(store) == ["x"]


FILL = """
import os, sys
from mi_helpers.progress import open_store, Try
s = open_store()
def add(text, n):
    t = Try(item_id='l01-a', item_version=1, rules_version='r', lang='en', text=text)
    kept = s.add_try(t)
    print(int(kept), t.id, s.trouble.kind if s.trouble else '-', flush=True)
    return kept
n = 0
if sys.argv[1] == 'limit':
    import resource
    hard = resource.getrlimit(resource.RLIMIT_FSIZE)[1]
    resource.setrlimit(resource.RLIMIT_FSIZE, (150_000, hard))
while add('word ' * 1000, n) and n < 200: n += 1
add('one more', n)
print('full', len(s.tries('l01-a', lang='en')), flush=True)
sys.stdin.readline()
if sys.argv[1] == 'limit': resource.setrlimit(resource.RLIMIT_FSIZE, (hard, hard))
add('there is room again', n)
"""


def fill_up(python, how, make_room=lambda: None):
    process = python(FILL, how)
    said = []
    while not said or not said[-1].startswith("full"):
        said.append(process.stdout.readline().strip())
    assert said[-1] == f"full {len(said) - 1}"
    make_room()
    said += process.communicate("go on\n")[0].splitlines()
    tries = [line.split() for line in said if not line.startswith("full")]
    kept = [line[0] for line in tries]
    assert kept == ["1"] * (len(tries) - 3) + ["0", "0", "1"], tries[-4:]
    assert len(tries) > 5
    assert tries[-2][2] == "full" and tries[-1][2] == "-"
    assert [t.id for t in open_store().tries("l01-a", lang="en")] == [line[1] for line in tries]


@posix
def test_a_limit_on_the_size_of_files(file, python):
    fill_up(python, "limit")


@pytest.mark.skipif(sys.platform != "linux", reason="a small file system in memory")
def test_a_full_disk(file, python):
    command = ["mount", "-t", "tmpfs", "-o", "size=256k", "tmpfs", str(file.parent)]
    if not shutil.which("mount") or subprocess.run(command, capture_output=True).returncode:
        pytest.skip("mounting is not permitted here")
    try:
        ballast = file.parent / "ballast"
        ballast.write_bytes(b"x" * 65536)
        fill_up(python, "disk", ballast.unlink)
    finally:
        subprocess.run(["umount", "-l", str(file.parent)], check=True)
