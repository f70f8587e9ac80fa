"""Is this a reflection of what the client said? Echo, shift of person, feeling and meaning, against argument.

Nothing here rests on a stock opener or on punctuation alone. Simple or complex is how it *reads*; experienced human
coders agree on that difference in about six of ten cases (see docs/rules.md), so it is never right or wrong.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from mi_helpers.coder import text as read
from mi_helpers.coder.match import Hit, content
from mi_helpers.coder.model import Certainty
from mi_helpers.coder.rules import RuleSet

#: What each note of a cue rule adds to the case for a reflection.
WEIGHTS = {
    "adds_feeling": 1.0, "adds_meaning": 1.0, "double_sided": 1.5, "stock_opener": 0.5, "metaphor": 1.0,
    "argues": -2.5, "informs": -2.0, "judges": -2.5, "own_view": -2.0, "plans": -1.5, "stance": -1.2,
}  # fmt: skip
DEEPENS = {"adds_feeling", "adds_meaning", "double_sided", "metaphor"}


@dataclass(frozen=True, slots=True)
class Reading:
    """How far a stretch of the turn reads as a reflection.

    ``score`` is the sum of the signs (unit: weights of this module); ``notes`` say which signs were seen;
    ``echoed`` are the client's content words that came back.
    """

    code: str
    score: float
    certainty: Certainty
    notes: tuple[str, ...] = ()
    echoed: tuple[str, ...] = field(default=())


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
    you, self_words = rules.words["you"], rules.words["self"]
    mine, theirs = content(part, rules), content(previous, rules)
    echoed = [w for stem, w in mine.items() if stem in theirs]
    # about another's view, or a reflection that begins with the speaker ("ik hoor dat je …")
    addressed = any(w in you for w in words)
    own = bool(words) and words[0] in self_words
    client_self = any(w in self_words for w in read.words(previous))
    notes = {h.rule.note for h in cues if h.rule.note}

    share = len(echoed) / len(mine) if mine else 0.0
    score = min(len(echoed), 3) * 0.8 + (0.7 if share >= 0.5 else 0.0)
    if addressed:
        score += 1.0 + (0.4 if client_self else 0.0)
    elif not echoed:
        score -= 0.5
    if own and "stock_opener" not in notes and "adds_feeling" not in notes:
        score -= 1.5
    score += sum(WEIGHTS.get(n, 0.0) for n in notes)
    if not previous:
        score -= 0.5
    if len(words) < 3 and not echoed:
        score -= 1.0

    word_for_word = bool(previous) and len(words) >= 3 and _same_words(words, read.words(previous), rules) >= 0.85
    if word_for_word:
        notes.add("word_for_word")
    new = len(mine) - len(echoed)
    deep = _deepens(part, cues, theirs, rules, start) if new else False
    deep = deep or (new >= 2 and new > len(echoed))
    code = "complex_reflection" if deep and not word_for_word else "simple_reflection"
    certainty: Certainty = "clear" if score >= 3.2 else "likely" if score >= 1.2 else "unsure"
    return Reading(code, score, certainty, tuple(sorted(notes)), tuple(echoed))


def _deepens(part: str, cues: list[Hit], theirs: dict[str, str], rules: RuleSet, start: int) -> bool:
    """Does a cue name a feeling, meaning or image that the client did not name?"""
    for cue in (c for c in cues if c.rule.note in DEEPENS):
        said = content(part[cue.start - start : cue.end - start], rules)
        if not said or any(stem not in theirs for stem in said):
            return True
    return False


def _same_words(words: list[str], previous: list[str], rules: RuleSet) -> float:
    """Share of the words that are the client's own, once the person is shifted (ik → je, my → your)."""
    person = rules.words["you"] | rules.words["self"]
    stems = {read.stem(w, rules.lang) for w in previous}
    heard = [w for w in words if w not in person]
    if not heard or len(heard) < 0.6 * len([w for w in previous if w not in person]):
        return 0.0
    return sum(read.stem(w, rules.lang) in stems or w in rules.words["filler"] for w in heard) / len(heard)
