"""Rows on one axis: the one shape that all plots of the evidence have.

Above each row stands its name, beside it its number, so that a figure reads the same on a phone and on paper. Kinds of
marks differ in shape and in words, never in colour alone. There is one axis, so one scale.
"""

from __future__ import annotations

import math
import textwrap
from collections.abc import Sequence
from dataclasses import dataclass

INK, MUTED, LINE, GROUND, ACCENT, SAND = "#1f2f2d", "#53625e", "#8a8c80", "#fffdfa", "#0e5e5b", "#8f5a10"
FONT = 'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Liberation Sans", Helvetica, Arial, sans-serif'
#: Height of a line of text, in pixels; how many letters fit on it on the narrowest screen.
TEXT, LETTERS = 17, 38
#: The part of the width that the axis takes; the numbers stand in the rest.
WIDE = 0.58
_LOOKS = {
    "study": {"symbol": "square", "color": ACCENT},
    "point": {"symbol": "circle", "color": ACCENT},
    "out": {"symbol": "square-open", "color": MUTED, "line": {"width": 2}},
    "mean": {"symbol": "diamond", "color": INK},
    "guess": {"symbol": "x-thin", "color": SAND, "line": {"width": 3, "color": SAND}},
    "pooled": {},
    "prediction": {},
}
_STEPS = (0.05, 0.1, 0.2, 0.25, 0.5, 1, 2, 5, 10, 20, 50, 100)
_RATIOS = (0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50, 100)


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """Something on a row.

    Attributes
    ----------
    row : int
        Counted from the top; two marks may share one.
    look : {"study", "point", "out", "mean", "guess", "pooled", "prediction"}
    value, low, high : float or None
        In the units of the axis; without a value the row holds words only.
    size : float
        Width of a study's square in pixels.
    name : str
        Above the row.
    number : str
        At the right of the row, or right of the mark where ``beside``.
    hover : sequence of str
        Lines under the pointer.
    """

    id: str
    row: int
    look: str = "study"
    value: float | None = None
    low: float | None = None
    high: float | None = None
    size: float = 11
    name: str = ""
    number: str = ""
    beside: bool = False
    hover: Sequence[str] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Axis:
    """The one axis: the value of no difference, whether ratios, and what it says.

    Attributes
    ----------
    lines : sequence of str
        Under the axis, e.g. what lies to the right.
    write : callable
        Writes a tick in the learner's language.
    low, high : float or None
        The least that has to be seen.
    """

    null: float
    log: bool
    lines: Sequence[str]
    write: object
    low: float | None = None
    high: float | None = None


def figure(marks: Sequence[Mark], axis: Axis) -> dict:
    """A figure for plotly.

    Parameters
    ----------
    marks : sequence of Mark
    axis : Axis

    Returns
    -------
    dict
        ``data`` (one trace for each look; ``ids`` names the marks), ``layout`` and ``config``.
    """
    rows = _Rows.of(marks)
    lines = [part for line in axis.lines for part in textwrap.wrap(line, LETTERS)]
    top, bottom = 6, 46 + TEXT * len(lines)
    low, high = _range(marks, axis)
    place = math.log10 if axis.log else float
    ticks = _ticks(low, high, axis.log)
    notes = [note for mark in marks for note in _words(mark, rows)]
    notes += [_note(line, 0, 0, yref="paper", yshift=-38 - TEXT * n, color=MUTED) for n, line in enumerate(lines)]
    return {
        "data": [trace for look in _LOOKS for trace in _traces(look, marks, rows)],
        "layout": {
            "height": top + bottom + rows.all,
            "margin": {"l": 6, "r": 6, "t": top, "b": bottom, "pad": 0},
            "paper_bgcolor": GROUND,
            "plot_bgcolor": GROUND,
            "font": {"family": FONT, "size": 14, "color": INK},
            "showlegend": False,
            "dragmode": False,
            "hovermode": "closest",
            "hoverlabel": {"bgcolor": GROUND, "bordercolor": ACCENT, "font": {"size": 14, "color": INK}, "align": "left"},
            "xaxis": {
                "type": "log" if axis.log else "linear",
                "range": [place(low), place(high)],
                "domain": [0.02, WIDE],
                "fixedrange": True,
                "tickvals": ticks,
                "ticktext": [axis.write(tick) for tick in ticks],
                "tickfont": {"size": 13, "color": MUTED},
                "ticks": "outside",
                "tickcolor": LINE,
                "showgrid": False,
                "zeroline": False,
                "linecolor": LINE,
                "showline": True,
            },
            "yaxis": {"range": [rows.all, 0], "visible": False, "fixedrange": True},
            "shapes": [
                {
                    "type": "line", "xref": "x", "yref": "paper", "x0": axis.null, "x1": axis.null, "y0": 0, "y1": 1,
                    "layer": "below", "line": {"color": INK, "width": 1.5, "dash": "dash"},
                }
            ],
            "annotations": notes,
        },
        "config": {"displayModeBar": False, "responsive": True, "scrollZoom": False, "doubleClick": False},
    }  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Rows:
    """Where things lie, in pixels from the top: ``pitch`` for each row, its mark ``mark`` below its upper edge."""

    pitch: int
    mark: int
    all: int

    @classmethod
    def of(cls, marks: Sequence[Mark]) -> _Rows:
        lines = max((len(_wrapped(mark.name)) for mark in marks), default=0)
        mark = 10 + TEXT * lines + 8
        pitch = mark + (30 if any(mark.beside for mark in marks) else 12)
        return cls(pitch, mark, pitch * (max((mark.row for mark in marks), default=0) + 1))

    def y(self, mark: Mark) -> int:
        return self.pitch * mark.row + self.mark + (17 if mark.beside else 0)


