"""What the frame of a page and the terminal say, in the learner's language."""

from __future__ import annotations

import tomllib
from functools import lru_cache
from pathlib import Path

from mi_helpers.resources import LANGUAGES

TEMPLATE = Path(__file__).parent / "template"


@lru_cache
def words(lang: str, part: str) -> dict[str, str]:
    """The sentences of one part (``page``, ``error``, ``terminal``) in one language."""
    return tomllib.loads((TEMPLATE / f"{lang}.toml").read_text(encoding="utf-8"))[part]


def wanted_language(accept: str, chosen: str | None = None) -> str:
    """The language to begin in.

    Parameters
    ----------
    accept : str
        The browser's ``Accept-Language`` header; may be empty.
    chosen : str, optional
        The language of ``--lang``, which goes first.

    Examples
    --------
    >>> wanted_language("fr, nl-BE;q=0.8, en;q=0.5")
    'nl'
    """
    if chosen:
        return chosen
    wishes = []
    for place, wish in enumerate(accept.split(",")):
        tag, _, weight = wish.partition(";")
        try:
            quality = float(weight.strip().removeprefix("q=")) if weight.strip() else 1.0
        except ValueError:
            quality = 0.0
        wishes.append((-quality, place, tag.strip().lower().split("-")[0]))
    return next((tag for weight, _, tag in sorted(wishes) if tag in LANGUAGES and weight < 0), LANGUAGES[0])
