"""The contract's table, row by row."""

import pytest
from codings import act, coding

from mi_helpers.coder.model import CONSISTENT, Coding
from mi_helpers.feedback.verdict import heard_as, is_done, judge, pushes_named

INCONSISTENT, PARTLY, CONSISTENT_, UNSURE = "inconsistent", "partly", "consistent", "unsure"
HISTORY = act("closed_question")

TABLE = [
    # an inconsistent act, clear or likely
    *[(f"{code} alone", coding(code), (INCONSISTENT, 1)) for code, meaning in CONSISTENT.items() if meaning is False],
    ("a likely push", coding(act("advise_without_permission", "likely")), (INCONSISTENT, 1)),
    ("a clear push beside a reflection", coding("simple_reflection", "advise_without_permission"), (INCONSISTENT, 1)),
    ("a push beside autonomy", coding("emphasize_autonomy", "warn"), (INCONSISTENT, 1)),
    ("a push beside sympathy", coding("support", "advise_without_permission"), (INCONSISTENT, 1)),
    ("comfort that shrinks the worry", coding(act("reassure", consistent=False)), (INCONSISTENT, 1)),
    ("an accusing why", coding(act("open_question", consistent=False)), (INCONSISTENT, 1)),
    ("inconsistent as a whole, no act marked",
     Coding("x", "en", "counsellor", "confront", False, "likely"), (INCONSISTENT, 1)),
    # the push mild or unsure, beside real listening
    ("an unsure push beside a reflection", coding("complex_reflection", act("confront", "unsure")), (PARTLY, 2)),
    ("a mild push beside a reflection",
     coding("simple_reflection", act("direct", "likely"), notes=["mild_push"]), (PARTLY, 2)),
    ("an unsure push beside autonomy",
     coding("emphasize_autonomy", act("advise_without_permission", "unsure")), (PARTLY, 2)),
    ("an unsure push beside affirmation", coding("affirmation", act("confront", "unsure")), (PARTLY, 2)),
    ("a mild push without listening", coding("support", "direct", notes=["mild_push"]), (INCONSISTENT, 1)),
    ("an unsure push alone", coding(act("confront", "unsure")), (UNSURE, None)),
    ("an unsure push beside praise without content",
     coding(act("affirmation", consistent=None), act("confront", "unsure")), (UNSURE, None)),
    ("an unsure push, the turn itself read surely",
     coding("closed_question", act("confront", "unsure"), certainty="likely"), (PARTLY, 2)),
    ("a push named in an open question", coding("open_question", issues=["leading_question"]), (PARTLY, 2)),
    # permission asked and not awaited
    ("a tip on top of the question",
     coding("seek_permission", "advise_without_permission", notes=["permission_not_awaited"],
                                            issues=["unsolicited_advice"]), (PARTLY, 2)),
    ("a tip that the rules take for something else",
     coding("seek_permission", act("complex_reflection", "unsure"), notes=["permission_not_awaited"]), (PARTLY, 2)),
    ("an order on top of the question",
     coding("seek_permission", "direct", notes=["permission_not_awaited"], issues=["order"]), (INCONSISTENT, 1)),
    ("a steering tip on top of the question",
     coding("seek_permission", "advise_without_permission", notes=["permission_not_awaited"],
            issues=["leading_question"]),
     (INCONSISTENT, 1)),
    # only neutral acts
    *[(f"{code} alone", coding(code), (PARTLY, 2)) for code, meaning in CONSISTENT.items()
      if meaning is None and code != "uncodable"],
    ("a question about the past that follows", coding(HISTORY, notes=["follows_client"]), (PARTLY, 3)),
    ("praise without content", coding(act("affirmation", consistent=None), notes=["generic_praise"]), (PARTLY, 2)),
    ("an open question that fetches facts",
     coding(act("open_question", consistent=None), notes=["fact_question"]), (PARTLY, 2)),
    ("sympathy and a closed question", coding("support", "closed_question"), (PARTLY, 2)),
    ("neutral, the rules in doubt", coding(act("other", "unsure")), (UNSURE, None)),
    # a consistent act that follows
    *[(f"{code} follows", coding(code), (CONSISTENT_, 3))
      for code in ("open_question", "simple_reflection", "seek_permission", "emphasize_autonomy", "summary")],
    ("advice on request", coding("advise_with_permission", notes=["advice_requested"]), (CONSISTENT_, 3)),
    ("a reflection and a closed question", coding("simple_reflection", "closed_question"), (CONSISTENT_, 3)),
    ("a question that presumes willingness",
     coding("open_question", notes=["presumes_willingness"]), (CONSISTENT_, 3)),
    ("a stock opener", coding("simple_reflection", notes=["stock_opener"]), (CONSISTENT_, 3)),
    # thin
    ("word for word", coding("simple_reflection", notes=["word_for_word"]), (PARTLY, 3)),
    ("word for word and an open question",
     coding("simple_reflection", "open_question", notes=["word_for_word"]), (CONSISTENT_, 3)),
    ("a third question in a row", coding("open_question", "closed_question", notes=["many_questions"]), (PARTLY, 3)),
    ("many questions after a reflection",
     coding("simple_reflection", "open_question", notes=["many_questions"]), (CONSISTENT_, 3)),
    ("generic praise taken as consistent", coding("affirmation", notes=["generic_praise"]), (PARTLY, 3)),
    # adds meaning, hears both sides, answers the change half
    ("a deeper reflection", coding("complex_reflection"), (CONSISTENT_, 4)),
    ("both sides", coding("simple_reflection", notes=["double_sided"]), (CONSISTENT_, 4)),
    ("a feeling added", coding("simple_reflection", notes=["adds_feeling"]), (CONSISTENT_, 4)),
    ("a feeling asked after is no depth", coding("open_question", notes=["adds_feeling"]), (CONSISTENT_, 3)),
    ("a question on the change half", coding("open_question", notes=["answers_change_half"]), (CONSISTENT_, 4)),
    ("a specific affirmation", coding("affirmation"), (CONSISTENT_, 4)),
    # depth and evoking or autonomy, and nothing else
    ("depth and a question", coding("complex_reflection", "open_question"), (CONSISTENT_, 5)),
    ("depth and autonomy", coding("complex_reflection", "emphasize_autonomy"), (CONSISTENT_, 5)),
    ("depth, a question, and comfort besides",
     coding("complex_reflection", "support", "open_question"), (CONSISTENT_, 4)),
    ("depth and a closed question", coding("complex_reflection", "closed_question"), (CONSISTENT_, 4)),
    # the tone decides
    ("a warning or a look ahead", coding("open_question", notes=["warning_or_looking_ahead"]), (UNSURE, None)),
    ("the same after a reflection", coding("simple_reflection", "open_question", notes=["warning_or_looking_ahead"]),
     (CONSISTENT_, 3)),
    # what cannot be judged
    *[(note, coding(notes=[note]), (UNSURE, None))
      for note in ("empty", "gibberish", "other_language", "description", "dialogue")],
    ("risk", coding("complex_reflection", risk="suicide"), ("not_scored", None)),
    ("risk and a push", coding("warn", risk="violence"), ("not_scored", None)),
]  # fmt: skip


