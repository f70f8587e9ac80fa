"""What the figures say of the course's own claims: the arrows of the causal model, statements, variation."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from mi_helpers.evidence.shipped import float_or_none, rows, toml
from mi_helpers.evidence.texts import say, table

#: The answers a learner may give, from yes to don't know.
ANSWERS = ("supported", "partly", "not", "unknown")


@dataclass(frozen=True)
class Arrow:
    """One arrow of the causal model, with its average correlation in two reviews.

    Attributes
    ----------
    id, start, end : str
        ``start`` and ``end`` are keys of :func:`nodes`.
    r_2014, r_2018 : float or None
        Average r as printed; None where none was given. They came without intervals.
    p_2014, p_2018 : str
        As printed ("<.001", ".09", "ns"); empty where none was given.
    found_2014, found_2018 : {"held", "failed", "turned", ""}
        Empty: not looked at.
    status : {"held", "failed", "turned"}
        The later review's answer.
    samples : str
        The set with samples behind it; empty: not available here.
    publications : tuple of str
    """

    id: str
    start: str
    end: str
    r_2014: float | None
    p_2014: str
    found_2014: str
    r_2018: float | None
    p_2018: str
    found_2018: str
    status: str
    samples: str

    @property
    def publications(self) -> tuple[str, ...]:
        """Ids of the reviews that looked at it."""
        return tuple(id for id, found in (("magill2014", self.found_2014), ("magill2018", self.found_2018)) if found)

    def text(self, lang: str) -> str:
        """What the model says."""
        return say(f"arrow.{self.id}.text", lang)

    def found(self, lang: str) -> str:
        """What was found."""
        return say(f"arrow.{self.id}.found", lang)

    def status_label(self, lang: str) -> str:
        """ "held", "not found" or "turned round"."""
        return say(f"status.{self.status}", lang)

    def studies(self, lang: str) -> list[str]:
        """What is known of the studies behind it, in sentences."""
        words = table("arrow_studies", lang)
        six = "y2014_six" if self.id == "balance-outcome" else "y2014"
        parts = [words[six]] if self.found_2014 else []
        parts += [words["y2018"]] if self.found_2018 else []
        return [*parts, words["here" if self.samples else "away"], words["bare"]]


@dataclass(frozen=True)
class Claim:
    """A statement from the course's sources and what the evidence says of it.

    ``seeds`` are the places in the sources, ``figures`` every number in the words.
    """

    id: str
    seeds: tuple[str, ...]
    answer: str
    publications: tuple[str, ...]
    figures: tuple[float, ...]

    def statement(self, lang: str) -> str:
        """The statement, in our words."""
        return say(f"claim.{self.id}.statement", lang)

    def source(self, lang: str) -> str:
        """What kind of source says so."""
        return say(f"claim.{self.id}.source", lang)

    def why(self, lang: str) -> str:
        """Why the answer is what it is, with the figures."""
        return say(f"claim.{self.id}.why", lang)

    def answer_label(self, lang: str) -> str:
        """The answer in words."""
        return say(f"answer.{self.answer}", lang)


@dataclass(frozen=True)
class Finding:
    """Something published on how places or therapists differ; every number of its text is one of ``figures``."""

    id: str
    publication: str
    figures: dict[str, int]

    def text(self, lang: str) -> str:
        """One or two sentences."""
        return say(f"variation.{self.id}.text", lang, **self.figures)


@lru_cache(maxsize=1)
def arrows() -> tuple[Arrow, ...]:
    """The arrows, in the order of ``data/arrows.csv``."""
    return tuple(
        Arrow(
            row["id"], row["start"], row["end"], float_or_none(row["r_2014"]), row["p_2014"], row["found_2014"],
            float_or_none(row["r_2018"]), row["p_2018"], row["found_2018"], row["status"], row["samples"],
        )
        for row in rows("arrows")
    )


def nodes(lang: str) -> dict[str, str]:
    """The boxes of the causal model: id to label."""
    return dict(table("node", lang))


@lru_cache(maxsize=1)
def claims() -> tuple[Claim, ...]:
    """The claims, in the order of ``data/claims.toml``."""
    return tuple(
        Claim(id, tuple(record["seeds"]), record["answer"], tuple(record["publications"]), tuple(record["figures"]))
        for id, record in toml("claims").items()
    )


def answer_labels(lang: str) -> dict[str, str]:
    """The answers a learner may choose, in a fixed order."""
    return {answer: say(f"answer.{answer}", lang) for answer in ANSWERS}


@lru_cache(maxsize=1)
def variation() -> tuple[Finding, ...]:
    """What was published on differences between places and therapists."""
    return tuple(Finding(id, record["publication"], record["figures"]) for id, record in toml("variation").items())
