"""Every kind of exercise: tries are kept before feedback, every answer is explained, all comes back."""

import json
import uuid
from html import escape
from pathlib import Path

import pytest
from made_to_order import browser

from mi_helpers.cases import item as found_item
from mi_helpers.cases import read_items
from mi_helpers.cases.kinds import KINDS
from mi_helpers.ui.choice_box import ChoiceBox
from mi_helpers.ui.kinds import exercise_class
from mi_helpers.ui.kinds.order import ranks
from mi_helpers.ui.strings import strings

SAMPLES = {i.id.removeprefix("l02-"): i for i in read_items(Path(__file__).parents[1] / "samples.yaml")}
every = pytest.mark.parametrize("name", SAMPLES)
both = pytest.mark.parametrize("lang", ["en", "nl"])

#: For each sample answers that solve it, answers that do not, and words of the feedback on the latter (in English).
GOOD = {
    "sort": {"a": "change", "b": "neutral", "c": "neutral"},
    "mark": {"words": [4, 5, 6, 7, 8]},
    "choose": {"first": "b"},
    "match": {"l1": "r1", "l2": "r3"},
    "order": {"order": ["s3", "s2", "s1", "s4"]},
    "myth": {"answer": "no"},
    "predict": {"answer": 70},
    "predict-choice": {"answer": "b"},
    "agenda": {"topic": "client1"},
}
OTHER = {
    "sort": ({"a": "sustain", "b": "change"}, ["Missing something is a wish.", "Still open: 1"]),
    "mark": ({"words": [0, 1]}, ["That half speaks for staying put.", "<details>"]),
    "choose": ({"first": "a"}, ["A push calls up the other half.", "Yes, well.", "It follows the wish."]),
    "match": ({"l1": "r2", "l2": "r2"}, ["I would choose “invites a story”", "It leaves room."]),
    "order": ({"order": ["s4", "s1", "s2", "s3"]}, ["Greeting first, choosing last.", "I would put this later"]),
    "myth": ({"answer": "yes"}, ["You said “True”", "It serves the person&#x27;s own reasons."]),
}


@pytest.fixture
def said(monkeypatch):
    """What the kernel told the browser at a choice box."""
    messages = []
    monkeypatch.setattr(ChoiceBox, "send", lambda self, content, buffers=None: messages.append(content))
    return messages


@pytest.fixture
def make(store, sent, said):
    def build(name, lang="en", **more):
        item = SAMPLES[name]
        return exercise_class(item.kind)(store, strings(lang), item, **more)

    return build


def answer(exercise, values, box=None):
    browser(box or exercise.box, kind="ask", id=uuid.uuid4().hex, values=values)


def write(exercise, *texts, ask=True):
    for box, text in zip(exercise.boxes if isinstance(exercise.boxes, list) else exercise.boxes.all.values(), texts):
        browser(box, kind="draft", text=text, seq=1)
    if ask:
        browser(exercise.box, kind="ask", id=uuid.uuid4().hex, text=texts[-1], check="", values={})


def html(widget) -> str:
    """All HTML in a widget."""
    return getattr(widget, "value", "") if not hasattr(widget, "children") else "".join(map(html, widget.children))


def codings(exercise):
    return [t.coding for t in exercise.tries()]


def test_there_is_a_widget_for_every_kind():
    for kind in set(KINDS) - {"note"}:
        assert exercise_class(kind)


@every
@both
def test_title_and_task_are_shown_in_the_style_of_the_page(make, name, lang):
    exercise = make(name, lang)
    text = SAMPLES[name].text(lang)
    assert "mi-page" in exercise.root._dom_classes
    assert text.title in html(exercise.root)
    assert exercise.after is None


@pytest.mark.parametrize("name", GOOD)
def test_what_fits_is_explained_kept_and_done(make, store, name, said):
    exercise = make(name)
    answer(exercise, GOOD[name])
    if name == "choose":
        assert store.done("en") == set(), "the second step is still open"
        answer(exercise, {"second": "y"}, exercise.second)
    assert codings(exercise)[-1]["solved"]
    assert store.done("en") == {f"l02-{name}"}
    assert exercise.say("feedback.enough_here") in exercise.feedback.value
    assert any(m["kind"] == "say" and exercise.say("feedback.below") in m["text"] for m in said)


@pytest.mark.parametrize("name", OTHER)
def test_what_does_not_fit_is_explained_and_not_scolded(make, store, name):
    values, words = OTHER[name]
    exercise = make(name)
    answer(exercise, values)
    assert not codings(exercise)[-1]["solved"]
    assert store.done("en") == set()
    for part in words:
        assert part in exercise.feedback.value
    assert "wrong" not in exercise.feedback.value.lower()


@both
def test_a_step_is_sent_the_way_it_belongs(make, lang):
    exercise = make("order", lang)
    answer(exercise, {"order": ["s4", "s1", "s2", "s3"]})
    first, last = exercise.feedback.value.split("</li>")[0], exercise.feedback.value.split("</li>")[3]
    assert exercise.say("choice.order_later") in first
    assert ("later" in first, "earlier" in last or "eerder" in last) == (True, True)


