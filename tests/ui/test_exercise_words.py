"""What exercises show beside their controls: speech and telling, solutions, what can be defended, where to turn."""

from html import escape
from pathlib import Path

import pytest

from mi_helpers.cases import item as found_item
from mi_helpers.cases import lesson_items, read_items
from mi_helpers.ui.kinds import exercise_class
from mi_helpers.ui.kinds.outcome import all_of_it, follows, unquoted
from mi_helpers.ui.solutions import solutions_html
from mi_helpers.ui.strings import strings

SAMPLES = {i.id.removeprefix("l02-"): i for i in read_items(Path(__file__).parents[1] / "samples.yaml")}
both = pytest.mark.parametrize("lang", ["en", "nl"])


def test_speech_stands_in_a_bubble_without_its_marks():
    assert unquoted("“The quiet.”") == "The quiet."
    assert unquoted("‘De stilte.’") == "De stilte."
    for mixed in ("“Yes.” A pause. “No.”", "He nods.", "“Yes,” she says."):
        assert unquoted(mixed) == mixed


@both
def test_solutions_show_every_kind_with_its_reasons(lang):
    items = list(SAMPLES.values())
    shown = solutions_html(items, strings(lang))
    for item in items:
        assert f'id="{item.id}"' in shown
    text = SAMPLES["sort"].text(lang)
    assert all(card.why in shown for card in text.cards.values())
    assert f"a. {escape(text.cards['a'].text)}" in shown, "the letters that a discussion calls cards and replies by"
    assert f"b. {escape(SAMPLES['choose'].text(lang).options['b'].text)}" in shown
    assert all(option.why in shown for option in SAMPLES["choose"].text(lang).options.values())
    assert all(model.why in shown for model in SAMPLES["write"].text(lang).models)
    assert escape(SAMPLES["myth"].text(lang).why) in shown


@both
def test_what_is_said_stands_in_a_bubble_and_what_is_told_does_not(lang):
    text, say = SAMPLES["choose"].text(lang), strings(lang)
    assert "mi-says" in follows(text, say, "“The quiet.”") and "“" not in follows(text, say, "“The quiet.”")
    for told in ("She looks away.", "“Hm.” She looks away. “Well.”"):
        assert "mi-says" not in follows(text, say, told) and told in follows(text, say, told)


@both
def test_speech_that_follows_on_a_choice_has_its_marks(lang):
    told = set()
    for found in (found for lesson in range(1, 11) for found in lesson_items(lesson) if found.kind == "choose"):
        steps = [found.text(lang).options, *(step.options for step in found.text(lang).then.values())]
        told |= {option.next for options in steps for option in options.values() if option.next and "“" not in option.next}
    first_person = {"en": (" I ", " my "), "nl": (" ik ", " mijn ")}[lang]
    assert told and not [words for words in told if any(word in f" {words.lower()} " for word in first_person)]


@both
def test_beside_a_vignette_about_a_wish_to_die_stands_where_to_turn(lang):
    found = found_item("l10-die")
    shown = exercise_class(found.kind).intro(found, strings(lang))
    assert "mi-care" in shown and "113" in shown and "1813" in shown


def test_what_can_be_defended_is_not_called_the_same(say):
    assert all_of_it(["best", "best"], 0, say) == say("choice.all_fit")
    assert all_of_it(["best", "also"], 0, say) == say("choice.all_defensible")
    assert all_of_it(["also", "other"], 0, say) == say("choice.some_elsewhere")
    assert all_of_it(["best"], 2, say) == say("choice.still_open", n=2)
