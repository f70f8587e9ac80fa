"""Is this a reflection of what the client said? Echo, shift of person, feeling and meaning, against argument.

Nothing here rests on a stock opener or on punctuation alone. Simple or complex is how it *reads*; experienced human
coders agree on that difference in about six of ten cases (see docs/rules.md), so it is never right or wrong.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache

from mi_helpers.coder import text as read
from mi_helpers.coder.match import Hit, content
from mi_helpers.coder.model import Certainty
from mi_helpers.coder.rules import RuleSet

#: What each sign adds to the case for a reflection (log odds, rounded). Set by logistic regression on statements of
#: AnnoMI's tune part and on written replies in both languages, pulled toward what the manual says; held at half a point:
#: the stock opener, which earns nothing by itself. How: docs/rules.md.
WEIGHTS = {
    # the client's words
    "echo": 0.5, "echo_half": 0.2, "person_shift": 0.3, "no_content": -0.5, "much_new": -0.4, "no_previous": -0.4,
    "after_question": -1.2,
    # whom it speaks of
    "you": 0.4, "you_first": 0.4, "self": -0.7, "self_first": -0.3, "we": -0.4, "if_you": -0.8, "could_do": -0.2, "generic": -0.2,
    "third_person": 0.1, "you_know": -0.1,
    # how it is built
    "so_opening": 0.9, "well_opening": -0.7, "short": -0.7, "long": 0.6, "later": -0.8,
    # what the rules say
    "adds_feeling": 0.6, "adds_meaning": 0.8, "double_sided": 0.9, "stock_opener": 0.5, "metaphor": 1.1,
    "argues": -1.1, "informs": -0.9, "judges": -1.4, "own_view": -0.7, "plans": -1.0, "stance": -0.5,
}  # fmt: skip
BASE = 0.1
#: The same for information: what tells a statement that gives it from one that does neither.
INFORMS = {
    "echo": -0.3, "much_new": 0.5, "after_question": 1.2, "no_previous": 0.4, "later": 0.7, "short": -0.8, "long": -0.5,
    "you": -0.6, "you_first": -0.4, "person_shift": -0.3, "self": 0.4, "we": 0.6, "if_you": 1.0, "could_do": 0.5, "generic": 0.6,
    "third_person": 0.3, "you_know": 0.8, "number": 0.5, "well_opening": 0.3, "so_opening": -0.5, "stock_opener": -1.0,
    "adds_feeling": -0.5, "adds_meaning": -0.4, "double_sided": -0.6, "metaphor": -0.4, "informs": 0.8, "stance": 0.3,
}  # fmt: skip
INFORMS_BASE = -0.9
#: From here a reading is likely, and (with words of the client in it) clear.
LIKELY, CLEAR = 0.35, 1.7
DEEPENS = {"adds_feeling", "adds_meaning", "double_sided", "metaphor"}


@dataclass(frozen=True, slots=True)
class Reading:
    """How far a stretch of the turn reads as a reflection.

    ``score`` is the sum of the signs (unit: weights of this module), ``informs`` that of the signs of information;
    ``notes`` say which signs were seen; ``echoed`` are the client's content words that came back.
    """

    code: str
    score: float
    certainty: Certainty
    notes: tuple[str, ...] = ()
    echoed: tuple[str, ...] = field(default=())
    informs: float = -1.0


def read_statement(part: str, previous: str, cues: list[Hit], rules: RuleSet, start: int = 0) -> Reading:
    """Weigh one statement against what the client said.

    Parameters
    ----------
    part, previous : str
        The stretch of the turn and the client's words, both flattened; ``previous`` may be empty.
    cues : list of Hit
        The hits of ``cue`` rules inside the stretch.
    rules : RuleSet
    start : int
        Where ``part`` begins in the turn (the cues count from there).

    Returns
    -------
    Reading
        ``score`` at or below 0 means: no reflection.
    """
    words = read.words(part)
    mine, theirs = content(part, rules), content(previous, rules)
    echoed = [w for stem, w in mine.items() if stem in theirs]
    notes = {h.rule.note for h in cues if h.rule.note}
    said = _said(previous, rules)
    signs = _signs(words, said, mine, echoed, rules)
    signs |= {note: 1.0 for note in notes if note in WEIGHTS}
    if "stock_opener" in notes:  # the "I" of "I hear you saying"
        signs["self"] = signs["self_first"] = 0.0
    signs["later"] = float(start > 0)
    signs["after_question"] = float(previous.rstrip().endswith("?"))
    signs["number"] = float(any(c.isdigit() for c in part))
    score = round(BASE + sum(WEIGHTS.get(sign, 0.0) * much for sign, much in signs.items()), 3)  # whatever the order of adding
    informs = round(INFORMS_BASE + sum(INFORMS.get(sign, 0.0) * much for sign, much in signs.items()), 3)

    word_for_word = len(words) >= 3 and _same_words(words, said, rules) >= 0.85
    if word_for_word:
        notes.add("word_for_word")
    new = len(mine) - len(echoed)
    deep = _deepens(part, cues, theirs, rules, start) if new else False
    deep = deep or (new >= 2 and new > len(echoed))
    code = "complex_reflection" if deep and not word_for_word else "simple_reflection"
    heard = bool(echoed) or "double_sided" in notes  # without the client's own words a reading is never clear
    marked = signs["you"] or echoed or bool(notes & (DEEPENS | {"so_opening", "stock_opener"}))
    certainty: Certainty = "clear" if score >= CLEAR and heard else "likely" if score >= LIKELY and marked else "unsure"
    return Reading(code, score, certainty, tuple(sorted(notes)), tuple(echoed), informs)


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


def _signs(words: list[str], said: _Said, mine: dict, echoed: list[str], rules: RuleSet) -> dict[str, float]:
    """The signs that the words of a statement hold, each with how much of it there is."""
    you, own, filler = rules.words["you"], rules.words["self"], rules.words["filler"]
    first = next((w for w in words if w not in filler), "")
    addressed = any(w in you for w in words)
    found = {
        "echo": min(len(echoed), 3), "echo_half": bool(mine) and 2 * len(echoed) >= len(mine), "no_content": not mine,
        "much_new": len(mine) - len(echoed) >= 5, "no_previous": not said.stems,
        "you": addressed, "you_first": first in you, "person_shift": addressed and said.own,
        "self": any(w in own for w in words), "self_first": first in own,
        "short": len(words) <= 3, "long": len(words) > 25,
    }  # fmt: skip
    return {sign: float(much) for sign, much in found.items()}


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
