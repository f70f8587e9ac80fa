"""The order in which things are said, and that the same push never gets the same words."""

import re
import subprocess
import sys
from types import SimpleNamespace

import pytest
from codings import act, coding

from mi_helpers import coder
from mi_helpers.coder.model import ISSUE_KINDS, Issue
from mi_helpers.feedback import Scene, feedback_on, on_reply, on_rewrite
from mi_helpers.feedback.client import Piece
from mi_helpers.feedback.remarks import PRIORITY, in_order

LANGUAGES = ("en", "nl")
CLIENT = {"en": Piece("I do want to sleep again", True, True), "nl": Piece("ik wil wel weer slapen", True, True)}
HINTS = ("First hint.", "Second hint.", "Third hint.")
ASKED_NOT_AWAITED = coding("seek_permission", "advise_without_permission", notes=["permission_not_awaited"])
TEXT = {"en": "I see that, but you have to stop today.", "nl": "Dat snap ik, maar je moet vandaag stoppen."}


def sentences(text):
    return {s.strip() for s in re.split(r"(?<=[.!?])\s+", text) if len(s.split()) > 1}


def say(turn, lang="en", earlier=(), hints=(), client=True, **more):
    scene = Scene(turn.text, lang, CLIENT[lang] if client else None, "je", tuple(earlier), hints)
    return feedback_on(turn, scene, **more)


@pytest.mark.parametrize("hints", [(), HINTS])
@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("kind", ISSUE_KINDS)
def test_the_same_push_never_gets_the_same_words(kind, lang, hints):
    turn = coding("advise_without_permission", text=TEXT[lang], lang=lang, issues=[kind])
    heard = set()
    for n in range(3):
        feedback = say(turn, lang, earlier=[(kind,)] * n, hints=hints)
        said = sentences(feedback.message)
        assert feedback.priority.kind == kind and feedback.priority.why and feedback.priority.alternative
        assert not said & heard
        heard |= said


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(
    "turn", [coding("support"), coding("closed_question"), coding("simple_reflection", notes=["word_for_word"])]
)
def test_a_thin_reply_again_gets_other_words_too(turn, lang):
    first, second, third = (say(turn, lang, earlier=[()] * n) for n in range(3))
    assert first.priority.kind == second.priority.kind == third.priority.kind
    assert not sentences(first.message) & sentences(second.message)
    assert not sentences(second.message) & sentences(third.message)


def test_another_push_in_between_does_not_count():
    turn = coding("direct", issues=["order"])
    first, later = say(turn), say(turn, earlier=[("labelling",)])
    assert first.priority.text == later.priority.text


def test_the_items_hint_comes_the_second_time():
    turn = coding("direct", issues=["order"])
    said = [say(turn, earlier=[("order",)] * n, hints=HINTS).priority.alternative for n in range(4)]
    assert "I do want to sleep again" in said[0]
    assert said[1] == "Second hint."
    assert said[2] == said[3] and "You do want to sleep again." in said[2]


def test_the_third_time_offers_a_beginning_from_the_clients_words():
    turn = coding("direct", issues=["order"])
    twice = [("order",)] * 2
    english = say(turn, earlier=twice).priority.alternative
    assert "“You do want to sleep again. What makes that matter to you?”" in english
    dutch = say(coding("direct", issues=["order"], lang="nl"), "nl", twice).priority.alternative
    assert "“Je wilt wel weer slapen. Wat maakt dat belangrijk voor je?”" in dutch


def test_without_the_clients_words_there_is_an_alternative_too():
    turn = coding("direct", issues=["order"])
    said = {say(turn, earlier=[("order",)] * n, client=False).priority.alternative for n in range(3)}
    assert len(said) == 3 and all(said)


def test_what_matters_most_comes_first_and_the_rest_is_folded():
    turn = coding("simple_reflection", "confront", "advise_without_permission",
                  issues=["advice_in_question", "confront_in_question", "takes_sides"])  # fmt: skip
    feedback = say(turn)
    assert feedback.priority.kind == "confront_in_question"
    assert [r.kind for r in feedback.rest] == ["advice_in_question", "takes_sides"]
    assert {i.kind for i in feedback.issues} == {"advice_in_question", "confront_in_question", "takes_sides"}


def test_a_push_in_doubt_comes_last_and_says_so():
    doubt = Issue("sarcasm", 0, 8, "r", "unsure")
    turn = coding("complex_reflection", "advise_without_permission", issues=[doubt, "advice_in_question"])
    feedback = say(turn)
    assert [feedback.priority.kind, *(r.kind for r in feedback.rest)] == ["advice_in_question", "sarcasm"]
    assert feedback.rest[0].text.startswith("You may mean it otherwise")


def test_a_telling_name_goes_before_a_plain_one():
    praise, order = Issue("praise_with_push", 0, 30, "r"), Issue("order", 12, 30, "r")
    assert [i.kind for i in in_order((order, praise))] == ["praise_with_push"]
    apart = Issue("order", 31, 40, "r")
    assert [i.kind for i in in_order((apart, praise))] == ["order", "praise_with_push"]


