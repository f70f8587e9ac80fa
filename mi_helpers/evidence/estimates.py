"""One study's result, and how it is made from what a study reports."""

from __future__ import annotations

import math
from dataclasses import dataclass, field, replace

from mi_helpers.evidence.errors import EvidenceError
from mi_helpers.evidence.scales import Z95, check, scale_info, to_analysis, to_natural
from mi_helpers.evidence.texts import maybe, say

#: No group of people in a study is larger.
LARGEST_GROUP = 10_000_000


@dataclass(frozen=True)
class Counts:
    """A 2×2 table: in how many people it happened (stopping, say), with MI and without."""

    events_mi: int
    n_mi: int
    events_control: int
    n_control: int


@dataclass(frozen=True)
class Estimate:
    """One row of a plot.

    Attributes
    ----------
    id, label : str
        ``label`` is the study with its year, as cited; :meth:`name` adds what tells two rows of one study apart.
    scale : {"SMD", "OR", "RR", "r"}
    value, low, high : float or None
        Estimate and 95 % interval in natural units; None where the publication gives none.
    se : float or None
        Standard error in the units of the analysis (see :mod:`mi_helpers.evidence.scales`).
    n, k, year : int or None
        People; trials behind a review's figure; year of publication.
    counts : Counts or None
    kind : {"review", "trial", "sample", "own"}
    set_id, trial : str
        What it is plotted with, and which trial it comes from (two moments of one trial share it).
    publication : str
        Id in :func:`mi_helpers.evidence.publications`.
    read : {"abstract", "secondary", "table", "computed", "own"}
        Where the figure was read.
    refused : str
        Why it may not be pooled: "", "reviews", "truncated", "samples" or "quoted".
    """

    id: str
    label: str
    scale: str
    value: float | None = None
    low: float | None = None
    high: float | None = None
    se: float | None = None
    n: int | None = None
    k: int | None = None
    year: int | None = None
    counts: Counts | None = None
    kind: str = "own"
    set_id: str = "own"
    trial: str = ""
    publication: str = ""
    read: str = "own"
    refused: str = ""
    printed: str = ""
    significant: str = ""
    keys: dict[str, str] = field(default_factory=dict, compare=False)

    def name(self, lang: str) -> str:
        """The label, with what tells it from other rows of the same study."""
        more = maybe("qualifier", self.keys.get("qualifier", ""), lang)
        return f"{self.label} ({more})" if more else self.label

    def outcome(self, lang: str) -> str:
        """What was measured, or an empty text."""
        return maybe("outcome", self.keys.get("outcome", ""), lang)

    def comparison(self, lang: str) -> str:
        """What MI was compared with, or an empty text."""
        return maybe("comparison", self.keys.get("comparison", ""), lang)

    def follow_up(self, lang: str) -> str:
        """When it was measured, or an empty text."""
        return maybe("follow_up", self.keys.get("follow_up", ""), lang)

    def note(self, lang: str) -> str:
        """What a reader should know of this row, or an empty text."""
        return maybe("note", self.keys.get("note", ""), lang)

    def read_label(self, lang: str) -> str:
        """Where the figure was read: "read in the abstract only", and from whom where it was quoted."""
        said, via = say(f"read.{self.read}", lang), maybe("via", self.keys.get("via", ""), lang)
        return f"{said} ({via})" if via else said


def error_of(low: float, high: float, scale: str) -> float:
    """Standard error, in the units of the analysis, from a 95 % interval in natural units."""
    return (to_analysis(high, scale) - to_analysis(low, scale)) / (2 * Z95)


def _made(scale: str, middle: float, se: float, label: str, **more) -> Estimate:
    """An estimate from its value and standard error in the units of the analysis."""
    value, low, high = (to_natural(middle + z * se, scale) for z in (0.0, -Z95, Z95))
    return _named(scale, check(value, scale, label), low, high, se, label, **more)


def _named(scale: str, value: float, low: float, high: float, se: float, label: str, **more) -> Estimate:
    id, trial = more.pop("id", "") or label, more.pop("trial", "") or _same(label)
    return Estimate(id, label, scale, value, low, high, se, trial=trial, **more)


def _same(label: str) -> str:
    return " ".join(label.casefold().split())


def from_interval(value: float, low: float, high: float, scale: str, *, label: str = "", **more) -> Estimate:
    """An estimate with its 95 % interval, in natural units.

    Parameters
    ----------
    value, low, high : float
    scale : {"SMD", "OR", "RR", "r"}
    label : str
        Study and year.
    **more
        Further fields of :class:`Estimate` (``n``, ``year``, ``id``, …).

    Raises
    ------
    EvidenceError
        ``unknown-scale``, ``not-finite``, ``off-the-scale``, ``interval-not-around`` (the estimate lies outside its own
        interval) or ``no-width``.
    """
    value, low, high = (check(number, scale, label) for number in (value, low, high))
    if not low <= value <= high:
        raise EvidenceError("interval-not-around", label)
    se = error_of(low, high, scale)
    if se < 1e-9:
        raise EvidenceError("no-width", label)
    return _named(scale, value, low, high, se, label, **more)


