"""Clauses of a client statement: where it is cut, how the pieces are joined, and what is said for each code in them."""

from __future__ import annotations

from dataclasses import dataclass, field

#: Further than this a clause does not look around itself, so that reading stays linear in the length of the text.
REACH = 400


@dataclass(frozen=True, slots=True)
class Vote:
    """What one rule makes of its words: a code, how heavy, and where."""

    code: str
    weight: float
    start: int
    end: int
    rule: str


@dataclass(slots=True)
class Clause:
    """A stretch of the statement, and how it is joined to what stands before (``start``, ``contrast``, ``sentence``, ``comma``)."""

    start: int
    end: int
    link: str
    votes: list[Vote] = field(default_factory=list)
    reported: bool = False

    def weight(self, *codes: str) -> float:
        """Sum of the votes whose code begins with one of ``codes``."""
        return sum(v.weight for v in self.votes if v.code.startswith(codes))

    @property
    def direction(self) -> int:
        """1 toward change, -1 away from it, 0 neither."""
        change, sustain = self.weight("change"), self.weight("sustain")
        return (change > sustain) - (sustain > change) if max(change, sustain) else 0


def cut(flat: str, sentences, contrast, cause) -> list[Clause]:
    """Cut a flattened text at sentence ends, contrast words, commas and causes.

    Parameters
    ----------
    flat : str
    sentences : iterable of (int, int)
    contrast, cause : Pattern
        Words of contrast (they belong to neither side) and of cause (they begin a clause).
    """
    found: list[Clause] = []
    for start, end in sentences:
        link, place = ("sentence" if found else "start"), start
        for m in contrast.finditer(flat, start, end):
            if m.start() > place:
                found.extend(_commas(flat, place, m.start(), link, cause))
                link = "contrast"
            elif found and place == start:  # "Maar ..." after a sentence before
                link = "contrast"
            place = m.end()
        if place < end:
            found.extend(_commas(flat, place, end, link, cause))
    return [c for c in (_trim(flat, c) for c in found) if c.start < c.end]


def _commas(flat: str, start: int, end: int, link: str, cause) -> list[Clause]:
    cuts = {m.start() for m in cause.finditer(flat, start, end)}
    found, place = [], start
    for i in range(start, end):
        if flat[i] in ",;:" or (flat[i] == "-" and flat[i - 1 : i + 2] == " - ") or i in cuts:
            if _two_words(flat[max(place, i - 40) : i]) and _two_words(flat[i + 1 : min(end, i + 41)]):
                found.append(Clause(place, i, link))
                link, place = "comma", i if i in cuts else i + 1
    return [*found, Clause(place, end, link)]


def _two_words(piece: str) -> bool:
    return len(piece.split()) >= 2


def _trim(flat: str, c: Clause) -> Clause:
    start, end = c.start, c.end
    while start < end and not (flat[start].isalnum() or flat[start] == "'"):
        start += 1
    while start < end and not flat[end - 1].isalnum():
        end -= 1
    return Clause(start, end, c.link)


def halves(clauses: list[Clause]) -> list[tuple[int, int]]:
    """For every clause the stretch around it between sentence ends and contrast words."""
    spans: list[list[int]] = []
    around = []
    for c in clauses:
        if spans and c.link == "comma" and c.end - spans[-1][0] <= REACH:
            spans[-1][1] = c.end
        else:
            spans.append([c.start, c.end])
        around.append(spans[-1])
    return [(start, end) for start, end in around]
