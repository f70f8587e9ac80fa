"""The figures of lesson 10: a forest plot to learn reading it, and the causal model with what became of its arrows."""

from __future__ import annotations

from mi_helpers.ui.figures.pen import ACCENT, GROUND, INK, LINE, MUTED, SAND, SAND_LINE, SOFT, box, text

#: Smedslund et al., 2011: estimate and 95 % interval at four moments, MI beside no treatment.
FOLLOW_UP = ((0.79, 0.48, 1.09), (0.17, 0.09, 0.26), (0.15, 0.04, 0.25), (0.06, -0.16, 0.28))
TICKS = (-0.2, 0.0, 0.2, 0.4, 0.6, 0.8, 1.0)


def _x(value: float) -> float:
    """Where a difference lies on the drawing."""
    return round(152 + 160 * value, 1)


def _forest(w: dict) -> tuple[int, str]:
    def number(value: float, digits: int) -> str:
        return f"{value:.{digits}f}".replace("-", "−").replace(".", w["decimal"])

    parts = [
        text(14, 26, w["head"], 46, anchor="start", bold=True, size=15),
        f'<path d="M{_x(0)} 44 V216" stroke="{INK}" stroke-width="1.5" stroke-dasharray="4 4"/>',
        f'<path d="M{_x(-0.25)} 216 H{_x(1.15)}" stroke="{LINE}" stroke-width="1.5"/>',
    ]
    for n, (name, (middle, low, high)) in enumerate(zip(w["rows"], FOLLOW_UP, strict=True)):
        y = 66 + 40 * n
        parts += [
            text(14, y + 5, name, 20, anchor="start"),
            f'<path d="M{_x(low)} {y} H{_x(high)} M{_x(low)} {y - 6} V{y + 6} M{_x(high)} {y - 6} V{y + 6}" '
            f'stroke="{ACCENT}" stroke-width="2.5" stroke-linecap="round"/>',
            f'<circle cx="{_x(middle)}" cy="{y}" r="6" fill="{ACCENT}"/>',
            f'<rect x="{_x(middle) - 14}" y="{y - 22}" width="28" height="14" fill="{GROUND}"/>',
            text(_x(middle), y - 11, number(middle, 2), size=13, fill=MUTED),
        ]
    for tick in TICKS:
        parts += [
            f'<path d="M{_x(tick)} 216 V221" stroke="{LINE}" stroke-width="1.5"/>',
            text(_x(tick), 236, number(tick, 1), size=13, fill=MUTED),
        ]
    parts += [
        text(_x(0), 256, w["none"], size=13),
        text(350, 256, w["better"], 40, anchor="end", size=13),
        text(180, 286, w["caption"], 44, fill=MUTED, size=13),
    ]
    return 314, "".join(parts)


def _arrow(path: str, tip: tuple[float, float], way: str) -> str:
    """A path with a head pointing down at ``tip``; ``way`` is found, missing or opposite."""
    colour = {"found": ACCENT, "missing": LINE, "opposite": SAND_LINE}[way]
    dash = {"found": "", "missing": ' stroke-dasharray="5 6"', "opposite": ' stroke-dasharray="12 5"'}[way]
    x, y = tip
    return (
        f'<path d="{path}" fill="none" stroke="{colour}" stroke-width="3.5"{dash}/>'
        f'<path d="M{x - 7} {y - 9} L{x} {y} L{x + 7} {y - 9}" fill="none" stroke="{colour}" stroke-width="3.5" '
        'stroke-linecap="round" stroke-linejoin="round"/>'
    )


def _causal_model(w: dict) -> tuple[int, str]:
    def label(x: int, y: int, said: str) -> str:
        width = 6.2 * len(said) + 6
        return (
            f'<rect x="{x - width / 2}" y="{y - 14}" width="{width}" height="20" rx="6" fill="{GROUND}"/>'
            + text(x, y + 1, said, 30, size=13)
        )

    parts = [
        _arrow("M240 58 C240 100 140 84 128 128", (127, 130), "found"),
        _arrow("M290 58 V128", (290, 130), "opposite"),
        _arrow("M127 178 C127 216 148 216 152 248", (153, 250), "missing"),
        _arrow("M290 178 C290 216 262 216 258 248", (257, 250), "found"),
        _arrow("M26 58 V214 C26 238 104 226 110 248", (111, 250), "missing"),
        box(10, 12, 150, 46, GROUND, LINE), text(85, 40, w["spirit"], 24),
        box(200, 12, 150, 46, SOFT, ACCENT), text(275, 40, w["skills"], 24, bold=True),
        box(56, 132, 142, 46, SOFT, ACCENT), text(127, 160, w["change"], 24, bold=True),
        box(216, 132, 134, 46, SAND, SAND_LINE), text(283, 160, w["sustain"], 24, bold=True),
        box(90, 252, 190, 46, GROUND, INK), text(185, 280, w["outcome"], 24, bold=True),
        label(150, 102, w["r_change"]),
        label(286, 102, w["r_sustain"]),
        label(140, 222, w["r_change_out"]),
        label(284, 222, w["r_sustain_out"]),
    ]  # fmt: skip
    for way, x in (("found", 14), ("missing", 104), ("opposite", 216)):
        parts += [_arrow(f"M{x + 6} 316 V332", (x + 6, 336), way), text(x + 20, 332, w[way], 24, anchor="start", size=13)]
    parts.append(text(180, 362, w["caption"], 64, fill=MUTED, size=13))
    return 376, "".join(parts)


DRAW = {"forest": _forest, "causal-model": _causal_model}
