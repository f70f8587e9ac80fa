"""The words beside the figures: ``words/<lang>/*.toml``, both languages with the same keys."""

from __future__ import annotations

import tomllib
from functools import lru_cache
from pathlib import Path

FOLDER = Path(__file__).parent / "words"
LANGUAGES = ("en", "nl")


@lru_cache(maxsize=2)
def tables(lang: str) -> dict:
    """All words of one language, as nested tables.

    Raises
    ------
    ValueError
        If ``lang`` is not ``"en"`` or ``"nl"``.
    """
    if lang not in LANGUAGES:
        raise ValueError(f"lang {lang!r} is not 'en' or 'nl'")
    found: dict = {}
    for path in sorted((FOLDER / lang).glob("*.toml")):
        found |= tomllib.loads(path.read_text(encoding="utf-8"))
    return found


def table(key: str, lang: str) -> dict | str:
    """The entry under a dotted key, a table or a text.

    Raises
    ------
    KeyError
        If there is no such key.
    """
    found = tables(lang)
    for part in key.split("."):
        found = found[part]
    return found


def say(key: str, lang: str, **values: object) -> str:
    """One text with its places filled in. Plain text: whoever puts it into HTML escapes it."""
    said = table(key, lang)
    return said.format(**values) if values else said


def maybe(group: str, key: str, lang: str) -> str:
    """The text of ``group.key``, or an empty one where ``key`` is empty."""
    return table(group, lang)[key] if key else ""
