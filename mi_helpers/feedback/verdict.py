"""From acts to a verdict and a level: the contract's table, as a pure function of the coding.

Verdict and level are measures for plots and tests; no learner ever sees them.
"""

from __future__ import annotations

from mi_helpers.coder.model import Act, Coding, Issue
from mi_helpers.feedback.model import HeardAs, Verdict

#: Listening in the sense of the table: what can stand beside a mild push.
LISTENING = {"simple_reflection", "complex_reflection", "summary", "affirmation", "emphasize_autonomy"}
#: Acts that may stand in a reply of level 5, and no others.
ROUND = LISTENING | {"open_question"}
#: Notes of the coder that say a reply adds to what the client said.
DEPTH = {"double_sided", "adds_meaning", "adds_feeling"}
#: Neutral acts that keep the client talking, whatever else is said of them.
COMPANY = {"closed_question", "open_question", "support", "facilitate", "affirmation"}
#: The coder's note on a tip in the same breath as the question whether one is wanted.
NOT_AWAITED = "permission_not_awaited"
#: Tasks that ask for an answer to the half of the client's words that leans towards change.
CHANGE_TASKS = ("rewrite_change", "write_change")
#: What a task asks for, where a neutral code is the very thing it wants: the offer between two asks, a ruler.
WANTED = {"offer": {"give_information", "advise_with_permission"}, "ruler": {"closed_question"}}
#: The name of a push that no rule named.
PLAIN = {
    "advise_without_permission": "unsolicited_advice", "direct": "order", "warn": "warning_disguised",
    "confront": "confront_disguised", "reassure": "reassurance_minimising",
}  # fmt: skip


def judge(coding: Coding, *, task: str = "rewrite") -> tuple[Verdict, int | None]:
    """Verdict and level of one counsellor turn.

    Parameters
    ----------
    coding : Coding
    task : str, optional
        ``"rewrite"`` (level 1), ``"rewrite_change"`` (level 2), ``"write"`` and ``"write_change"`` (writing to order),
        ``"offer"`` (give information), ``"ruler"`` (a scale question).

    Returns
    -------
    verdict : {"consistent", "partly", "inconsistent", "unsure", "not_scored"}
    level : int or None
        1 to 5; None where nothing is judged.
    """
    if coding.risk:
        return "not_scored", None
    if coding.main == "uncodable":
        return "unsure", None
    pushed = _judge_push(coding)
    if pushed:
        return pushed
    good = [a for a in coding.acts if a.consistent and a.certainty != "unsure"]
    if "warning_or_looking_ahead" in coding.notes:
        good = [a for a in good if a.code != "open_question"]
        if not good:
            return "unsure", None
    if good:
        return _judge_listening(coding, good)
    if coding.certainty == "unsure":
        return "unsure", None
    if any(a.code in WANTED.get(task, ()) for a in coding.acts):
        return "consistent", 3
    return "partly", 3 if "follows_client" in coding.notes else 2


def _judge_push(coding: Coding) -> tuple[Verdict, int | None] | None:
    pushes = [a for a in coding.acts if a.consistent is False]
    if _asks_without_waiting(coding, pushes):
        return "partly", 2
    if not pushes and coding.mi_consistent is False:
        return ("unsure", None) if coding.certainty == "unsure" else ("inconsistent", 1)
    if not pushes:  # a push may be named where no act is one: a leading shape in an otherwise open turn
        return ("partly", 2) if any(i.certainty != "unsure" for i in coding.issues) else None
    mild = all(p.certainty == "unsure" for p in pushes)
    listens = any(a.code in LISTENING and a.consistent and a.certainty != "unsure" for a in coding.acts)
    if listens and (mild or "mild_push" in coding.notes):
        return "partly", 2
    if mild:
        return ("unsure", None) if coding.certainty == "unsure" else ("partly", 2)
    return "inconsistent", 1


