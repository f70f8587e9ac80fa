"""Many gates at once: from the words of a text straight to the few rules that could fire on it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from mi_helpers.coder import gate
from mi_helpers.coder.kept import worked_out

_TOKEN = re.compile(r"[\w#]+")
#: A longer "word" is let through everywhere.
_LONGEST = 40
#: So many words are remembered.
_KEPT = 4000


class Sieve:
    """A list of rules with their gates turned inside out.

    Demands and alternatives are numbered. Each alternative is looked up by its rarest demand, and lets its rule through if
    its other demands are met too. What a word meets is worked out once and remembered.
    """

    def __init__(self, rules: tuple):
        self.rules = rules

    def likely(self, flat: str) -> list:
        """The rules that could fire on this stretch of flattened text, in their own order, each with its alternatives."""
        return self.sift(flat, ((0, len(flat)),))[0]

    def sift(self, flat: str, parts: Sequence[tuple[int, int]]) -> list[list]:
        """The rules that could fire on each part of a text, and (last) those that could on all parts together."""
        found, all_met, all_tried, pairs = [], set(), set(), None
        for start, end in parts:
            met, tried = set(), set()
            for word in _TOKEN.findall(gate.any_digit(flat[start:end])):
                if pairs and word in pairs:
                    demands, alternatives = pairs[word]
                    met.update(demands)
                    tried.update(alternatives)
                demands, alternatives, pairs = self.known.get(word) or self._look_up(word)
                if demands:
                    met.update(demands)
                if alternatives:
                    tried.update(alternatives)
            found.append(self._through(met, tried))
            if len(parts) > 1:
                all_met |= met
                all_tried |= tried
        return [*found, self._through(all_met, all_tried) if len(parts) > 1 else found[0] if found else []]

    def _through(self, met: set[int], tried: set[int]) -> list:
        needs, enough = self.needs, met.issuperset
        through: dict[int, list[int]] = {}
        for rule, part in sorted({needs[i][:2] for i in tried if enough(needs[i][2])}.union(self.always)):
            through.setdefault(rule, []).append(part)
        return [(self.rules[rule], parts) for rule, parts in through.items()]

    def work_out(self, common: frozenset[str]) -> tuple:
        """Read the gates off the patterns; :meth:`use` takes the answer."""
        needs: list[tuple[int, int, tuple[int, ...]]] = []  # a rule, an alternative of it, the demands beside its key
        always: list[tuple[int, int]] = []
        tries: dict[str, list[int]] = {}
        meets: dict[str, list[int]] = {}
        numbers: dict[gate.Demand, int] = {}
        gates = ((rule, part, found) for rule, r in enumerate(self.rules) for part, found in enumerate(r.pattern.gates()))
        for rule, part, found in gates:
            if found is None:
                always.append((rule, part))
                continue
            for alternative in found:
                key = min(alternative, key=lambda d: (gate.rarity(d, common), sorted(d)))
                for atom in key:
                    tries.setdefault(atom, []).append(len(needs))
                needs.append((rule, part, tuple(numbers.setdefault(d, len(numbers)) for d in alternative if d is not key)))
        for demand, number in numbers.items():
            for atom in demand:
                meets.setdefault(atom, []).append(number)
        single, pairs, seen = {}, {}, {}
        once = lambda part: seen.setdefault(part, part)  # noqa: E731  (what is the same is kept once)
        for atom in sorted({*tries, *meets}):
            found = tuple(once(tuple(numbered.get(atom, ()))) for numbered in (meets, tries))
            found = once(found)
            if " " in atom:
                first, second = (word.strip("^$") for word in atom.split(" "))
                pairs.setdefault(first, {})[second] = found
            else:
                single[atom] = found
        return needs, always, single, pairs

    def use(self, worked_out: tuple) -> None:
        """Take what :meth:`work_out` found, now or in an earlier run."""
        self.needs, self.always, self.single, self.pairs = worked_out
        self.demands = range(1 + max((n for *_, others in self.needs for n in others), default=0))
        self.known: dict[str, tuple] = {}

    def _look_up(self, word: str) -> tuple:
        """What a word meets: demands, alternatives, and the words that may follow it in a pair."""
        if len(word) > _LONGEST:
            return self.demands, range(len(self.needs)), None
        met, tried = set(), set()
        for atom in gate.atoms(word):
            if atom in self.single:
                demands, alternatives = self.single[atom]
                met.update(demands)
                tried.update(alternatives)
        if len(self.known) >= _KEPT:
            self.known.clear()
        self.known[word] = found = tuple(met), tuple(tried), self.pairs.get(word)
        return found


def prepare(sieves: dict[str, Sieve], common: frozenset[str], kept: Path, key: str) -> None:
    """Make sieves ready, from what an earlier run kept where that was for the very same rules.

    Parameters
    ----------
    sieves : dict
        By name.
    common : frozenset of str
        Words that tell little.
    kept, key
        As for :func:`mi_helpers.coder.kept.worked_out`.
    """
    states = worked_out(kept, key, lambda: {kind: sieve.work_out(common) for kind, sieve in sieves.items()})
    for kind, sieve in sieves.items():
        sieve.use(states[kind])
