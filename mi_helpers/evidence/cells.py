"""From what was typed to a number, with a clear word where it is none; and names of columns in both languages."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache

from mi_helpers.evidence.numbers import filled
from mi_helpers.evidence.shipped import toml
from mi_helpers.evidence.texts import say, table

_NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)")
_SCALES = {
    "or": "OR", "oddsratio": "OR", "rr": "RR", "riskratio": "RR", "relatiefrisico": "RR", "relativerisk": "RR",
    "smd": "SMD", "d": "SMD", "g": "SMD", "cohensd": "SMD", "hedgesg": "SMD", "r": "r", "correlation": "r",
    "correlatie": "r",
}
_LOWER = {"lower": True, "lager": True, "laag": True, "low": True, "higher": False, "hoger": False, "": False}


@dataclass(eq=False)
class Problem(Exception):
    """What is wrong with one cell or row.

    Attributes
    ----------
    code : str
        A key of ``[problem]`` or ``[error]`` in ``words/<lang>/errors.toml``.
    row : int
        In a file its line (the heading is line 1), in a form its number from 1; 0 where it is about the whole file.
    column : str
        A key of ``data/columns.toml``, or the name as typed where it is none; empty where it is about the row.
    """

    code: str
    row: int = 0
    column: str = ""
    values: dict = field(default_factory=dict)

    def text(self, lang: str) -> str:
        """The whole sentence, naming row and column."""
        group = "problem" if self.code in _problems(lang) else "error"
        said = say(f"{group}.{self.code}", lang).format(**filled(self.values, lang))
        if not self.row:
            return said
        place = "problem.place" if self.column else "problem.place_row"
        return say(place, lang, row=self.row, column=column_name(self.column, lang), said=said)

    def __str__(self) -> str:
        return self.text("en")


@lru_cache(maxsize=2)
def _problems(lang: str) -> frozenset[str]:
    return frozenset(table("problem", lang))


def plain(name: str) -> str:
    """A name without capitals, spaces and signs, for comparing."""
    return re.sub(r"[\W_]+", "", name.casefold())


@lru_cache(maxsize=1)
def known_columns() -> dict[str, str]:
    """Every name that is understood, made plain, to its key in ``data/columns.toml``."""
    found = {}
    for key, about in toml("columns").items():
        for name in (about["en"], about["nl"], *about["also"]):
            found[plain(name)] = key
    return found


def column_name(key: str, lang: str) -> str:
    """The name of a column in that language; a name of the learner's own as it is, cut where it is long."""
    about = toml("columns").get(key)
    return about[lang] if about else shorten(key)


def shorten(text: str, limit: int = 30) -> str:
    """What was typed, short enough to stand in a sentence."""
    line = " ".join(text.split())
    return line if len(line) <= limit else line[: limit - 1] + "…"


def tidy(text: object) -> str:
    """A cell as text: one line, without unseen signs and without the apostrophe that an export puts in front."""
    said = "".join(sign if sign.isprintable() else " " for sign in str(text if text is not None else ""))
    said = " ".join(said.split())
    return said[1:] if said[:1] == "'" and said[1:2] in ("=", "+", "-", "@", "\N{MINUS SIGN}") else said


def number_in(text: str, column: str, row: int) -> float:
    """A number with a comma or a point for its decimals.

    Raises
    ------
    Problem
        ``not-a-number`` or ``two-marks``.
    """
    said = text.replace("\N{MINUS SIGN}", "-").replace("–", "-").replace(" ", "")
    if "," in said and "." in said:
        raise Problem("two-marks", row, column, {"value": shorten(text)})
    said = said.replace(",", ".")
    if len(said) > 30 or not said.isascii() or not _NUMBER.fullmatch(said):
        raise Problem("not-a-number", row, column, {"value": shorten(text)})
    return float(said)


def whole_in(text: str, column: str, row: int) -> int:
    """A whole number.

    Raises
    ------
    Problem
        ``not-whole`` and those of :func:`number_in`.
    """
    value = number_in(text, column, row)
    if value != int(value) or not text.lstrip("+").isdecimal():
        raise Problem("not-whole", row, column, {"value": shorten(text)})
    return int(value)


def year_in(text: str, row: int) -> int | None:
    """A year from 1900 to 2100, or None where the cell is empty."""
    if not text:
        return None
    if not (len(text) == 4 and text.isascii() and text.isdecimal() and 1900 <= int(text) <= 2100):
        raise Problem("bad-year", row, "year", {"value": shorten(text)})
    return int(text)


def scale_in(text: str, row: int) -> str:
    """A scale by one of its names, or an empty text."""
    if text and not scale_of(text):
        raise Problem("unknown-scale", row, "scale", {"value": shorten(text)})
    return scale_of(text)


def scale_of(name: str) -> str:
    """The scale that goes by this name in either language; empty where there is none."""
    return _SCALES.get(plain(name), "")


def lower_is_better(text: str, row: int) -> bool:
    """Whether a lower outcome is the better one."""
    if plain(text) not in _LOWER:
        raise Problem("unknown-better", row, "better", {"value": shorten(text)})
    return _LOWER[plain(text)]
