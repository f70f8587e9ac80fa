"""Name a push: what it is dressed as, and what it does to the kind words that stand before or behind it.

Rules name what they saw. Then the whole turn is weighed (see :mod:`leaning`; counted on named pushes, ``benchmarks/pushes``),
since the same advice is one thing behind praise, another behind a figure, and a third with a question hung on its end.
"""

from __future__ import annotations

from mi_helpers.coder import leaning, match, weigh
from mi_helpers.coder import text as read
from mi_helpers.coder.match import Hit, Turn, meaning
from mi_helpers.coder.model import RANK, Act, Certainty, Issue

#: From this chance on a second kind is named too; below the other what a rule named is not.
ALSO, HARDLY = 0.2, 0.03
#: Some kinds go with something kind, which must be there.
GOES_WITH = {
    "autonomy_then_push": {"emphasize_autonomy"}, "praise_with_push": {"affirmation"}, "fake_permission": {"seek_permission"},
    "token_question_gaming": {"open_question", "closed_question", "seek_permission"},
}  # fmt: skip

#: The push that is named when the rule that saw it names none.
PLAIN_ISSUE = {
    "advise_without_permission": "unsolicited_advice", "direct": "order", "warn": "warning_disguised",
    "confront": "confront_disguised", "reassure": "reassurance_minimising",
}  # fmt: skip
#: A push that follows (or is followed by) something kind is named for what it does to the kindness.
BEFORE_PUSH = {
    "affirmation": "praise_with_push", "emphasize_autonomy": "autonomy_then_push",
    "seek_permission": "fake_permission", "give_information": "info_as_persuasion",
    "simple_reflection": "understand_but", "complex_reflection": "understand_but", "support": "understand_but",
    "kind_opening": "understand_but", "praise_opening": "praise_with_push",
}  # fmt: skip
AFTER_PUSH = {"emphasize_autonomy": "autonomy_then_push", "give_information": "info_as_persuasion", "open_question": "token_question_gaming",
              "closed_question": "token_question_gaming"}  # fmt: skip


def weighed(turn: Turn, acts: tuple[Act, ...], named: tuple[Issue, ...]) -> tuple[Issue, ...]:
    """The kinds that a turn with a push in it reads like as a whole; what rules named stays, unless it hardly can be.

    Parameters
    ----------
    turn : Turn
    acts : tuple of Act
    named : tuple of Issue
        What :func:`by_rules` came to.
    """
    if not named:
        return ()
    lang, push = turn.rules.lang, max(named, key=lambda issue: RANK[issue.certainty])
    chance = leaning.lean(signs(turn, acts, named), leaning.weights(f"kinds_{lang}")).chance
    told = {i.kind for i in named}
    first, second = [k for k in sorted(chance, key=lambda kind: -chance[kind]) if k in told or _may_be(k, turn)][:2]
    kinds = [first, second] if chance[second] >= ALSO else [first]
    kept = {i.kind: i for i in named if i.kind in kinds or chance[i.kind] >= HARDLY}
    for kind in kinds:
        certainty = min(push.certainty, "likely", key=lambda sure: RANK[sure])
        kept.setdefault(kind, Issue(kind, push.start, push.end, f"{lang}.weighed.{kind.replace('_', '-')}", certainty))
    return tuple(sorted(kept.values(), key=lambda x: (x.start, x.end)))


def _may_be(kind: str, turn: Turn) -> bool:
    """Did a rule see the kind thing that such a push goes with?"""
    return kind not in GOES_WITH or any(h.rule.code in GOES_WITH[kind] for h in match.fire(turn, "act"))


def signs(turn: Turn, acts: tuple[Act, ...], named: tuple[Issue, ...]) -> dict[str, float]:
    """What there is to be weighed; parameters as for :func:`weighed`.

    Returns
    -------
    dict
        Sign to how much of it there is: words in a row; ``i:`` signs tell which kinds were named by rules, ``a:`` signs
        what the turn does, and in which order.
    """
    found = leaning.words_in_a_row(weigh.words(turn, turn.flat), turn.rules.words["stop"], turn.rules.lang)
    found |= {f"i:{i.kind}": 1.0 for i in named} | {f"i:{i.kind}:{i.certainty}": 1.0 for i in named}
    found |= {f"a:{a.code}": 1.0 for a in acts} | {f"a:{a.code}>{b.code}": 1.0 for a, b in zip(acts, acts[1:])}
    return found


def by_rules(found: list[Act], hits: list[Hit], cues: list[Hit], turn: Turn) -> tuple[Issue, ...]:
    """Name each push by its own rules, and by the kind words that stand before or behind it.

    Parameters
    ----------
    found : list of Act
        All acts of the turn.
    hits, cues : list of Hit
        All act rules and cues that fired in it.
    turn : Turn
    """
    named: dict[str, Issue] = {}
    lang = turn.rules.lang

    def add(kind: str, start: int, end: int, rule: str, certainty: Certainty) -> None:
        named.setdefault(kind, Issue(kind, start, end, rule, certainty))

    kindly = [(a.start, a.end, a.code) for a in found if a.consistent is not False]
    kindly += [(h.start, h.end, h.rule.code) for h in hits if meaning(h) is not False]
    kindly += [(c.start, c.end, c.rule.note) for c in cues if c.rule.note in BEFORE_PUSH]
    for push in (a for a in found if a.consistent is False):
        own = [h for h in hits if meaning(h) is False and push.start <= h.start < push.end]
        begin = min((h.start for h in own), default=push.start)
        over = max((h.end for h in own), default=push.end)
        for h in own:
            if h.rule.issue:
                add(h.rule.issue, h.start, h.end, h.rule.id, h.rule.certainty)
        for start, end, code in kindly:
            if start < begin:
                kind = BEFORE_PUSH.get(code)
                if kind == "understand_but" and not _turns(turn, start, push.end):
                    continue
            elif start >= over:
                kind = AFTER_PUSH.get(code)
                if kind == "token_question_gaming" and len(read.words(turn.flat[start : max(end, _end(turn, start))])) > 8:
                    continue
            else:
                continue
            if kind:
                add(kind, push.start, push.end, f"{lang}.sequence.{kind.replace('_', '-')}", push.certainty)
        if push.issue or not own:
            add(push.issue or PLAIN_ISSUE.get(push.code, "unsolicited_advice"), push.start, push.end, push.rule, push.certainty)
    return tuple(sorted(named.values(), key=lambda x: (x.start, x.end)))


def _end(turn: Turn, place: int) -> int:
    return next((e for s, e in turn.sentences if s <= place < e), len(turn.flat))


def _turns(turn: Turn, start: int, end: int) -> bool:
    """Does the talk turn between the two ("…, maar", "… but", "alleen", "though")?"""
    return any(w in turn.rules.words["but"] for w in read.words(turn.flat[start:end]))


def shape(turn: Turn, start: int, end: int, code: str, cues: list[Hit], asks: bool) -> str:
    """What a push that no rule named is dressed as: a question, a reflection, or nothing."""
    if asks:
        return {"advise_without_permission": "advice_in_question", "confront": "confront_in_question"}.get(code, PLAIN_ISSUE[code])
    if code in ("advise_without_permission", "confront") and any(c.rule.note == "informs" for c in cues):
        return "info_as_persuasion"
    opened = any(c.rule.note == "stock_opener" for c in cues)
    first = next((w for w in read.words(turn.flat[start:end]) if w not in turn.rules.words["filler"]), "")
    if code == "advise_without_permission" and (opened or first in turn.rules.words["you"]):
        return "pseudo_reflection_advice"
    return PLAIN_ISSUE[code]
