"""The figures of lesson 6: change talk as a hill, and what the word resistance falls apart into."""

from __future__ import annotations

from mi_helpers.ui.figures.pen import ACCENT, GROUND, INK, LINE, MUTED, SAND, SAND_LINE, SOFT, box, person, text


def _hill(w: dict) -> tuple[int, str]:
    parts = [
        f'<path d="M8 296 C52 272 52 60 180 60 C308 60 308 272 352 296 Z" fill="{SOFT}" stroke="{ACCENT}" '
        'stroke-width="2"/>',
        f'<path d="M180 60 V296" stroke="{LINE}" stroke-width="1.5" stroke-dasharray="4 5"/>',
        person(138, 69, INK, 0.55),
        text(50, 64, w["why"], bold=True, size=16, fill=ACCENT),
        text(310, 64, w["how"], bold=True, size=16, fill=ACCENT),
    ]
    parts += [text(170, 148 + 38 * n, said, anchor="end", size=13) for n, said in enumerate(reversed(w["up"]))]
    parts += [text(190, 160 + 45 * n, said, anchor="start", size=13) for n, said in enumerate(w["down"])]
    parts += [
        text(94, 324, w["before"], bold=True),
        text(266, 324, w["after"], bold=True),
        f'<path d="M24 306 H336" stroke="{LINE}" stroke-width="1.5"/>',
    ]
    return 342, "".join(parts)


def _resistance(w: dict) -> tuple[int, str]:
    parts = [
        box(105, 12, 150, 40, GROUND, LINE, dash="5 4"),
        text(180, 38, w["old"], fill=MUTED),
        f'<path d="M150 54 L98 84 M96 74 L96 86 L108 84 M210 54 L262 84 M264 74 L264 86 L252 84" fill="none" '
        f'stroke="{LINE}" stroke-width="2.5" stroke-linecap="round" stroke-linejoin="round"/>',
    ]
    for x, (name, about, says, asks), fill, line in zip(
        (10, 186), w["sides"], (SOFT, SAND), (ACCENT, SAND_LINE), strict=True
    ):
        mid = x + 82
        parts += [
            box(x, 94, 164, 136, fill, line),
            text(mid, 120, name, bold=True, size=16),
            text(mid, 144, about, 22),
            text(mid, 182, says, 20),
            f'<path d="M{mid} 234 V252 M{mid - 7} 245 L{mid} 253 L{mid + 7} 245" fill="none" stroke="{LINE}" '
            'stroke-width="2.5" stroke-linecap="round" stroke-linejoin="round"/>',
            text(mid, 276, asks, 20, fill=MUTED),
        ]
    return 308, "".join(parts)


DRAW = {"hill": _hill, "resistance": _resistance}
