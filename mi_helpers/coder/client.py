"""Read client speech: change talk by kind, sustain talk, discord, neutral, and both at once.

Direction is relative to a target behaviour. Every clause is read as a *form* (a wish, a duty, a promise, a cost, …) and
as a *pole* (toward the change or toward how things are); negation and words of stopping turn the pole. The sum of what a
clause holds decides its direction; two clauses that pull both ways make a mixed statement.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from mi_helpers.coder import text as read
from mi_helpers.coder.match import Turn
from mi_helpers.coder.model import Act
from mi_helpers.coder.rules import RuleSet, load
from mi_helpers.coder.targets import Target, target_of

WEIGHT = {"clear": 3.0, "likely": 2.0, "unsure": 1.0}
#: Notes of rules that are cues and give no code of their own.
CUES = ("negation", "no_negation", "stop", "contrast", "question", "aside", "cause", "condition", "rhetorical", "others")
#: Kinds of change talk, the more telling first: used where two weigh the same.
ORDER = (
    "change_steps", "change_commitment", "change_activation", "change_need", "change_ability", "change_desire",
    "change_reason",
)  # fmt: skip
#: What a negated form says where the clause still points toward change ("I can't go on drinking" is a need).
NEGATED = {"change_ability": "change_need", "change_activation": "change_commitment"}


@dataclass(frozen=True, slots=True)
class Vote:
    """What one rule makes of its words: a code, how heavy, and where."""

    code: str
    weight: float
    start: int
    end: int
    rule: str


@dataclass(slots=True)
class Clause:
    """A stretch of the statement, and how it is joined to what stands before (``start``, ``contrast``, ``sentence``, ``comma``)."""

    start: int
    end: int
    link: str
    votes: list[Vote] = field(default_factory=list)
    reported: bool = False

    def weight(self, *codes: str) -> float:
        """Sum of the votes whose code begins with one of ``codes``."""
        return sum(v.weight for v in self.votes if v.code.startswith(codes))

    @property
    def direction(self) -> int:
        """1 toward change, -1 away from it, 0 neither."""
        change, sustain = self.weight("change"), self.weight("sustain")
        return (change > sustain) - (sustain > change) if max(change, sustain) else 0


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
    clauses = _read(turn.flat, turn.sentences, turn.rules, goal)
    main, parts = _decide(clauses)
    acts = tuple(_act(turn.flat, code, clause) for code, clause in parts)
    best = max((c.weight(_family(main)) for c in clauses), default=0)
    other = max((c.weight(*_others(main)) for c in clauses), default=0) if main != "mixed" else 0
    certainty = "clear" if best >= 3 and not other else "likely" if best - other >= 1 or main == "mixed" else "unsure"
    if goal is None and certainty == "clear" and main not in ("discord", "neutral"):
        certainty = "likely"
    rules = ", ".join(dict.fromkeys(a.rule for a in acts if a.rule)) or "no rule fired"
    return main, acts, certainty, f"{main}: {rules}"


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
    turn = Turn.of(text, None, load(lang))
    _, acts, _, _ = code_client(turn, target)
    spans = [turn.place(a.start, a.end) for a in acts if a.code.startswith("change")]
    return (min(s for s, _ in spans), max(e for _, e in spans)) if spans else None


# --- clauses -------------------------------------------------------------------------------------------------------


def _read(flat: str, sentences, rules: RuleSet, goal: Target | None) -> list[Clause]:
    cues = {r.note: r for r in rules.by_kind["client"] if r.note in CUES}
    coding = [r for r in rules.by_kind["client"] if r.note not in CUES and not (r.note or "").startswith("backoff")]
    weak = [r for r in rules.by_kind["client"] if (r.note or "").startswith("backoff")]
    clauses = _clauses(flat, sentences, cues["contrast"].pattern, cues["cause"].pattern)
    halves = _halves(clauses)
    for clause in clauses:
        around = next(h for h in halves if h[0] <= clause.start < h[1])
        context = _Context(flat, clause, around, cues, goal)
        piece = flat[clause.start : clause.end]
        aside = cues["aside"].pattern.search(piece)
        if aside:  # a concession takes nothing from the rest
            piece = piece[: aside.start()]
        _vote(flat, clause, coding, context, (clause.start, clause.start + len(piece)))
        if goal:
            clause.votes.extend(context.target_votes())
        if not clause.votes and cues["negation"].pattern.search(piece):
            clause.votes.extend(context.left_undone())
        clause.reported = bool(cues["others"].pattern.search(piece))
        if context.asks and clause.weight("discord") == 0:
            clause.votes = [v for v in clause.votes if v.code == "neutral"]
            clause.votes.append(Vote("neutral", 2.0, clause.start, clause.end, cues["question"].id))
    if not any(c.votes for c in clauses):  # nothing told: what such words mostly are
        for clause in clauses:
            around = next(h for h in halves if h[0] <= clause.start < h[1])
            _vote(flat, clause, weak, _Context(flat, clause, around, cues, goal), (clause.start, clause.end))
    return clauses


def _vote(flat: str, clause: Clause, rules, context: _Context, where: tuple[int, int]) -> None:
    """Let rules vote on a clause."""
    piece = flat[where[0] : where[1]]
    for rule in rules:
        m = rule.pattern.search(piece)
        if not m or any(p.search(piece) for p in rule.unless):
            continue
        vote = context.vote(rule, where[0] + m.start(), where[0] + m.end())
        if vote:
            clause.votes.append(vote)


def _clauses(flat: str, sentences, contrast, cause) -> list[Clause]:
    """Cut at sentence ends, contrast words, commas and causes; a contrast word belongs to neither side."""
    found: list[Clause] = []
    for start, end in sentences:
        link, place = ("sentence" if found else "start"), start
        for m in contrast.finditer(flat, start, end):
            if m.start() > place:
                found.extend(_commas(flat, place, m.start(), link, cause))
                link = "contrast"
            elif found and place == start:  # "Maar ..." after a sentence before
                link = "contrast"
            place = m.end()
        if place < end:
            found.extend(_commas(flat, place, end, link, cause))
    return [c for c in (_trim(flat, c) for c in found) if c.start < c.end]


def _commas(flat: str, start: int, end: int, link: str, cause) -> list[Clause]:
    cuts = {m.start() for m in cause.finditer(flat, start, end)}
    found, place = [], start
    for i in range(start, end):
        if flat[i] in ",;:" or (flat[i] == "-" and flat[i - 1 : i + 2] == " - ") or i in cuts:
            if len(flat[place:i].split()) >= 2 and len(flat[i + 1 : end].split()) >= 2:
                found.append(Clause(place, i, link))
                link, place = "comma", i if i in cuts else i + 1
    return [*found, Clause(place, end, link)]


def _trim(flat: str, c: Clause) -> Clause:
    start, end = c.start, c.end
    while start < end and not (flat[start].isalnum() or flat[start] == "'"):
        start += 1
    while start < end and not flat[end - 1].isalnum():
        end -= 1
    return Clause(start, end, c.link)


def _halves(clauses: list[Clause]) -> list[tuple[int, int]]:
    """Stretches between sentence ends and contrast words."""
    halves: list[tuple[int, int]] = []
    for c in clauses:
        if halves and c.link == "comma":
            halves[-1] = (halves[-1][0], c.end)
        else:
            halves.append((c.start, c.end))
    return halves


# --- votes ---------------------------------------------------------------------------------------------------------


class _Context:
    """The words around a hit that decide which way it points."""

    def __init__(self, flat: str, clause: Clause, around: tuple[int, int], cues, goal: Target | None):
        self.flat, self.clause, self.around, self.cues, self.goal = flat, clause, around, cues, goal
        tail = flat[clause.end : clause.end + 3].lstrip()
        piece = flat[clause.start : clause.end]
        asks = tail.startswith("?") or bool(cues["question"].pattern.search(piece)) and not tail.startswith(".")
        self.asks = asks and not cues["rhetorical"].pattern.search(piece)

    def _cue(self, cue: str, start: int, end: int, skip=(0, 0)) -> list[tuple[int, int]]:
        """Where a cue stands between two places, outside the words to skip."""
        hits = [m.span() for m in self.cues[cue].pattern.finditer(self.flat, start, end)]
        if cue == "negation" and hits:
            idle = [m.span() for m in self.cues["no_negation"].pattern.finditer(self.flat, start, end)]
            hits = [h for h in hits if not any(s <= h[0] < e for s, e in idle)]
        return [h for h in hits if not skip[0] <= h[0] < skip[1]]

    def _negated(self, start: int, end: int, skip=(0, 0)) -> int:
        """-1 where an odd number of negations stands there, outside words that name a pole ("no phones at the table")."""
        hits = self._cue("negation", start, end, skip)
        if hits:
            taken = self._cue("stop", self.clause.start, self.clause.end)
            for kind in ("doing", "avoiding") if self.goal else ():
                m = self.goal.value_in(kind, self.flat, self.clause.start, self.clause.end)
                taken += [m.span()] if m else []
            hits = [h for h in hits if not any(s <= h[0] < e for s, e in taken)]
        return -1 if len(hits) % 2 else 1

    def _pole(self, start: int, end: int, skip=(0, 0)) -> int:
        """Which pole the words speak of (0 none); words of stopping turn it."""
        stops = self._cue("stop", start, end, skip)
        if self.goal is None:
            return 1 if stops else 0
        avoiding = self.goal.value_in("avoiding", self.flat, start, end)
        if avoiding:  # "come off them" is one thing, not a stop of an avoidance
            stops = [s for s in stops if s[1] <= avoiding.start() or s[0] >= avoiding.end()]
        turn = -1 if len(stops) % 2 else 1
        doing = self.goal.value_in("doing", self.flat, start, end)
        if avoiding and doing and turn < 0:
            return 1  # "gum instead of a fag", "calm instead of shouting": what is stopped is how things are
        if avoiding:
            return -self.goal.sign * turn
        if doing:
            return self.goal.sign * turn
        return -self.goal.sign if len(stops) % 2 else 0

    def _conditions(self) -> list[tuple[int, int]]:
        """Stretches of the half that name a condition (\"if I stop\"), where the behaviour of a value often stands."""
        found = []
        for m in self.cues["condition"].pattern.finditer(self.flat, *self.around):
            stop = min((i for i in (self.flat.find(c, m.end(), self.around[1]) for c in ",;") if i > 0), default=self.around[1])
            found.append((m.start(), stop))
        return found

    def sign(self, rule, start: int, end: int) -> int:
        """1 toward change, -1 away."""
        c, skip = self.clause, (start, end)
        if rule.note in ("form", "backoff"):
            pole = self._pole(c.start, c.end)
            if pole or rule.id.startswith("nl"):  # Dutch denies after the verb, English before it
                return (pole or 1) * self._negated(c.start, c.end)
            return self._negated(c.start, min(c.end, end + 5))
        if rule.note == "doing":
            pole = self._pole(c.start, c.end) or (self.goal.sign if self.goal else -1)
            return pole * self._negated(c.start, c.end)
        conditions = [k for k in self._conditions() if not k[0] <= start < k[1]]
        pole = self._pole(c.start, c.end, skip)
        for k in conditions:
            pole = pole or self._pole(*k)
        pole = pole or self._pole(*self.around, skip)
        turn = self._negated(c.start, start)
        for k in conditions:
            if k[0] >= start or k[1] <= c.start:
                turn *= self._negated(*k)
        if rule.note == "gain":
            return (pole or 1) * turn
        if rule.note == "pleasure":
            return (pole or -1) * turn
        if rule.note == "burden":
            return -(pole or 1) * turn
        return -(pole or -1) * turn  # harm, aversion: things as they are are to blame unless said otherwise

    def vote(self, rule, start: int, end: int) -> Vote | None:
        """What the rule says here, or None where it says nothing."""
        weight = WEIGHT[rule.certainty]
        if rule.note in (None, "backoff-fixed"):
            return Vote(rule.code, weight, start, end, rule.id)
        if rule.note in ("past", "act"):
            pole = self._pole(self.clause.start, self.clause.end)
            turn = self._negated(self.clause.start, self.clause.end)
            if pole * turn < 0 or not pole and (turn < 0 or rule.note == "past"):
                return None
            return Vote(rule.code, weight if pole else weight - 1, start, end, rule.id)
        if rule.note == "harm" and self._cue("stop", max(self.clause.start, start - 14), start):
            return None  # "without a row": the harm is wished away
        sign = self.sign(rule, start, end)
        if sign < 0:
            return Vote("sustain", weight, start, end, rule.id)
        code = rule.code
        if code == "sustain":
            code = "change_reason"
        if code in NEGATED and self._cue("negation", self.clause.start, self.clause.end):
            code = NEGATED[code]
        return Vote(code, weight, start, end, rule.id)

    def target_votes(self) -> list[Vote]:
        """Costs and gains that go with this behaviour by themselves (a hangover, a side effect)."""
        votes = []
        c, goal = self.clause, self.goal
        for kind, toward in (("harm", 1), ("gain", 1), ("burden", -1), ("pleasure", -1)):
            m = goal.value_in(kind, self.flat, c.start, c.end)
            if not m:
                continue
            turn = self._negated(c.start, m.start())
            if goal.sign > 0 and turn < 0 and goal.value_in("doing", self.flat, c.start, c.end):
                turn = 1  # "since I take them I have had no fits" speaks for taking them
            code = "change_reason" if toward * turn > 0 else "sustain"
            votes.append(Vote(code, 2.0, *m.span(), f"{goal.lang}.target.{goal.name}.{kind}"))
        return votes

    def left_undone(self) -> list[Vote]:
        """What the client is to do and says not to do, in words no rule knows."""
        c, goal = self.clause, self.goal
        if not goal or goal.sign < 0 or self._pole(c.start, c.end) * self._negated(c.start, c.end) >= 0:
            return []
        return [Vote("sustain", 1.0, c.start, c.end, f"{goal.lang}.target.{goal.name}.undone")]


# --- the whole statement -------------------------------------------------------------------------------------------


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
    best = max(votes, key=lambda v: (v.weight, -ORDER.index(v.code)))
    return best.code, [(best.code, next(c for c in clauses if best in c.votes))]


def _both_ways(clauses: list[Clause]) -> list[tuple[str, Clause]]:
    """The two halves of a mixed statement, or nothing."""
    groups: list[Clause] = []
    contrast = any(c.link == "contrast" for c in clauses)
    for c in clauses:
        joins = c.link == "comma" and (contrast or not c.direction or not groups[-1].direction or c.direction == groups[-1].direction)
        if groups and (joins or (c.link == "sentence" and c.direction == groups[-1].direction)):
            g = groups[-1]
            groups[-1] = Clause(g.start, c.end, g.link, [*g.votes, *c.votes], g.reported or c.reported)
        else:
            groups.append(Clause(c.start, c.end, c.link, list(c.votes), c.reported))
    for one, two in zip(groups, groups[1:]):
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
    best = max(votes, key=lambda v: (v.weight, -ORDER.index(v.code)), default=None)
    return (best.code if best else "change_reason"), clause


def _act(flat: str, code: str, clause: Clause) -> Act:
    votes = [v for v in clause.votes if v.code == code]
    best = max(votes, key=lambda v: v.weight, default=None)
    weight = best.weight if best else 1
    return Act(code, clause.start, clause.end, best.rule if best else "", "clear" if weight >= 3 else "likely" if weight >= 2 else "unsure")


def _span_of(clauses: list[Clause]) -> Clause:
    return Clause(clauses[0].start, clauses[-1].end, "start", [v for c in clauses for v in c.votes])


def _family(main: str) -> str:
    return "change" if main.startswith("change") else main


def _others(main: str) -> tuple[str, ...]:
    return tuple(f for f in ("change", "sustain", "discord") if f != _family(main))
