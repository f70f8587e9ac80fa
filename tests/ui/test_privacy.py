"""The page that says what is kept: it is true in every setting, and what it offers works."""

from __future__ import annotations

import base64
import json
import re

import pytest
from made_to_order import browser

from mi_helpers.cases.kinds import KINDS
from mi_helpers.progress import StoreTrouble, Try, open_store
from mi_helpers.ui.choice_box import ChoiceBox
from mi_helpers.ui.html import esc
from mi_helpers.ui.kinds import exercise_class
from mi_helpers.ui.privacy import Privacy, privacy_html
from mi_helpers.ui.strings import strings
from mi_helpers.ui.writing_box import WritingBox, privacy_sentence


@pytest.fixture
def shared(tmp_path, monkeypatch):
    """The store of a learner on a server, opened anew with every call."""
    monkeypatch.setenv("MI_COURSE_LEARNER", "anna")
    monkeypatch.setenv("MI_COURSE_DATABASE", f"sqlite:///{(tmp_path / 'team.sqlite3').as_posix()}")
    return open_store


@pytest.fixture
def heard(monkeypatch):
    """What the choice boxes of the page were told."""
    messages = []
    monkeypatch.setattr(ChoiceBox, "send", lambda self, content, buffers=None: messages.append(content))
    return messages


@pytest.mark.parametrize("lang", ["en", "nl"])
def test_on_ones_own_computer(store, lang):
    say = strings(lang)
    shown = privacy_html(store, say)
    assert store.where in shown and say("privacy.who_file") in shown and say("privacy.long_file") in shown
    assert say("privacy.where_server") not in shown


@pytest.mark.parametrize("lang", ["en", "nl"])
def test_on_a_server(shared, lang, monkeypatch):
    say, store = strings(lang), shared()
    shown = privacy_html(store, say)
    for key in ("where_server", "who_server", "long_server", "what_words", "browser"):
        assert esc(say(f"privacy.{key}")) in shown
    assert store.learner in shown
    assert store.where not in shown, "where the server keeps its database is nobody's business"
    monkeypatch.setenv("MI_COURSE_RETENTION_DAYS", "90")
    assert say("privacy.long_days", days=90) in privacy_html(store, say)


def test_without_words(shared, monkeypatch, say):
    monkeypatch.setenv("MI_COURSE_KEEP_TEXT", "no")
    shown = privacy_html(shared(), say)
    assert say("privacy.what_codes") in shown and say("privacy.browser_only") in shown
    assert privacy_sentence(shared(), say) == say("box.privacy_codes")


def test_a_damaged_file_that_may_hold_words_is_named(store, say, tmp_path):
    (tmp_path / "words.sqlite3").write_bytes(b"damaged" * 999)
    again = open_store(f"sqlite:///{(tmp_path / 'words.sqlite3').as_posix()}")
    assert esc(say("privacy.aside", where=tmp_path / "words.sqlite3")) in privacy_html(again, say)


def test_where_nothing_can_be_kept(store, say):
    store.trouble = StoreTrouble("readonly", "store_readonly", store.where)
    assert say("privacy.where_memory") in privacy_html(store, say)


@pytest.mark.skipif("sys.platform == 'win32'", reason="no such names on Windows")
def test_the_name_of_a_file_is_shown_as_it_is(tmp_path, say):
    odd = tmp_path / "<script>alert(1)<"
    odd.mkdir()
    shown = privacy_html(open_store(f"sqlite:///{odd.as_posix()}/x.sqlite3"), say)
    assert "<script>" not in shown and "&lt;script&gt;" in shown


def test_the_first_box_says_the_same(shared, say, monkeypatch):
    store = shared()
    assert privacy_sentence(store, say) == say("box.privacy_server")
    store.keep("nothing")
    assert privacy_sentence(store, say) == say("box.privacy_nothing")
    monkeypatch.setenv("MI_COURSE_KEEP_TEXT", "no")
    store = shared()
    store.keep("words")
    assert privacy_sentence(store, say) == say("box.privacy_codes")


