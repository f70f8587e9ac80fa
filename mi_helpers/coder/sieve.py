"""Many gates at once: from the words of a text straight to the few rules that could fire on it."""

from __future__ import annotations

import marshal
import os
from pathlib import Path

import regex

from mi_helpers.coder import gate

_TOKEN = regex.compile(r"[\w#]+")
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
        """The rules that could fire on this stretch of flattened text, in their own order."""
        known, needs = self.known, self.needs
        met, tried, pairs = set(), set(), None
        for word in _TOKEN.findall(gate.any_digit(flat)):
            if pairs and word in pairs:
                demands, alternatives = pairs[word]
                met.update(demands)
                tried.update(alternatives)
            demands, alternatives, pairs = known.get(word) or self._look_up(word)
            if demands:
                met.update(demands)
            if alternatives:
                tried.update(alternatives)
        enough = met.issuperset
        through = {needs[i][0] for i in tried if enough(needs[i][1])}
        through.update(self.always)
        return [self.rules[i] for i in sorted(through)]

    def work_out(self, common: frozenset[str]) -> tuple:
        """Read the gates off the patterns; :meth:`use` takes the answer."""
        needs: list[tuple[int, tuple[int, ...]]] = []  # per alternative: its rule, the demands beside its key
        always: list[int] = []
        tries: dict[str, list[int]] = {}
        meets: dict[str, list[int]] = {}
        numbers: dict[gate.Demand, int] = {}
        for rule, found in enumerate(r.pattern.gate for r in self.rules):
            if found is None:
                always.append(rule)
                continue
            for alternative in found:
                key = min(alternative, key=lambda d: (gate.rarity(d, common), sorted(d)))
                for atom in key:
                    tries.setdefault(atom, []).append(len(needs))
                needs.append((rule, tuple(numbers.setdefault(d, len(numbers)) for d in alternative if d is not key)))
        for demand, number in numbers.items():
            for atom in demand:
                meets.setdefault(atom, []).append(number)
        single, pairs = {}, {}
        for atom in sorted({*tries, *meets}):
            found = tuple(meets.get(atom, ())), tuple(tries.get(atom, ()))
            if " " in atom:
                first, second = (word.strip("^$") for word in atom.split(" "))
                pairs.setdefault(first, {})[second] = found
            else:
                single[atom] = found
        return needs, always, single, pairs

    def use(self, worked_out: tuple) -> None:
        """Take what :meth:`work_out` found, now or in an earlier run."""
        self.needs, self.always, self.single, self.pairs = worked_out
        self.demands = range(1 + max((n for _, others in self.needs for n in others), default=0))
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
    kept : pathlib.Path
        The file to keep them in, beside Python's own compiled files; one that cannot be written does no harm.
    key : str
        Fingerprint of all that the answer depends on.
    """
    try:
        found_key, states = marshal.loads(kept.read_bytes())
    except (OSError, ValueError, EOFError, TypeError):
        found_key = None
    if found_key != key:
        states = {kind: sieve.work_out(common) for kind, sieve in sieves.items()}
        try:
            kept.parent.mkdir(exist_ok=True)
            fresh = kept.with_suffix(f".{os.getpid()}")
            fresh.write_bytes(marshal.dumps((key, states)))
            fresh.replace(kept)
        except OSError:
            pass
    for kind, sieve in sieves.items():
        sieve.use(states[kind])
