import json

import pytest
from made_to_order import an_item

import mi_helpers.coder
from mi_helpers.cases import RewriteItem, lesson_items
from mi_helpers.coder.model import Coding
from mi_helpers.progress import open_store
from mi_helpers.ui import home
from mi_helpers.ui.links import LAST_PLACE
from mi_helpers.ui.solutions import solutions_html
from mi_helpers.ui.strings import strings


@pytest.fixture
def course(tmp_path, monkeypatch):
    """A course with a home page and one lesson."""
    for name, title in (("00_home", "Home"), ("01_righting_reflex", "Push & <pull>")):
        path = tmp_path / "course" / "en" / f"{name}.ipynb"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps({"cells": [], "metadata": {"mi_course": {"title": title}}}), encoding="utf-8")
    monkeypatch.setattr(home, "content_root", lambda: tmp_path)


@pytest.fixture
def core():
    return [i.id for i in lesson_items(1) if isinstance(i, RewriteItem) and i.core]


def test_lessons_are_those_that_are_there(course):
    assert home.lessons("en") == {"01_righting_reflex": "Push & <pull>"}
    assert home.lessons("nl") == {}


def test_home_names_the_lesson_what_it_brings_and_the_way(course, store, say):
    shown = home.home_html(store, say)
    assert "Push &amp; &lt;pull&gt;" in shown
    assert say("home.state_new") in shown
    assert all(aim in shown for aim in say.get("lesson.01_righting_reflex.objectives"))
    assert "exercises/en/01_righting_reflex.ipynb" in shown
    assert say("home.language") in shown and "course/nl/00_home.ipynb" in shown
    assert say("home.continue_title") not in shown


def test_home_says_how_far_one_is(course, store, say, core):
    store.mark_done(core[0], lang="en")
    assert say("home.state_some", done=1, all=len(core)) in home.home_html(store, say)
    for item_id in core:
        store.mark_done(item_id, lang="en")
    assert say("home.state_done") in home.home_html(store, say)


def test_home_leads_back_to_where_one_was(course, store, say):
    store.set_setting(LAST_PLACE, {"folder": "exercises", "name": "01_righting_reflex"})
    assert say("home.continue_title") in home.home_html(store, say)


@pytest.mark.parametrize("last", ["x", {"folder": "../..", "name": "01_righting_reflex"}, {"name": "gone"}, [1]])
def test_a_strange_last_place_is_left_alone(course, store, say, last):
    store.set_setting(LAST_PLACE, last)
    assert say("home.continue_title") not in home.home_html(store, say)


@pytest.mark.parametrize("lang", ["en", "nl"])
def test_solutions_show_every_item_with_reading_and_reason(lang, monkeypatch, readings):
    monkeypatch.setattr(
        mi_helpers.coder,
        "code_turn",
        lambda text, **_: Coding(text, lang, "counsellor", "open_question", True, "likely"),
        raising=False,
    )
    say = strings(lang)
    shown = solutions_html([an_item("l01-extra", core=False), an_item("l01-core")], say)
    assert shown.index('id="l01-core"') < shown.index('id="l01-extra"')
    assert shown.count("model one") == shown.count("why two") == 2
    assert say("solutions.reads", label="open question") in shown
    assert "<s>You have to walk every day.</s>" in shown


@pytest.mark.parametrize("lang", ["en", "nl"])
def test_solutions_say_what_is_still_to_be_discussed(lang, readings):
    say = strings(lang)
    item = an_item("l01-core")
    words = item.en.model_copy(update={"discuss": "Is <this> too much?"})
    shown = solutions_html([item.model_copy(update={"en": words, "nl": words})], say)
    assert "<p>Is &lt;this&gt; too much?</p>" in shown and say("solutions.discuss") in shown


@pytest.mark.parametrize("lang", ["en", "nl"])
def test_on_a_teams_server_home_says_what_is_kept_until_one_has_chosen(tmp_path, lang):
    say = strings(lang)
    stores = [
        open_store(f"sqlite:///{(tmp_path / 'words.sqlite3').as_posix()}", account=account)
        for account in ("anna", "bram", "")
    ]
    anna, bram, own = stores
    for store in (anna, bram):
        shown = home.home_html(store, say)
        assert say("box.privacy_server") in shown
        assert f'{lang}/91_privacy.ipynb">{say("home.kept_choose")}' in shown
    assert say("home.kept_choose") not in home.home_html(own, say), "one's own computer"
    anna.keep("codes")
    bram.set_setting("seen_privacy", True)
    assert not any(say("home.kept_choose") in home.home_html(store, say) for store in stores)
