"""Each kind of item: a small good one is read, and an answer that does not fit the words is refused."""

from pathlib import Path

import pytest

from mi_helpers.cases.__main__ import main
from mi_helpers.cases.judging import marked_words
from mi_helpers.cases.kinds import ITEM_TYPES, KINDS
from mi_helpers.cases.loader import CaseError, read_items

SAMPLES = Path(__file__).parents[1] / "samples.yaml"
WORDS = SAMPLES.read_text(encoding="utf-8")


@pytest.fixture
def refused(tmp_path):
    """Change one thing in the samples and give what is said about it."""

    def change(good: str, bad: str) -> str:
        assert good in WORDS
        path = tmp_path / "l02.yaml"
        path.write_text(WORDS.replace(good, bad, 1), encoding="utf-8")
        with pytest.raises(CaseError) as e:
            read_items(path)
        return str(e.value)

    return change


def test_there_is_a_sample_of_every_kind_that_lesson_1_has_not():
    assert {i.kind for i in read_items(SAMPLES)} == set(KINDS) - {"rewrite", "note"}
    assert len(KINDS) == len(ITEM_TYPES) == 13


@pytest.mark.parametrize(
    ("good", "bad", "said"),
    [
        ("answers: {a: [change], ", "answers: {a: [chance], ", "'chance' is not among change, sustain, neutral"),
        ("answers: {a: [change], ", "answers: {", "answers: nothing for a"),
        ("answers: {a: [change], ", "answers: {a: [], ", "field answers.a"),
        ("c: {text: Ik ben met de bus., ", "d: {text: Ik ben met de bus., ", "cards.c stands in en only"),
        ("«I do miss the woods»", "I do miss the woods", "at least one «stretch of words»"),
        ("«I do miss the woods»", "«I do «miss the woods»", "each « its own »"),
        ("«I do miss the woods»", "I do mi«ss the woods»", "must hold whole words"),
        ("«ik mis het bos wel»", "«ik mis het bos »wel", "must hold whole words"),
        ("fitting: [b]", "fitting: [c]", "fitting: 'c' is not among a, b"),
        ("then_fitting: {b: [y]}", "then_fitting: {}", "then_fitting: nothing for b"),
        ("then_fitting: {b: [y]}", "then_fitting: {b: [z]}", "then_fitting.b: 'z' is not among x, y"),
        ("next: Weet ik.", "next: ''", "then.b.options.x.next is filled in en only"),
        ("wants: [[open_question], []]", "wants: [[open_question]]", "1 lists for 2 boxes"),
        ("wants: [[open_question], []]", "wants: [[asking], []]", "'asking' is not a code"),
        ("avoid: [closed_question]", "avoid: [shouting]", "'shouting' is not a code"),
        ("texts: [What would walking bring you?, Take your time.]", "texts: [What?]", "1 texts for 2 boxes"),
        ("depth: deeper, why: It stays", "depth: simple, why: It stays", "two different depths"),
        ("boxes: [Je vraag, Wat je toevoegt]", "boxes: [Je vraag]", "2 texts for 1 boxes"),
        ("pairs: {l1: [r1], l2: [r2, r3]}", "pairs: {l1: [r1], l2: [r4]}", "pairs.l2: 'r4' is not among"),
        ("pairs: {l1: [r1], ", "pairs: {", "pairs: nothing for l1"),
        ("order: [s3, s1, s2, s4]", "order: [s3, s1, s2]", "order: nothing for s4"),
        ("order: [s3, s1, s2, s4]", "order: [s3, s1, s2, s4, s4]", "a step stands in it twice"),
        ("loose: [[s1, s2]]", "loose: [[s3, s2]]", "do not stand side by side"),
        ("loose: [[s1, s2]]", "loose: [[s3, s1], [s1, s2]]", "a step stands in two groups"),
        ("Why a {n} and not a {lower}?", "Why a {n}?", "the places {n} and {lower}"),
        ("client: [slapen, de hond]", "client: [slapen]", "client has 2 entries in en and 1 in nl"),
        ("{what: a round in the woods, ", "{where: in the woods, ", "where is not among the fields"),
        ("answer: no", "answer: never", "field answer"),
        ("value: 40", "value: 140", "between low and high"),
        ("    value: 40\n", "", "a number needs low, high, step and value"),
        ("unit: van de 100 mensen", "unit: ''", "unit is filled in en only"),
        ("fitting: [a]", "fitting: []", "a choice needs fitting"),
        ("fitting: [a]", "fitting: [z]", "fitting: 'z' is not among a, b"),
        ("shape: choice", "shape: choice\n    low: 1", "a choice has no low"),
        ("field: general", "field: garden", "field field"),
        ("title: Wat nu?", "title: Wat nu?\n      colour: blue", "field nl.colour"),
    ],
)
def test_an_answer_that_does_not_fit_the_words_is_refused(refused, good, bad, said):
    assert said in refused(good, bad)


def test_no_is_a_word_and_not_a_truth_value():
    myth = next(i for i in read_items(SAMPLES) if i.kind == "myth")
    assert myth.answer == "no"
    assert list(myth.text("nl").labels) == ["yes", "partly", "no", "unknown"]


def test_marked_words_give_the_plain_text_and_where_they_stood():
    plain, spans = marked_words("He «did», she «said no».")
    assert plain == "He did, she said no."
    assert [plain[start:end] for start, end in spans] == ["did", "said no"]


def test_a_file_can_be_checked_from_the_command_line(tmp_path, capsys):
    assert main([str(SAMPLES)]) == 0
    assert "samples.yaml: 12 items" in capsys.readouterr().out
    bad = tmp_path / "l02.yaml"
    bad.write_text(WORDS.replace("answer: no", "answer: never"), encoding="utf-8")
    assert main([str(bad)]) == 1
    assert "item l02-myth, field answer" in capsys.readouterr().err
