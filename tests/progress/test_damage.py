"""A damaged file is left exactly as it is, the learner goes on in a new one, and what can be read comes along."""

import sqlite3

import pytest

from mi_helpers.progress import open_store


def texts(store):
    return [t.text for t in store.tries("l01-a", lang="en")]


def random_bytes(file):
    file.write_bytes(bytes(range(7, 250)) * 100)


def truncated(file):
    with file.open("r+b") as f:
        f.truncate(file.stat().st_size - 6000)


def header_gone(file):
    with file.open("r+b") as f:
        f.write(b"\0" * 100)


def a_hole_in_the_middle(file):
    with file.open("r+b") as f:
        f.seek(file.stat().st_size // 2)
        f.write(b"\xff" * 4096)


def a_few_bytes(file):
    file.write_bytes(b"oops")


DAMAGES = [random_bytes, truncated, header_gone, a_hole_in_the_middle, a_few_bytes]


@pytest.fixture
def filled(store, attempt):
    for n in range(60):
        store.add_try(attempt(f"try {n} " + "word " * 60))
    store.save_draft("l01-a", "draft", lang="en")
    return store


@pytest.mark.parametrize("damage", DAMAGES)
def test_opening_a_damaged_file(filled, file, attempt, damage):
    damage(file)
    before = file.read_bytes()
    beside = file.with_name("mi-course-2.sqlite3")
    store = open_store()
    assert store.trouble.kind == "damaged"
    assert (store.trouble.where, store.trouble.kept_in, store.where) == (str(file), str(beside), str(beside))
    assert str(file) in store.trouble.message and str(beside) in store.trouble.message
    assert store.add_try(attempt("after"))
    assert store.trouble is None
    assert [n.kind for n in store.notices] == ["damaged"]
    assert store.summary()["kept_aside"] == [str(file)]
    assert texts(open_store())[-1] == "after"
    assert file.read_bytes() == before
    assert sorted(f.name for f in file.parent.iterdir()) == [beside.name, file.name]


@pytest.mark.parametrize("damage", DAMAGES)
def test_damage_while_a_page_is_open(filled, file, attempt, damage):
    learner = filled.learner
    shown = texts(filled)
    damage(file)
    before = file.read_bytes()
    assert texts(filled) == shown
    assert filled.add_try(attempt("after"))
    if damage is not a_hole_in_the_middle:  # which is noticed only by a call that comes upon it
        assert [n.kind for n in filled.notices] == ["damaged"]
        assert file.read_bytes() == before
    again = open_store()
    assert texts(again) == [*shown, "after"]
    assert again.draft("l01-a", lang="en") == "draft"
    assert again.learner == learner


@pytest.mark.parametrize("damage", [truncated, a_hole_in_the_middle])
def test_what_can_still_be_read_comes_along_and_erased_things_stay_erased(filled, file, damage):
    damage(file)
    store = open_store()
    assert len(texts(store)) > 10
    assert set(texts(store)) <= set(texts(filled))
    assert store.learner == filled.learner
    assert store.erase()
    assert texts(open_store()) == []
    assert store.summary()["kept_aside"] == [str(file)]


def test_a_second_damaged_file_is_kept_too(store, file, attempt):
    store.add_try(attempt("first"))
    random_bytes(file)
    open_store().add_try(attempt("second"))
    random_bytes(file.with_name("mi-course-2.sqlite3"))
    third = open_store()
    assert third.where.endswith("mi-course-3.sqlite3")
    assert third.add_try(attempt("third"))
    assert len(third.summary()["kept_aside"]) == 2


def test_the_database_of_another_program_is_not_taken_for_a_damaged_one(file, attempt):
    with sqlite3.connect(file) as other:
        other.execute("CREATE TABLE draft (something)")
    other.close()
    store = open_store()
    assert not store.save_draft("l01-a", "x", lang="en")
    assert store.trouble.kind == "unknown"
    assert store.draft("l01-a", lang="en") == "x"


@pytest.mark.parametrize("damage", [truncated, a_hole_in_the_middle])
def test_in_a_damaged_file_of_several_learners_words_stay_with_whom_they_are_of(file, attempt, damage):
    for account in ("anna", "bob"):
        store = open_store(account=account)
        for n in range(30):
            store.add_try(attempt(f"{account} {n} " + "word " * 60))
    damage(file)
    found = {account: texts(open_store(account=account)) for account in ("anna", "bob", "cy", "")}
    assert found["cy"] == found[""] == []
    for account in ("anna", "bob"):
        assert all(text.startswith(f"{account} ") for text in found[account])
    assert len(found["anna"]) + len(found["bob"]) > 10
