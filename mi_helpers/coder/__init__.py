"""Floor 1: text to codes with evidence. Pure Python; knows no screen, no item and no learner.

The one call is :func:`code_turn`. Rules are data in ``rules/<lang>/*.toml`` and ``words/<lang>/*.txt``.
"""

from __future__ import annotations

from dataclasses import replace

from mi_helpers.coder import client, decide, risk, special
from mi_helpers.coder import rules as _rules
from mi_helpers.coder import text as read
from mi_helpers.coder.match import Turn
from mi_helpers.coder.model import CLIENT_CODES, COUNSELLOR_CODES, ISSUE_KINDS, Act, Coding, Issue, Lang, Speaker

__all__ = ["CLIENT_CODES", "COUNSELLOR_CODES", "ISSUE_KINDS", "Act", "Coding", "Issue", "code_turn", "rules_version"]

rules_version = _rules.version


def code_turn(
    text: str,
    *,
    speaker: Speaker = "counsellor",
    previous: str | None = None,
    target: dict | None = None,
    lang: Lang,
) -> Coding:
    """Code one turn.

    Parameters
    ----------
    text : str
        What was said, as typed. Anything past 20,000 characters is left unread.
    speaker : {"counsellor", "client"}
    previous : str, optional
        What the other said just before; without it the answer is less sure.
    target : dict, optional
        ``{"behaviour": str, "direction": "more" | "less"}``: the behaviour that may change.
    lang : {"en", "nl"}

    Returns
    -------
    Coding
        All acts as spans (character indices into ``text``), and the one that decides.

    Raises
    ------
    ValueError
        If speaker or language is not one of those named.
    """
    if lang not in ("en", "nl"):
        raise ValueError(f"lang {lang!r} is not 'en' or 'nl'")
    if speaker not in ("counsellor", "client"):
        raise ValueError(f"speaker {speaker!r} is not 'counsellor' or 'client'")
    rule_set = _rules.load(lang)
    turn = Turn.of(text, previous, rule_set, speaker)
    whole = dict(text=text, lang=lang, speaker=speaker, risk=risk.kind(turn), rules_version=rules_version())
    reason = special.no_turn(turn, text[: read.MAX_CHARS], speaker)
    if reason:
        return Coding(main="uncodable", mi_consistent=None, certainty="unsure" if reason == "gibberish" else "clear",
                      notes=(reason,), why=f"no turn: {reason}", **whole)  # fmt: skip
    if speaker == "client":
        main, acts, certainty, why = client.code_client(turn, target)
        acts = tuple(_in_place(a, turn) for a in acts)
        return Coding(main=main, mi_consistent=None, certainty=certainty, acts=acts, why=why, **whole)
    found = decide.decide(turn, target)
    return Coding(main=found.main, mi_consistent=found.mi_consistent, certainty=found.certainty, acts=tuple(_in_place(a, turn) for a in found.acts),
                  issues=tuple(_in_place(i, turn) for i in found.issues), notes=found.notes, why=found.why, **whole)  # fmt: skip


def _in_place(part: Act | Issue, turn: Turn) -> Act | Issue:
    start, end = turn.place(part.start, part.end)
    return part if (start, end) == (part.start, part.end) else replace(part, start=start, end=end)
