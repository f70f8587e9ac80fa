"""Free text may stay out of the store: because the team says so, or because the learner does."""

import sqlite3

import pytest

from mi_helpers.progress import open_store, tidy
from mi_helpers.progress.team import RETENTION_DAYS, keeps_text, retention_days

SECRET = "Zo heb ik dat nog nooit gezegd"


def write(store, attempt):
    one = attempt(SECRET)
    store.add_try(one)
    store.set_coding(one.id, {"main": "support"}, "partly")
    store.save_draft("l01-a", SECRET, lang="en")
    store.add_review(one.id, SECRET)
    choice = attempt('{"card": "group"}', item_id="l01-sort")
    store.add_try(choice, typed=False)
    store.save_draft("l01-sort", '{"card": "group"}', lang="en", typed=False)
    store.mark_done("l01-a", lang="en")
    return one


@pytest.fixture
def codes(file, monkeypatch):
    monkeypatch.setenv("MI_COURSE_KEEP_TEXT", "no")
    return open_store()


def test_codes_only(codes, file, attempt):
    assert codes.kept == codes.allowed == "codes"
    one = write(codes, attempt)
    assert SECRET.encode() not in file.read_bytes()
    kept = open_store().export()
    assert [(t["item_id"], t["text"], t["verdict"]) for t in kept["tries"]] == [
        ("l01-a", "", "partly"), ("l01-sort", '{"card": "group"}', None),
    ]  # fmt: skip
    assert kept["tries"][0]["coding"] == {"main": "support"}
    assert [d["place"] for d in kept["drafts"]] == ["l01-sort"]
    assert [(r["try_id"], r["text"]) for r in kept["reviews"]] == [(one.id, "")]


def test_the_page_itself_goes_on_with_the_words(codes, attempt):
    write(codes, attempt)
    (shown,) = codes.tries("l01-a", lang="en")
    assert (shown.text, shown.coding, shown.verdict) == (SECRET, {"main": "support"}, "partly")
    assert codes.draft("l01-a", lang="en") == SECRET
    codes.save_draft("l01-a", "newer", lang="en")
    assert codes.draft("l01-a", lang="en") == "newer"


def test_a_later_page_shows_what_was_chosen_and_done_but_no_try_without_words(codes, attempt):
    write(codes, attempt)
    later = open_store()
    assert later.tries("l01-a", lang="en") == []
    assert later.draft("l01-a", lang="en") is None
    assert len(later.tries("l01-sort", lang="en")) == 1
    assert later.done("en") == {"l01-a"}


def test_the_browser_is_told_that_words_are_not_on_disk(codes, attempt):
    assert not codes.save_draft("l01-a", "x", lang="en")
    assert codes.save_draft("l01-a", "{}", lang="en", typed=False)
    assert codes.trouble is None
    assert not codes.waits


def test_words_stay_out_when_the_file_was_gone_too(codes, file, attempt):
    write(codes, attempt)
    file.unlink()
    codes.mark_done("l01-b", lang="en")
    assert SECRET.encode() not in file.read_bytes()
    assert len(open_store().export()["tries"]) == 2


def test_a_learner_chooses_to_keep_nothing_and_later_words_again(store, file, attempt):
    store.keep("nothing")
    write(store, attempt)
    assert store.kept == "nothing"
    assert len(store.tries("l01-a", lang="en")) == 1
    with sqlite3.connect(file) as look:
        rows = {name: look.execute(f"SELECT count(*) FROM {name}").fetchone()[0] for name in ("try", "draft", "done")}
    look.close()
    assert rows == {"try": 0, "draft": 0, "done": 0}
    again = open_store()
    assert again.kept == "nothing"
    again.keep("words")
    assert again.save_draft("l01-a", "kept", lang="en")
    assert open_store().draft("l01-a", lang="en") == "kept"


def test_another_page_of_the_learner_follows_the_choice(store, file):
    page = open_store()
    store.keep("codes")
    assert not page.save_draft("l01-a", SECRET, lang="en")
    assert SECRET.encode() not in file.read_bytes()


def test_a_choice_counts_from_the_moment_it_is_made_even_where_it_cannot_be_written_yet(store, file, monkeypatch):
    from mi_helpers.progress.database import Database

    with monkeypatch.context() as broken:
        broken.setattr(Database, "writing", lambda self: (_ for _ in ()).throw(OSError(28, "full")))
        store.keep("codes")
        store.save_draft("l01-a", SECRET, lang="en")
        assert store.draft("l01-a", lang="en") == SECRET
    assert store.settle()
    assert SECRET.encode() not in file.read_bytes()
    assert open_store().kept == "codes"


def test_a_learner_cannot_have_more_kept_than_the_team_allows(codes, file):
    codes.keep("words")
    assert codes.kept == "codes"
    codes.save_draft("l01-a", SECRET, lang="en")
    assert SECRET.encode() not in file.read_bytes()
    with pytest.raises(ValueError, match="everything"):
        codes.keep("everything")


@pytest.mark.parametrize(("said", "keeps"), [("", True), ("yes", True), ("NO", False), ("0", False), ("nee", False)])
def test_a_setting_that_is_mistyped_keeps_less(monkeypatch, said, keeps):
    monkeypatch.setenv("MI_COURSE_KEEP_TEXT", said)
    assert keeps_text() is keeps


@pytest.mark.parametrize("said", ["0", "-3", "a year", "1.5", "²"])
def test_a_retention_that_makes_no_sense_is_said(monkeypatch, said, file):
    monkeypatch.setenv(RETENTION_DAYS, said)
    with pytest.raises(ValueError, match=RETENTION_DAYS):
        tidy()


def test_without_a_retention_nothing_is_removed(monkeypatch, store):
    monkeypatch.delenv(RETENTION_DAYS, raising=False)
    assert retention_days() is None
    assert tidy() == 0
