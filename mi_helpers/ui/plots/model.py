"""The causal model as a drawing: its arrows with the correlations of two meta-analyses beside each other."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

from mi_helpers import evidence
from mi_helpers.ui.figures.pen import ACCENT, GROUND, INK, LINE, MUTED, SAND, SAND_LINE, SOFT, WIDTH, box, text
from mi_helpers.ui.html import esc
from mi_helpers.ui.plots.plot import Plot, table_csv

if TYPE_CHECKING:
    from mi_helpers.evidence import Arrow
    from mi_helpers.ui.strings import Strings

HEIGHT = 640
#: Middle and half the width of each box, and its look.
_NODES = {
    "inconsistent": (60, 38, 56, GROUND, LINE), "skills": (180, 38, 54, SOFT, ACCENT), "share": (300, 38, 54, SOFT, ACCENT),
    "sustain": (60, 262, 56, SAND, SAND_LINE), "change": (180, 262, 54, SOFT, ACCENT), "balance": (300, 262, 54, SOFT, ACCENT),
    "outcome": (84, 502, 80, GROUND, INK), "spirit": (304, 502, 50, GROUND, LINE),
}  # fmt: skip
#: Each arrow: its way, the tip and where it points (down or left), and the middle of its label.
_WAYS = {
    "inconsistent-sustain": ("M47 68 V228", (47, 230), "down", (47, 146)),
    "inconsistent-change": ("M80 68 L160 228", (161, 230), "down", (94, 96)),
    "skills-sustain": ("M164 68 L84 228", (83, 230), "down", (100, 200)),
    "skills-change": ("M206 68 V228", (206, 230), "down", (206, 146)),
    "share-balance": ("M300 68 V228", (300, 230), "down", (300, 146)),
    "sustain-outcome": ("M48 292 V468", (48, 470), "down", (48, 380)),
    "change-outcome": ("M180 292 C180 390 104 396 100 468", (100, 470), "down", (156, 362)),
    "balance-outcome": ("M300 292 C300 430 150 410 142 468", (142, 470), "down", (258, 392)),
    "spirit-outcome": ("M254 502 H168", (166, 502), "left", (209, 479)),
}
_LOOKS = {"held": (ACCENT, ""), "failed": (LINE, "5 6"), "turned": (SAND_LINE, "12 5")}
#: Half the height of a box; the width of a label.
_TALL, _LABEL = 30, 88


def spots() -> dict[str, dict[str, float]]:
    """Where the label of each arrow lies, in percents of the drawing: its button goes there."""
    return {
        key: {"left": 100 * x / WIDTH, "top": 100 * y / HEIGHT, "width": 100 * _LABEL / WIDTH}
        for key, (_, _, _, (x, y)) in _WAYS.items()
    }


def model_plot(say: Strings) -> Plot:
    """The drawing, its arrows in words, and both years in a table."""
    arrows = evidence.arrows()
    rows = [
        (arrow.text(say.lang), _r(arrow.r_2014, say), _r(arrow.r_2018, say), arrow.status_label(say.lang))
        for arrow in arrows
    ]
    told = " ".join(
        say("lab.model_row", text=text, r2014=r2014, r2018=r2018, status=status) for text, r2014, r2018, status in rows
    )
    publications = [publication for arrow in arrows for publication in arrow.publications]
    title = say("lab.model_title")
    return Plot(
        name="causal-model",
        title=title,
        alt=f"{say('lab.model_alt')} {told}",
        columns=say.get("lab.model_columns"),
        rows=rows,
        drawing=_svg(arrows, title, say),
        caption=tuple(say.get("lab.model_caption")),
        csv=table_csv(say.get("lab.model_columns"), rows, say.lang),
        sources=tuple(evidence.citations(publications, say.lang)),
    )


def _r(value: float | None, say: Strings) -> str:
    return say("lab.no_figure") if value is None else evidence.number(value, say.lang)


def _svg(arrows: tuple[Arrow, ...], title: str, say: Strings) -> str:
    labels = evidence.nodes(say.lang)
    parts = [_arrow(*_WAYS[arrow.id][:3], arrow.status) for arrow in arrows]
    for key, (x, y, half, fill, line) in _NODES.items():
        parts.append(box(x - half, y - _TALL, 2 * half, 2 * _TALL, fill, line))
        fit = half // 4
        below = 8 * (len(textwrap.wrap(labels[key], fit)) - 1)
        parts.append(text(x, y + 5 - below, labels[key], fit, size=13, lead=16))
    for arrow in arrows:
        x, y = _WAYS[arrow.id][3]
        said = f"{_short(arrow.r_2014, say)} / {_short(arrow.r_2018, say)}"
        parts.append(
            f'<rect x="{x - _LABEL / 2}" y="{y - 13}" width="{_LABEL}" height="26" rx="13" fill="{GROUND}" '
            f'stroke="{_LOOKS[arrow.status][0]}" stroke-width="1.5"/>' + text(x, y + 4.5, said, 30, size=13)
        )
    said = {arrow.status: arrow.status_label(say.lang) for arrow in arrows}
    for n, status in enumerate(key for key in _LOOKS if key in said):
        y = 556 + 24 * n
        parts.append(_line(f"M14 {y} H58", status) + text(70, y + 5, said[status], 40, anchor="start", size=13))
    parts.append(text(14, 631, say("lab.model_key"), 60, anchor="start", fill=MUTED, size=13))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="mi-drawing" viewBox="0 0 {WIDTH} {HEIGHT}" aria-hidden="true" '
        f'font-family="system-ui, sans-serif" font-size="13"><title>{esc(title)}</title>'
        f'<rect width="{WIDTH}" height="{HEIGHT}" rx="12" fill="{GROUND}"/>{"".join(parts)}</svg>'
    )


def _short(value: float | None, say: Strings) -> str:
    return "–" if value is None else evidence.number(value, say.lang)


def _line(path: str, status: str) -> str:
    colour, dash = _LOOKS[status]
    dashed = f' stroke-dasharray="{dash}"' if dash else ""
    return f'<path d="{path}" fill="none" stroke="{colour}" stroke-width="3"{dashed}/>'


def _arrow(path: str, tip: tuple[int, int], to: str, status: str) -> str:
    x, y = tip
    head = f"M{x - 7} {y - 9} L{x} {y} L{x + 7} {y - 9}" if to == "down" else f"M{x + 9} {y - 7} L{x} {y} L{x + 9} {y + 7}"
    return _line(path, status) + (
        f'<path d="{head}" fill="none" stroke="{_LOOKS[status][0]}" stroke-width="3" stroke-linecap="round" '
        'stroke-linejoin="round"/>'
    )
