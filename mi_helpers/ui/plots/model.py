"""The causal model as a drawing: its arrows with the correlations of two meta-analyses beside each other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mi_helpers import evidence
from mi_helpers.ui.figures.pen import ACCENT, GROUND, INK, LINE, MUTED, SAND, SAND_LINE, SOFT, WIDTH, box, text
from mi_helpers.ui.html import esc
from mi_helpers.ui.plots.plot import Plot

if TYPE_CHECKING:
    from mi_helpers.evidence import Arrow
    from mi_helpers.ui.strings import Strings

HEIGHT = 634
#: Middle of each box, and its look.
_NODES = {
    "inconsistent": (58, 36, GROUND, LINE), "skills": (178, 36, SOFT, ACCENT), "share": (300, 36, SOFT, ACCENT),
    "sustain": (58, 256, SAND, SAND_LINE), "change": (178, 256, SOFT, ACCENT), "balance": (300, 256, SOFT, ACCENT),
    "outcome": (86, 496, GROUND, INK), "spirit": (300, 496, GROUND, LINE),
}  # fmt: skip
#: Each arrow: its way, the tip and where it points (down or left), and the middle of its label.
_WAYS = {
    "inconsistent-sustain": ("M38 62 V226", (38, 228), "down", (38, 142)),
    "inconsistent-change": ("M76 62 L156 226", (157, 228), "down", (92, 92)),
    "skills-sustain": ("M160 62 L80 226", (79, 228), "down", (96, 196)),
    "skills-change": ("M204 62 V226", (204, 228), "down", (204, 142)),
    "share-balance": ("M300 62 V226", (300, 228), "down", (300, 142)),
    "sustain-outcome": ("M48 282 V466", (48, 468), "down", (48, 374)),
    "change-outcome": ("M178 282 C178 380 112 390 108 466", (108, 468), "down", (156, 356)),
    "balance-outcome": ("M300 282 C300 420 160 400 150 466", (150, 468), "down", (258, 386)),
    "spirit-outcome": ("M246 496 H170", (168, 496), "left", (207, 474)),
}
_LOOKS = {"held": (ACCENT, ""), "failed": (LINE, "5 6"), "turned": (SAND_LINE, "12 5")}
#: Half the width and half the height of a box.
_HALF, _TALL = 54, 26
_LABEL = 74


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
        csv=_csv(rows, say),
        sources=tuple(evidence.citations(publications, say.lang)),
    )


def _r(value: float | None, say: Strings) -> str:
    return say("lab.no_figure") if value is None else evidence.number(value, say.lang)


def _csv(rows: list[tuple[str, ...]], say: Strings) -> str:
    lines = (say.get("lab.model_columns"), *rows)
    mark = ";" if say.lang == "nl" else ","
    return "\ufeff" + "".join(mark.join(f'"{evidence.safe(cell)}"' for cell in line) + "\r\n" for line in lines)


def _svg(arrows: tuple[Arrow, ...], title: str, say: Strings) -> str:
    labels = evidence.nodes(say.lang)
    parts = [_arrow(*_WAYS[arrow.id][:3], arrow.status) for arrow in arrows]
    for key, (x, y, fill, line) in _NODES.items():
        half = 82 if key == "outcome" else _HALF
        parts.append(box(x - half, y - _TALL, 2 * half, 2 * _TALL, fill, line))
        lines = -(-len(labels[key]) // 15)
        parts.append(text(x, y + 5 - 8 * (lines > 1), labels[key], 25 if key == "outcome" else 15, bold=True, size=13, lead=16))
    for arrow in arrows:
        x, y = _WAYS[arrow.id][3]
        said = f"{_short(arrow.r_2014, say)} / {_short(arrow.r_2018, say)}"
        parts.append(
            f'<rect x="{x - _LABEL / 2}" y="{y - 13}" width="{_LABEL}" height="26" rx="13" fill="{GROUND}" '
            f'stroke="{_LOOKS[arrow.status][0]}" stroke-width="1.5"/>' + text(x, y + 4.5, said, 30, size=13)
        )
    said = {arrow.status: arrow.status_label(say.lang) for arrow in arrows}
    for n, status in enumerate(key for key in _LOOKS if key in said):
        y = 552 + 24 * n
        parts.append(_line(f"M14 {y} H58", status) + text(70, y + 5, said[status], 40, anchor="start", size=13))
    parts.append(text(14, 626, say("lab.model_key"), 60, anchor="start", fill=MUTED, size=13))
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
