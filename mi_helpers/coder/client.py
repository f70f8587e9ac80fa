"""Read client speech: change talk by kind, sustain talk, discord, neutral, and both at once.

Direction is relative to a target behaviour. Every clause is read as a *form* (a wish, a duty, a promise, a cost, …) and
as a *pole* (toward the change or toward how things are); negation and words of stopping turn the pole. What the clauses hold, and the
words of the whole, are then weighed together (:mod:`client_weigh`).
"""

from __future__ import annotations

from mi_helpers.coder import client_weigh, match
from mi_helpers.coder.client_clauses import Clause, Vote, cut, halves
from mi_helpers.coder.client_context import Context
from mi_helpers.coder.leaning import Leaning
from mi_helpers.coder.match import Turn
from mi_helpers.coder.model import Act
from mi_helpers.coder.rules import RuleSet, load, without
from mi_helpers.coder.targets import Target, target_of

#: From these chances on a code is clear, or likely; below the last a clear rule does not stand.
CLEAR, LIKELY, HARDLY = 0.7, 0.4, 0.1
#: In so many places at most is it tried where a mixed statement turns.
CUTS = 6
#: Notes of rules that are cues and give no code of their own.
CUES = ("negation", "no_negation", "stop", "contrast", "question", "aside", "cause", "condition", "rhetorical", "others", "threat")
#: Kinds of change talk, the more telling first: used where two weigh the same.
ORDER = (
    "change_commitment", "change_activation", "change_ability", "change_need", "change_steps", "change_desire",
    "change_reason",
)  # fmt: skip


def code_client(turn: Turn, target: dict | None = None) -> tuple[str, tuple[Act, ...], str, str]:
    """Code one client statement.

    Parameters
    ----------
    turn : Turn
        The statement as the rules see it.
    target : dict or None
        ``{"behaviour": ..., "direction": "more" | "less"}``; without it the words alone decide, with less certainty.

    Returns
    -------
    main, acts, certainty, why
        The main code, the acts with their spans, how sure, and the sentence that says why.
    """
    if not any(c.isalpha() for c in turn.flat):
        return "uncodable", (), "clear", "there are no words to read"
    goal = target_of(target, turn.rules.lang)
    at = turn.flat, turn.rules, goal
    if at not in _KEPT:
        if len(_KEPT) >= 64:
            _KEPT.clear()
        _KEPT[at] = _code(turn, goal)
    return _KEPT[at]


#: The last statements coded: the reply to one looks for its change half again.
_KEPT: dict[tuple, tuple[str, tuple[Act, ...], str, str]] = {}


def _code(turn: Turn, goal: Target | None) -> tuple[str, tuple[Act, ...], str, str]:
    clauses = _read(turn, goal)
    told, parts = _decide(clauses)
    leaning = client_weigh.weigh(turn, clauses, told)
    main = told if _stands(told, clauses, leaning) else leaning.best(client_weigh.CODES)
    if main != told:
        parts = _places(turn, clauses, main)
    acts = tuple(_act(code, clause, turn.rules.lang) for code, clause in parts)
    sure = leaning.chance[main]
    certainty = "clear" if sure >= CLEAR and (goal or main in ("discord", "neutral")) else "likely" if sure >= LIKELY else "unsure"
    rules = ", ".join(dict.fromkeys(v.rule for c in clauses for v in c.votes)) or "no rule fired"
    return main, acts, certainty, f"{main}, weighed at {sure:.0%}: {rules}"


def _stands(told: str, clauses: list[Clause], leaning: Leaning) -> bool:
    """What clear rules say without a word on another side stands, unless the whole plainly speaks against it."""
    if told == "mixed":
        return leaning.chance["mixed"] > 2 * HARDLY
    family = "change" if told.startswith("change") else told
    others = [c for c in ("change", "sustain", "discord", "neutral") if c != family]
    sure = any(c.weight(told) >= 3 for c in clauses)
    return sure and not any(c.weight(*others) for c in clauses) and leaning.chance[told] > HARDLY


