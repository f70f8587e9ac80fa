from datetime import UTC, datetime, timedelta

import pytest
from made_to_order import browser

from mi_helpers.progress import StoreTrouble
from mi_helpers.ui.box import trouble_sentence
from mi_helpers.ui.strings import strings
from mi_helpers.ui.writing_box import WritingBox, privacy_sentence


@pytest.fixture
def box(store, say, sent):
    return make(store, say)


def make(store, say, **kwargs):
    return WritingBox(store, say, place="l01-x", label="Your reply", placeholder="", **kwargs)


def milliseconds(at: datetime) -> float:
    return at.timestamp() * 1000


def test_a_draft_is_kept_and_confirmed(box, store, sent):
    browser(box, kind="draft", text="I hear", seq=3)
    assert store.draft("l01-x", lang="en") == "I hear"
    assert ("l01-x", {"kind": "kept", "seq": 3, "ok": True}) in sent


def test_a_draft_comes_back(box, store, say):
    browser(box, kind="draft", text="half a sen", seq=1)
    assert make(store, say).value == "half a sen"
    assert make(store, strings("nl")).value == ""


def test_an_emptied_box_stays_empty(store, say, sent):
    store.save_draft("l01-x", "", lang="en")
    assert make(store, say, text="last try").value == ""


def test_newer_words_of_this_browser_win(box, store, sent):
    store.save_draft("l01-x", "older", lang="en", at=datetime.now(UTC) - timedelta(minutes=5))
    browser(box, kind="ready", text="older", seq=0, copy={"text": "newer", "at": milliseconds(datetime.now(UTC))})
    assert store.draft("l01-x", lang="en") == "newer"
    assert sent[-1][1] == {"kind": "text", "text": "newer", "notice": strings("en")("box.restored"), "seq": 0, "ok": True}


def test_older_words_of_this_browser_do_not(box, store, sent):
    store.save_draft("l01-x", "newer", lang="en")
    hour_ago = milliseconds(datetime.now(UTC) - timedelta(hours=1))
    browser(box, kind="ready", text="newer", seq=3, copy={"text": "older", "at": hour_ago})
    assert store.draft("l01-x", lang="en") == "newer"
    assert sent[-1][1] == {"kind": "text", "text": "newer", "notice": "", "seq": 3, "ok": True}


@pytest.mark.parametrize(
    "copy", [None, "x", {"text": 3}, {}, {"text": "a", "at": "nonsense"}, {"text": "a", "at": 1e300}]
)
def test_a_strange_copy_does_no_harm(box, sent, copy):
    browser(box, kind="ready", text="", copy=copy)
    assert not any(message["kind"] == "notice" for _, message in sent)


def test_ready_is_told_once(store, say, sent):
    told = []
    box = make(store, say, on_ready=lambda: told.append(1))
    browser(box, kind="ready", text="")
    browser(box, kind="ready", text="")
    assert told == [1]


def test_the_heartbeat_is_answered(box, sent):
    browser(box, kind="ping")
    assert sent == [("l01-x", {"kind": "pong"})]


def test_a_very_long_text_is_kept_up_to_the_limit(store, say, sent):
    asked = []
    box = make(store, say, on_ask=lambda *args: asked.append(args))
    browser(box, kind="ask", id="a" * 99, text="x" * 30_000, check="")
    assert [len(part) for part in asked[0]] == [32, 20_000, 0]


def test_the_first_box_says_where_words_are_kept(store, say, sent):
    box = make(store, say)
    assert box.first and store.where in box.words["privacy"]
    assert box.words["privacy_please"]
    browser(box, kind="draft", text="some words", seq=1)
    assert store.setting("seen_privacy")


def test_only_the_first_box_of_a_page_says_it_at_length(store, say, sent):
    assert [make(store, say).first for _ in range(3)] == [True, False, False]


def test_where_words_are_kept_in_plain_words(store, say):
    assert "only" in privacy_sentence(store, say)
    store.where = "postgresql://team@server/course"
    assert "postgresql://team@server/course" in privacy_sentence(store, say)
    assert "only" not in privacy_sentence(store, say)
    store.trouble = StoreTrouble("readonly", "store_readonly", store.where)
    assert privacy_sentence(store, say) == say("box.privacy_memory")


@pytest.mark.parametrize("lang", ["en", "nl"])
def test_trouble_is_told_and_taken_back(store, sent, lang):
    say = strings(lang)
    box = make(store, say)
    assert box.trouble == ""
    store.trouble = StoreTrouble("full", "store_full", store.where)
    box.look_after_store()
    assert box.trouble == say("trouble.store_full")
    store.trouble = None
    box.look_after_store()
    assert box.trouble == ""


def test_what_happened_to_the_file_stays_visible(store, say):
    store.notices.append(StoreTrouble("damaged", "store_damaged", "a", kept_in="b.sqlite3"))
    assert "b.sqlite3" in trouble_sentence(store, say)


def test_a_failing_callback_tells_a_sentence(store, say, sent, caplog):
    def fail(*_):
        raise ValueError("broken")

    browser(make(store, say, on_ask=fail), kind="ask", id="a", text="words")
    assert sent[-1][1] == {"kind": "notice", "text": say("guard.sorry")}
    assert "broken" in caplog.text
