"""The texts for risk content, with the numbers that a team can set (``risk.toml``)."""

from __future__ import annotations

import tomllib
from functools import lru_cache
from pathlib import Path

FILE = Path(__file__).parent / "risk.toml"


@lru_cache(maxsize=1)
def _settings() -> dict:
    return tomllib.loads(FILE.read_text(encoding="utf-8"))


def risk_text(kind: str, lang: str) -> str:
    """The text for one kind of risk content.

    Parameters
    ----------
    kind : {"suicide", "violence", "psychosis"}
    lang : {"en", "nl"}

    Raises
    ------
    KeyError
        If there is no such kind or language.
    """
    return _filled("text", kind, lang)


def care_text(kind: str, lang: str) -> str:
    """Where a learner can turn who is touched by an item about risk content; kinds, languages, errors as above."""
    return _filled("care", kind, lang)


def _filled(table: str, kind: str, lang: str) -> str:
    settings = _settings()
    return settings[table][lang][kind].format(**settings["numbers"])
