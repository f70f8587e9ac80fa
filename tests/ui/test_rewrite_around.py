"""What stands around the feedback of a rewriting exercise: hints, model replies, history, one's own view, returning."""

import pytest
from made_to_order import ASK, PUSH, ask, browser, said, tries

from mi_helpers.progress import Try
from mi_helpers.ui.rewrite import RewriteExercise
from mi_helpers.ui.strings import strings

pytestmark = pytest.mark.usefixtures("readings")


@pytest.fixture
def exercise(store, say, item, sent):
    return RewriteExercise(store, say, item)


def test_hints_come_one_at_a_time_and_can_be_folded(exercise, say, sent):
    assert exercise.hint.description == say("exercise.hint_first")
    for n, hint in enumerate(("first hint", "second hint", "third hint"), 1):
        exercise.hint.click()
        assert exercise.hints.value.count("mi-hint") == n
        assert said(sent, "say")[-1] == hint
    exercise.hint.click()
    assert exercise.hints.value == "" and exercise.hint.description == say("exercise.hint_show")


def test_model_replies_after_a_first_try_each_with_its_why(exercise, say):
    ask(exercise, PUSH)
    assert exercise.models.value == ""
    exercise.models_button.click()
    shown = exercise.models.value
    assert all(words in shown for words in ("model one", "why one", "model two", "why two"))
    assert say("exercise.models_intro").split(".")[0] in shown
    exercise.models_button.click()
    assert exercise.models.value == ""


def test_history_holds_every_try_newest_first(exercise):
    ask(exercise, PUSH)
    ask(exercise, ASK)
    shown = exercise.history.value
    assert shown.index(ASK) < shown.index(PUSH)
    assert "advise without permission" in shown and shown.startswith("<details")


def test_seeing_it_differently_is_kept_with_the_try(exercise, store, say, sent):
    ask(exercise, ASK)
    exercise.differ.button.click()
    browser(exercise.differ.box, kind="ask", id="x", text="It was an invitation.", check="")
    (review,) = store.reviews(tries(exercise)[0].id)
    assert review.text == "It was an invitation."
    assert say("exercise.history_view") in exercise.history.value
    assert (exercise.differ.box.place, {"kind": "notice", "text": say("exercise.differ_kept")}) in sent
    exercise.differ.button.click()
    assert exercise.differ.place.children == ()


def test_an_empty_view_is_no_view(exercise, store):
    ask(exercise, ASK)
    exercise.differ.button.click()
    browser(exercise.differ.box, kind="ask", id="x", text=" ", check="")
    assert store.reviews() == []


def test_everything_is_back_on_return(exercise, store, say, item, sent):
    exercise.hint.click()
    ask(exercise, PUSH)
    exercise.models_button.click()
    browser(exercise.box, kind="draft", text="A new beginning", seq=9)

    again = RewriteExercise(store, say, item)
    assert again.box.value == "A new beginning"
    assert "first hint" in again.hints.value
    browser(again.box, kind="ready", text="A new beginning")
    assert "priority title" in again.feedback.value
    assert "model one" in again.models.value
    assert PUSH in again.history.value
    assert len(tries(again)) == 1


def test_the_last_try_is_back_where_no_draft_was_kept(store, say, item, sent):
    store.add_try(Try(item_id=item.id, item_version=1, rules_version="r", lang="en", text="kept words"))
    assert RewriteExercise(store, say, item).box.value == "kept words"


def test_a_try_whose_feedback_never_came_gets_it_on_return(store, say, item, sent):
    store.add_try(Try(item_id=item.id, item_version=1, rules_version="r", lang="en", text=ASK))
    exercise = RewriteExercise(store, say, item)
    browser(exercise.box, kind="ready", text=ASK)
    assert tries(exercise)[0].verdict == "consistent"


def test_the_two_languages_are_kept_apart(exercise, store, item, sent):
    ask(exercise, ASK)
    other = RewriteExercise(store, strings("nl"), item)
    browser(other.box, kind="ready", text="")
    assert other.box.value == "" and other.after is None


def test_going_on_is_always_possible(store, say, item, sent):
    went = []
    exercise = RewriteExercise(store, say, item, next_label="Go on: Two", on_next=lambda: went.append(1))
    exercise.skip.click()
    ask(exercise, PUSH)
    exercise.go_on.click()
    assert went == [1, 1]
    assert exercise.go_on.description == "Go on: Two"
