"""What does a sentence read like as a whole? Every word of it weighs a little, and so does every rule that fired.

Rules know what they were told. Most sentences say it in some other way, and still lean: *you'd only be …*, *as long as you
…*, *something in you …*. How far each word, pair or triple of words leans toward each code was counted, once, on replies
written for it (``benchmarks/replies``; made by ``benchmarks/weigh.py``), and stands in ``weights/<lang>.tsv`` to be read and
argued with. The sum is a logistic regression, so what tipped it can be named to the last word.

Punctuation and stock openers weigh nothing. Whose words they are does: the client's own, given back, are signs by themselves.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from math import exp
from pathlib import Path

from mi_helpers.coder import reflection
from mi_helpers.coder import text as read
from mi_helpers.coder.match import Hit, Turn
from mi_helpers.coder.model import CONSISTENT
from mi_helpers.coder.rules import Rule

#: What a sentence may lean toward; simple and complex reflections are one here.
CODES = (
    "open_question", "closed_question", "seek_permission", "reflection", "affirmation", "emphasize_autonomy",
    "give_information", "advise_without_permission", "direct", "warn", "confront", "reassure", "advise_with_permission",
    "other",
)  # fmt: skip
PUSHES = ("advise_without_permission", "direct", "warn", "confront")
LISTENING = (
    "open_question", "seek_permission", "reflection", "affirmation", "emphasize_autonomy", "advise_with_permission",
)  # fmt: skip
NEITHER = ("closed_question", "give_information", "reassure", "other")
#: Cues that are there to be weighed, and for nothing else.
SIGNS = {
    "adds_feeling", "adds_meaning", "argues", "could_do", "double_sided", "generic", "if_you", "informs", "judges", "metaphor",
    "own_view", "plans", "so_opening", "stance", "stock_opener", "third_person", "we", "well_opening", "you_know",
}  # fmt: skip
#: Notes of cues that are looked at elsewhere and weigh nothing.
_SILENT = {"stock_opener", "description"}
_LONGEST = 3  # words in a row that count together


@dataclass(frozen=True, slots=True)
class Weighing:
    """How a sentence leans.

    Attributes
    ----------
    chance : dict
        The share of each code, as a probability; they sum to 1.
    because : dict
        For each code, the signs that spoke for it most: pairs of sign and weight (log odds), heaviest first.
    """

    chance: dict[str, float]
    _signs: dict[str, float]
    _table: dict[str, tuple[tuple[int, float], ...]]

    def of(self, codes) -> float:
        """The chance that it is one of these codes."""
        return sum(self.chance[code] for code in codes)

    def without(self, codes) -> Weighing:
        """The same where these codes are known to be out of the question."""
        rest = 1 - self.of(codes) or 1.0
        return replace(self, chance={code: 0.0 if code in codes else share / rest for code, share in self.chance.items()})

    def best(self, codes) -> str:
        """The likeliest of these codes."""
        return max(codes, key=self.chance.__getitem__)

    def because(self, code: str, most: int = 5) -> list[tuple[str, float]]:
        """The signs that spoke for a code most, against the other codes: pairs of sign and weight, heaviest first."""
        at, found = CODES.index(code), []
        for sign, much in self._signs.items():
            row = dict(self._table.get(sign, ()))
            found.append((sign, round(much * (row.get(at, 0.0) - sum(row.values()) / len(CODES)), 2)))
        return sorted((pair for pair in found if pair[1] > 0), key=lambda pair: -pair[1])[:most]


def weigh(turn: Turn, start: int, end: int, hits: list[Hit], cues: list[Hit]) -> Weighing:
    """Weigh one stretch of a turn.

    Parameters
    ----------
    turn : Turn
    start, end : int
        The stretch, in ``turn.flat``.
    hits, cues : list of Hit
        The act rules and the cues that fired inside it.
    """
    table = weights(turn.rules.lang)
    found = signs(turn, start, end, hits, cues)
    sums = [0.0] * len(CODES)
    for i, weight in table[""]:
        sums[i] = weight
    for sign, much in found.items():
        for i, weight in table.get(sign, ()):
            sums[i] += weight * much
    top = max(sums)
    shares = [exp(s - top) for s in sums]
    whole = sum(shares)
    return Weighing({code: share / whole for code, share in zip(CODES, shares)}, found, table)


def signs(turn: Turn, start: int, end: int, hits: list[Hit], cues: list[Hit]) -> dict[str, float]:
    """What there is to be weighed in a stretch: its words, one to three in a row, and what is known of them.

    Returns
    -------
    dict
        Sign to how much of it there is. ``^`` and ``$`` in a sign are the beginning and the end, ``<you>`` any word for
        the client, ``<num>`` any number, ``~`` a stem; ``s:`` signs tell whose words they are and what cues saw; ``r:``
        signs which code a rule gave, and how surely.
    """
    lang, said = turn.rules.lang, [c for c in cues if c.rule.note and start <= c.start < end]
    part = without_opener(turn, start, end, said)
    found = {f"s:{name}": much for name, much in reflection.signs(turn, start, end, part).items() if much}
    found |= {f"s:{c.rule.note}": 1.0 for c in said if c.rule.note not in _SILENT and not sees_marks(c.rule)}
    found |= {f"r:{plain(h.rule.code)}:{h.rule.certainty}": 1.0 for h in hits if not sees_marks(h.rule)}
    you, stop = turn.rules.words["you"], turn.rules.words["stop"]
    row, alone = ["^"], {"^", "$"} | stop  # words that say little by themselves count with their neighbours
    for word in read.words(part):
        bare = word.strip("'")
        row.append("<num>" if any(c.isdigit() for c in bare) else "<you>" if bare in you else bare)
        if word not in stop and bare not in you:
            found["~" + read.stem(word, lang)] = 1.0
    row.append("$")
    for at in range(len(row)):
        for length in range(1, _LONGEST + 1):
            if at + length <= len(row) and (length > 1 or row[at] not in alone):
                found[" ".join(row[at : at + length])] = 1.0
    return found


@lru_cache(maxsize=None)
def sees_marks(rule: Rule) -> bool:
    """Does the rule look for a question mark? Then it says what form a sentence has, and nothing about what it does."""
    return CONSISTENT.get(rule.code or "") is not False and any(mark in p.source for p in (rule.pattern, *rule.unless) if hasattr(p, "source") for mark in (r"\?", "[?"))


def plain(code: str) -> str:
    """The code as it is weighed: every reflection is one."""
    if code in reflection.CODES:
        return "reflection"
    return code if code in CODES else "other"


def without_opener(turn: Turn, start: int, end: int, cues: list[Hit]) -> str:
    """The words of a stretch without its stock opener ("it sounds like …"), which earns nothing and costs nothing."""
    for cue in cues:
        if cue.rule.note == "stock_opener":
            return turn.flat[start : cue.start] + " " + turn.flat[cue.end : end]
    return turn.flat[start:end]


@lru_cache(maxsize=2)
def weights(lang: str) -> dict[str, tuple[tuple[int, float], ...]]:
    """Sign to its weights (log odds) that are not 0, each after the place of its code in :data:`CODES`.

    The empty sign is where every sum begins.

    Raises
    ------
    ValueError
        If the head of the file names other codes.
    """
    path = Path(__file__).parent / "weights" / f"{lang}.tsv"
    head, *lines = path.read_text(encoding="utf-8").splitlines()
    if tuple(head.split("\t")[1:]) != CODES:
        raise ValueError(f"{path.name}: the columns are not those of weigh.CODES")
    known: dict[tuple[int, str], tuple[int, float]] = {}  # equal pairs are kept once
    table = {}
    for line in lines:
        sign, *row = line.split("\t")
        pairs = [pair for pair in enumerate(row) if pair[1] != "0"]
        table[sign] = tuple([known.get(pair) or known.setdefault(pair, (pair[0], int(pair[1]) / 100)) for pair in pairs])
    return table
