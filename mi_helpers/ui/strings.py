"""What the widgets say, in the learner's language."""

from __future__ import annotations

import tomllib
from functools import lru_cache
from pathlib import Path

FOLDER = Path(__file__).parent / "strings"


def read(lang: str) -> dict:
    """All tables of one language: those of ``en.toml`` and of ``lab.en.toml``."""
    found = {}
    for name in (f"{lang}.toml", f"lab.{lang}.toml"):
        found |= tomllib.loads((FOLDER / name).read_text(encoding="utf-8"))
    return found


class Strings:
    """The sentences of one language, by dotted key.

    Parameters
    ----------
    lang : {"en", "nl"}

    Examples
    --------
    >>> Strings("en")("box.label", name="Sam")
    'Your reply to Sam'
    """

    def __init__(self, lang: str):
        self.lang = lang
        self._tables = read(lang)

    def __call__(self, key: str, **values: object) -> str:
        """One sentence with its places filled in; plain text, to be escaped by whoever puts it into HTML."""
        said = self.get(key)
        return said.format(**values) if values else said

    def get(self, key: str):
        """The entry as it stands in the file: a sentence, a list or a table.

        Raises
        ------
        KeyError
            If there is no such key.
        """
        found = self._tables
        for part in key.split("."):
            found = found[part]
        return found

    def has(self, key: str) -> bool:
        """Whether there is such a key."""
        try:
            self.get(key)
        except KeyError:
            return False
        return True


@lru_cache(maxsize=2)
def strings(lang: str) -> Strings:
    """The sentences of one language, read once."""
    return Strings(lang)
