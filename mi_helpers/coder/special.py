"""Texts that are no turn: empty, gibberish, another language, a description, a whole dialogue."""

from __future__ import annotations

import re

from mi_helpers.coder import match
from mi_helpers.coder import text as read
from mi_helpers.coder.match import Turn
from mi_helpers.coder.model import Speaker
from mi_helpers.coder.rules import word_list

OTHER = {"en": "nl", "nl": "en"}
_SPEAKER = re.compile(r"(?:^|\n)[^\S\n]*(?:[tckhbpo]|client|cliënt|patient|patiënt|therapist|therapeut|counsellor|coach|hulpverlener|ik|me)\s*:", re.I)
_VOWEL = re.compile(r"[aeiouyáéíóúàèëïöü]")
_IN_BRACKETS = re.compile(r"^\s*[(\[*][^)\]*]*[)\]*]\s*[.!?]*\s*$")


def no_turn(turn: Turn, typed: str, speaker: Speaker) -> str | None:
    """Why this text cannot be coded, or None.

    Parameters
    ----------
    turn : Turn
    typed : str
        The text as typed.
    speaker : {"counsellor", "client"}
        A client who says what they would do describes nothing.

    Returns
    -------
    str or None
        ``"empty"``, ``"gibberish"``, ``"other_language"``, ``"description"`` or ``"dialogue"``.
    """
    words = read.words(turn.flat)
    if not words:
        return "empty"
    if len(_SPEAKER.findall(typed)) >= 2:
        return "dialogue"
    if _IN_BRACKETS.match(turn.flat):
        return "description"
    if speaker == "counsellor":
        for rule, _ in match.likely(turn, "cue"):
            if rule.note == "description" and rule.pattern.search(turn.flat) and not any(p.search(turn.flat) for p in rule.unless):
                return "description"
    lang = turn.rules.lang
    ours, theirs = word_list(lang, "common"), word_list(OTHER[lang], "common")
    as_typed = read.words(read.flatten(typed))
    here, there = sum(w in ours and w not in theirs for w in as_typed), sum(w in theirs and w not in ours for w in as_typed)
    if there >= 2 and there > 2 * here and there >= 0.3 * len(words):
        return "other_language"
    known = sum(w in ours for w in words)
    if len(words) >= 6 and known < 0.15 * len(words):  # some third language, or no language
        return "gibberish"
    if not known and _is_gibberish(words, turn):
        return "gibberish"
    return None


def _is_gibberish(words: list[str], turn: Turn) -> bool:
    """No word that is known, and letters that make no words (or far too many words without one known)."""
    client = set(read.words(turn.previous))
    if any(w in client for w in words) or any(w in turn.rules.words["filler"] for w in words):
        return False
    letters = [w for w in words if w.isalpha()]
    odd = [w for w in letters if len(w) >= 4 and (not _VOWEL.search(w) or re.search(r"[^aeiouy\W]{5}|(.)\1{2}", w))]
    return not letters or bool(odd) or len(words) >= 12
