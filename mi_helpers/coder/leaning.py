"""Sums of small weights: how far what stands in some words leans toward each of several codes.

How far each sign leans was counted, once, on labelled words (``benchmarks/weigh.py``), and stands in
``weights/<name>.tsv`` to be read and argued with. The sum is a logistic regression, so what tipped it can be named to the
last word. What the signs are is said by those who weigh: :mod:`weigh` a counsellor's sentence, :mod:`naming` the kind of a
push, :mod:`client_weigh` what a client says.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from functools import lru_cache
from math import exp
from pathlib import Path
from zlib import crc32

from mi_helpers.coder import kept
from mi_helpers.coder import text as read

_LONGEST = 3  # words in a row that count together


@dataclass(frozen=True, slots=True)
class Table:
    """The codes that are weighed, and for each sign its weights that are not 0.

    Signs are looked up by a checksum of 4 bytes, so that tens of thousands of them take a megabyte and not ten. Two signs
    with one checksum are possible (about one pair in a table): the heavier of them stays.

    Attributes
    ----------
    codes : tuple of str
    start : tuple of float
        Where the sum of each code begins (log odds).
    """

    codes: tuple[str, ...]
    start: tuple[float, ...]
    _sums: array[int]  # the checksum of each sign, in order …
    _first: array[int]  # … and where its weights begin:
    _places: array[int]  # the places of their codes,
    _hundredths: array[int]  # and what they weigh (log odds, times 100)

    def row(self, sign: str) -> dict[int, float]:
        """The places of the codes a sign speaks for or against, each with its weight (log odds)."""
        checksum = crc32(sign.encode())
        at = bisect_left(self._sums, checksum)
        if at == len(self._sums) or self._sums[at] != checksum:
            return {}
        return {self._places[i]: self._hundredths[i] / 100 for i in range(self._first[at], self._first[at + 1])}

    def add_up(self, signs: dict[str, float]) -> list[float]:
        """The sum for each code: where it begins, and the :meth:`row` of each sign."""
        sums, first, places, hundredths = self._sums, self._first, self._places, self._hundredths
        found, last = [100 * start for start in self.start], len(sums)
        for sign, much in signs.items():
            checksum = crc32(sign.encode())
            at = bisect_left(sums, checksum)
            if at < last and sums[at] == checksum:
                for i in range(first[at], first[at + 1]):
                    found[places[i]] += hundredths[i] * much
        return [hundred / 100 for hundred in found]


@dataclass(frozen=True, slots=True)
class Leaning:
    """How some words lean.

    Attributes
    ----------
    chance : dict
        The share of each code, as a probability; they sum to 1.
    """

    chance: dict[str, float]
    _signs: dict[str, float]
    _table: Table

    def of(self, codes: Iterable[str]) -> float:
        """The chance that it is one of these codes."""
        return sum(self.chance[code] for code in codes)

    def without(self, codes: Collection[str]) -> Leaning:
        """The same where these codes are known to be out of the question."""
        rest = 1 - self.of(codes) or 1.0
        return replace(self, chance={code: 0.0 if code in codes else share / rest for code, share in self.chance.items()})

    def best(self, codes: Iterable[str]) -> str:
        """The likeliest of these codes."""
        return max(codes, key=self.chance.__getitem__)

    def because(self, code: str, most: int = 5) -> list[tuple[str, float]]:
        """The signs that spoke for a code most, against the other codes: pairs of sign and weight, heaviest first."""
        codes, found = self._table.codes, []
        for sign, much in self._signs.items():
            row = self._table.row(sign)
            found.append((sign, round(much * (row.get(codes.index(code), 0.0) - sum(row.values()) / len(codes)), 2)))
        return sorted((pair for pair in found if pair[1] > 0), key=lambda pair: -pair[1])[:most]

    def told(self) -> list[str]:
        """The three likeliest codes and what spoke for the first two, in lines to be read."""
        likeliest = sorted(self.chance, key=lambda code: -self.chance[code])[:3]
        lines = ["leans: " + ", ".join(f"{code} {self.chance[code]:.0%}" for code in likeliest)]
        return lines + [f"  toward {code}: " + ", ".join(f"{sign} {weight:+.1f}" for sign, weight in self.because(code)) for code in likeliest[:2]]


def lean(signs: dict[str, float], table: Table) -> Leaning:
    """Add up what signs weigh.

    Parameters
    ----------
    signs : dict
        Sign to how much of it there is (mostly 1).
    table : Table
    """
    sums = table.add_up(signs)
    top = max(sums)
    shares = [exp(s - top) for s in sums]
    whole = sum(shares)
    return Leaning({code: share / whole for code, share in zip(table.codes, shares)}, signs, table)


def words_in_a_row(words: list[str], stop: Collection[str], lang: str) -> dict[str, float]:
    """The signs of some words: one to three of them in a row, and the stem of each.

    Parameters
    ----------
    words : list of str
        Lower case; words that stand for others are written ``<so>``.
    stop : collection of str
        Words that say little by themselves and count with their neighbours only.
    lang : {"en", "nl"}

    Returns
    -------
    dict
        ``^`` and ``$`` in a sign are the beginning and the end, ``~`` a stem.
    """
    found = {"~" + read.stem(word, lang): 1.0 for word in words if word not in stop and word[0] != "<"}
    row, alone = ["^", *words, "$"], {"^", "$"}
    for at in range(len(row)):
        for length in range(1, _LONGEST + 1):
            if at + length <= len(row) and (length > 1 or row[at] not in alone and row[at] not in stop):
                found[" ".join(row[at : at + length])] = 1.0
    return found


@lru_cache(maxsize=6)
def weights(name: str) -> Table:
    """The table in ``weights/<name>.tsv``: a head with the codes, then a line for each sign, in hundredths.

    The empty sign is where sums begin.
    """
    path = kept.HERE / "weights" / f"{name}.tsv"
    found = kept.worked_out(kept.place(f"weights-{name}"), kept.fingerprint([path]), lambda: _packed(path))
    return Table(*found[:2], *(array(kind, data) for kind, data in zip("IIbh", found[2:], strict=True)))


def _packed(path: Path) -> tuple:
    head, *lines = path.read_text(encoding="utf-8").splitlines()
    rows: dict[int, list[int]] = {}
    start: list[int] = []
    for line in lines:
        sign, *row = line.split("\t")
        numbers = [int(weight) for weight in row]
        if not sign:
            start = numbers
            continue
        checksum = crc32(sign.encode())
        if sum(map(abs, numbers)) > sum(map(abs, rows.get(checksum, ()))):
            rows[checksum] = numbers
    sums, first, places, hundredths = array("I"), array("I", [0]), array("b"), array("h")
    for checksum in sorted(rows):
        found = [(place, weight) for place, weight in enumerate(rows[checksum]) if weight]
        places.extend(place for place, _ in found)
        hundredths.extend(weight for _, weight in found)
        sums.append(checksum)
        first.append(len(places))
    packed = (part.tobytes() for part in (sums, first, places, hundredths))
    return tuple(head.split("\t")[1:]), tuple(weight / 100 for weight in start), *packed
