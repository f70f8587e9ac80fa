import pytest
from made_to_order import ASK, PUSH, an_item, ask, browser, said, tries

from mi_helpers.progress import StoreTrouble, Try
from mi_helpers.ui.rewrite import SELF_CHECKS, RewriteExercise
from mi_helpers.ui.strings import strings

pytestmark = pytest.mark.usefixtures("readings")


@pytest.fixture
def exercise(store, say, item, sent):
    return RewriteExercise(store, say, item)


def test_the_scene_comes_first_and_nothing_is_revealed(exercise):
    scene = exercise.scene.value
    assert (
        scene.index("A situation &amp; more.")
        < scene.index("&lt;but&gt; not today")
        < scene.index("<s>You have to walk")
    )
    assert exercise.after is None
    shown = scene + exercise.hints.value
    assert not any(words in shown for words in ("model one", "first hint", "after a push"))


def test_an_empty_box_gets_a_friendly_sentence(exercise, sent, say):
    ask(exercise, "  \n ")
    assert said(sent, "notice") == [say("exercise.empty", name="Noor")]
    assert tries(exercise) == [] and exercise.after is None


def test_the_try_is_stored_before_the_feedback_is_made(exercise, readings, sent, say):
    readings.fail = True
    ask(exercise, ASK, check="open_question", try_id="a" * 32)
    (stored,) = tries(exercise)
    assert (stored.id, stored.text, stored.coding, stored.self_check) == ("a" * 32, ASK, None, "open_question")
    assert (stored.item_version, stored.rules_version) == (1, "test-rules")
    assert said(sent, "notice") == [say("guard.sorry_kept")]


def test_the_coding_follows(exercise, store):
    ask(exercise, PUSH)
    (stored,) = tries(exercise)
    assert stored.verdict == "inconsistent"
    assert stored.coding["main"] == "advise_without_permission"
    assert stored.coding["issues"] == ["unsolicited_advice"]
    assert exercise.item.id not in store.done("en")


def test_a_try_that_will_do_is_done(exercise, store, say):
    ask(exercise, ASK)
    assert exercise.item.id in store.done("en")
    assert say("feedback.enough_here") in exercise.feedback.value


def test_sending_twice_stores_once(exercise):
    ask(exercise, ASK, try_id="b" * 32)
    ask(exercise, ASK, try_id="b" * 32)
    assert len(tries(exercise)) == 1


def test_asking_again_about_the_same_words_is_no_new_try(exercise, sent, say):
    ask(exercise, ASK, try_id="a" * 32)
    ask(exercise, ASK, try_id="b" * 32)
    assert len(tries(exercise)) == 1
    assert said(sent, "notice") == [say("exercise.same_words")]


def test_feedback_in_its_order(exercise):
    ask(exercise, f"I hear you. {PUSH}")
    shown = exercise.feedback.value
    order = ["mi-marked", "strength text", "priority title", "priority text", "priority why", "try this", "MITI"]
    order += ["rest text", "fairly sure", "after a push"]
    assert [shown.index(words) for words in order] == sorted(shown.index(words) for words in order)
    assert shown.index("<details") < shown.index("rest text") < shown.index("</details>")


def test_no_grade_is_shown(exercise, say):
    ask(exercise, PUSH)
    shown = exercise.feedback.value.lower()
    assert not any(word in shown for word in ("inconsistent", "level", "score", "verdict", "✗", "❌"))


@pytest.mark.parametrize(
    ("heard", "words"), [("push", "after a push"), ("followed", "after following"), ("evoked", "after evoking")]
)
def test_what_the_client_says_next(exercise, readings, heard, words):
    readings.changes = {"heard_as": heard}
    ask(exercise, ASK)
    others = {"after a push", "after following", "after evoking"} - {words}
    assert words in exercise.feedback.value
    assert not any(other in exercise.feedback.value for other in others)


def test_no_next_words_where_the_reading_cannot_tell(exercise, readings):
    readings.changes = {"heard_as": None}
    ask(exercise, ASK)
    assert "mi-client-next" not in exercise.feedback.value


def test_risk_is_shown_as_it_is_and_nothing_is_judged(exercise, readings, store):
    readings.changes = {
        "risk": "suicide",
        "risk_text": "Call 113.",
        "heard_as": None,
        "done": False,
        "verdict": "not_scored",
    }
    ask(exercise, ASK)
    shown = exercise.feedback.value
    assert "Call 113." in shown
    assert not any(words in shown for words in ("strength text", "mi-mark ", "fairly sure", "mi-client-next"))
    assert tries(exercise)[0].coding["risk"] == "suicide"
    assert store.done("en") == set()


