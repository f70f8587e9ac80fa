"""One database, several learners: each has their own rows and sees no others."""

import pytest

from mi_helpers.progress import Try, open_store, tidy
from mi_helpers.progress.care import account_of
from mi_helpers.progress.place import database_at

KEPT = ("tries", "drafts", "reviews", "done", "settings")


@pytest.fixture(params=["sqlite", "postgresql"])
def address(request, tmp_path):
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path}/shared.sqlite3"
    return request.getfixturevalue("postgres").database()


def fill(store, attempt, text="anna's words"):
    one = attempt(text)
    store.add_try(one)
    store.set_coding(one.id, {"main": "x"}, "partly")
    store.save_draft("l01-a", text, lang="en")
    store.add_review(one.id, text)
    store.mark_done("l01-a", lang="en")
    store.set_setting("field", text)
    return one


def test_nobody_sees_another_learners_rows(address, attempt):
    anna, bob = open_store(address, account="anna"), open_store(address, account="bob")
    one = fill(anna, attempt)
    assert anna.learner != bob.learner
    assert bob.tries("l01-a", lang="en") == []
    assert bob.draft("l01-a", lang="en") is None
    assert bob.reviews() == bob.reviews(one.id) == []
    assert bob.done("en") == set()
    assert bob.setting("field") is None
    assert set(bob.summary()["counts"].values()) == {0}
    assert [bob.export()[part] for part in KEPT] == [[]] * 5
    assert "anna" not in str(bob.export())


def test_who_knows_an_id_of_another_learner_changes_nothing(address, attempt):
    anna, bob = open_store(address, account="anna"), open_store(address, account="bob")
    one = fill(anna, attempt)
    bob.set_coding(one.id, {"main": "changed"}, "consistent")
    bob.add_review(one.id, "bob's")
    bob.add_try(Try(id=one.id, item_id="l01-a", item_version=1, rules_version="r", lang="en", text="bob's"))
    (kept,) = open_store(address, account="anna").tries("l01-a", lang="en")
    assert (kept.text, kept.coding, kept.verdict) == ("anna's words", {"main": "x"}, "partly")
    assert [r.text for r in open_store(address, account="anna").reviews()] == ["anna's words"]
    assert open_store(address, account="bob").tries("l01-a", lang="en") == []


@pytest.mark.parametrize("name", ["anna' OR '1'='1", "%", "an_a", "ANNA", "anna ", "", "é🙂", "a\x00b"])
def test_names_are_compared_as_they_are(address, attempt, name):
    fill(open_store(address, account="anna"), attempt)
    other = open_store(address, account=name)
    assert other.tries("l01-a", lang="en") == []
    assert other.save_draft("l01-a", "mine", lang="en")
    assert open_store(address, account=name).draft("l01-a", lang="en") == "mine"
    assert open_store(address, account="anna").draft("l01-a", lang="en") == "anna's words"


def test_the_account_comes_from_the_environment(address, monkeypatch, attempt):
    monkeypatch.setenv("MI_COURSE_DATABASE", address)
    monkeypatch.setenv("MI_COURSE_LEARNER", "anna")
    fill(open_store(), attempt)
    assert open_store().account == "anna"
    monkeypatch.setenv("MI_COURSE_LEARNER", "bob")
    assert open_store().tries("l01-a", lang="en") == []


@pytest.mark.parametrize("said", ["", "  "])
def test_a_login_without_a_name_keeps_nothing(address, monkeypatch, attempt, said):
    monkeypatch.setenv("MI_COURSE_DATABASE", address)
    monkeypatch.setenv("MI_COURSE_LEARNER", said)
    store = open_store()
    assert store.trouble.key == "store_account"
    assert not store.add_try(attempt("whose?"))
    assert [t.text for t in store.tries("l01-a", lang="en")] == ["whose?"]
    assert open_store().tries("l01-a", lang="en") == []
    assert open_store(address, account="").tries("l01-a", lang="en") == []


def test_erasing_one_learner_leaves_the_others(address, attempt):
    anna, bob = open_store(address, account="anna"), open_store(address, account="bob")
    fill(anna, attempt)
    fill(bob, attempt, "bob's words")
    open_page = open_store(address, account="anna")
    open_page.tries("l01-a", lang="en")
    assert anna.erase()
    assert open_page.tries("l01-a", lang="en") == []
    assert open_page.add_try(attempt("after"))
    assert [t.text for t in open_store(address, account="anna").tries("l01-a", lang="en")] == ["after"]
    assert open_store(address, account="bob").summary()["counts"] == dict.fromkeys(KEPT, 1)


def test_a_learner_is_found_by_login_or_number_and_never_by_a_part_of_it(address, attempt):
    anna = open_store(address, account="anna")
    open_store(address, account=anna.learner)  # whoever chooses another's number as a name is not taken for them
    database = database_at(address)
    assert account_of(database, "anna") == "anna"
    assert account_of(database, anna.learner) == anna.learner
    assert account_of(database, open_store(address, account="bob").learner) == "bob"
    assert [account_of(database, name) for name in ("ann", "%", "", "x")] == [None] * 4


def test_tidying_removes_what_is_old_of_everybody_and_forgets_who_stays_away(address, attempt, monkeypatch):
    from datetime import timedelta

    from mi_helpers.progress import care, database, records, store, writes

    present = records.now()
    for module in (database, records, store, writes):
        monkeypatch.setattr(module, "now", lambda: present - timedelta(days=100), raising=False)
    away, anna = open_store(address, account="away"), open_store(address, account="anna")
    for learner in (away, anna):
        old = attempt("old words", at=present - timedelta(days=100))
        learner.add_try(old)
        learner.save_draft("l01-a", "old", lang="en")
        learner.mark_done("l01-a", lang="en")
    monkeypatch.undo()
    anna = open_store(address, account="anna")
    anna.add_try(attempt("new words", item_id="l01-b"))
    assert tidy(address, 101) == 0
    assert care.tidy(address, 30) == 2 + 2 + 2  # tries, drafts; what the absent one did, and who it was
    assert open_store(address, account="anna").summary()["counts"] | {"settings": 0} == {
        "tries": 1, "drafts": 0, "reviews": 0, "done": 1, "settings": 0,
    }  # fmt: skip
    assert account_of(database_at(address), "away") is None
    assert tidy(address, 30) == 0
    with pytest.raises(ValueError, match="at least 1"):
        tidy(address, 0)