def _wrapped(name: str) -> list[str]:
    return textwrap.wrap(name, LETTERS)


def _words(mark: Mark, rows: _Rows) -> list[dict]:
    found, y = [], rows.y(mark)
    if mark.name:
        name = "<br>".join(map(_plain, _wrapped(mark.name)))
        name = f"<b>{name}</b>" if mark.look in ("pooled", "mean") else name
        found.append(_note(name, 0, y - 9, yanchor="bottom"))
    if mark.number and not mark.beside:
        found.append(_note(_plain(mark.number), 1, y, xanchor="right", color=MUTED, size=12))
    return found


def _note(text, x, y, *, color=INK, size=13, xanchor="left", yref="y", yanchor="middle", yshift=0) -> dict:
    return {
        "text": text, "x": x, "xref": "paper", "xanchor": xanchor, "y": y, "yref": yref, "yanchor": yanchor,
        "yshift": yshift, "showarrow": False, "align": xanchor, "font": {"size": size, "color": color},
        "bgcolor": GROUND, "borderpad": 0,
    }  # fmt: skip


def _plain(text: str) -> str:
    """Text that plotly takes for text: it reads a few HTML tags in labels."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _traces(look: str, marks: Sequence[Mark], rows: _Rows) -> list[dict]:
    found = [mark for mark in marks if mark.look == look and (mark.value is not None or mark.low is not None)]
    if look == "pooled":
        return [_diamond(mark, rows.y(mark)) for mark in found]
    if look == "prediction":
        return [_stretch(mark, rows.y(mark)) for mark in found]
    return [_points(look, found, rows)] if found else []


def _points(look: str, marks: list[Mark], rows: _Rows) -> dict:
    trace = {
        "type": "scatter",
        "mode": "markers+text" if look == "guess" else "markers",
        "name": look,
        "ids": [mark.id for mark in marks],
        "x": [mark.value for mark in marks],
        "y": [rows.y(mark) for mark in marks],
        "marker": {"opacity": 1, "size": [mark.size for mark in marks], **_LOOKS[look]},
        "hovertext": [_hover(mark) for mark in marks],
        "hoverinfo": "text",
        "cliponaxis": False,
    }
    if look == "guess":
        trace["text"] = [_plain(mark.number) for mark in marks]
        trace["textposition"] = "middle right"
        trace["textfont"] = {"size": 13, "color": SAND}
    if any(mark.low is not None for mark in marks):
        trace["error_x"] = {
            "type": "data",
            "symmetric": False,
            "array": [None if mark.high is None else mark.high - mark.value for mark in marks],
            "arrayminus": [None if mark.low is None else mark.value - mark.low for mark in marks],
            "color": _LOOKS[look]["color"],
            "thickness": 2,
            "width": 4,
        }
    return trace


def _diamond(mark: Mark, y: int) -> dict:
    """From one end of the interval to the other, widest at the estimate."""
    return {
        "type": "scatter", "mode": "lines", "name": "pooled", "fill": "toself", "fillcolor": INK, "hoveron": "fills",
        "ids": [mark.id] * 5, "x": [mark.low, mark.value, mark.high, mark.value, mark.low],
        "y": [y, y - 9, y, y + 9, y], "line": {"color": INK, "width": 1}, "text": _hover(mark), "hoverinfo": "text",
    }  # fmt: skip


def _stretch(mark: Mark, y: int) -> dict:
    return {
        "type": "scatter", "mode": "lines+markers", "name": "prediction", "ids": [mark.id, f"{mark.id}-end"],
        "x": [mark.low, mark.high], "y": [y, y], "line": {"color": INK, "width": 2, "dash": "dot"},
        "marker": {"symbol": "line-ns", "size": 10, "line": {"width": 2, "color": INK}},
        "hovertext": [_hover(mark)] * 2, "hoverinfo": "text",
    }  # fmt: skip


def _hover(mark: Mark) -> str:
    return "<br>".join(map(_plain, mark.hover))


def _extent(values: list[float]) -> tuple[float, float]:
    return (min(values), max(values)) if values else (0.0, 0.0)


def _range(marks: Sequence[Mark], axis: Axis) -> tuple[float, float]:
    """From where to where the axis runs: all that is drawn, the null, and a little air."""
    seen = [v for mark in marks for v in (mark.value, mark.low, mark.high) if v is not None]
    low, high = _extent([axis.null, *seen, *(v for v in (axis.low, axis.high) if v is not None)])
    if axis.log:
        low, high = math.log10(low), math.log10(high)
        air = max(0.04 * (high - low), 0.04)
        return 10 ** (low - air), 10 ** (high + air)
    air = max(0.05 * (high - low), 0.03)
    return low - air, high + air


def _ticks(low: float, high: float, log: bool) -> list[float]:
    """A handful of round numbers between both ends."""
    if log:
        found = [tick for tick in _RATIOS if low <= tick <= high]
        return found if len(found) <= 6 else [tick for tick in found if math.log10(tick) % 1 == 0 or tick == 1]
    step = next((step for step in _STEPS if (high - low) / step <= 6), _STEPS[-1])
    return [round(n * step, 10) for n in range(math.ceil(low / step), math.floor(high / step) + 1)]
