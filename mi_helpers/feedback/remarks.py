"""What is said about one reply: its strengths, the one priority, and the rest."""

from __future__ import annotations

import re

from mi_helpers.coder.model import Act, Coding, Issue
from mi_helpers.feedback.model import Remark, Verdict
from mi_helpers.feedback.scene import Scene
from mi_helpers.feedback.verdict import CHANGE_TASKS, NOT_AWAITED, PLAIN, pushes_named, takes_up_change
from mi_helpers.feedback.words import pick

MOST = 3  # remarks of one sort; more than that nobody reads
#: Strengths in the order in which they are named.
LISTENING = (
    "complex_reflection", "affirmation", "emphasize_autonomy", "summary", "simple_reflection", "open_question",
    "advise_with_permission", "seek_permission",
)  # fmt: skip
NEUTRAL = ("support", "closed_question", "give_information", "facilitate")
REFLECTIONS = ("complex_reflection", "simple_reflection", "summary")
QUESTIONS = {"open_question", "closed_question"}
#: Which act a push has taken over, so that it is no strength any more.
TAKES_OVER = {
    "autonomy_then_push": {"emphasize_autonomy"}, "fake_permission": {"seek_permission"},
    "praise_with_push": {"affirmation"}, "understand_but": {"support"}, "info_as_persuasion": {"give_information"},
    "pseudo_reflection_advice": {"simple_reflection", "complex_reflection"}, "token_question_gaming": QUESTIONS,
    "leading_question": QUESTIONS, "advice_in_question": QUESTIONS, "confront_in_question": QUESTIONS,
    "sarcasm": {"affirmation"},
}  # fmt: skip
#: From what matters most to what matters least: roadblocks, then persuasion, then what passes the client by. Within
#: each group the telling names go before the plain ones.
PRIORITY = (
    "sarcasm", "labelling", "confront_in_question", "warning_disguised", "confront_disguised", "order",
    "fake_permission", "autonomy_then_push", "praise_with_push", "understand_but", "pseudo_reflection_advice",
    "leading_question", "advice_in_question", "solution_jump", "info_as_persuasion", "self_disclosure_persuasion",
    "token_question_gaming", "unsolicited_advice",
    "reassurance_minimising", "dismissal", "takes_sides",
)  # fmt: skip
#: Names for a push of which no more can be said than what it is.
PLAIN_NAMES = set(PLAIN.values())
#: Pushes that are questions themselves, so that no question was stuck on behind them.
ASKED = {"advice_in_question", "leading_question", "confront_in_question"}
_END = re.compile(r"[.!?\n]+")
_BREAK = re.compile(r"[.!?;,\n]\s+")
UNCODABLE = ("empty", "gibberish", "other_language", "description", "dialogue", "emoji")


def strengths(coding: Coding, scene: Scene, priority: Remark | None, *, rewriting: bool) -> tuple[Remark, ...]:
    """What the reply does well, the most telling first; never empty for a reply that can be read.

    Parameters
    ----------
    coding : Coding
    scene : Scene
    priority : Remark or None
        What matters most; a neutral act that it is about is not named twice.
    rewriting : bool
        Does the reply take the place of one that pushed?
    """
    if coding.main == "uncodable":
        return ()
    taken = set().union(*(TAKES_OVER.get(i.kind, ()) for i in coding.issues))
    pushed = bool(pushes_named(coding))
    # beside a push only what is plainly listening is named: praise for a lecture would help nobody
    plain_enough = ("clear",) if pushed else ("clear", "likely")
    acts = [a for a in coding.acts if a.code not in taken and a.certainty in plain_enough]
    found = [_strength(a.code, a, scene) for code in LISTENING for a in acts if a.code == code and a.consistent]
    for note, codes in (("double_sided", REFLECTIONS), ("answers_change_half", (*REFLECTIONS, "open_question"))):
        act = next((a for code in codes for a in acts if a.code == code and a.consistent), None)
        leans = note != "answers_change_half" or not scene.piece or scene.piece.change
        if note in coding.notes and act and leans and not pushed:
            found = [_strength(note, act, scene), *(r for r in found if r.start != act.start)]
    if not found:
        neutral = [a for code in NEUTRAL for a in coding.acts if a.code == code and a.code not in taken
                   and a.consistent is None and a.certainty != "unsure"]  # fmt: skip
        found = [_strength(a.code, a, scene) for a in neutral if not priority or a.code != priority.kind]
        if rewriting and not pushed and coding.certainty != "unsure":
            found.append(_strength("push_gone", None, scene))
    return tuple(found[:MOST] or [_strength("intent", None, scene)])


def _strength(kind: str, act: Act | None, scene: Scene) -> Remark:
    say = scene.words()["strength"][kind]
    start, end = (act.start, act.end) if act else (0, 0)
    text = pick(say["text"], scene.turn).format(quote=scene.quote(start, end))
    return Remark(kind, say["title"], text, start=start, end=end, rule=act.rule if act else "",
                  certainty=act.certainty if act else "likely")  # fmt: skip


def pushes(coding: Coding, scene: Scene) -> list[Remark]:
    """A remark on each push, the one that matters most first."""
    return [_push(i, coding, scene) for i in in_order(pushes_named(coding))]


