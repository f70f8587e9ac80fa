"""What is kept comes back, once, in order."""

import json
import threading
from datetime import UTC, datetime, timedelta

from mi_helpers.progress import Try, open_store
from mi_helpers.progress.records import now


def texts(store, item_id="l01-a", lang="en"):
    return [t.text for t in store.tries(item_id, lang=lang)]


def test_a_draft_comes_back_in_its_language(store):
    assert store.draft("l01-a", lang="en") is None
    assert store.save_draft("l01-a", "It sounds", lang="en")
    assert store.save_draft("l01-a", "It sounds hard", lang="en")
    assert store.save_draft("l01-a", "Het klinkt", lang="nl")
    again = open_store()
    assert again.draft("l01-a", lang="en") == "It sounds hard"
    assert again.draft("l01-a", lang="nl") == "Het klinkt"
    assert again.draft("l01-b", lang="nl") is None


def test_an_emptied_box_stays_empty(store):
    store.save_draft("l01-a", "no", lang="en")
    store.save_draft("l01-a", "", lang="en")
    assert open_store().draft("l01-a", lang="en") == ""


def test_an_older_draft_never_takes_the_place_of_a_newer_one(store):
    earlier = now() - timedelta(minutes=5)
    store.save_draft("l01-a", "new", lang="en")
    assert store.save_draft("l01-a", "old", lang="en", at=earlier)
    assert store.draft("l01-a", lang="en") == "new"
    assert open_store().draft("l01-a", lang="en") == "new"


def test_a_clock_that_was_ahead_once_does_not_block_what_is_typed_now(store):
    store.save_draft("l01-a", "from the future", lang="en", at=now() + timedelta(days=400))
    open_store().save_draft("l01-a", "typed now", lang="en")
    assert open_store().draft("l01-a", lang="en") == "typed now"


def test_a_try_is_kept_whole(store):
    attempt = Try(
        id="a" * 32, item_id="l01-a", item_version=3, rules_version="2026.1", lang="nl", text="Zo'n “dag”… 🙂\nja",
        self_check="open_question", at=datetime(2026, 3, 1, 12, tzinfo=UTC),
    )  # fmt: skip
    assert store.add_try(attempt)
    assert open_store().tries("l01-a", lang="nl") == [attempt]
    assert store.set_coding(attempt.id, {"main": "support", "codes": [{"start": 0}]}, "partly")
    (kept,) = open_store().tries("l01-a", lang="nl")
    assert (kept.coding, kept.verdict) == ({"main": "support", "codes": [{"start": 0}]}, "partly")
    assert (kept.text, kept.at, kept.self_check) == (attempt.text, attempt.at, "open_question")


def test_sending_twice_stores_once(store, attempt):
    one = attempt("one")
    assert store.add_try(one)
    store.set_coding(one.id, {"main": "x"}, "partly")
    assert store.add_try(one)
    assert open_store().add_try(one)
    (kept,) = open_store().tries("l01-a", lang="en")
    assert kept.verdict == "partly"


def test_tries_come_oldest_first_even_within_one_tick_of_the_clock(store, attempt):
    said = [f"try {n}" for n in range(30)]
    for text in said:
        store.add_try(attempt(text))
    assert texts(open_store()) == said


def test_items_and_languages_are_kept_apart(store, attempt):
    store.add_try(attempt("a en"))
    store.add_try(attempt("a nl", lang="nl"))
    store.add_try(attempt("b en", item_id="l01-b"))
    assert texts(store) == ["a en"]
    assert texts(store, lang="nl") == ["a nl"]


def test_a_time_without_a_zone_is_utc_and_another_zone_is_turned_into_utc(store, attempt):
    store.add_try(attempt("bare", at=datetime(2026, 1, 1, 10)))
    store.add_try(attempt("zone", at=datetime.fromisoformat("2026-01-01T12:00:00+01:00")))
    assert [t.at for t in store.tries("l01-a", lang="en")] == [datetime(2026, 1, 1, h, tzinfo=UTC) for h in (10, 11)]


def test_done_reviews_and_settings(store, attempt):
    one = attempt("one")
    store.add_try(one)
    store.mark_done("l01-a", lang="en")
    store.mark_done("l01-a", lang="en")
    store.mark_done("l01-b", lang="nl")
    assert store.add_review(one.id, "I see it differently")
    assert store.add_review("other", "no")
    assert store.set_setting("field", "youth")
    assert store.set_setting("field", "work")
    store.set_setting("seen", True)
    store.set_setting("nothing", None)
    again = open_store()
    assert again.done("en") == {"l01-a"}
    assert again.done("nl") == {"l01-b"}
    assert [r.text for r in again.reviews(one.id)] == ["I see it differently"]
    assert len(again.reviews()) == 2
    assert (again.setting("field"), again.setting("seen"), again.setting("other", 5)) == ("work", True, 5)
    assert again.setting("nothing", "default") is None


def test_text_that_no_database_takes_is_mended(store, attempt):
    broken = "half \ud83d and \x00 nul"
    assert store.save_draft("l01-a", broken, lang="en")
    assert store.add_try(attempt(broken, coding={"words": broken, 1: {2, 3}}))
    assert texts(open_store()) == ["half \ufffd and \ufffd nul"]
    assert len(store.draft("l01-a", lang="en")) == len(broken)
    json.dumps(store.export()).encode()


def test_a_try_that_cannot_be_stored_does_not_keep_the_rest_from_it(store, attempt):
    assert not store.add_try(Try(item_id=None, item_version=1, rules_version="r", lang="en", text="broken"))
    assert store.trouble.kind == "unknown"
    assert store.add_try(attempt("good"))
    assert store.trouble.kind == "unknown"
    assert texts(open_store()) == ["good"]


def test_threads_may_share_a_store(store, attempt):
    def write(n):
        for m in range(5):
            assert store.add_try(attempt(f"{n} {m}"))

    threads = [threading.Thread(target=write, args=(n,)) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(texts(open_store())) == 20


def test_a_database_in_memory_works_too():
    store = open_store("sqlite://")
    assert store.save_draft("l01-a", "x", lang="en")
    assert store.draft("l01-a", lang="en") == "x"
    assert store.trouble is None