def test_a_copy_holds_everything_but_the_address_of_the_server(shared, say):
    store = shared()
    store.add_try(Try(item_id="a", item_version=1, rules_version="", lang="en", text="wörds </a>"))
    page = Privacy(store, say)
    page.copy.click()
    data = re.search(r"base64,([\w+/=]+)\"", page.link.value)[1]
    taken = json.loads(base64.b64decode(data))
    assert taken["tries"][0]["text"] == "wörds </a>"
    assert "where" not in taken


def test_erasing_asks_for_a_tick_and_clears_this_browser_too(shared, say, heard):
    store = shared()
    store.save_draft("a", "words", lang="en")
    page = Privacy(store, say)
    page.erase._receive(page.erase, {"kind": "ask", "id": "1", "values": {}}, ())
    assert store.draft("a", lang="en") == "words"
    assert heard[-1]["text"] == say("privacy.erase_unsure")
    page.erase._receive(page.erase, {"kind": "ask", "id": "2", "values": {"sure": True}}, ())
    assert shared().draft("a", lang="en") is None
    assert {"kind": "forget"} in heard and heard[-1]["text"] == say("privacy.erased")
    assert say("privacy.drafts", n=0) in page.account.value


def test_a_browser_can_be_cleared_without_erasing(shared, say, heard):
    store = shared()
    store.save_draft("a", "words", lang="en")
    Privacy(store, say).leave.click()
    assert heard[0] == {"kind": "forget"}
    assert shared().draft("a", lang="en") == "words"


def test_a_learner_chooses_what_is_kept(shared, say, heard, monkeypatch):
    page = Privacy(shared(), say)
    assert [key for key, _ in page.kept.controls[0]["options"]] == ["words", "codes", "nothing"]
    page.kept._receive(page.kept, {"kind": "ask", "id": "1", "values": {"keep": "codes"}}, ())
    assert shared().kept == "codes"
    assert say("privacy.what_codes") in page.account.value
    page.kept._receive(page.kept, {"kind": "ask", "id": "1", "values": {"keep": "<b>"}}, ())
    assert shared().kept == "codes"
    monkeypatch.setenv("MI_COURSE_KEEP_TEXT", "no")
    assert [key for key, _ in Privacy(shared(), say).kept.controls[0]["options"]] == ["codes", "nothing"]


def test_ones_own_computer_needs_no_such_choice(store, say):
    assert Privacy(store, say).kept is None


def test_a_box_whose_words_stay_in_the_browser_says_so(shared, say, sent, monkeypatch):
    monkeypatch.setenv("MI_COURSE_KEEP_TEXT", "no")
    box = WritingBox(shared(), say, place="p", label="", placeholder="")
    assert box.only_here and box.words["kept_in_browser"] == say("box.kept_only_here")
    browser(box, kind="draft", text="words", seq=1)
    assert ("p", {"kind": "kept", "seq": 1, "ok": False}) in sent
    browser(box, kind="ready", text="", copy={"text": "words of before", "at": 9e12})
    assert sent[-1][1]["text"] == "words of before" and "done" not in sent[-1][1]
    box.clear()
    assert sent[-1][1]["done"]


def test_the_heartbeat_writes_what_waited(store, say, sent, monkeypatch):
    from mi_helpers.progress.database import Database

    box = WritingBox(store, say, place="p", label="", placeholder="")
    with monkeypatch.context() as broken:
        broken.setattr(Database, "writing", lambda self: (_ for _ in ()).throw(OSError(28, "full")))
        browser(box, kind="draft", text="words", seq=1)
        assert box.trouble == say("trouble.store_full") and store.waits
        browser(box, kind="ping")
        assert store.waits
    browser(box, kind="ping")
    assert not store.waits and box.trouble == ""


def test_kinds_with_boxes_to_write_in_are_those_whose_words_may_stay_out():
    written = {kind for kind in KINDS if kind not in ("note", "rewrite") and exercise_class(kind).typed}
    assert written == {"write", "plan", "agenda", "ruler"}