def in_order(issues: tuple[Issue, ...]) -> list[Issue]:
    """Pushes by what matters most; one in doubt comes last, and a plain name yields to a telling one."""
    kept = [i for i in issues if not any(_says_more(o, i) for o in issues)]
    return sorted(kept, key=lambda i: (i.certainty == "unsure", PRIORITY.index(i.kind), i.start))


def _says_more(one: Issue, other: Issue) -> bool:
    if other.kind == "token_question_gaming" and one.kind in ASKED:
        return one.start < other.end and other.start < one.end
    covers = one.start <= other.start and other.end <= one.end
    return covers and other.kind in PLAIN_NAMES and one.kind not in PLAIN_NAMES and one.certainty != "unsure"


def clause(coding: Coding, issue: Issue) -> tuple[int, int]:
    """The clause around the words of a push, inside the act that holds them: a rule may have needed only two words."""
    holds = [a for a in coding.acts if a.start <= issue.start and issue.end <= a.end]
    low, high = min(((a.end - a.start, a.start, a.end) for a in holds), default=(0, 0, len(coding.text)))[1:]
    breaks = [m.end() for m in _BREAK.finditer(coding.text, low, issue.start)]
    end = _END.search(coding.text, max(issue.end - 1, low), high)
    return (breaks[-1] if breaks else low), (end.end() if end else high)


def _push(issue: Issue, coding: Coding, scene: Scene) -> Remark:
    say, seen = scene.words()["push"][issue.kind], scene.times_seen(issue.kind)
    start, end = clause(coding, issue)
    text = pick(say["text"], seen).format(quote=scene.quote(start, end))
    if issue.certainty == "unsure":
        text = f"{pick(scene.words()['maybe']['text'], scene.turn)} {text}"
    return Remark(issue.kind, say["title"], text, _why(say, scene, seen), say["source"],
                  scene.alternative(say["alternative"], say["family"], seen),
                  start, end, issue.rule, issue.certainty)  # fmt: skip


def reading(kind: str, scene: Scene, act: Act | None = None) -> Remark:
    """A remark that is about no push: what could make the reply fuller, or why it cannot be read."""
    say, seen = scene.words()["reading"][kind], scene.times_seen(kind)
    start, end = (act.start, act.end) if act else (0, 0)
    client = scene.piece.text if scene.piece else ""
    text = pick(say["text"], seen).format(quote=scene.quote(start, end), client=client)
    alternative = "" if say["family"] == "none" else scene.alternative(say["alternative"], say["family"], seen)
    return Remark(kind, say["title"], text, _why(say, scene, seen), say.get("source", ""), alternative, start, end,
                  act.rule if act else "", act.certainty if act else "likely")  # fmt: skip


def _why(say: dict, scene: Scene, seen: int) -> str:
    if say["family"] == "none" or not seen:
        return say.get("why", "")
    return scene.words()["family"][say["family"]]["deeper"][min(seen, 2) - 1]


def readings(coding: Coding, scene: Scene, verdict: Verdict, level: int | None, task: str) -> list[Remark]:
    """What there is to say beside pushes, the one that matters most first."""
    notes = set(coding.notes)
    if coding.main == "uncodable":
        return [reading(next((n for n in UNCODABLE if n in notes), "gibberish"), scene)]
    acts = {a.code: a for a in coding.acts}
    question = acts.get("open_question") or acts.get("closed_question")
    found: dict[str, Act | None] = {}
    if task in CHANGE_TASKS and scene.piece and verdict in ("consistent", "partly"):
        taken_up = takes_up_change(coding, verdict)
        if not taken_up and "answers_change_half" not in notes:
            found["change_half_waiting" if taken_up is False else "change_half_unseen"] = None
    if "warning_or_looking_ahead" in notes:
        found["warning_or_looking_ahead"] = question
    if NOT_AWAITED in notes:
        found[NOT_AWAITED] = next((a for a in coding.acts if a.code != "seek_permission"), None)
    if verdict == "unsure" and not found:
        found["cant_tell"] = acts.get(coding.main)
    for note, code in (("generic_praise", "affirmation"), ("word_for_word", "simple_reflection")):
        if note in notes:
            found[note] = acts.get(code)
    if "many_questions" in notes:
        found["many_questions"] = None
    if "presumes_willingness" in notes:
        found["presumes_willingness"] = question
    if verdict == "partly" and not found:
        kind = "fact_question" if coding.main == "open_question" else coding.main
        kind = "generic_praise" if kind == "affirmation" else kind
        if kind in scene.words()["reading"]:
            found[kind] = acts.get(coding.main)
    if verdict == "consistent" and level == 3 and not found:
        found |= dict.fromkeys(_next_step(coding, scene))
    if "stock_opener" in notes:
        found["stock_opener"] = None
    return [reading(kind, scene, act) for kind, act in found.items()]


def _next_step(coding: Coding, scene: Scene) -> tuple[str, ...]:
    """Where a reply that follows could go, if the learner wants to; nowhere after advice or a question for leave."""
    codes = {a.code for a in coding.acts}
    reflects = bool(codes & set(REFLECTIONS))
    if not reflects and "open_question" not in codes:
        return ()
    if scene.piece and scene.piece.change and "answers_change_half" not in coding.notes:
        return ("could_answer_change_half",)
    return ("could_go_deeper",) if reflects else ("could_reflect",)