def _places(turn: Turn, clauses: list[Clause], main: str) -> list[tuple[str, Clause]]:
    """Where what the whole says is said: the halves of what is mixed, else the clause in which a rule saw it, else all."""
    if main == "mixed":
        return _cut_in_two(turn, clauses)
    saw = [c for c in clauses if any(v.code == main for v in c.votes)]
    return [(main, max(saw, key=lambda c: c.weight(main)) if saw else _span_of(clauses))] if clauses else []


def _cut_in_two(turn: Turn, clauses: list[Clause]) -> list[tuple[str, Clause]]:
    """The two halves of a statement that speaks for both sides: cut where each by itself leans its own way most."""
    links = [c.link for c in clauses[1:]]
    strongest = next((link for link in ("contrast", "sentence", "comma") if link in links), "")
    borders = [i for i, link in enumerate(links, 1) if link == strongest][:CUTS]
    best, found = 0.0, []
    for border in borders:
        two = clauses[:border], clauses[border:]
        one, other = (client_weigh.weigh(turn, part, _decide(part)[0]) for part in two)
        for first, second, turned in ((one, other, False), (other, one, True)):
            both = first.of(client_weigh.CHANGE) * (1 - second.of(client_weigh.CHANGE))
            if both > best:
                best, codes = both, [first.best(client_weigh.CHANGE), "sustain"]
                found = list(zip(codes[::-1] if turned else codes, map(_span_of, two), strict=True))
    return found


def leaning_of(turn: Turn, target: dict | None = None) -> Leaning:
    """How a client statement leans, for who wants to know what tipped it; parameters as for :func:`code_client`."""
    clauses = _read(turn, target_of(target, turn.rules.lang))
    return client_weigh.weigh(turn, clauses, _decide(clauses)[0])


def change_half(text: str, target: dict | None, lang: str) -> tuple[int, int] | None:
    """Where a client statement holds change talk: the span of it, or None.

    Parameters
    ----------
    text : str
        What the client said.
    target : dict or None
        As in :func:`code_client`.
    lang : {"en", "nl"}
    """
    turn = Turn.of(text, None, load(lang), "client")
    _, acts, _, _ = code_client(turn, target)
    spans = [turn.place(a.start, a.end) for a in acts if a.code.startswith("change")]
    return (min(s for s, _ in spans), max(e for _, e in spans)) if spans else None


def _read(turn: Turn, goal: Target | None) -> list[Clause]:
    flat, rules = turn.flat, turn.rules
    told = {id(rule) for rule, _ in match.likely(turn, "client")}
    cues = {r.note: r if id(r) in told else without(r) for r in rules.by_kind["client"] if r.note in CUES}
    clauses = cut(flat, turn.sentences, cues["contrast"].pattern, cues["cause"].pattern)
    contexts = [Context(flat, c, around, cues, goal) for c, around in zip(clauses, halves(clauses), strict=True)]
    for clause, context in zip(clauses, contexts, strict=True):
        piece = flat[clause.start : clause.end]
        aside = cues["aside"].pattern.search(piece)
        if aside:  # a concession takes nothing from the rest
            piece = piece[: aside.start()]
        _vote(flat, clause, rules, False, context, (clause.start, clause.start + len(piece)))
        if cues["threat"].pattern.search(piece):  # "or I'll never walk again": what the rest is meant to keep away
            clause.votes = [v for v in clause.votes if v.code == "change_need"]
            continue
        if goal:
            clause.votes.extend(context.target_votes())
        if not clause.votes and cues["negation"].pattern.search(piece):
            clause.votes.extend(context.left_undone())
        clause.reported = bool(cues["others"].pattern.search(piece))
        if clause.link != "start" and len(piece.split()) < 3:  # "No arguments." "I can't.": an echo of what was said
            clause.votes = [v for v in clause.votes if v.weight >= 3]
        if context.asks and not any(v.code == "discord" and v.weight >= 3 for v in clause.votes):
            clause.votes = [v for v in clause.votes if v.code == "neutral"]
            clause.votes.append(Vote("neutral", 2.0, clause.start, clause.end, cues["question"].id))
    if not any(c.votes for c in clauses):  # nothing told: what such words mostly are
        for clause, context in zip(clauses, contexts, strict=True):
            _vote(flat, clause, rules, True, context, (clause.start, clause.end))
    return clauses


