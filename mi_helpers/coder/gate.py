"""Which words must a text hold for a pattern to have any chance? Most rules need not be tried on most texts.

The answer is read off the pattern itself with Python's own parser of regular expressions; where that cannot tell, the
pattern is always tried. So a gate changes how long a reading takes, never what it says (tests/coder/test_gate.py).

A gate is a choice of alternatives; an alternative is a list of demands that must all be met; a demand is met by any of
its atoms; an atom is a piece of one word: ``^go$`` the word itself, ``^go`` its beginning, ``go$`` its end, ``go`` a
part of it.
"""

from __future__ import annotations

import re

try:
    from re import _constants as op
    from re import _parser as parser
except ImportError:  # another Python keeps its parser elsewhere: no gates, same readings
    parser = None

Demand = frozenset[str]
Gate = tuple[tuple[Demand, ...], ...]

#: Private-use characters stand for word lists while a pattern is being read.
_LIST = 0xE000
#: A part that can be spelled in at most this many ways is read as those spellings.
_SPELLINGS = 300
#: A gate has at most this many alternatives; beyond that they are put together.
_ALTERNATIVES = 120
#: At most this many spellings get an alternative each.
_ALONE = 4
#: What is no letter or digit of a word becomes one space; a space at either end of a spelling: the word ends there.
_BETWEEN = re.compile(r"\W+")
#: Any digit is as good as another.
_DIGIT = re.compile(r"\d")


def any_digit(text: str) -> str:
    """A text with ``#`` for every digit, as the atoms have it."""
    return _DIGIT.sub("#", text) if _DIGIT.search(text) else text



def of(source: str, lists: dict[str, frozenset[str]], common: frozenset[str] = frozenset()) -> Gate | None:
    """The gate of one expanded pattern, or None where every text must be let through.

    Parameters
    ----------
    source : str
        The pattern, with ``\\L<name>`` for word lists.
    lists : dict
        The words of each list.
    common : frozenset of str
        Words so frequent that they tell little.
    """
    if parser is None:
        return None
    readable = source.replace(r"\K", "")
    names = list(lists)
    for i, name in enumerate(names):
        readable = readable.replace(rf"\L<{name}>", chr(_LIST + i))
    try:
        parsed = parser.parse(readable)
    except (re.error, RecursionError):
        return None
    if parsed.state.flags & re.IGNORECASE:
        return None
    gate = _Reader([lists[name] for name in names], common).gate(parsed)
    return tuple(gate) if gate and all(gate) else None


def atoms(word: str) -> list[str]:
    """Every atom that one word meets."""
    n = len(word)
    found = [f"^{word}$", *(f"^{word[:i]}" for i in range(1, n + 1)), *(f"{word[i:]}$" for i in range(n))]
    return found + [word[i:j] for i in range(n) for j in range(i + 2, n + 1)]


def rarity(demand: Demand, common: frozenset[str]) -> float:
    """How often a demand is met, roughly; the lower, the better it tells texts apart."""
    return sum(_often(atom, common) for atom in demand)


def _often(atom: str, common: frozenset[str]) -> float:
    if " " in atom:
        return 0.01
    bare = atom.strip("^$")
    if bare in common:
        return 1.0
    if len(atom) == len(bare) + 2:
        return 0.2 if len(bare) < 3 else 0.02
    return {1: 3.0, 2: 1.0, 3: 0.3}.get(len(bare), 0.03)


