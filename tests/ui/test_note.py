import pytest
from made_to_order import browser

from mi_helpers.cases import NoteItem
from mi_helpers.ui.note import Note

TEXT = {"title": "Your <first> reply", "prompt": "What would you say?", "after": "There is no right answer."}


@pytest.fixture
def item():
    return NoteItem.model_validate(
        {"id": "l01-note", "lesson": 1, "core": True, "kind": "note", "en": TEXT, "nl": TEXT}
    )


@pytest.fixture
def note(store, say, item, sent):
    return Note(store, say, item)


def keep(note, text, try_id="a" * 32):
    browser(note.box, kind="ask", id=try_id, text=text, check="")


def test_the_question_first_and_the_rest_only_later(note):
    assert "Your &lt;first&gt; reply" in note.prompt.value
    assert note.after.value == ""


def test_what_is_written_is_kept_as_a_try(note, store, sent):
    keep(note, "I would ask him.")
    (stored,) = store.tries("l01-note", lang="en")
    assert (stored.text, stored.coding, stored.item_version) == ("I would ask him.", None, 1)
    assert "There is no right answer." in note.after.value
    assert "l01-note" in store.done("en")


def test_the_same_words_are_kept_once(note, store):
    keep(note, "words")
    keep(note, "words", "b" * 32)
    keep(note, "other words", "c" * 32)
    assert [t.text for t in store.tries("l01-note", lang="en")] == ["words", "other words"]


def test_nothing_written(note, store, sent, say):
    keep(note, "  ")
    assert store.tries("l01-note", lang="en") == []
    assert sent[-1][1] == {"kind": "notice", "text": say("note.empty")}


def test_everything_is_back_on_return(note, store, say, item):
    keep(note, "my words")
    again = Note(store, say, item)
    assert again.box.value == "my words"
    assert "There is no right answer." in again.after.value


def test_without_a_closing_word_it_says_kept(store, say, item, sent):
    short = item.model_copy(update={"en": item.en.model_copy(update={"after": ""})})
    note = Note(store, say, short)
    keep(note, "words")
    assert sent[-1][1] == {"kind": "notice", "text": say("note.kept")}
    assert note.after.value == ""
