"""The figures of lesson 4."""

from __future__ import annotations

from mi_helpers.ui.figures.pen import ACCENT, GROUND, LINE, MUTED, SAND, SAND_LINE, SOFT, box, bubble, person, text

_ARROW = f'fill="none" stroke="{LINE}" stroke-width="2.5" stroke-linecap="round" stroke-linejoin="round"'


def _loop(w: dict) -> tuple[int, str]:
    parts = []
    for (head, said), (x, y), inner in zip(
        w["boxes"], ((10, 12), (206, 12), (206, 202), (10, 202)), (True, False, False, True), strict=True
    ):
        parts += [
            box(x, y, 144, 108, SAND if y < 100 else SOFT, SAND_LINE if y < 100 else ACCENT, "5 4" if inner else ""),
            text(x + 72, y + 28, head, 19, bold=True),
            text(x + 72, y + 56, said, 18),
        ]
    parts += [
        f'<path d="M160 66 H198 M190 59 L199 66 L190 73" {_ARROW}/>',
        f'<path d="M278 128 V192 M271 184 L278 193 L285 184" {_ARROW}/>',
        f'<path d="M200 256 H162 M170 249 L161 256 L170 263" {_ARROW}/>',
        f'<path d="M82 194 V130 M75 138 L82 129 L89 138" fill="none" stroke="{ACCENT}" stroke-width="3" '
        'stroke-dasharray="6 5" stroke-linecap="round"/>',
        text(98, 158, w["arrow"], 18, anchor="start", bold=True, fill=ACCENT),
    ]
    return 322, "".join(parts)


def _depths(w: dict) -> tuple[int, str]:
    parts = [bubble(66, 10, 286, 66, (52, 82), w["says"], 42, SAND, SAND_LINE), person(32, 108, LINE, 0.8)]
    for n, (name, said) in enumerate(w["steps"]):
        x, y, last = 60 + 20 * n, 112 + 82 * n, n == 2
        parts += [
            box(x, y, 290 - 20 * n, 76, SOFT if last else GROUND, ACCENT if last else LINE),
            text(x + 14, y + 24, name, anchor="start", bold=True),
            text(x + 14, y + 46, said, 36, anchor="start"),
        ]
    parts += [
        f'<path d="M30 130 V264 M23 255 L30 265 L37 255" {_ARROW}/>',
        text(180, 378, w["arrow"], 44, fill=MUTED),
    ]
    return 392, "".join(parts)


DRAW = {"loop": _loop, "depths": _depths}
