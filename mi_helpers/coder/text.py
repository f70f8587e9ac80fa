"""Read a turn without changing the place of a single character: sentences, clauses, words, stems."""

from __future__ import annotations

import re
import sys
from functools import lru_cache
from importlib import import_module
from importlib.util import find_spec
from types import ModuleType

#: Longer texts are read up to here; a turn of that length is no turn.
MAX_CHARS = 20_000

_SAME_LENGTH = str.maketrans(
    {
        **{c: "'" for c in "’‘‛`´ʼ"}, **{c: '"' for c in "“”„«»"}, **{c: "-" for c in "–—‒"},
        **{c: " " for c in "\u00a0\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff\t"},
        "…": ".",
    }
)  # fmt: skip
_SENTENCE = re.compile(r"[^.!?\n]*(?:\.(?=\w)[^.!?\n]*)*(?:[.!?]+[\"')\]]*|\n|$)")
_ABBREVIATION = re.compile(r"(?:^|\W)(?:dr|mr|mrs|ms|st|prof|bijv|bv|nl|o\.a|m\.b\.t|e\.g|i\.e|d\.w\.z|ca|nr|vs|z\.g\.a\.n)\.$")
_WORD = re.compile(r"[^\W_]+(?:['-][^\W_]+)*")
_UNUSUAL = re.compile(_WORD.pattern + r"| {2,}")
_CLAUSE = re.compile(r"(?:[,;:]\s+|\s-+\s+|\s+(?=(?:but|maar|although|though|however|alleen|doch|want|because)\b))")
_STEMMERS = {"en": "english", "nl": "dutch"}


def flatten(text: str) -> str:
    """Lower case, straight quotes, no direction marks; every character keeps its place.

    Parameters
    ----------
    text : str
        A turn as typed, any length.

    Returns
    -------
    str
        A string of the same length.
    """
    low = text.lower()
    if len(low) != len(text):  # a few letters grow when lowered
        low = "".join(c.lower() if len(c.lower()) == 1 else c for c in text)
    return low.translate(_SAME_LENGTH)


def plain(flat: str, variants: dict[str, str]) -> tuple[str, list[int] | None]:
    """Put typing slips and regional spellings in their usual form (*dont*, *gwn*, *'k*), and remember the places.

    Parameters
    ----------
    flat : str
        A flattened text. Runs of spaces become one.
    variants : dict
        Word as typed to the usual form.

    Returns
    -------
    text : str
    origin : list of int, or None
        For every character of ``text`` (and one past its end) the index it had in ``flat``; None where nothing changed.
    """
    changes = [(m, variants.get(m.group(), " ")) for m in _UNUSUAL.finditer(flat) if m.group() in variants or m.group()[0] == " "]
    if not changes:
        return flat, None
    out, origin, last = [], [], 0
    for m, usual in changes:
        out += [flat[last : m.start()], usual]
        origin += range(last, m.start())
        origin += [m.start() + min(i, m.end() - m.start() - 1) for i in range(len(usual))]
        last = m.end()
    out.append(flat[last:])
    origin += range(last, len(flat) + 1)
    return "".join(out), origin


def sentences(flat: str) -> list[tuple[int, int]]:
    """Spans of the sentences of a flattened text, without the white space around them."""
    spans: list[tuple[int, int]] = []
    open_start = None
    for m in _SENTENCE.finditer(flat):
        start = m.start() if open_start is None else open_start
        piece = flat[start : m.end()]
        if not piece.strip():
            continue
        if _ABBREVIATION.search(piece.rstrip()) and m.end() < len(flat):
            open_start = start
            continue
        open_start = None
        lead = len(piece) - len(piece.lstrip())
        if not any(c.isalnum() for c in piece) and spans:
            spans[-1] = (spans[-1][0], start + len(piece.rstrip()))
        else:
            spans.append((start + lead, start + len(piece.rstrip())))
    return spans


def clause_starts(flat: str, start: int, end: int) -> list[int]:
    """Where the clauses of a sentence begin; the first is the start of the sentence itself."""
    return [start, *(m.end() for m in _CLAUSE.finditer(flat, start, end) if start < m.end() < end)]


def words(flat: str) -> list[str]:
    """The words of a flattened text, in order."""
    return _WORD.findall(flat)


@lru_cache(maxsize=2)
def _stemmer(lang: str):
    """One stemmer of the library, without the thirty others that ``import snowballstemmer`` brings along (3 MB)."""
    package = "mi_helpers.coder._snowball"
    if package not in sys.modules:
        sys.modules[package] = ModuleType(package)
        sys.modules[package].__path__ = find_spec("snowballstemmer").submodule_search_locations
    name = _STEMMERS[lang]
    return getattr(import_module(f"{package}.{name}_stemmer"), f"{name.title()}Stemmer")()


@lru_cache(maxsize=8192)
def stem(word: str, lang: str) -> str:
    """The stem of one lower-case word (Snowball; a few irregular Dutch and English verbs are mapped in words/)."""
    return _stemmer(lang).stemWord(word)
