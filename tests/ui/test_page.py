import sys

import pytest

from mi_helpers.ui import Page, page
from mi_helpers.ui.strings import strings


@pytest.fixture
def shown(monkeypatch):
    things = []
    monkeypatch.setattr(sys.modules["mi_helpers.ui.page"], "display", things.append)
    return things


@pytest.fixture
def here(monkeypatch, store, shown):
    monkeypatch.delenv("SERVER_SOFTWARE", raising=False)
    monkeypatch.setattr("mi_helpers.progress.open_store", lambda: store)
    made = page("exercises", "01_righting_reflex", "en")
    shown.clear()
    return made


def test_in_jupyterlab_the_style_is_brought_along(monkeypatch, shown):
    monkeypatch.delenv("SERVER_SOFTWARE", raising=False)
    page("course", "00_home", "en")
    assert "--mi-accent" in shown[0].data


def test_under_voila_the_template_brings_it(monkeypatch, shown):
    monkeypatch.setenv("SERVER_SOFTWARE", "voila/0.5")
    assert isinstance(page("course", "00_home", "en"), Page)
    assert shown == []


def test_the_place_is_remembered_once_the_store_is_open(here, store):
    assert store.setting("last_place") is None
    here.rewrite("l01-physio-homework")
    assert store.setting("last_place") == {"folder": "exercises", "name": "01_righting_reflex"}
    assert store.setting("language") == "en"


def test_the_home_page_is_no_place_to_go_back_to(monkeypatch, store, shown):
    monkeypatch.setattr("mi_helpers.progress.open_store", lambda: store)
    assert page("course", "00_home", "nl").store is store
    assert store.setting("last_place") is None


def test_one_call_shows_one_thing_and_returns_nothing(here, shown):
    calls = [
        lambda: here.note("l01-first-reply"),
        lambda: here.rewrite("l01-physio-homework"),
        lambda: here.item("l01-physio-homework"),
        here.exercises,
        here.glossary,
        here.search,
        here.next,
        lambda: here.figure("ambivalence"),
    ]
    for call in calls:
        shown.clear()
        assert call() is None
        assert len([thing for thing in shown if "mi-paper" not in getattr(thing, "data", "")]) == 1


def test_everything_stands_within_the_pages_style(here, shown):
    here.note("l01-first-reply")
    here.rewrite("l01-physio-homework")
    here.exercises()
    here.next()
    here.glossary()
    here.search()
    for thing in shown:
        classes = getattr(thing, "_dom_classes", ()) or thing.data
        assert "mi-page" in classes


def test_a_lesson_without_exercises_says_so(store, shown, monkeypatch):
    monkeypatch.setattr("mi_helpers.progress.open_store", lambda: store)
    page("exercises", "99_none", "nl").exercises()
    assert strings("nl")("exercises.no_items") in shown[-1].data


@pytest.mark.parametrize(
    ("folder", "first", "others"),
    [
        ("course", "../../exercises/en/01_righting_reflex.ipynb", ["../../course/en/00_home.ipynb"]),
        ("exercises", "../../solutions/en/01_righting_reflex.ipynb", ["../../course/en/01_righting_reflex.ipynb"]),
        ("solutions", "../../exercises/en/01_righting_reflex.ipynb", ["../../course/en/00_home.ipynb"]),
    ],
)
def test_where_to_go_from_here(monkeypatch, shown, folder, first, others):
    monkeypatch.delenv("SERVER_SOFTWARE", raising=False)
    page(folder, "01_righting_reflex", "en").next()
    html = shown[-1].data
    assert html.index(first) < min(html.index(other) for other in others)


def test_the_glossary_leads_home_and_is_no_place_to_go_back_to(monkeypatch, store, shown):
    monkeypatch.delenv("SERVER_SOFTWARE", raising=False)
    monkeypatch.setattr("mi_helpers.progress.open_store", lambda: store)
    there = page("course", "90_glossary", "en")
    there.next()
    assert "00_home" in shown[-1].data and "exercises" not in shown[-1].data
    assert there.store.setting("last_place") is None
