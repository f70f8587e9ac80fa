"""The words around a hit in client speech that decide which way it points: poles, negation, conditions."""

from __future__ import annotations

from mi_helpers.coder.client_clauses import Clause, Vote
from mi_helpers.coder.targets import Target

WEIGHT = {"clear": 3.0, "likely": 2.0, "unsure": 1.0}
#: What a negated form says where the clause still points toward change ("I can't go on drinking" is a need).
NEGATED = {"change_ability": "change_need", "change_activation": "change_commitment"}


class Context:
    """The words around a hit that decide which way it points."""

    def __init__(self, flat: str, clause: Clause, around: tuple[int, int], cues, goal: Target | None):
        self.flat, self.clause, self.around, self.cues, self.goal = flat, clause, around, cues, goal
        tail = flat[clause.end : clause.end + 3].lstrip()
        piece = flat[clause.start : clause.end]
        asks = tail.startswith("?") or (
            clause.link != "contrast" and not tail.startswith(".") and bool(cues["question"].pattern.search(piece))
        )
        self.asks = asks and not cues["rhetorical"].pattern.search(piece)

    def _cue(self, cue: str, start: int, end: int, skip=(0, 0)) -> list[tuple[int, int]]:
        """Where a cue stands between two places, outside the words to skip."""
        hits = [m.span() for m in self.cues[cue].pattern.finditer(self.flat, start, end)]
        if cue == "negation" and hits:
            idle = [m.span() for m in self.cues["no_negation"].pattern.finditer(self.flat, start, max(end, self.clause.end))]
            hits = [h for h in hits if not any(s <= h[0] < e for s, e in idle)]
        return [h for h in hits if not skip[0] <= h[0] < skip[1]]

    def _negated(self, start: int, end: int, skip=(0, 0)) -> int:
        """-1 where an odd number of negations stands there, outside words that name a pole ("no phones at the table")."""
        hits = self._cue("negation", start, end, skip)
        if hits:
            taken = [(s, s + 1) for s, _ in self._cue("stop", self.clause.start, self.clause.end)]  # "no more", "geen voet"
            for kind in ("doing", "avoiding") if self.goal else ():
                m = self.goal.value_in(kind, self.flat, self.clause.start, self.clause.end)
                taken += [m.span()] if m else []
            hits = [h for h in hits if not any(s <= h[0] < e for s, e in taken)]
        return -1 if len(hits) % 2 else 1

    def _pole(self, start: int, end: int, skip=(0, 0), bare: bool = True) -> int:
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
        return -self.goal.sign if len(stops) % 2 and (bare or self.goal.sign < 0) else 0

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
            pole = self._pole(c.start, c.end, bare=rule.note == "form")
            last = c.end
            if not pole:  # English denies before the verb, Dutch after it, but not in what is wished for
                place = self.flat.find(" om ", end, c.end) if rule.id.startswith("nl") else min(c.end, end + 5)
                last = place if place > 0 else c.end
            return (pole or 1) * self._negated(c.start, last)
        if rule.note == "doing":
            pole = self._pole(c.start, c.end) or (self.goal.sign if self.goal else -1)
            return pole * self._negated(c.start, c.end)
        conditions = [k for k in self._conditions() if not k[0] <= start < k[1]]
        pole = self._pole(c.start, c.end, skip)
        for k in conditions:
            pole = pole or self._pole(*k)
        turn = self._negated(c.start, start)
        for k in conditions:
            if k[0] >= start or k[1] <= c.start:
                turn *= self._negated(*k)
        if rule.note == "gain":
            return (pole or 1) * turn
        if rule.note == "pleasure":
            if not pole and turn < 0 and self.goal and self.goal.sign > 0:
                return -1  # "I don't like it" is said of what is to be done
            return (pole or -1) * turn
        if rule.note == "burden":
            return -(pole or 1) * turn
        if rule.note == "harm" and self.goal and self.goal.sign > 0 and pole * turn > 0 and not self.goal.hurts:
            return 1  # the words of the task stand in it, the harm comes from leaving it
        return -(pole or -1) * turn  # harm, aversion: things as they are are to blame unless said otherwise

    def vote(self, rule, start: int, end: int) -> Vote | None:
        """What the rule says here, or None where it says nothing."""
        weight = WEIGHT[rule.certainty]
        if rule.note == "backoff-not" and any(self._pole(*k) * self._negated(*k) < 0 for k in self._conditions()):
            return Vote("change_reason", weight, start, end, rule.id)  # "without work I don't know what day it is"
        if rule.note in (None, "backoff-fixed", "backoff-not"):
            return Vote(rule.code, weight, start, end, rule.id)
        if rule.note in ("past", "act"):
            pole = self._pole(self.clause.start, self.clause.end, bare=False)
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