@pytest.mark.parametrize("name", GOOD)
def test_a_try_comes_back(make, name):
    answer(make(name), GOOD[name])
    again = make(name)
    assert again.after is not None
    shown = again.box.values
    assert all(shown[key] == value for key, value in GOOD[name].items())
    assert again.describe(GOOD[name]) and again.say("choice.history", n=1) in again.history.value


@pytest.mark.parametrize("name", GOOD)
@pytest.mark.parametrize("values", [{}, {"first": "zz", "answer": None, "topic": "x", "words": "no", "order": [1]}])
def test_nothing_chosen_or_nonsense_is_told_kindly(make, name, values, said):
    exercise = make(name)
    answer(exercise, values)
    assert exercise.tries() == [] or not codings(exercise)[-1]["solved"]
    assert name == "sort" or name == "match" or any(m["kind"] == "notice" for m in said)


@pytest.mark.parametrize("name", ["sort", "myth", "order"])
def test_an_item_solved_twice_gives_feedback_on_request_only(make, name):
    exercise = make(name)
    other = OTHER[name][0]
    for values in (GOOD[name], other, GOOD[name], other):
        answer(exercise, values)
    assert [c["solved"] for c in codings(exercise)] == [True, False, True, False]
    assert exercise.feedback.value.startswith('<details class="mi-fold"')


def test_the_same_answer_twice_is_one_try(make):
    exercise = make("myth")
    answer(exercise, {"answer": "yes"})
    answer(exercise, {"answer": "yes"})
    assert len(exercise.tries()) == 1


def test_choices_are_kept_while_they_are_made(make, store):
    exercise = make("sort")
    browser(exercise.box, kind="draft", values={"a": "change"})
    assert make("sort").box.values == {"a": "change"}
    assert json.loads(store.draft("l02-sort", lang="en")) == {"a": "change"}


def test_a_second_choice_follows_the_first(make):
    exercise = make("choose")
    answer(exercise, {"first": "b"})
    assert "What do you miss most?" in str(exercise.second.controls)
    answer(exercise, {"second": "x"}, exercise.second)
    assert "Information nobody asked for." in exercise.feedback.value
    again = make("choose")
    assert again.second.values == {"second": "x"}
    answer(again, {"first": "a"})
    assert again.second is None


def test_order_does_not_begin_in_order_and_knows_loose_steps(make):
    exercise = make("order")
    start = [key for key, _ in exercise.box.controls[0]["options"]]
    assert sorted(start) == ["s1", "s2", "s3", "s4"]
    places = ranks(exercise.item, start)
    assert places != sorted(places)


@both
def test_writing_to_order_is_read_box_by_box(make, store, lang):
    exercise = make("write", lang)
    text = SAMPLES["write"].text(lang)
    closed = {"en": "Do you like walking?", "nl": "Houd je van wandelen?"}[lang]
    write(exercise, closed, text.models[0].texts[1])
    assert not codings(exercise)[-1]["solved"]
    assert text.next not in exercise.feedback.value
    write(exercise, text.models[0].texts[0], text.models[0].texts[1])
    assert codings(exercise)[-1]["solved"]
    assert text.next in exercise.feedback.value
    assert store.done(lang) == {"l02-write"}
    exercise.models_button.click()
    assert text.models[1].why in exercise.models.value
    again = make("write", lang)
    browser(again.box, kind="ready", text=text.models[0].texts[1])
    assert text.next in again.feedback.value


def test_an_empty_box_is_asked_for(make):
    exercise = make("write")
    write(exercise, "", "")
    assert exercise.tries() == []
    write(exercise, "What would walking bring you?", "")
    assert exercise.say("choice.write_open", n=1) in exercise.feedback.value


def test_a_push_is_named_in_writing_to_order(make):
    exercise = make("write")
    write(exercise, "You have to buy a dog.", "Right.")
    assert "mi-priority" in exercise.feedback.value
    assert not codings(exercise)[-1]["solved"]


@pytest.mark.parametrize("name", ["write", "plan", "ruler", "agenda"])
def test_words_about_risk_are_never_judged_nor_folded(make, name):
    exercise = make(name)
    words = "I want to kill myself."
    if name == "write":
        write(exercise, words, words)
    elif name == "plan":
        write(exercise, words, words)
    elif name == "agenda":
        write(exercise, words, ask=False)
        answer(exercise, {"topic": "client0"})
    else:
        answer(exercise, {"importance": "6", "confidence": "3"})
        write(exercise, words, ask=False)
        browser(exercise.boxes.all["up"], kind="ask", id=uuid.uuid4().hex, text="", check="")
    assert "113" in exercise.feedback.value
    assert "mi-risk" in exercise.feedback.value
    assert not codings(exercise)[-1]["solved"]


