"""The figures of lesson 2."""

from __future__ import annotations

from mi_helpers.ui.figures.pen import ACCENT, GROUND, LINE, MUTED, SAND, SAND_LINE, SOFT, box, person, text


def _spirit(w: dict) -> tuple[int, str]:
    parts = []
    for n, (name, said, later) in enumerate(w["parts"]):
        x, y = 10 + 174 * (n % 2), 10 + 176 * (n // 2)
        fill, line = ((SOFT, ACCENT), (SAND, SAND_LINE))[n in (1, 2)]
        top = y + (26 if n < 2 else 74)
        parts += [
            box(x, y, 166, 168, fill, line),
            text(x + 83, top, name, 20, bold=True, size=16),
            text(x + 83, top + 22, said, 21),
            text(x + 83, top + 82, later, 26, fill=MUTED, size=13) if later else "",
        ]
    parts += [
        f'<circle cx="180" cy="182" r="50" fill="{GROUND}" stroke="{LINE}" stroke-width="1.5"/>',
        person(180, 190, ACCENT, 0.8),
        text(180, 210, w["middle"], 12),
    ]
    return 364, "".join(parts)


def _agreeing(w: dict) -> tuple[int, str]:
    parts = [
        f'<path d="M34 300 V14 M27 26 L34 13 L41 26" fill="none" stroke="{LINE}" stroke-width="2" stroke-linecap="round"/>',
        f'<path d="M34 300 H352 M340 293 L353 300 L340 307" fill="none" stroke="{LINE}" stroke-width="2" '
        'stroke-linecap="round"/>',
        f'<g transform="rotate(-90 20 157)">{text(20, 160, w["upward"], 30, bold=True)}</g>',
        text(193, 342, w["across"], 30, bold=True),
        text(18, 40, w["yes"], fill=MUTED),
        text(18, 288, w["no"], fill=MUTED),
        text(118, 322, w["no"], fill=MUTED),
        text(272, 322, w["yes"], fill=MUTED),
    ]
    for n, said in enumerate(w["cells"]):
        x, y, here = 44 + 154 * (n % 2), 20 + 138 * (n // 2), n == 3
        parts += [
            box(x, y, 146, 130, SOFT if here else GROUND, ACCENT if here else LINE),
            text(x + 73, y + (36 if here else 56), said, 17),
            text(x + 73, y + 118, w["mark"], 22, fill=MUTED, size=13) if here else "",
        ]
    return 356, "".join(parts)


DRAW = {"spirit": _spirit, "agreeing": _agreeing}
