"""Everything a forest plot, its table and its text alternative show, as plain data: no drawing here."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from mi_helpers.evidence.errors import EvidenceError
from mi_helpers.evidence.estimates import Estimate
from mi_helpers.evidence.numbers import interval, number, p_value, percent, whole
from mi_helpers.evidence.pooling import Pooled, pool, poolable_part
from mi_helpers.evidence.scales import scale_info
from mi_helpers.evidence.texts import say, table

SORTS = ("given", "size", "year", "precision", "name")


@dataclass(frozen=True)
class ForestRow:
    """One row: figures in natural units, ``weight`` as a share of 1, ``hover`` in lines of text.

    ``out`` marks a row that is drawn but not in the sum.
    """

    id: str
    label: str
    value: float | None
    low: float | None
    high: float | None
    n: int | None
    k: int | None
    year: int | None
    weight: float | None
    out: bool
    hover: list[str]


@dataclass(frozen=True)
class Table:
    """A data table as texts, the first column naming the row."""

    columns: list[str]
    rows: list[list[str]]


@dataclass(frozen=True)
class Forest:
    """A forest plot as data.

    Attributes
    ----------
    scale : str
    null : float
        Where the line of no difference stands.
    log : bool
        Whether the axis is logarithmic.
    rows : tuple of ForestRow
        Sorted, from top to bottom; rows without a value have no point.
    pooled : Pooled or None
    refused : str
        Why there is no sum, in a sentence; empty where there is one, or none was asked for.
    summary : str
        The sum in one line with I², tau² and Q; empty without a sum.
    table : Table
    alt : str
        The text alternative.
    """

    scale: str
    null: float
    log: bool
    rows: tuple[ForestRow, ...]
    pooled: Pooled | None
    refused: str
    summary: str
    table: Table
    alt: str = field(repr=False)


def forest(
    estimates: Iterable[Estimate], scale: str, lang: str, *, sort: str = "given", without: str | None = None,
    with_pool: bool = True, **choices,
) -> Forest:
    """A forest plot of estimates on one scale.

    Parameters
    ----------
    estimates : iterable of Estimate
    scale : {"SMD", "OR", "RR", "r"}
    lang : {"en", "nl"}
    sort : {"given", "size", "year", "precision", "name"}
        Largest effect first; latest year first; narrowest interval first; what has none comes last.
    without : str, optional
        Id of a row that is drawn but left out of the sum.
    with_pool : bool
        Whether to try a sum.
    **choices
        ``method`` and ``interval`` of :func:`mi_helpers.evidence.pool`.

    Raises
    ------
    EvidenceError
        ``mixed-scales`` and ``unknown-scale``; why a sum is not made is no error but ``refused``.
    """
    estimates = tuple(estimates)
    info = scale_info(scale)
    for estimate in estimates:
        if estimate.scale != scale:
            raise EvidenceError("mixed-scales", estimate.label, found=estimate.scale, scale=scale)
    kept = [e for e in poolable_part(estimates)[0] if e.id != without]
    pooled, refused = None, ""
    if with_pool:
        try:
            pooled = pool(kept, scale, **choices)
        except EvidenceError as e:
            refused = e.text(lang)
    ordered = sorted(estimates, key=_order(sort, lang))
    labels = distinct_labels(estimates, lang)
    rows = tuple(_row(e, labels[e.id], pooled, lang) for e in ordered)
    return Forest(
        scale, info.null, info.log, rows, pooled, refused, _summary(pooled, lang), _table(ordered, rows, lang),
        _alt(scale, rows, pooled, refused, lang),
    )


def _order(sort: str, lang: str):
    keys = {
        "given": lambda e: 0,
        "size": lambda e: (e.value is None, -(e.value or 0)),
        "year": lambda e: (e.year is None, -(e.year or 0)),
        "precision": lambda e: (e.se is None, e.se or 0),
        "name": lambda e: e.name(lang).casefold(),
    }
    return keys[sort]


def distinct_labels(estimates: Iterable[Estimate], lang: str) -> dict[str, str]:
    """Names that tell rows apart: where one study has several, with what differs (outcome, comparison, moment)."""
    estimates = tuple(estimates)
    names = {e.id: e.name(lang) for e in estimates}
    for name in {name for name in names.values() if list(names.values()).count(name) > 1}:
        same = [e for e in estimates if names[e.id] == name]
        about = [(e.outcome(lang), e.comparison(lang), e.follow_up(lang), e.note(lang)) for e in same]
        differs = [n for n in range(4) if len({texts[n] for texts in about}) > 1]
        differs = [n for n in differs if n < 3] or differs
        for e, texts in zip(same, about, strict=True):
            more = ", ".join(texts[n] for n in differs if texts[n])
            names[e.id] = f"{name}: {more}" if more else name
    return names


def figure(value: float | None, low: float | None, high: float | None, lang: str) -> str:
    """An estimate with its interval: "0.79 (0.48 to 1.09)"; without an interval the estimate alone."""
    between = interval(low, high, lang)
    return f"{number(value, lang)} ({between})" if between else number(value, lang)


def _counts(estimate: Estimate, lang: str) -> str:
    c = estimate.counts
    if c is None:
        return ""
    a, b, c, d = (whole(n, lang) for n in (c.events_mi, c.n_mi, c.events_control, c.n_control))
    return say("forest.counts", lang, a=a, b=b, c=c, d=d)


def _row(estimate: Estimate, label: str, pooled: Pooled | None, lang: str) -> ForestRow:
    words = table("forest", lang)
    weight = pooled.weights.get(estimate.id) if pooled else None
    out = pooled is not None and weight is None
    if estimate.value is None:
        result = words["no_figure"]
    else:
        result = figure(estimate.value, estimate.low, estimate.high, lang)
        result += "" if estimate.low is not None else f", {words['no_interval']}"
    people = words["people"].format(n=whole(estimate.n, lang)) if estimate.n else ""
    trials = words["trials"].format(k=whole(estimate.k, lang)) if estimate.k else ""
    hover = [
        label, result, _counts(estimate, lang) or people, trials, estimate.outcome(lang),
        estimate.follow_up(lang), words["weight"].format(weight=percent(weight, lang, 1)) if weight else "",
        words["left_out"] if out else "", estimate.note(lang),
    ]
    return ForestRow(
        estimate.id, label, estimate.value, estimate.low, estimate.high, estimate.n, estimate.k,
        estimate.year, weight, out, [line for line in hover if line],
    )


def _summary(pooled: Pooled | None, lang: str) -> str:
    if pooled is None:
        return ""
    return say("forest.sum_line", lang, **_said(pooled, lang))


def _said(pooled: Pooled, lang: str) -> dict[str, object]:
    return {
        "k": pooled.k, "value": figure(pooled.value, pooled.low, pooled.high, lang), "i2": percent(pooled.i2, lang),
        "tau2": number(pooled.tau2, lang), "q": number(pooled.q, lang), "df": pooled.df,
        "p": p_value(pooled.p_q, lang),
    }


def _table(estimates: Iterable[Estimate], rows: Iterable[ForestRow], lang: str) -> Table:
    heads = table("table", lang)
    cells = [
        {
            "study": e.name(lang), "outcome": e.outcome(lang), "comparison": e.comparison(lang),
            "follow_up": e.follow_up(lang), "estimate": number(e.value, lang),
            "interval": interval(e.low, e.high, lang), "n": whole(e.n, lang), "k": whole(e.k, lang),
            "counts": _counts(e, lang),
            "weight": percent(row.weight, lang, 1) if row.weight is not None else "", "read": e.read_label(lang),
            "note": e.note(lang),
        }
        for e, row in zip(estimates, rows, strict=True)
    ]
    used = [key for key in heads if any(row[key] for row in cells)]
    return Table([heads[key] for key in used], [[row[key] for key in used] for row in cells])


def _alt(scale: str, rows: tuple[ForestRow, ...], pooled: Pooled | None, refused: str, lang: str) -> str:
    head = {"k": len(rows), "scale": say(f"scale.{scale}", lang), "null": number(scale_info(scale).null, lang, 0)}
    parts = [say("forest.alt_head", lang, **head)]
    parts += [say("forest.alt_row", lang, name=row.label, value=row.hover[1]) for row in rows]
    if pooled:
        said = _said(pooled, lang)
        parts.append(say("forest.alt_pooled", lang, **{key: said[key] for key in ("value", "k", "i2", "tau2")}))
        if pooled.prediction_low is not None:
            low, high = (number(end, lang) for end in (pooled.prediction_low, pooled.prediction_high))
            parts.append(say("forest.alt_prediction", lang, low=low, high=high))
    elif refused:
        parts.append(say("forest.alt_refused", lang, why=refused))
    return " ".join(parts)
