"""The figures of lesson 3."""

from __future__ import annotations

from mi_helpers.ui.figures.pen import ACCENT, GROUND, LINE, MUTED, SAND, SAND_LINE, SOFT, box, bubble, person, text


def _questions(w: dict) -> tuple[int, str]:
    parts = [
        f'<path d="M52 300 V14 M45 26 L52 13 L59 26" fill="none" stroke="{LINE}" stroke-width="2" stroke-linecap="round"/>',
        f'<path d="M52 300 H352 M340 293 L353 300 L340 307" fill="none" stroke="{LINE}" stroke-width="2" '
        'stroke-linecap="round"/>',
        text(24, 88, w["levels"][1], fill=MUTED),
        text(24, 228, w["levels"][0], fill=MUTED),
        f'<g transform="rotate(-90 24 157)">{text(24, 162, w["upward"], 30, bold=True)}</g>',
        text(131, 322, w["ends"][0], fill=MUTED),
        text(279, 322, w["ends"][1], fill=MUTED),
        text(205, 342, w["across"], 30, bold=True),
    ]
    for n, said in enumerate(w["cells"]):
        x, y, here = 62 + 146 * (n % 2), 20 + 138 * (n // 2), n == 1
        parts += [
            box(x, y, 138, 130, SOFT if here else GROUND, ACCENT if here else LINE),
            text(x + 69, y + 52, said, 16),
            text(x + 69, y + 116, w["mark"], 20, bold=True, fill=ACCENT, size=13) if here else "",
        ]
    return 356, "".join(parts)


def _affirming(w: dict) -> tuple[int, str]:
    parts = [
        text(14, 28, w["praise"], anchor="start", bold=True, size=15),
        person(74, 112, LINE, 1.25),
        f'<rect x="36" y="112" width="76" height="38" fill="{SAND}" stroke="{SAND_LINE}" stroke-width="1.5"/>',
        person(138, 150, ACCENT, 0.62),
        bubble(140, 14, 210, 46, (104, 78), w["praise_says"], 30, SAND, SAND_LINE),
        text(170, 126, w["praise_note"], 26, anchor="start", fill=MUTED),
        f'<path d="M10 164 H350" stroke="{LINE}" stroke-width="1.5"/>',
        text(14, 194, w["affirm"], anchor="start", bold=True, size=15),
        bubble(66, 206, 226, 50, (86, 276), w["affirm_says"], 28, SOFT, ACCENT),
        person(60, 336, LINE),
        person(118, 336, ACCENT),
        f'<path d="M148 306 H236 M228 300 L238 306 L228 312" fill="none" stroke="{MUTED}" stroke-width="2" '
        'stroke-dasharray="4 5" stroke-linecap="round"/>',
        f'<rect x="262" y="270" width="44" height="66" fill="{GROUND}" stroke="{LINE}" stroke-width="2"/>',
        f'<circle cx="298" cy="304" r="3" fill="{LINE}"/>',
        f'<path d="M316 336 V316 L320 308 V298 H328 V308 L332 316 V336 Z" fill="{SAND}" stroke="{SAND_LINE}" '
        'stroke-width="1.5"/>',
        f'<path d="M10 336 H350" stroke="{LINE}" stroke-width="1.5"/>',
        text(180, 360, w["affirm_note"], 46, fill=MUTED),
    ]
    return 374, "".join(parts)


DRAW = {"questions": _questions, "affirming": _affirming}