def test_a_question_that_pushes_has_no_question_stuck_on():
    asked, stuck = Issue("advice_in_question", 0, 8, "r", "unsure"), Issue("token_question_gaming", 0, 30, "r")
    assert [i.kind for i in in_order((asked, stuck))] == ["advice_in_question"]


def test_a_push_is_quoted_by_its_clause():
    text = "Moe dus. Dat snap ik, je moet toch echt zelf aan de slag. Ja?"
    start = text.index("je moet")
    turn = coding(act("support", end=20), act("direct", start=9, end=57), act("facilitate", start=58), text=text,
                  issues=[Issue("order", start, start + 7, "r")])  # fmt: skip
    first = say(turn).priority
    assert text[first.start : first.end] == "je moet toch echt zelf aan de slag."
    assert turn.issues[0].end == start + 7


def test_a_change_half_is_not_claimed_where_the_client_gave_none():
    turn = coding("simple_reflection", notes=["answers_change_half"])
    scene = Scene(turn.text, "en", Piece("it always hurts"))
    assert feedback_on(turn, scene).strengths[0].kind == "simple_reflection"


def test_every_kind_has_its_place():
    assert sorted(PRIORITY) == sorted(ISSUE_KINDS)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_strength_first_and_it_quotes(lang):
    kind, push = TEXT[lang].rstrip(".").split(", ")
    acts = act("simple_reflection", end=len(kind)), act("advise_without_permission", start=len(kind) + 2)
    feedback = say(coding(*acts, text=TEXT[lang], lang=lang), lang)
    assert kind in feedback.strengths[0].text
    assert feedback.message.startswith(feedback.strengths[0].text)
    assert push in feedback.priority.text


@pytest.mark.parametrize(
    ("turn", "strengths"),
    [
        (coding("direct"), ["intent"]),
        (coding("emphasize_autonomy", "advise_without_permission", issues=["autonomy_then_push"]), ["intent"]),
        (coding("affirmation", "direct", issues=["praise_with_push"]), ["intent"]),
        (coding("simple_reflection", "direct", issues=["order"]), ["simple_reflection"]),
        (coding(act("complex_reflection", "likely"), "direct", issues=["order"]), ["intent"]),
        (coding("simple_reflection", "direct", issues=["order"], notes=["answers_change_half"]), ["simple_reflection"]),
        (coding(act("support", "likely"), "direct", issues=["order"]), ["support"]),
        (coding("support"), ["push_gone"]),
        (coding(act("support", end=9), act("closed_question", start=10)), ["support", "push_gone"]),
        (coding("other"), ["push_gone"]),
        (coding(act("affirmation", consistent=None), notes=["generic_praise"]), ["push_gone"]),
        (coding(act("open_question", consistent=None), notes=["fact_question"]), ["push_gone"]),
        (
            coding(act("complex_reflection", end=9), act("open_question", start=10)),
            ["complex_reflection", "open_question"],
        ),
        (coding("complex_reflection", notes=["double_sided"]), ["double_sided"]),
        (coding("open_question", notes=["answers_change_half"]), ["answers_change_half"]),
        (coding("advise_with_permission", notes=["advice_requested"]), ["advise_with_permission"]),
        (coding(act("other", "unsure")), ["intent"]),
        (coding(notes=["empty"]), []),
    ],
)
def test_what_is_named_as_a_strength(turn, strengths):
    assert [r.kind for r in say(turn).strengths] == strengths


@pytest.mark.parametrize(
    ("turn", "priority"),
    [
        (coding("support"), "support"),
        (coding("closed_question"), "closed_question"),
        (coding(act("open_question", consistent=None), notes=["fact_question"]), "fact_question"),
        (coding("give_information"), "give_information"),
        (coding("facilitate"), "facilitate"),
        (coding("structure"), "structure"),
        (coding("reassure"), "reassure"),
        (coding("other"), "other"),
        (coding(act("affirmation", consistent=None), notes=["generic_praise"]), "generic_praise"),
        (coding("open_question", notes=["many_questions"]), "many_questions"),
        (coding("simple_reflection", notes=["word_for_word"]), "word_for_word"),
        (coding("open_question", notes=["presumes_willingness"]), "presumes_willingness"),
        (coding("open_question", notes=["warning_or_looking_ahead"]), "warning_or_looking_ahead"),
        (ASKED_NOT_AWAITED, "permission_not_awaited"),
        (coding(act("other", "unsure")), "cant_tell"),
        (coding("open_question"), "could_answer_change_half"),
        (coding("simple_reflection", notes=["stock_opener"]), "could_answer_change_half"),
        (coding("seek_permission"), None),
        (coding("advise_with_permission", notes=["advice_requested"]), None),
        (coding("complex_reflection"), None),
        (coding("complex_reflection", notes=["stock_opener"]), None),
        (coding("direct", notes=["stock_opener"]), "order"),
        *[(coding(notes=[n]), n) for n in ("empty", "gibberish", "other_language", "description", "dialogue", "emoji")],
    ],
)
def test_what_matters_most_where_nothing_pushes(turn, priority):
    feedback = say(turn)
    assert (feedback.priority.kind if feedback.priority else None) == priority


