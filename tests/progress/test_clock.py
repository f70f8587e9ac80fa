"""A clock that is set back while somebody works: nothing is lost, nothing changes places."""

from datetime import UTC, datetime, timedelta

import pytest

from mi_helpers.progress import open_store, records


@pytest.fixture
def clock(monkeypatch):
    """A clock that the test sets; ``clock.restart()`` is what a new page's kernel begins with."""

    class Clock(datetime):
        at = datetime(2026, 3, 1, 12, tzinfo=UTC)

        @classmethod
        def now(cls, zone=None):
            return cls.at

        @staticmethod
        def restart():
            monkeypatch.setattr(records, "_last", datetime(1970, 1, 1, tzinfo=UTC))

    monkeypatch.setattr(records, "datetime", Clock)
    Clock.restart()
    return Clock


def texts(store):
    return [t.text for t in store.tries("l01-a", lang="en")]


def test_on_an_open_page(file, clock, attempt):
    store = open_store()
    store.add_try(attempt("first"))
    store.save_draft("l01-a", "first draft", lang="en")
    clock.at -= timedelta(hours=2)
    assert store.add_try(attempt("second"))
    assert store.save_draft("l01-a", "second draft", lang="en")
    assert texts(store) == ["first", "second"]
    assert store.draft("l01-a", lang="en") == "second draft"


def test_between_two_pages(file, clock, attempt):
    store = open_store()
    store.add_try(attempt("first"))
    store.save_draft("l01-a", "first draft", lang="en")
    store.set_setting("field", "youth")
    clock.at -= timedelta(days=400)
    clock.restart()
    later = open_store()
    assert texts(later) == ["first"]
    assert later.add_try(attempt("second"))
    assert later.save_draft("l01-a", "second draft", lang="en")
    assert later.set_setting("field", "work")
    again = open_store()
    assert texts(again) == ["first", "second"]
    assert (again.draft("l01-a", lang="en"), again.setting("field")) == ("second draft", "work")


def test_two_tabs_one_of_which_has_the_old_time(file, clock, attempt):
    one, two = open_store(), open_store()
    one.save_draft("l01-a", "first", lang="en")
    clock.at -= timedelta(minutes=10)
    clock.restart()
    two.save_draft("l01-a", "second", lang="en")
    assert open_store().draft("l01-a", lang="en") == "second"


def test_times_only_go_on_in_one_process(clock):
    given = []
    for _ in range(3):
        given += [records.now(), records.now()]
        clock.at -= timedelta(seconds=30)
    assert given == sorted(set(given))
