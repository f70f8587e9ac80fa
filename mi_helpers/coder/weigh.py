"""What does a sentence read like as a whole? Every word of it weighs a little, and so does every rule that fired.

Rules know what they were told. Most sentences say it in some other way, and still lean: *you'd only be …*, *as long as you
…*, *something in you …*. How far each word, pair or triple of words leans toward each code was counted, once, on replies
written for it (``benchmarks/replies``; see :mod:`leaning`).

Punctuation and stock openers weigh nothing. Whose words they are does: the client's own, given back, are signs by themselves.
"""

from __future__ import annotations

from functools import lru_cache

from mi_helpers.coder import leaning, reflection
from mi_helpers.coder import text as read
from mi_helpers.coder.leaning import Leaning
from mi_helpers.coder.match import Hit, Turn
from mi_helpers.coder.model import CONSISTENT
from mi_helpers.coder.rules import Rule

#: What a sentence may lean toward.
REFLECTIONS = ("simple_reflection", "complex_reflection", "summary")
CODES = (
    "open_question", "closed_question", "seek_permission", *REFLECTIONS, "affirmation", "emphasize_autonomy",
    "give_information", "advise_without_permission", "direct", "warn", "confront", "reassure", "advise_with_permission",
    "support", "structure", "facilitate", "other",
)  # fmt: skip
PUSHES = ("advise_without_permission", "direct", "warn", "confront")
LISTENING = (
    "open_question", "seek_permission", *REFLECTIONS, "affirmation", "emphasize_autonomy", "advise_with_permission",
)  # fmt: skip
NEITHER = ("closed_question", "give_information", "reassure", "support", "structure", "facilitate", "other")
#: Cues that are there to be weighed, and for nothing else.
SIGNS = {
    "adds_feeling", "adds_meaning", "argues", "could_do", "double_sided", "generic", "if_you", "informs", "judges", "metaphor",
    "own_view", "plans", "so_opening", "stance", "stock_opener", "third_person", "we", "well_opening", "you_know",
}  # fmt: skip
#: Notes of cues that are looked at elsewhere and weigh nothing.
_SILENT = {"stock_opener", "description"}


def weigh(turn: Turn, start: int, end: int, hits: list[Hit], cues: list[Hit]) -> Leaning:
    """Weigh one stretch of a turn.

    Parameters
    ----------
    turn : Turn
    start, end : int
        The stretch, in ``turn.flat``.
    hits, cues : list of Hit
        The act rules and the cues that fired inside it.
    """
    return leaning.lean(signs(turn, start, end, hits, cues), leaning.weights(turn.rules.lang))


def signs(turn: Turn, start: int, end: int, hits: list[Hit], cues: list[Hit]) -> dict[str, float]:
    """What there is to be weighed in a stretch: its words, one to three in a row, and what is known of them.

    Returns
    -------
    dict
        Sign to how much of it there is: words in a row (``<you>`` any word for the client, ``<num>`` any number); ``s:``
        signs tell whose words they are and what cues saw; ``r:`` signs which code a rule gave, and how surely.
    """
    lang, said = turn.rules.lang, [c for c in cues if c.rule.note and start <= c.start < end]
    part = without_opener(turn, start, end, said)
    found = {f"s:{name}": much for name, much in reflection.signs(turn, start, end, part).items() if much}
    found |= {f"s:{c.rule.note}": 1.0 for c in said if c.rule.note not in _SILENT and not sees_marks(c.rule)}
    found |= {f"r:{alike(h.rule.code)[0]}:{h.rule.certainty}": 1.0 for h in hits if not sees_marks(h.rule)}
    return found | leaning.words_in_a_row(words(turn, part), turn.rules.words["stop"], lang)


def words(turn: Turn, part: str) -> list[str]:
    """The words of a part of a turn, with ``<you>`` for any word for the client and ``<num>`` for any number."""
    you, bare = turn.rules.words["you"], [word.strip("'") for word in read.words(part)]
    return ["<num>" if any(c.isdigit() for c in word) else "<you>" if word in you else word for word in bare if word]


@lru_cache(maxsize=None)
def sees_marks(rule: Rule) -> bool:
    """Does the rule look for a question mark? Then it says what form a sentence has, and nothing about what it does."""
    return CONSISTENT.get(rule.code or "") is not False and any(mark in p.source for p in (rule.pattern, *rule.unless) if hasattr(p, "source") for mark in (r"\?", "[?"))


def alike(code: str) -> tuple[str, ...]:
    """The codes that are weighed as one with this one, where it matters only what kind of thing is said."""
    return REFLECTIONS if code in reflection.CODES else (code,) if code in CODES else ("other",)


def without_opener(turn: Turn, start: int, end: int, cues: list[Hit]) -> str:
    """The words of a stretch without its stock opener ("it sounds like …"), which earns nothing and costs nothing."""
    for cue in cues:
        if cue.rule.note == "stock_opener":
            return turn.flat[start : cue.start] + " " + turn.flat[cue.end : end]
    return turn.flat[start:end]
