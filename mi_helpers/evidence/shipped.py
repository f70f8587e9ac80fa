"""The figures that come with the course: read from ``data/``, each with the publication it stands in."""

from __future__ import annotations

import csv
import tomllib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from mi_helpers.evidence.estimates import Counts, Estimate, error_of
from mi_helpers.evidence.texts import maybe, say

DATA = Path(__file__).parent / "data"


@dataclass(frozen=True)
class Publication:
    """A publication; what was not seen of it is empty."""

    id: str
    authors: str
    year: int
    title: str = ""
    journal: str = ""
    doi: str = ""
    read: str = "abstract"
    note: str = ""

    def cite(self, lang: str) -> str:
        """One line of plain text: authors, year, title, journal, DOI, and how much of it was read."""
        parts = [f"{self.authors} ({self.year})", self.title, self.journal, f"doi:{self.doi}" if self.doi else ""]
        read = "; ".join(filter(None, (say(f"read.{self.read}", lang), maybe("publication_note", self.note, lang))))
        return ". ".join(filter(None, parts)) + f". [{read}]"


@dataclass(frozen=True)
class EvidenceSet:
    """What is plotted together: rows on one scale.

    Attributes
    ----------
    id, scale : str
    kind : {"reviews", "trials", "samples"}
    refused : str
        Why it is not pooled ("reviews", "truncated", "samples", "quoted"); empty where it may be.
    estimates : tuple of Estimate
        In the order of the data file.
    """

    id: str
    scale: str
    kind: str
    refused: str
    estimates: tuple[Estimate, ...]

    @property
    def poolable(self) -> bool:
        """Whether these may be averaged."""
        return not self.refused

    @property
    def truncated(self) -> bool:
        """Whether part of the table could not be seen."""
        return self.refused == "truncated"

    def title(self, lang: str) -> str:
        """A heading."""
        return say(f"set.{self.id}.title", lang)

    def caption(self, lang: str) -> str:
        """What a reader must know of it: compared with what, what is missing, why it is not added up."""
        return say(f"set.{self.id}.caption", lang)


def rows(name: str) -> list[dict[str, str]]:
    """The rows of one data file, as text."""
    with (DATA / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@lru_cache(maxsize=None)
def toml(name: str) -> dict:
    """One data file of tables, read once."""
    return tomllib.loads((DATA / f"{name}.toml").read_text(encoding="utf-8"))


@lru_cache(maxsize=1)
def publications() -> dict[str, Publication]:
    """All publications, by id."""
    return {id: Publication(id, **record) for id, record in toml("publications").items()}


@lru_cache(maxsize=1)
def sets() -> tuple[EvidenceSet, ...]:
    """All sets, in the order of ``data/sets.toml``."""
    found = {id: [] for id in toml("sets")}
    for id, estimate in (*_reviews(), *_trials(), *_samples()):
        found[id].append(estimate)
    return tuple(
        EvidenceSet(id, about["scale"], about["kind"], about["refused"], tuple(found[id]))
        for id, about in toml("sets").items()
    )


def evidence_set(id: str) -> EvidenceSet:
    """One set.

    Raises
    ------
    KeyError
        If there is none of that id.
    """
    return {found.id: found for found in sets()}[id]


def float_or_none(text: str) -> float | None:
    """A cell of a data file."""
    return float(text) if text else None


def _int(text: str) -> int | None:
    return int(text) if text else None


def _estimate(row: dict, set_id: str, kind: str, **more) -> Estimate:
    about = toml("sets")[set_id]
    value, low, high = (float_or_none(row[name]) for name in ("estimate", "low", "high"))
    se = error_of(low, high, about["scale"]) if low is not None else None
    return Estimate(
        row["id"], more.pop("label"), about["scale"], value, low, high, se, kind=kind, set_id=set_id,
        refused=about["refused"], **more,
    )


def _reviews():
    for row in rows("reviews"):
        source = publications()[row["publication"]]
        for set_id in row["sets"].split():
            yield set_id, _estimate(
                row, set_id, "review", label=f"{source.authors}, {source.year}", n=_int(row["n"]), k=_int(row["k"]),
                year=source.year, trial=row["id"], publication=source.id, read=row["read"], printed=row["printed"],
                significant=row["significant"],
                keys={name: row[name] for name in ("outcome", "comparison", "follow_up", "note", "via")},
            )


def _trials():
    for row in rows("trials"):
        counts = Counts(*(int(row[name]) for name in ("events_mi", "n_mi", "events_control", "n_control")))
        keys = {
            "outcome": "smoking", "comparison": "mixed-controls", "note": row["note"], "qualifier": row["qualifier"],
            "follow_up": row["set"].removeprefix("heckman-") + "-weeks",
        }
        yield row["set"], _estimate(
            row, row["set"], "trial", label=f"{row['study']}, {row['year']}", n=counts.n_mi + counts.n_control,
            year=int(row["year"]), counts=counts, trial=row["trial"], publication="heckman2010", read="table",
            printed="OR", keys=keys,
        )


def _samples():
    columns = {
        "magill-skills": ("skills_change", "skills_low", "skills_high", "skills-change"),
        "magill-outcome": ("change_outcome", "outcome_low", "outcome_high", "change-outcome"),
    }
    for set_id, (value, low, high, outcome) in columns.items():
        for row in rows("paths"):
            figures = {"id": row["id"], "estimate": row[value], "low": row[low], "high": row[high]}
            keys = {"outcome": outcome, "qualifier": row["qualifier"], "note": "" if row[value] else "no-figure"}
            yield set_id, _estimate(
                figures, set_id, "sample", label=row["study"], n=int(row["n"]), year=_int(row["year"]),
                trial=row["id"], publication="magill2018", read="table", printed="r", keys=keys,
            )
