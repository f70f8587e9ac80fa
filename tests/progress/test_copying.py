"""A whole database goes into another one: all of it, checked, or nothing."""

import sqlite3

import pytest

from mi_helpers.progress import copying, open_store
from mi_helpers.progress.copying import CopyTrouble, copy
from mi_helpers.progress.place import database_at

LEARNERS = ("", "anna", "bob")


@pytest.fixture
def new(request, tmp_path):
    """Makes the address of a new, empty database of a kind."""
    numbers = iter(range(9))

    def make(kind: str) -> str:
        if kind == "sqlite":
            return f"sqlite:///{tmp_path}/{next(numbers)}.sqlite3"
        return request.getfixturevalue("postgres").database()

    return make


@pytest.fixture
def filled(new, attempt):
    """Makes a database of a kind with three learners in it."""

    def make(kind: str) -> str:
        address = new(kind)
        for account in LEARNERS:
            store = open_store(address, account=account)
            for n in range(4):
                one = attempt(f"{account} {n} “é” 🙂\n'; %s", lang="nl")
                store.add_try(one)
                store.set_coding(one.id, {"main": "x", "n": n}, "partly")
            store.save_draft("l01-a", f"half {account}", lang="en")
            store.add_review(one.id, "anders")
            store.mark_done("l01-a", lang="nl")
            store.set_setting("field", None)
        return address

    return make


def everything(address) -> list[dict]:
    taken = [open_store(address, account=account).export() for account in LEARNERS]
    for export in taken:
        del export["exported_at"], export["where"]
    return taken


def go(begin, end, **more):
    return copy(database_at(begin), database_at(end), **more)


@pytest.mark.parametrize("way", ["sqlite sqlite", "sqlite postgresql", "postgresql sqlite", "postgresql postgresql"])
def test_there_and_back(new, filled, way, monkeypatch):
    monkeypatch.setattr(copying, "SIZE", 3)
    kind, other = way.split()
    begin, middle, end = filled(kind), new(other), new(kind)
    before = everything(begin)
    counts = {"learner": 3, "try": 12, "draft": 3, "review": 3, "done": 3, "setting": 3}
    assert go(begin, middle) == counts
    assert go(middle, end, at_rest=True) == counts
    assert everything(begin) == everything(middle) == everything(end) == before


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_a_target_that_is_not_empty_is_left_as_it_is(new, filled, kind, attempt):
    begin, end = filled("sqlite"), new(kind)
    open_store(end, account="cy").add_try(attempt("mine"))
    before = open_store(end, account="cy").export()["tries"]
    with pytest.raises(CopyTrouble, match=r"not empty \(learner: 1, try: 1\)"):
        go(begin, end)
    assert open_store(end, account="cy").export()["tries"] == before
    assert len(everything(begin)[0]["tries"]) == 4


def test_a_source_that_is_not_there_is_not_made(tmp_path):
    begin, end = (f"sqlite:///{tmp_path}/{name}.sqlite3" for name in "ab")
    with pytest.raises(CopyTrouble, match="is not there"):
        go(begin, end)
    assert list(tmp_path.iterdir()) == []


def test_onto_itself(filled):
    begin = filled("sqlite")
    with pytest.raises(CopyTrouble, match="onto itself"):
        go(begin, begin)


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_a_row_that_cannot_be_stored_there_copies_nothing_and_shows_no_words(new, filled, kind, tmp_path):
    begin, end = filled("sqlite"), new(kind)
    with sqlite3.connect(database_at(begin).path) as spoil:
        if kind == "sqlite":  # a table that an older mistake made without its rule
            spoil.execute("CREATE TABLE copy AS SELECT * FROM draft")
            spoil.execute("DROP TABLE draft")
            spoil.execute("ALTER TABLE copy RENAME TO draft")
            spoil.execute("UPDATE draft SET text = NULL WHERE text = 'half anna'")
        else:
            spoil.execute("UPDATE draft SET lang = 'half of anna' WHERE text = 'half anna'")
    spoil.close()
    with pytest.raises(CopyTrouble, match="the table draft") as trouble:
        go(begin, end)
    assert "half" not in str(trouble.value)
    assert {len(e["tries"]) for e in everything(end)} == {0}
    assert {len(e["tries"]) for e in everything(begin)} == {4}


def test_what_does_not_arrive_as_it_left_is_not_kept(new, filled, monkeypatch):
    begin, end = filled("sqlite"), new("sqlite")
    real = copying._carry
    monkeypatch.setattr(copying, "_carry", lambda name, *links: (real(name, *links)[0], 1))
    with pytest.raises(CopyTrouble, match="not everything arrived"):
        go(begin, end)
    assert not database_at(end).path.exists()


def test_a_move_needs_a_source_at_rest_and_a_backup_does_not(new, filled, monkeypatch, attempt):
    begin = filled("postgresql")
    real = copying._digest

    def meanwhile(name, link):
        if name == "try":
            open_store(begin, account="anna").add_try(attempt("meanwhile"))
        return real(name, link)

    monkeypatch.setattr(copying, "_digest", meanwhile)
    with pytest.raises(CopyTrouble, match="stop the course"):
        go(begin, new("sqlite"), at_rest=True)
    end = new("sqlite")
    assert go(begin, end)["try"] > 12
    monkeypatch.undo()
    assert "meanwhile" not in str(everything(end)[0])


def test_rows_are_told_apart_by_all_of_their_values():
    rows = [("a", "b"), ("ab", ""), ("a", None), ("a", "None"), (1, "a"), ("1", "a")]
    assert len({copying._add(0, [row]) for row in rows}) == len(rows)
    assert copying._add(0, rows) == copying._add(0, rows[::-1])
    assert copying._add(0, [("a",), ("a",)]) != copying._add(0, [("a",)])