def _asks_without_waiting(coding: Coding, pushes: list[Act]) -> bool:
    """Permission asked and the tip given in one breath: one box cannot show the waiting."""
    if NOT_AWAITED not in coding.notes:
        return False
    harmless = {"unsolicited_advice", "fake_permission", "solution_jump", "order"}  # "probeer eens …" is a tip as well
    return all(a.code == "advise_without_permission" for a in pushes) and {i.kind for i in coding.issues} <= harmless


def _judge_listening(coding: Coding, good: list[Act]) -> tuple[Verdict, int]:
    if _is_thin(coding, good):
        return "partly", 3
    codes = {a.code for a in good}
    reflects = codes & {"simple_reflection", "complex_reflection", "summary"}
    deep = "complex_reflection" in codes or bool(reflects and DEPTH & set(coding.notes))
    opens = bool(codes & {"open_question", "emphasize_autonomy"})
    if deep and opens and all(a.code in ROUND and a.consistent for a in coding.acts):
        return "consistent", 5
    if deep or "answers_change_half" in coding.notes or "affirmation" in codes:
        return "consistent", 4
    return "consistent", 3


def _is_thin(coding: Coding, good: list[Act]) -> bool:
    """All that is consistent is an echo, praise without anything in it, or one more question in a row."""
    thin = {
        "word_for_word": {"simple_reflection"},
        "generic_praise": {"affirmation"},
        "many_questions": {"open_question", "closed_question"},
    }
    codes = {a.code for a in good}
    return any(note in coding.notes and codes <= those for note, those in thin.items())


def pushes_named(coding: Coding) -> tuple[Issue, ...]:
    """The pushes of a turn: those the coder named, and a plain name for an inconsistent act that has none.

    A tip after a question for permission that was not waited for is not called feigned: see the verdict.
    """
    named = list(coding.issues)
    for act in coding.acts:
        if act.consistent is not False or any(i.start < act.end and act.start < i.end for i in named):
            continue
        kind = act.issue or PLAIN.get(act.code, "unsolicited_advice")
        named.append(Issue(kind, act.start, act.end, act.rule, act.certainty))
    return tuple(named)


def heard_as(coding: Coding, verdict: Verdict, level: int | None) -> HeardAs | None:
    """How the client will have heard the turn, as far as the rules can tell."""
    if level is None:
        return None
    if verdict == "inconsistent":
        return "push"
    if any(a.consistent is False for a in coding.acts):
        return None  # a mild push beside listening: it could be heard either way
    codes = {a.code for a in coding.acts if a.consistent}
    both_sides = "double_sided" in coding.notes and "complex_reflection" in codes
    if verdict == "consistent" and ("answers_change_half" in coding.notes or level == 5 or both_sides):
        return "evoked"
    if verdict == "consistent" or level == 3 or any(a.code in COMPANY for a in coding.acts):
        return "followed"
    return None


def takes_up_change(coding: Coding, verdict: Verdict) -> bool | None:
    """Does a reply answer the half that leans towards change? None: perhaps, in words of its own.

    Certain is only what takes up words of that half. A reflection that says what somebody wants, or what it means to
    them, may be about the same in other words; the rules cannot tell, so it counts.
    """
    if verdict != "consistent":
        return False
    if "answers_change_half" in coding.notes:
        return True
    reflects = any(a.consistent and a.code in LISTENING for a in coding.acts)
    return None if reflects and "adds_meaning" in coding.notes else False


def is_done(coding: Coding, verdict: Verdict, task: str = "rewrite") -> bool:
    """Is the task of the item fulfilled? At level 1 of rewriting the push being gone is enough."""
    if verdict in ("inconsistent", "unsure", "not_scored"):
        return False
    if task in CHANGE_TASKS:
        return takes_up_change(coding, verdict) is not False
    return not (any(a.consistent is False for a in coding.acts) or coding.issues or NOT_AWAITED in coding.notes)