def test_the_ruler_asks_downward(make, store):
    exercise = make("ruler")
    answer(exercise, {"importance": "6"})
    assert exercise.tries() == []
    answer(exercise, {"importance": "6", "confidence": "0"})
    labels = [box.label for box in exercise.boxes.all.values()]
    assert "Why a 6 and not a 4?" in labels[0]
    assert SAMPLES["ruler"].en.at_zero in labels[1]
    write(exercise, "I miss the woods.", ask=False)
    browser(exercise.boxes.all["up"], kind="ask", id=uuid.uuid4().hex, text="", check="")
    assert SAMPLES["ruler"].en.after in exercise.feedback.value
    assert store.done("en") == {"l02-ruler"}
    assert make("ruler").boxes.all["why"].value == "I miss the woods."


def test_the_agenda_map_takes_what_is_added(make):
    exercise = make("agenda")
    write(exercise, "money\n<b>work</b>", ask=False)
    browser(exercise.boxes.all["client"], kind="ask", id="x", text="", check="")
    assert "money" in exercise.map.value and "&lt;b&gt;work" in exercise.map.value
    options = dict(exercise.box.controls[0]["options"])
    assert options == {"client0": "sleep", "client1": "the dog", "client2": "money", "client3": "<b>work</b>", "counsellor0": "walking"}
    answer(exercise, {"topic": "client2"})
    assert exercise.say("choice.agenda_yours", topic="money") in exercise.feedback.value


@both
def test_a_plan_is_looked_at_for_what_makes_it_work(make, store, lang):
    exercise = make("plan", lang)
    model = SAMPLES["plan"].text(lang).models[0]
    write(exercise, {"en": "try something", "nl": "iets proberen"}[lang], "", "", "")
    assert exercise.say("plan.when_open") in exercise.feedback.value
    assert exercise.say("plan.review_open") in exercise.feedback.value
    assert not codings(exercise)[-1]["solved"]
    write(exercise, model.what, model.when, model.if_then, model.review)
    assert codings(exercise)[-1]["solved"], exercise.feedback.value


def test_too_soon_is_a_good_answer_where_it_is(make, store, monkeypatch):
    item = SAMPLES["plan"].model_copy(update={"ready": False})
    exercise = exercise_class("plan")(store, strings("en"), item)
    write(exercise, "a round in the woods", "Sunday", "", "")
    assert exercise.say("choice.plan_too_soon") in exercise.feedback.value
    answer(exercise, {"not_yet": True})
    assert exercise.say("choice.plan_right_not_yet") in exercise.feedback.value
    assert codings(exercise)[-1]["solved"]


def test_waiting_when_somebody_is_ready_is_looked_at(make):
    exercise = make("plan")
    answer(exercise, {"not_yet": True})
    assert exercise.say("choice.plan_ready_after_all") in exercise.feedback.value


def test_predicting_outside_the_scale_is_told(make, said):
    answer(make("predict"), {"answer": 700})
    assert any("0" in m["text"] and "100" in m["text"] for m in said if m["kind"] == "notice")


def test_a_callback_that_fails_is_told_and_the_answers_stay(make, said, monkeypatch):
    exercise = make("myth")
    monkeypatch.setattr(exercise, "judge", lambda answers: 1 / 0)
    answer(exercise, {"answer": "no"})
    assert len(exercise.tries()) == 1
    assert {"kind": "notice", "text": exercise.say("guard.sorry_kept")} in said


def test_in_a_set_there_is_a_way_on_and_a_view_of_ones_own(make, store):
    went = []
    exercise = make("myth", next_label="Next", on_next=lambda: went.append(1), in_set=True)
    assert exercise.box.address == "l02-myth"
    exercise.skip.click()
    answer(exercise, {"answer": "yes"})
    exercise.go_on.click()
    assert went == [1, 1]
    exercise.differ.button.click()
    browser(exercise.differ.box, kind="ask", id="x", text="I think otherwise.", check="")
    assert [r.text for r in store.reviews()] == ["I think otherwise."]


def test_hints_come_one_by_one(make):
    exercise = make("write")
    for n in range(1, 4):
        exercise.hint.click()
        assert exercise.hints.value.count("mi-hint") == n
    exercise.hint.click()
    assert exercise.hints.value == ""


@pytest.mark.parametrize(
    ("item_id", "texts", "there", "not_there"),
    [
        ("l05-oao-sleep", ["What do you know?", "Almost everyone wakes at night.", "What do you make of that?"], "giving information", "reflection"),
        ("l10-two-sentences", ["MI works for everyone.", "Not much is known."], "write_unread", "mi-mark-push"),
        ("l07-follow-six", ["Why not an eight?"], "write_upward", "mi-mark-label"),
        ("l08-repair", ["That was my fault.", "It hurt you, and you came all the same."], "support", "I read it as: something else"),
    ],
)  # fmt: skip
def test_what_is_said_about_writing_fits_what_was_asked(store, say, sent, said, item_id, texts, there, not_there):
    exercise = exercise_class("write")(store, say, found_item(item_id))
    write(exercise, *texts)
    there = say(f"choice.{there}") if there.startswith("write_") else there
    assert escape(there) in exercise.feedback.value
    assert not_there not in exercise.feedback.value