def test_without_a_change_half_the_next_step_is_to_reflect_or_go_deeper():
    assert say(coding("open_question"), client=False).priority.kind == "could_reflect"
    assert say(coding("simple_reflection"), client=False).priority.kind == "could_go_deeper"


def test_at_level_2_the_change_half_wants_an_answer():
    follows, answers = coding("simple_reflection"), coding("simple_reflection", notes=["answers_change_half"])
    waiting = say(follows, task="rewrite_change")
    assert (waiting.priority.kind, waiting.done) == ("change_half_waiting", False)
    assert (say(answers, task="rewrite_change").priority, say(answers, task="rewrite_change").done) == (None, True)
    assert say(coding("direct", issues=["order"]), task="rewrite_change").priority.kind == "order"


def test_a_set_phrase_is_folded():
    assert [r.kind for r in say(coding("complex_reflection", notes=["stock_opener"])).rest] == ["stock_opener"]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_it_always_says_how_sure(lang):
    doubt, empty = coding(act("other", "unsure")), coding(notes=["empty"])
    for turn in (coding("direct"), coding(act("direct", "likely")), doubt, empty):
        assert say(turn, lang).sure


def test_marks_have_plain_names_and_tones():
    turn = coding(act("simple_reflection", end=5), act("support", start=6, end=9), act("direct", start=10),
                  act("other", "unsure", start=0, end=3), text="Some words, as typed", lang="nl")  # fmt: skip
    assert [(m.label, m.tone) for m in say(turn, "nl").marks] == [
        ("eenvoudige reflectie", "listening"), ("steun", "neutral"), ("opdracht", "push")]  # fmt: skip


@pytest.mark.parametrize("typed", ["{quote} {0} {x!r}", "%s {", "<b>&amp;</b>", "‏שלום‏", "a\u0000b", "x" * 20_000])
def test_any_text_can_be_quoted(typed):
    feedback = say(coding("direct", text=typed, issues=["order"]))
    assert feedback.priority.text and len(feedback.message) < 1500


def test_register_is_a_hint_and_no_more():
    turn = coding("simple_reflection", text="Je bent moe.", lang="nl")
    feedback = say(turn, "nl", register="u")
    assert "“u”" in feedback.notes[0] and feedback.done
    assert not say(turn, "nl", register="je").notes
    mixed = coding("simple_reflection", text="U bent moe, hè, je slaapt niet.", lang="nl", notes=["register_switch"])
    assert len(say(mixed, "nl", register="u").notes) == 1


# ------------------------------------------------------------------ the two entrances


@pytest.fixture
def coded(monkeypatch):
    """Replace the coder: what it was asked, and a fixed answer."""
    asked = []

    def answer(text, *, speaker="counsellor", previous=None, target=None, lang):
        asked.append(dict(text=text, speaker=speaker, previous=previous, target=target, lang=lang))
        if speaker == "client":
            return coding(text=text, lang=lang, risk="suicide" if "die" in text else None)
        return coding("direct", text=text, lang=lang, issues=["order"])

    monkeypatch.setattr(coder, "code_turn", answer, raising=False)
    return asked


def an_item(level=1):
    words = SimpleNamespace(client="I want to rest, but there is no time.", hints=HINTS, behaviour="resting")
    target = {"behaviour": "resting", "direction": "more"}
    return SimpleNamespace(level=level, address="je", text=lambda lang: words, target=lambda lang: target)


def test_on_rewrite_takes_the_item_as_it_is(coded):
    feedback = on_rewrite(an_item(), "Go to bed.", "en", earlier=[["order"]])
    assert coded[0] == dict(text="Go to bed.", speaker="counsellor", previous="I want to rest, but there is no time.",
                            target={"behaviour": "resting", "direction": "more"}, lang="en")  # fmt: skip
    assert feedback.priority.alternative == "Second hint."
    assert (feedback.verdict, feedback.level, feedback.done, feedback.heard_as) == ("inconsistent", 1, False, "push")


def test_on_reply_gives_the_contracts_record(coded):
    feedback = on_reply(client="I want to rest, but there is no time.", text="Go to bed.", lang="en", reflex="Rest!")
    record = feedback.as_record()
    assert record["issues"] == [{"kind": "order", "start": 0, "end": 10, "rule": "en.test.order"}]
    assert "“I want to rest”" in record["message"]


def test_on_reply_without_a_client(coded):
    assert on_reply(client="", text="Go to bed.", lang="en").priority.alternative
    assert [a["speaker"] for a in coded] == ["counsellor"]


def test_on_reply_does_not_judge_where_the_client_is_in_danger(coded):
    assert on_reply(client="I want to die.", text="Go to bed.", lang="en").verdict == "not_scored"


def test_the_import_stays_light():
    heavy = "('pydantic', 'yaml', 'sqlalchemy', 'IPython')"
    code = f"import sys, mi_helpers.feedback; print([m for m in {heavy} if m in sys.modules])"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"
