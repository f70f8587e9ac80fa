"""Studies, trials, reviews or samples on one scale: the forest plot, from what the evidence library says."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from mi_helpers import evidence
from mi_helpers.ui.plots.plot import Plot
from mi_helpers.ui.plots.rows import Axis, Mark, figure

if TYPE_CHECKING:
    from mi_helpers.evidence import Estimate, EvidenceSet, Forest
    from mi_helpers.ui.strings import Strings

#: Width in pixels of the square of a study with all the weight, and of one with none.
MOST, LEAST = 22, 7


def set_plot(found: EvidenceSet, say: Strings, **how) -> Plot:
    """One set of the evidence, with its title, its caption and its own words at the axis; see :func:`forest_plot`."""
    how = {"title": found.title(say.lang), "caption": (found.caption(say.lang),)} | how
    return forest_plot(found.estimates, found.scale, say, name=found.id, lines=_lines(found, say), **how)


def forest_plot(
    estimates: Sequence[Estimate],
    scale: str,
    say: Strings,
    *,
    name: str,
    title: str,
    caption: Sequence[str] = (),
    marks: Sequence[Mark] = (),
    lines: Sequence[str] = (),
    low: float | None = None,
    high: float | None = None,
    **how,
) -> Plot:
    """Any estimates on one scale.

    Parameters
    ----------
    estimates : sequence of Estimate
    scale : {"SMD", "OR", "RR", "r"}
    say : Strings
    name, title, caption
        As in :class:`Plot`.
    marks : sequence of Mark
        What is drawn besides: on the row of an estimate where the id ends in a colon and its id, else on a row below.
    lines : sequence of str
        What the axis says, where it is not the scale's own words.
    low, high : float, optional
        The least that the axis shows.
    how : dict
        ``sort``, ``without``, ``with_pool`` as in :func:`mi_helpers.evidence.forest`.
    """
    seen = evidence.forest(estimates, scale, say.lang, **how)
    drawn = [*_studies(seen, {e.label for e in estimates}, say), *_together(seen, say)]
    row_of = {mark.id: mark.row for mark in drawn}
    for mark in marks:
        below = max((mark.row for mark in drawn), default=-1) + 1
        drawn.append(replace(mark, row=row_of.get(mark.id.partition(":")[2], below)))
    refused = (seen.refused,) if seen.refused and how.get("with_pool", True) else ()
    return Plot(
        name=name,
        title=title,
        alt=seen.alt,
        columns=seen.table.columns,
        rows=seen.table.rows,
        figure=figure(drawn, _axis(seen, lines or say.get(f"lab.axis.{scale}"), say, low, high)),
        caption=tuple(line for line in (_pooled_words(seen, say), *caption, *refused) if line),
        csv=evidence.to_csv(estimates, say.lang, seen.pooled),
        sources=tuple(evidence.citations([e.publication for e in estimates if e.publication], say.lang)),
    )


def axis_of(found: EvidenceSet, say: Strings, *, low: float | None = None, high: float | None = None) -> Axis:
    """The axis of a set, for what is drawn before its numbers are."""
    return _axis(evidence.scale_info(found.scale), _lines(found, say) or say.get(f"lab.axis.{found.scale}"), say, low, high)


def _axis(scale, lines: Sequence[str], say: Strings, low: float | None, high: float | None) -> Axis:
    return Axis(null=scale.null, log=scale.log, lines=lines, write=_writer(say), low=low, high=high)


def _lines(found: EvidenceSet, say: Strings) -> Sequence[str]:
    key = f"lab.axis_of.{found.id}"
    return say.get(key) if say.has(key) else ()


def _pooled_words(seen: Forest, say: Strings) -> str:
    """The pooled estimate, how much the studies differ, and where a next one may end up."""
    pooled = seen.pooled
    if pooled is None or pooled.prediction_low is None:
        return seen.summary
    expected = evidence.interval(pooled.prediction_low, pooled.prediction_high, say.lang)
    return f"{seen.summary} {say('lab.prediction_words', interval=expected)}"


def _studies(seen: Forest, labels: set[str], say: Strings) -> list[Mark]:
    """One mark for each row; what all names begin with stands in the sources."""
    same = f"{labels.pop()}: " if len(labels) == 1 else ""
    return [
        Mark(
            id=row.id,
            row=n,
            look="out" if row.out else "point" if row.weight is None else "study",
            value=row.value,
            low=row.low,
            high=row.high,
            size=10 if row.weight is None else LEAST + (MOST - LEAST) * math.sqrt(row.weight),
            name=row.label.removeprefix(same),
            number=_number(row.value, row.low, row.high, say),
            hover=row.hover,
        )
        for n, row in enumerate(seen.rows)
    ]


def _together(seen: Forest, say: Strings) -> list[Mark]:
    """The pooled estimate and, below it, where a next study may be expected."""
    pooled = seen.pooled
    if pooled is None:
        return []
    n = len(seen.rows)
    number = _number(pooled.value, pooled.low, pooled.high, say)
    found = [
        Mark(
            id="pooled",
            row=n,
            look="pooled",
            value=pooled.value,
            low=pooled.low,
            high=pooled.high,
            name=say("lab.pooled"),
            number=number,
            hover=(say("lab.pooled"), number),
        )
    ]
    if pooled.prediction_low is not None:
        number = evidence.interval(pooled.prediction_low, pooled.prediction_high, say.lang)
        found.append(
            Mark(
                id="prediction",
                row=n + 1,
                look="prediction",
                low=pooled.prediction_low,
                high=pooled.prediction_high,
                name=say("lab.prediction"),
                number=number,
                hover=(say("lab.prediction"), number),
            )
        )
    return found


def _number(value: float | None, low: float | None, high: float | None, say: Strings) -> str:
    if value is None:
        return say("lab.no_number")
    said = evidence.number(value, say.lang)
    if low is None or high is None:
        return said
    between = "; " if say.lang == "nl" else ", "
    return f"{said} [{evidence.number(low, say.lang)}{between}{evidence.number(high, say.lang)}]"


def _writer(say: Strings):
    return lambda tick: evidence.number(tick, say.lang, 0 if tick == int(tick) else 1 if round(tick, 1) == tick else 2)