@pytest.mark.parametrize(("what", "turn", "expected"), TABLE, ids=[row[0] for row in TABLE])
def test_table(what, turn, expected):
    assert judge(turn) == expected


def test_the_task_may_want_what_is_else_neutral():
    info, scale = coding("give_information"), coding("closed_question")
    assert judge(info, task="offer") == ("consistent", 3)
    assert judge(scale, task="ruler") == ("consistent", 3)
    assert judge(info, task="ruler") == judge(info) == ("partly", 2)
    assert judge(coding("advise_without_permission"), task="offer") == ("inconsistent", 1)


@pytest.mark.parametrize(
    ("turn", "heard"),
    [
        (coding("direct"), "push"),
        (coding("simple_reflection", "advise_without_permission"), "push"),
        (coding("complex_reflection", act("confront", "unsure")), None),
        (coding("open_question", notes=["answers_change_half"]), "evoked"),
        (coding("complex_reflection", notes=["double_sided"]), "evoked"),
        (coding("complex_reflection", "open_question"), "evoked"),
        (coding("complex_reflection"), "followed"),
        (coding("simple_reflection"), "followed"),
        (coding("simple_reflection", notes=["word_for_word"]), "followed"),
        (coding("support"), "followed"),
        (coding("closed_question"), "followed"),
        (coding("give_information"), None),
        (coding("other"), None),
        (coding(act("other", "unsure")), None),
        (coding(notes=["empty"]), None),
        (coding("complex_reflection", risk="suicide"), None),
    ],
)
def test_how_the_client_heard_it(turn, heard):
    assert heard_as(turn, *judge(turn)) == heard


@pytest.mark.parametrize(
    ("turn", "level_1", "level_2"),
    [
        (coding("support"), True, False),
        (coding("other"), True, False),
        (coding("simple_reflection", notes=["word_for_word"]), True, False),
        (coding("simple_reflection"), True, False),
        (coding("open_question", notes=["answers_change_half"]), True, True),
        (coding("advise_with_permission"), True, False),
        (coding("direct"), False, False),
        (coding("complex_reflection", act("confront", "unsure"), notes=["answers_change_half"]), False, False),
        (coding("seek_permission", "advise_without_permission", notes=["permission_not_awaited"]), False, False),
        (coding("open_question", issues=["leading_question"]), False, False),
        (coding("open_question", notes=["warning_or_looking_ahead"]), False, False),
        (coding(notes=["empty"]), False, False),
        (coding("complex_reflection", risk="violence"), False, False),
    ],
)
def test_the_task_decides_when_it_is_done(turn, level_1, level_2):
    verdict, _ = judge(turn)
    assert is_done(turn, verdict, "rewrite") is level_1
    assert is_done(turn, verdict, "rewrite_change") is level_2


def test_a_push_without_a_name_gets_a_plain_one():
    named = pushes_named(coding("support", "direct", "warn"))
    assert [i.kind for i in named][:1] == ["order"]
    assert all(i.start < i.end for i in named)


def test_a_named_push_is_not_named_again():
    turn = coding("advise_without_permission", issues=["advice_in_question"])
    assert [i.kind for i in pushes_named(turn)] == ["advice_in_question"]
