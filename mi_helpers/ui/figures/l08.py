"""The figure of lesson 8: two directions in which a sentence can point."""

from __future__ import annotations

from mi_helpers.ui.figures.pen import ACCENT, GROUND, LINE, MUTED, SAND, SAND_LINE, SOFT, box, bubble, person, text


def _arrow(y: int, colour: str) -> str:
    return (
        f'<path d="M76 {y} H236 M226 {y - 8} L238 {y} L226 {y + 8}" fill="none" stroke="{colour}" stroke-width="3" '
        'stroke-linecap="round" stroke-linejoin="round"/>'
    )


def _two_directions(w: dict) -> tuple[int, str]:
    parts = []
    for n, key in enumerate(("sustain", "discord")):
        top = 12 + 178 * n
        fill, line = ((SOFT, ACCENT), (SAND, SAND_LINE))[n]
        parts += [
            text(14, top + 16, w[key], anchor="start", bold=True, size=15),
            bubble(14, top + 28, 250, 34, (48, top + 78), w[f"{key}_says"], 40, fill, line),
            person(44, top + 134),
            _arrow(top + 112, line),
            text(180, top + 160, w[f"{key}_do"], 48, fill=MUTED),
        ]
    parts += [
        box(246, 98, 106, 52, GROUND, LINE),
        text(299, 129, w["change"], 20, size=13),
        person(300, 328, ACCENT),
        text(300, 268, w["you"], bold=True),
        f'<path d="M14 184 H346" stroke="{LINE}" stroke-dasharray="3 5"/>',
    ]
    return 366, "".join(parts)


DRAW = {"two-directions": _two_directions}