def _vote(flat: str, clause: Clause, rules: RuleSet, weak: bool, context: Context, where: tuple[int, int]) -> None:
    """Let rules vote on a clause."""
    piece = flat[where[0] : where[1]]
    for rule, among in rules.sieves["client"].likely(piece):
        if rule.note in CUES or (rule.note or "").startswith("backoff") != weak:
            continue
        m = rule.pattern.search_among(piece, among)
        if not m or any(p.search(piece) for p in rule.unless):
            continue
        vote = context.vote(rule, where[0] + m.start(), where[0] + m.end())
        if vote:
            clause.votes.append(vote)


def _decide(clauses: list[Clause]) -> tuple[str, list[tuple[str, Clause]]]:
    """The main code, and for every act its code and clause."""
    total = lambda *codes: sum(c.weight(*codes) for c in clauses)  # noqa: E731
    discord, change, sustain = total("discord"), total("change"), total("sustain")
    if discord and discord >= max(change, sustain):
        return "discord", [("discord", max(clauses, key=lambda c: c.weight("discord")))]
    mixed = _both_ways(clauses)
    if mixed:
        return "mixed", mixed
    neutral = total("neutral")
    if not max(change, sustain) or neutral > max(change, sustain):
        return "neutral", [("neutral", _span_of(clauses))] if neutral else []
    if sustain > change or sustain == change and clauses[-1].direction < 0:
        return "sustain", [("sustain", max(clauses, key=lambda c: c.weight("sustain")))]
    votes = [v for c in clauses for v in c.votes if v.code.startswith("change")]
    best = _telling(votes)
    return best.code, [(best.code, next(c for c in clauses if best in c.votes))]


def _telling(votes: list[Vote]) -> Vote | None:
    """The change talk that tells most: by weight, a reason only where it stands alone, then by ``ORDER``."""
    forms = [v for v in votes if v.code != "change_reason" and v.weight >= 2]
    return max(forms or votes, key=lambda v: (v.weight, -ORDER.index(v.code)), default=None)


def _both_ways(clauses: list[Clause]) -> list[tuple[str, Clause]]:
    """The two halves of a mixed statement, or nothing."""
    groups = [Clause(c.start, c.end, c.link, list(c.votes), c.reported) for c in clauses[:1]]
    contrast = any(c.link == "contrast" for c in clauses)
    for c in clauses[1:]:
        joins = c.link == "comma" and (contrast or not c.direction or not groups[-1].direction or c.direction == groups[-1].direction)
        if joins or c.link == "sentence" and c.direction == groups[-1].direction:
            g = groups[-1]
            groups[-1] = Clause(g.start, c.end, g.link, [*g.votes, *c.votes], g.reported or c.reported)
        else:
            groups.append(Clause(c.start, c.end, c.link, list(c.votes), c.reported))
    for one, two in zip(groups, groups[1:], strict=False):
        a, b = one.direction, two.direction
        firm = lambda g: max(g.weight("change"), g.weight("sustain")) >= 2  # noqa: E731
        sure = lambda g: max(g.weight("change"), g.weight("sustain")) >= 3  # noqa: E731
        if a * b < 0 and (two.link == "contrast" or firm(one) and firm(two) or two.link == "comma" and (sure(one) or sure(two))):
            return [_half(one, a), _half(two, b)]
        if two.link == "contrast" and bool(a) != bool(b):
            known = one if a else two
            other = two if a else one
            if firm(known) and not other.votes and not other.reported:
                return [_half(one, a or -b), _half(two, b or -a)]
    return []


def _half(clause: Clause, direction: int) -> tuple[str, Clause]:
    if direction < 0:
        return "sustain", clause
    votes = [v for v in clause.votes if v.code.startswith("change")]
    best = _telling(votes)
    return (best.code if best else "change_reason"), clause


def _act(code: str, clause: Clause, lang: str) -> Act:
    best = max((v for v in clause.votes if v.code == code), key=lambda v: v.weight, default=None)
    certainty = {3: "clear", 2: "likely"}.get(int(best.weight), "unsure") if best else "likely"
    return Act(code, clause.start, clause.end, best.rule if best else f"{lang}.weighed.{code.replace('_', '-')}", certainty)


def _span_of(clauses: list[Clause]) -> Clause:
    return Clause(clauses[0].start, clauses[-1].end, "start", [v for c in clauses for v in c.votes])