class _Reader:
    """Reads a parsed pattern: a part is either a set of spellings, or a gate (no demand: one empty alternative)."""

    def __init__(self, lists: list[frozenset[str]], common: frozenset[str]):
        self.lists, self.common = lists, common

    def gate(self, parsed) -> list:
        spellings, gate = self.sequence(parsed)
        return gate if spellings is None else self.demands(spellings)

    def sequence(self, parsed) -> tuple[set[str] | None, list]:
        run, gate, finite = {""}, [()], True
        for kind, value in parsed:
            spellings, part = self.part(kind, value)
            if spellings is not None and len(run) * len(spellings) <= _SPELLINGS:
                run = {_join(a, b) for a in run for b in spellings}
                continue
            finite = False
            if kind is op.ASSERT:  # takes no room: the run goes on behind it
                gate = self.both(gate, part)
                continue
            lead = " " if all(s.endswith(" ") for s in run) else ""
            if spellings is not None:  # too many together: demands for each by itself
                apart = " " if all(s[:1] == " " for s in spellings) else ""
                gate = self.both(gate, self.demands({_join(s, apart) for s in run}))
                run = {_join(lead, s) for s in spellings}
            else:
                gate = self.both(self.both(gate, self.demands(run)), part)
                run = {lead if _ends_apart(kind, value) else ""}
        return (run, [()]) if finite else (None, self.both(gate, self.demands(run)))

    def part(self, kind, value) -> tuple[set[str] | None, list]:
        """The spellings of one part, or (None, its gate)."""
        nothing = None, [()]
        if kind is op.LITERAL:
            if _LIST <= value < _LIST + len(self.lists):
                return {_BETWEEN.sub(" ", _DIGIT.sub("#", f" {word} ")) for word in self.lists[value - _LIST]}, [()]
            return {_letter(value)}, [()]
        if kind is op.AT:
            return ({""} if value is op.AT_NON_BOUNDARY else {" "}), [()]
        if kind is op.ASSERT_NOT:
            return {""}, [()]
        if kind is op.ASSERT:
            return None, self.gate(value[1])
        if kind is op.SUBPATTERN:
            return nothing if value[1] & re.IGNORECASE else self.sequence(value[3])
        if kind is op.ATOMIC_GROUP:
            return self.sequence(value)
        if kind is op.IN:
            return _class(value)
        if kind is op.BRANCH:
            return self.branch(value[1])
        if kind in (op.MAX_REPEAT, op.MIN_REPEAT, op.POSSESSIVE_REPEAT):
            return self.repeat(*value)
        return nothing

    def branch(self, branches) -> tuple[set[str] | None, list]:
        read = [self.sequence(b) for b in branches]
        if all(spellings is not None for spellings, _ in read):
            every = set().union(*(spellings for spellings, _ in read))
            if len(every) <= _SPELLINGS:
                return every, [()]
        gate = []
        for spellings, part in read:
            gate += self.demands(spellings) if spellings is not None else part
        return None, gate if all(gate) else [()]

    def repeat(self, least: int, most: int, parsed) -> tuple[set[str] | None, list]:
        spellings, gate = self.sequence(parsed)
        none = {""} if least == 0 else set()
        if spellings is not None and (most == 1 or spellings <= {"", " "}):
            return spellings | none, [()]
        if spellings == {"#"} and most == 2:
            return {"#", "##"} | none, [()]
        if least == 0:
            return None, [()]
        return None, gate if spellings is None else self.demands(spellings)

    def demands(self, spellings: set[str]) -> list[tuple[Demand, ...]]:
        """The gate of a set of spellings: one alternative for each, if they are not too many."""
        asked = {frozenset(_atoms_of(s)) for s in spellings}
        if frozenset() in asked:
            return [()]
        asked = [a for a in asked if not any(b < a for b in asked)] if len(asked) < 60 else list(asked)
        ranked = sorted(sorted(a, key=lambda atom: (_often(atom, self.common), atom)) for a in asked)
        if len(ranked) <= _ALONE:
            return [tuple(frozenset({atom}) for atom in a) for a in ranked]
        return [tuple(frozenset(column) for column in zip(*ranked))]

    def both(self, one: list, two: list) -> list:
        """A gate for two parts that must both be found."""
        if len(one) * len(two) > _ALTERNATIVES and min(len(one), len(two)) > 1:
            one, two = sorted((one, two), key=len)
            two = self.together(two)
            if len(one) * len(two) > _ALTERNATIVES:
                one = self.together(one)
        return list(dict.fromkeys(tuple(dict.fromkeys(a + b)) for a in one for b in two))

    def together(self, gate: list) -> list:
        """Many alternatives as one: any of the rarest demands, then any of the second, as far as all have them."""
        ranked = [sorted(a, key=lambda d: (rarity(d, self.common), sorted(d))) for a in gate]
        return [tuple(frozenset().union(*column) for column in zip(*ranked))]


def _class(items) -> tuple[set[str] | None, list]:
    """A class of characters: its members where they are few, a space for all that stands between words."""
    found = set()
    for kind, value in items:
        if kind is op.LITERAL:
            found.add(_letter(value))
        elif kind is op.CATEGORY and value is op.CATEGORY_DIGIT:
            found.add("#")
        elif kind is op.CATEGORY and value in (op.CATEGORY_SPACE, op.CATEGORY_NOT_WORD):
            found.add(" ")
        else:
            return None, [()]
    return found, [()]


def _ends_apart(kind, value) -> bool:
    """Is this a repetition after which a word begins, if a word began in front of it (``(?:\\w+\\s+){0,3}``)?"""
    if kind not in (op.MAX_REPEAT, op.MIN_REPEAT) or not len(value[2]):
        return False
    inner = list(value[2])
    while len(inner) == 1 and inner[0][0] is op.SUBPATTERN:
        inner = list(inner[0][1][3])
    last, what = inner[-1]
    if last in (op.MAX_REPEAT, op.MIN_REPEAT) and what[0] > 0 and len(what[2]) == 1:
        last, what = what[2][0]
    return last is op.IN and _class(what)[0] == {" "} or last is op.LITERAL and _BETWEEN.fullmatch(chr(what)) is not None


def _letter(code: int) -> str:
    return _BETWEEN.sub(" ", _DIGIT.sub("#", chr(code).lower()))


def _join(a: str, b: str) -> str:
    return a + b[1:] if a[-1:] == " " == b[:1] else a + b


def _atoms_of(spelling: str) -> list[str]:
    """The atoms that a spelling asks for."""
    parts = spelling.split(" ")
    last = len(parts) - 1
    found = [f"{'^' if i else ''}{p}{'$' if i < last else ''}" for i, p in enumerate(parts) if p]
    found = [a for a in found if len(a) > 1]
    whole = [a[0] == "^" and a[-1] == "$" for a in found]
    paired = [x and y for x, y in zip(whole, whole[1:])]
    alone = [a for a, left, right in zip(found, [False, *paired], [*paired, False]) if not left and not right]
    return alone + [f"{a} {b}" for a, b, both in zip(found, found[1:], paired) if both]