def from_counts(
    events_mi: int, n_mi: int, events_control: int, n_control: int, scale: str = "OR", *, label: str = "",
    correction: float = 0.0, **more,
) -> Estimate:
    """Odds ratio or risk ratio from a 2×2 table, with the usual large-sample standard error of its logarithm.

    Parameters
    ----------
    events_mi, events_control : int
        People in whom it happened. What happened is something to be hoped for, so that above 1 is better for MI.
    n_mi, n_control : int
        People in each group.
    scale : {"OR", "RR"}
    correction : float
        Added to every cell where one is empty; 0 (none) by default, 0.5 is the usual choice.

    Raises
    ------
    EvidenceError
        ``scale-not-for-counts``, ``not-a-count`` (negative, broken or too large), ``more-events-than-people``,
        ``zero-events`` (an empty cell leaves no ratio).
    """
    if scale not in ("OR", "RR"):
        raise EvidenceError("scale-not-for-counts", label, scale=scale)
    for number in (events_mi, n_mi, events_control, n_control):
        if not math.isfinite(number) or number != int(number) or not 0 <= number <= LARGEST_GROUP:
            raise EvidenceError("not-a-count", label)
    counts = Counts(int(events_mi), int(n_mi), int(events_control), int(n_control))
    if counts.events_mi > counts.n_mi or counts.events_control > counts.n_control:
        raise EvidenceError("more-events-than-people", label)
    a, b = counts.events_mi, counts.n_mi - counts.events_mi
    c, d = counts.events_control, counts.n_control - counts.events_control
    empty = (0 in (a, b, c, d)) if scale == "OR" else (0 in (a, c) or b == d == 0)
    if empty:
        if not correction > 0 or a + c == 0 or b + d == 0:
            raise EvidenceError("zero-events", label)
        a, b, c, d = (cell + correction for cell in (a, b, c, d))
    if scale == "OR":
        middle, variance = math.log(a * d / (b * c)), 1 / a + 1 / b + 1 / c + 1 / d
    else:
        middle = math.log((a / (a + b)) / (c / (c + d)))
        variance = 1 / a - 1 / (a + b) + 1 / c - 1 / (c + d)
    more = {"n": counts.n_mi + counts.n_control} | more
    return _made(scale, middle, math.sqrt(variance), label, counts=counts, **more)


def from_means(
    mean_mi: float, sd_mi: float, n_mi: int, mean_control: float, sd_control: float, n_control: int, *, label: str = "",
    **more,
) -> Estimate:
    """Hedges' g from two means: the difference in pooled standard deviations, corrected for small samples.

    Above 0 means a higher mean with MI; where lower is better, see :func:`turned_round`.

    Raises
    ------
    EvidenceError
        ``not-finite``, ``not-a-count``, ``group-too-small`` (fewer than 2), ``no-spread`` (a standard deviation that is
        not above 0).

    Notes
    -----
    Borenstein, Hedges, Higgins & Rothstein, *Introduction to Meta-Analysis*, chapter 4.
    """
    if not all(map(math.isfinite, (mean_mi, sd_mi, n_mi, mean_control, sd_control, n_control))):
        raise EvidenceError("not-finite", label)
    for n in (n_mi, n_control):
        if n != int(n) or not 0 <= n <= LARGEST_GROUP:
            raise EvidenceError("not-a-count", label)
        if n < 2:
            raise EvidenceError("group-too-small", label)
    if sd_mi <= 0 or sd_control <= 0:
        raise EvidenceError("no-spread", label)
    df = n_mi + n_control - 2
    pooled = math.sqrt(((n_mi - 1) * sd_mi**2 + (n_control - 1) * sd_control**2) / df)
    d = check((mean_mi - mean_control) / pooled, "SMD", label)
    variance = (n_mi + n_control) / (n_mi * n_control) + d**2 / (2 * (n_mi + n_control))
    small = 1 - 3 / (4 * df - 1)
    more = {"n": int(n_mi + n_control), "printed": "g"} | more
    return _made("SMD", small * d, small * math.sqrt(variance), label, **more)


def from_r(r: float, n: int, *, label: str = "", **more) -> Estimate:
    """A correlation in ``n`` people, with the interval of Fisher's z.

    Raises
    ------
    EvidenceError
        ``not-finite``, ``off-the-scale``, ``not-a-count`` or ``sample-too-small`` (fewer than 4).
    """
    r = check(r, "r", label)
    if not math.isfinite(n) or n != int(n) or not 0 <= n <= LARGEST_GROUP:
        raise EvidenceError("not-a-count", label)
    if n < 4:
        raise EvidenceError("sample-too-small", label)
    return replace(_made("r", math.atanh(r), 1 / math.sqrt(n - 3), label, **({"n": int(n)} | more)), value=r)


def turned_round(estimate: Estimate) -> Estimate:
    """The same result seen from the other side: 1/OR, 1/RR, −SMD, −r; for outcomes where lower is better."""
    scale = scale_info(estimate.scale)

    def other(value: float | None) -> float | None:
        if value is None:
            return None
        return 1 / value if scale.log else 0.0 - value

    return replace(estimate, value=other(estimate.value), low=other(estimate.high), high=other(estimate.low))
