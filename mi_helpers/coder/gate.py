"""Which words must a text hold for a pattern to have any chance? Most rules need not be tried on most texts.

The answer is read off the pattern itself with Python's own parser of regular expressions; where that cannot tell, the
pattern is always tried. So a gate changes how long a reading takes, never what it says (tests/coder/test_gate.py).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

try:
    from re import _constants as op
    from re import _parser as parser
except ImportError:  # another Python keeps its parser elsewhere: no gates, same readings
    parser = None

#: Private-use characters stand for word lists while a pattern is being read.
_LIST = 0xE000
_SHORTEST = 2


@dataclass(frozen=True, slots=True)
class Gate:
    """A text gets through if it holds one of ``words`` as a word or one of ``pieces`` anywhere."""

    words: frozenset[str]
    pieces: tuple[str, ...]

    def lets(self, flat: str, words: set[str]) -> bool:
        """Could the pattern be found in this flattened text, whose words are ``words``?"""
        return not self.words.isdisjoint(words) or any(piece in flat for piece in self.pieces)


def of(source: str, lists: dict[str, frozenset[str]]) -> Gate | None:
    """The gate of one expanded pattern, or None where every text must be let through.

    Parameters
    ----------
    source : str
        The pattern, with ``\\L<name>`` for word lists.
    lists : dict
        The words of each list.
    """
    if parser is None:
        return None
    names = list(lists)
    readable = source.replace(r"\K", "")
    for i, name in enumerate(names):
        readable = readable.replace(rf"\L<{name}>", chr(_LIST + i))
    try:
        needed = _sequence(parser.parse(readable))
    except (re.error, RecursionError):
        return None
    if not needed:
        return None
    words: set[str] = set()
    pieces: set[str] = set()
    for literal in needed:
        marks = [ord(c) - _LIST for c in literal if _LIST <= ord(c) < _LIST + len(names)]
        if not marks:
            pieces.add(literal)
            continue
        for word in lists[names[marks[0]]]:
            (words if word.isalpha() else pieces).add(word)
    return Gate(frozenset(words), tuple(sorted(pieces)))


def _sequence(parsed) -> set[str] | None:
    """The best demand that some part of a sequence makes; a demand is met by any one of its literals."""
    demands, run = [], ""
    for kind, value in parsed:
        if kind is op.LITERAL:
            run += chr(value)
            continue
        if run:
            demands.append({run})
            run = ""
        demands.append(_part(kind, value))
    if run:
        demands.append({run})
    usable = [d for d in demands if d and min(map(len, map(_visible, d))) >= _SHORTEST]
    return min(usable, key=len) if usable else None


def _part(kind, value) -> set[str] | None:
    if kind is op.SUBPATTERN:
        return _sequence(value[3])
    if kind is op.ATOMIC_GROUP:
        return _sequence(value)
    if kind in (op.MAX_REPEAT, op.MIN_REPEAT, op.POSSESSIVE_REPEAT):
        return _sequence(value[2]) if value[0] > 0 else None
    if kind is op.ASSERT and value[0] > 0:
        return _sequence(value[1])
    if kind is op.BRANCH:
        demands = [_sequence(branch) for branch in value[1]]
        return set().union(*demands) if all(demands) else None
    return None


def _visible(literal: str) -> str:
    """A word list counts as long enough by itself."""
    return "listed" if any(ord(c) >= _LIST for c in literal) else literal
