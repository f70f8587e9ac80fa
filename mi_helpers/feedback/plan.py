"""What can be said of a plan without knowing the person: is it specific, is it theirs, has it a second way and a date?

The words to look for stand in ``plan.toml``. Nothing here is a verdict on the plan; each remark is one thing to look at.
"""

from __future__ import annotations

import tomllib
from functools import lru_cache
from pathlib import Path

import regex

_WORD = regex.compile(r"[\p{L}\p{N}]+(?:['’-]\p{L}+)*")


@lru_cache(maxsize=2)
def _words(lang: str) -> dict:
    found = tomllib.loads(Path(__file__).with_name("plan.toml").read_text(encoding="utf-8"))[lang]
    patterns = {key: regex.compile(text, regex.IGNORECASE) for key, text in found.items() if isinstance(text, str)}
    return patterns | {"small": frozenset(found["small"])}


def plan_remarks(
    fields: dict[str, str], *, asked: tuple[str, ...], client: str, lang: str
) -> list[tuple[bool, str, str]]:
    """Look at a plan.

    Parameters
    ----------
    fields : dict
        What was written, by part: what, when, where, if_then, support, review.
    asked : tuple of str
        The parts that the exercise asks for.
    client : str
        What the person said, with the intention: to see whether the plan keeps to it.
    lang : {"en", "nl"}

    Returns
    -------
    list of (fits, key, words)
        Whether it is a strength; the name of the sentence; the words of the plan it is about.
    """
    find, remarks = _words(lang), []
    what, when = fields.get("what", ""), fields.get("when", "")
    if "what" in asked:
        vague = find["vague"].search(what)
        specific = what and not vague and len(_WORD.findall(what)) >= 2
        remarks.append((bool(specific), "what" if specific else "what_vague" if what else "what_open", vague[0] if vague else what))
    if "when" in asked:
        timed = find["time"].search(when) and not find["vague_time"].search(when)
        remarks.append((bool(timed), "when" if timed else "when_vague" if when else "when_open", when))
    if "if_then" in asked:
        given = fields.get("if_then", "")
        both = find["if_then"].search(given)
        remarks.append((bool(both), "if_then" if both else "if_then_half" if given else "if_then_open", given))
    if "review" in asked:
        given = fields.get("review", "")
        timed = find["time"].search(given)
        remarks.append((bool(timed), "review" if timed else "review_vague" if given else "review_open", given))
    whole = " ".join(fields.values())
    must = find["must"].search(whole)
    if must and not find["must"].search(client):
        remarks.append((False, "must", must[0]))
    own = _content(whole, find["small"]) & _content(client, find["small"])
    if own:
        remarks.append((True, "own_words", ", ".join(sorted(own)[:3])))
    return remarks


def _content(text: str, small: frozenset[str]) -> set[str]:
    """The words that carry meaning, without the little ones."""
    return {word for word in map(str.lower, _WORD.findall(text)) if len(word) > 3 and word not in small}