def test_what_a_learner_types_is_escaped_everywhere(exercise):
    nasty = "<script>alert(1)</script> & <img src=x onerror=alert(1)>"
    ask(exercise, nasty)
    for shown in (exercise.feedback.value, exercise.history.value):
        assert "<script" not in shown and "<img" not in shown
        assert "&lt;script&gt;" in shown


def test_the_screen_reader_hears_that_feedback_is_there(exercise, sent, say):
    ask(exercise, ASK)
    assert said(sent, "say") == [f"{say('feedback.below')} strength text"]


def test_earlier_issues_go_along(exercise, readings):
    ask(exercise, PUSH)
    ask(exercise, ASK)
    assert readings[-1] == (exercise.item.id, ASK, "en", [("unsolicited_advice",)])


def test_the_self_check_is_offered_once_the_page_is_drawn(exercise, say):
    assert len(exercise.box.checks) == 1
    browser(exercise.box, kind="ready", text="")
    assert [code for code, _ in exercise.box.checks] == ["", "unsure", *SELF_CHECKS]


@pytest.mark.parametrize(
    ("check", "key"),
    [("open_question", "check_same"), ("affirmation", "check_other"), ("unsure", "check_unsure"), ("", None)],
)
def test_the_self_check_is_compared_gently(exercise, say, check, key):
    ask(exercise, ASK, check=check)
    if key is None:
        assert "mi-compared" not in exercise.feedback.value
    else:
        # the words up to the first place to fill in
        assert say.get(f"feedback.{key}").split("{")[0].strip(" “") in exercise.feedback.value


def test_an_invented_self_check_is_ignored(exercise):
    ask(exercise, ASK, check="<b>")
    assert tries(exercise)[0].self_check is None


def test_trouble_with_the_store_is_told_and_feedback_comes_all_the_same(exercise, store, say, monkeypatch):
    def fail(*_, **__):
        store.trouble = StoreTrouble("full", "store_full", store.where)
        return False

    for method in ("save_draft", "add_try", "set_coding", "mark_done"):
        monkeypatch.setattr(store, method, fail)
    waiting = Try(item_id=exercise.item.id, item_version=1, rules_version="r", lang="en", text=PUSH)
    monkeypatch.setattr(store, "tries", lambda *_, **__: [waiting])
    ask(exercise, PUSH)
    assert exercise.box.trouble == say("trouble.store_full")
    assert "priority title" in exercise.feedback.value


def test_a_coder_that_cannot_be_loaded_costs_no_words(exercise, monkeypatch, readings):
    import mi_helpers.coder

    monkeypatch.delattr(mi_helpers.coder, "rules_version")
    readings.fail = True
    ask(exercise, ASK)
    assert tries(exercise)[0].text == ASK


def test_closing_closes_every_widget(exercise):
    ask(exercise, ASK)
    exercise.close()
    assert exercise.root.comm is None and exercise.box.comm is None and exercise.feedback.comm is None


@pytest.mark.parametrize("lang", ["en", "nl"])
def test_every_item_of_lesson_one_can_be_drawn(store, sent, lang):
    from mi_helpers.cases import RewriteItem, lesson_items

    for item in lesson_items(1):
        if isinstance(item, RewriteItem):
            exercise = RewriteExercise(store, strings(lang), item)
            ask(exercise, PUSH)
            assert "mi-feedback" in exercise.feedback.value


def test_no_output_widget_is_used(exercise):
    import ipywidgets

    assert not any(isinstance(w, ipywidgets.Output) for w in exercise._parts._made)


def test_an_item_with_nasty_words_is_escaped(store, say, sent):
    nasty = an_item()
    nasty = nasty.model_copy(update={"en": nasty.en.model_copy(update={"client_name": "<i>", "title": "<script>"})})
    exercise = RewriteExercise(store, say, nasty)
    assert "<script>" not in exercise.scene.value and "<i>" not in exercise.scene.value


def test_after_it_was_solved_twice_the_feedback_waits_folded(exercise, readings):
    for text in (ASK, "What else?", PUSH):
        ask(exercise, text)
    assert exercise.feedback.value.startswith('<details class="mi-fold"')
    readings.changes = {"risk": "suicide", "risk_text": "Call.", "done": False}
    ask(exercise, "Words about risk.")
    assert not exercise.feedback.value.startswith("<details")
