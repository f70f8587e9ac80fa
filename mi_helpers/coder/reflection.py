"""Is this a reflection of what the client said? Echo, shift of person, feeling and meaning, against argument.

Nothing here rests on a stock opener or on punctuation alone. Simple or complex is how it *reads*; experienced human
coders agree on that difference in about six of ten cases (see docs/rules.md), so it is never right or wrong.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from mi_helpers.coder import text as read
from mi_helpers.coder.match import Hit, Turn, content
from mi_helpers.coder.rules import RuleSet

CODES = ("simple_reflection", "complex_reflection", "summary")
DEEPENS = {"adds_feeling", "adds_meaning", "double_sided", "metaphor"}


@dataclass(frozen=True, slots=True)
class Reading:
    """A stretch of the turn, taken as a reflection: simple or complex, and what it gives back.

    ``notes`` say what was seen in it (``word_for_word``, ``adds_feeling`` …); ``echoed`` are the client's content words that
    came back; ``heard`` is whether anything of the client's is in it at all: without that a reading is never clear.
    """

    code: str
    notes: tuple[str, ...] = ()
    echoed: tuple[str, ...] = ()
    heard: bool = False


def read_statement(turn: Turn, start: int, end: int, cues: list[Hit]) -> Reading:
    """Hold one statement against what the client said. Whether it is a reflection at all is weighed elsewhere.

    Parameters
    ----------
    turn : Turn
    start, end : int
        The stretch, in ``turn.flat``.
    cues : list of Hit
        The hits of ``cue`` rules inside the stretch.
    """
    part, rules = turn.flat[start:end], turn.rules
    words = read.words(part)
    mine, theirs = content(part, rules), content(turn.previous, rules)
    echoed = [w for stem, w in mine.items() if stem in theirs]
    notes = {h.rule.note for h in cues if h.rule.note}
    word_for_word = len(words) >= 3 and _same_words(words, _said(turn.previous, rules), rules) >= 0.85
    if word_for_word:
        notes.add("word_for_word")
    new = len(mine) - len(echoed)
    deep = _deepens(part, cues, theirs, rules, start) if new else False
    deep = deep or (new >= 2 and new > len(echoed))
    code = "complex_reflection" if deep and not word_for_word else "simple_reflection"
    return Reading(code, tuple(sorted(notes)), tuple(echoed), bool(echoed) or "double_sided" in notes)


def signs(turn: Turn, start: int, end: int, part: str) -> dict[str, float]:
    """The signs that tell whose words a stretch holds, each with how much of it there is (mostly 0 or 1).

    Parameters
    ----------
    turn : Turn
    start, end : int
        The stretch, in ``turn.flat``.
    part : str
        Its words, as they are to be weighed (without a stock opener).
    """
    rules, said = turn.rules, _said(turn.previous, turn.rules)
    words = read.words(part)
    mine, theirs = content(part, rules), content(turn.previous, rules)
    echoed = [w for stem, w in mine.items() if stem in theirs]
    you, own, filler = rules.words["you"], rules.words["self"], rules.words["filler"]
    first = next((w for w in words if w not in filler), "")
    addressed = any(w in you for w in words)
    found = {
        "echo": min(len(echoed), 3), "echo_half": bool(mine) and 2 * len(echoed) >= len(mine), "no_echo": not echoed,
        "no_content": not mine, "much_new": len(mine) - len(echoed) >= 5, "no_previous": not said.stems,
        "same_words": _same_words(words, said, rules), "you": addressed, "you_first": first in you,
        "person_shift": addressed and said.own, "self": any(w in own for w in words), "self_first": first in own,
        "short": len(words) <= 3, "long": len(words) > 25, "number": any(c.isdigit() for c in part),
        "later": start > turn.sentences[0][0], "more_follows": end < turn.sentences[-1][1],
        "after_question": turn.previous.rstrip().endswith("?"),
    }  # fmt: skip
    return {sign: float(much) for sign, much in found.items()}


@dataclass(frozen=True, slots=True)
class _Said:
    """What the client said, read once: how many words beside *I* and *you*, their stems, whether *I* was among them."""

    words: int
    stems: frozenset[str]
    own: bool


@lru_cache(maxsize=32)
def _said(previous: str, rules: RuleSet) -> _Said:
    every = read.words(previous)
    rest = [w for w in every if w not in rules.words["you"] and w not in rules.words["self"]]
    return _Said(len(rest), frozenset(read.stem(w, rules.lang) for w in every), any(w in rules.words["self"] for w in every))


def _deepens(part: str, cues: list[Hit], theirs: dict[str, str], rules: RuleSet, start: int) -> bool:
    """Does a cue name a feeling, meaning or image that the client did not name?"""
    for cue in (c for c in cues if c.rule.note in DEEPENS):
        said = content(part[cue.start - start : cue.end - start], rules)
        if not said or any(stem not in theirs for stem in said):
            return True
    return False


def _same_words(words: list[str], said: _Said, rules: RuleSet) -> float:
    """Share of the words that are the client's own, once the person is shifted (ik → je, my → your)."""
    heard = [w for w in words if w not in rules.words["you"] and w not in rules.words["self"]]
    if not heard or not said.stems or len(heard) < 0.6 * said.words:
        return 0.0
    return sum(w in rules.words["filler"] or read.stem(w, rules.lang) in said.stems for w in heard) / len(heard)
