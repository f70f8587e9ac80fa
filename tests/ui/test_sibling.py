"""The last reply beside the first: both are shown with their reading, nothing is rated, what changed is kept."""

import uuid

import pytest
from made_to_order import browser, said

from mi_helpers.cases import NoteItem
from mi_helpers.progress import Try
from mi_helpers.ui.note import Note

WORDS = {"title": "Again", "prompt": "What would you say now?", "after": "Kept."}
ITEM = NoteItem.model_validate(
    {"id": "l10-again", "lesson": 10, "core": True, "kind": "note", "sibling_of": "l01-first-reply", "en": WORDS, "nl": WORDS}
)


@pytest.fixture
def first(store):
    about = {"item_id": "l01-first-reply", "item_version": 1, "rules_version": "", "lang": "en"}
    store.add_try(Try(text="You have to stop <now>.", **about))


def keep(box, text):
    browser(box, kind="ask", id=uuid.uuid4().hex, text=text, check="")


def test_both_replies_stand_side_by_side(store, say, sent, first):
    note = Note(store, say, ITEM)
    assert note.pair is None
    keep(note.box, "What would help you most?")
    shown = note.pair.shown.value
    assert "&lt;now&gt;" in shown and "What would help you most?" in shown
    assert shown.index(say("sibling.before")) < shown.index(say("sibling.now"))
    assert shown.count("mi-mark ") >= 2
    keep(note.box, "It has been hard.")
    assert "It has been hard." in note.pair.shown.value and "What would help" not in note.pair.shown.value


def test_what_changed_is_kept_and_comes_back(store, say, sent, first):
    note = Note(store, say, ITEM)
    keep(note.box, "What would help you most?")
    keep(note.pair.box, "I ask more.")
    assert say("note.kept") in said(sent, "notice")
    again = Note(store, say, ITEM)
    assert again.pair.box.value == "I ask more."
    assert [t.text for t in store.tries("l10-again:changed", lang="en")] == ["I ask more."]


def test_without_a_first_reply_it_says_so(store, say, sent):
    note = Note(store, say, ITEM)
    keep(note.box, "What would help you most?")
    assert say("sibling.none") in note.pair.shown.value


def test_words_about_risk_are_not_read(store, say, sent, first):
    note = Note(store, say, ITEM)
    keep(note.box, "I want to kill myself.")
    assert "113" in note.pair.shown.value
