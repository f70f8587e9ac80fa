import uuid
from pathlib import Path

import pytest
from made_to_order import ASK, PUSH, an_item, browser

from mi_helpers.cases import read_items
from mi_helpers.progress.links import File
from mi_helpers.ui.exercises import ExerciseSet
from mi_helpers.ui.strings import strings

pytestmark = pytest.mark.usefixtures("readings", "sent")

CORE = [an_item("l01-one"), an_item("l01-two", field="youth")]
EXTRA = [
    an_item("l01-three", core=False, field="work", register="je"),
    an_item("l01-four", core=False, field="youth", register="u"),
    an_item("l01-five", core=False, field="youth", register="je"),
]


@pytest.fixture
def make(store):
    return lambda lang="en", items=(*CORE, *EXTRA): ExerciseSet(store, strings(lang), list(items), "01_test")


def reply(exercises, text):
    browser(exercises.exercise.box, kind="ask", id=uuid.uuid4().hex, text=text, check="")


def ids(html):
    return [part.split('"')[0] for part in html.split('data-mi-item="')[1:]]


def test_core_first_and_one_item_on_the_screen(make):
    exercises = make()
    assert ids(exercises.core_list.value) == ["l01-one", "l01-two"]
    assert ids(exercises.extra_list.value) == ["l01-three", "l01-four", "l01-five"]
    assert exercises.place.children == (exercises.exercise.root,)
    assert exercises.current == "l01-one"


def test_states_in_words_and_symbols(make, say):
    exercises = make()
    assert exercises.core_list.value.count(say("exercises.state_new")) == 2
    reply(exercises, PUSH)
    assert say("exercises.state_tried") in exercises.core_list.value and "◐" in exercises.core_list.value
    reply(exercises, ASK)
    assert say("exercises.state_done") in exercises.core_list.value and "✓" in exercises.core_list.value


def test_choosing_another_item(make):
    exercises = make()
    before = exercises.exercise
    browser(before.box, kind="go", item="l01-four")
    assert exercises.current == "l01-four"
    assert exercises.exercise.box.arrive and exercises.exercise.box.address == "l01-four"
    assert before.root.comm is None
    assert 'data-mi-item="l01-four" aria-current="true"' in exercises.extra_list.value
    assert "aria-current" not in exercises.core_list.value


def test_an_unknown_item_changes_nothing(make):
    exercises = make()
    browser(exercises.exercise.box, kind="go", item="l09-nonsense")
    assert exercises.current == "l01-one"


def test_going_on_through_core_and_extra_and_round(make, say):
    exercises = make()
    seen = []
    for _ in range(5):
        seen.append(exercises.current)
        exercises.exercise.skip.click()
    assert seen == ["l01-one", "l01-two", "l01-three", "l01-four", "l01-five"]
    assert exercises.current == "l01-one"


def test_the_button_names_what_comes_next(make, say):
    exercises = make()
    reply(exercises, ASK)
    assert exercises.exercise.go_on.description == say("exercise.go_on", title="Title of l01-two")
    exercises.go("l01-five")
    reply(exercises, ASK)
    assert exercises.exercise.go_on.description == say("exercise.go_on_last")


def test_extra_items_by_field(make, store):
    exercises = make()
    exercises.field.value = "youth"
    assert ids(exercises.extra_list.value) == ["l01-four", "l01-five"]
    assert make().field.value == "youth"


def test_u_or_je_is_a_choice_in_dutch_only(make):
    assert make("en").address is None
    exercises = make("nl")
    exercises.address.value = "je"
    assert ids(exercises.extra_list.value) == ["l01-three", "l01-five"]
    exercises.field.value = "work"
    exercises.address.value = "u"
    assert strings("nl")("exercises.none_match") in exercises.extra_list.value


def test_going_on_follows_the_choice(make):
    exercises = make()
    exercises.field.value = "youth"
    exercises.go("l01-two")
    exercises.exercise.skip.click()
    assert exercises.current == "l01-four"


def test_the_address_asks_for_an_item(make, monkeypatch):
    monkeypatch.setenv("SERVER_SOFTWARE", "voila/0.5")
    monkeypatch.setenv("QUERY_STRING", "item=l01-five")
    assert make().current == "l01-five"
    monkeypatch.setenv("QUERY_STRING", "item=%3Cscript%3E")
    assert make().current == "l01-five"  # where the learner was


def test_the_last_item_is_remembered(make):
    make().go("l01-two")
    assert make().current == "l01-two"
    assert make("nl").current == "l01-one"


def test_the_first_visit_begins_at_the_first_open_item(make, store):
    store.mark_done("l01-one", lang="en")
    assert make().current == "l01-two"


def test_the_end_of_the_core_path_is_told(make, say):
    exercises = make()
    reply(exercises, ASK)
    exercises.go("l01-two")
    reply(exercises, PUSH)
    assert say("exercises.core_ready") in exercises.core_list.value


def test_one_single_item(make):
    exercises = make(items=[CORE[0]])
    assert exercises.exercise.skip is None


def test_a_failing_store_while_choosing_is_told(make, store, monkeypatch, sent, say):
    exercises = make()

    def fail(*_):
        raise OSError("no")

    monkeypatch.setattr(store, "set_setting", fail)
    exercises.field.value = "work"
    assert sent[-1][1] == {"kind": "notice", "text": say("guard.sorry")}


def test_all_kinds_stand_in_one_list_and_can_be_opened(make, say, monkeypatch):
    from mi_helpers.ui.choice_box import ChoiceBox

    monkeypatch.setattr(ChoiceBox, "send", lambda self, content, buffers=None: None)
    items = read_items(Path(__file__).parents[1] / "samples.yaml")
    exercises = make(items=(*CORE, *items))
    for item in items:
        exercises.go(item.id)
        assert exercises.exercise.item is item
        assert exercises.exercise.box.address == item.id and exercises.exercise.box.arrive
    browser(exercises.exercise.box, kind="go", item="l02-myth")
    assert exercises.current == "l02-myth"
    browser(exercises.exercise.box, kind="ask", id=uuid.uuid4().hex, values={"answer": "no"})
    assert say("exercises.state_done") in exercises.core_list.value
    assert say("kinds.myth") in exercises.core_list.value
    assert exercises.exercise.go_on.description == say("exercise.go_on", title="How many?")


def test_an_item_without_a_field_fits_any_choice(make):
    items = read_items(Path(__file__).parents[1] / "samples.yaml")
    choose = next(i for i in items if i.kind == "choose")
    exercises = make(items=(*CORE, *EXTRA, choose))
    exercises.field.value = "work"
    assert ids(exercises.extra_list.value) == ["l01-three", "l02-choose"]


def test_an_answer_waits_for_the_disk_twice_however_many_items_there_are(make, monkeypatch):
    exercises = make()
    reply(exercises, PUSH)
    made, connect = [], File.connect

    def counted(self, *, writing, patience):
        made.append("write" if writing else "read")
        return connect(self, writing=writing, patience=patience)

    monkeypatch.setattr(File, "connect", counted)
    reply(exercises, ASK)
    assert made.count("write") == 2, "the words; what was made of them"
    assert made.count("read") <= 6
