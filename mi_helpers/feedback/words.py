"""The sentences of the feedback: read from ``messages/<lang>/*.toml``, filled in, and never twice the same."""

from __future__ import annotations

import tomllib
from functools import lru_cache
from pathlib import Path

FOLDER = Path(__file__).parent / "messages"
LONGEST_QUOTE = 90


@lru_cache(maxsize=2)
def messages(lang: str) -> dict:
    """All messages of one language, as nested tables."""
    if lang not in ("en", "nl"):
        raise ValueError(f"lang {lang!r} is not 'en' or 'nl'")
    found: dict = {}
    for path in sorted((FOLDER / lang).glob("*.toml")):
        for table, entries in tomllib.loads(path.read_text(encoding="utf-8")).items():
            found.setdefault(table, {}).update(entries)
    return found


def code_label(code: str, lang: str) -> str:
    """Plain name of what a code does, e.g. ``"open question"``, ``"open vraag"``.

    Raises
    ------
    KeyError
        If there is no such code.
    """
    return messages(lang)["codes"][code]


def issue_label(kind: str, lang: str) -> str:
    """Plain name of a push, e.g. ``"Advice in the shape of a question"``.

    Raises
    ------
    KeyError
        If there is no such kind.
    """
    return messages(lang)["push"][kind]["title"]


def pick(variants: list[str], turn: int) -> str:
    """One of the variants, the next at every turn; past the last it starts again."""
    return variants[turn % len(variants)]


def shorten(text: str, limit: int = LONGEST_QUOTE) -> str:
    """A quote that fits in a sentence: one line, cut at a word, without closing marks."""
    line = " ".join(text.split()).strip(" ,;:")
    if len(line) > limit:
        cut = line[:limit].rsplit(" ", 1)[0] if " " in line[:limit] else line[:limit]
        return cut.rstrip(" ,;:.!?…") + "…"
    return line.rstrip(".") if not line.endswith("…") else line
