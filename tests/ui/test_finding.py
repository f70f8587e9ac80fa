"""Glossary and search: every term and every lesson can be found, in both languages."""

import uuid
from html import escape

import pytest
from made_to_order import browser

from mi_helpers.cases.glossary import terms
from mi_helpers.ui import search as searching
from mi_helpers.ui.choice_box import ChoiceBox
from mi_helpers.ui.glossary import glossary_html
from mi_helpers.ui.search import Search, places, results_html, search
from mi_helpers.ui.strings import strings

both = pytest.mark.parametrize("lang", ["en", "nl"])


@pytest.fixture(autouse=True)
def fresh():
    places.cache_clear()
    yield
    places.cache_clear()


@both
def test_the_glossary_shows_every_term_with_its_other_name_and_its_lesson(lang):
    shown = glossary_html(strings(lang))
    for term in terms():
        assert f'id="{term.id}"' in shown
        assert escape(term.en.term) in shown and escape(term.nl.term) in shown
    assert f"course/{lang}/01_righting_reflex.ipynb" in shown


@both
def test_a_term_is_found_in_glossary_lesson_and_exercises(lang):
    word = {"en": "ambivalence", "nl": "ambivalentie"}[lang]
    found = search(word.upper(), lang)
    assert found[0].where == strings(lang)("search.glossary")
    assert any("01_righting_reflex" in place.link and place.link.startswith("../../course") for place in found)
    title = strings(lang)("search.exercises")
    assert any(title in place.where for place in search("ik" if lang == "nl" else "i", lang))


def test_accents_and_order_of_words_do_not_matter():
    assert search("een twee", "nl") == search("twee één", "nl") or {p.link for p in search("een twee", "nl")} == {
        p.link for p in search("twee één", "nl")
    }


def test_what_is_shown_is_escaped(monkeypatch):
    place = searching.Place("<b>where</b>", "<i>title</i>", "x " * 200 + "<script> needle " + "y " * 200, "../a?b=\"c")
    shown = results_html([place], "needle")
    assert "<b>" not in shown and "<i>" not in shown and "<script" not in shown
    assert "needle" in shown and "… " in shown and " …" in shown


def test_under_voila_a_result_leads_to_the_item_and_the_heading(monkeypatch):
    monkeypatch.setenv("SERVER_SOFTWARE", "voila/0.5")
    links = [place.link for place in places("en", True)]
    assert any("/voila/render/exercises/en/01_righting_reflex.ipynb?item=l01-" in link for link in links)
    assert any("01_righting_reflex.ipynb#:~:text=" in link for link in links)
    assert any("90_glossary.ipynb#ambivalence" in link for link in links)


def test_the_box_tells_what_was_found(store, monkeypatch):
    sent = []
    monkeypatch.setattr(ChoiceBox, "send", lambda self, content, buffers=None: sent.append(content))
    say = strings("en")
    box = Search(store, say)

    def ask(words):
        browser(box.box, kind="ask", id=uuid.uuid4().hex, values={"words": words})

    ask("a")
    assert sent[-1] == {"kind": "notice", "text": say("search.few")}
    ask("zyxwv")
    assert say("search.none", words="zyxwv") in box.found.value
    ask("ambivalence")
    assert sent[-1]["kind"] == "say" and "Found" in sent[-1]["text"]
    assert "<ul" in box.found.value
    assert store.draft("", lang="en") is None


def test_in_jupyterlab_the_page_of_exercises_begins_with_the_item_that_was_followed(store):
    from mi_helpers.cases import lesson_items
    from mi_helpers.ui.exercises import ExerciseSet

    say, items = strings("nl"), [item for item in lesson_items(2) if item.kind != "note"]
    wanted = items[-1].id
    box = Search(store, say)
    link = next(place for place in places("nl", False) if place.anchor == wanted)
    assert f'data-mi-open="{wanted}"' in results_html([link], "x")
    browser(box.box, kind="open", item=wanted)
    browser(box.box, kind="open", item="l99-gone")
    assert ExerciseSet(store, say, items, "02_spirit").current == wanted
