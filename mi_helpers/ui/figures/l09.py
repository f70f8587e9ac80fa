"""The figure of lesson 9: the bridge from why to how."""

from __future__ import annotations

from mi_helpers.ui.figures.pen import ACCENT, GROUND, LINE, MUTED, SAND, SAND_LINE, SOFT, box, bubble, text


def _bridge(w: dict) -> tuple[int, str]:
    parts = [
        f'<path d="M62 66 V330 M270 66 V330" stroke="{LINE}" stroke-width="4"/>',
        box(10, 12, 340, 46, SAND, SAND_LINE),
        text(180, 41, w["why"], bold=True, size=16),
        bubble(24, 72, 284, 34, (150, 122), w["question"], 44, SOFT, ACCENT),
    ]
    for n, said in enumerate(w["planks"]):
        y = 126 + 34 * n
        parts += [box(44, y, 244, 28, GROUND, ACCENT), text(166, y + 19, said)]
    parts += [
        box(10, 338, 340, 46, SOFT, ACCENT),
        text(180, 367, w["how"], bold=True, size=16),
        f'<path d="M288 228 C338 228 330 120 330 68 M322 78 L330 66 L338 78" fill="none" stroke="{SAND_LINE}" '
        'stroke-width="3" stroke-linecap="round" stroke-linejoin="round"/>',
        text(180, 408, w["back"], fill=MUTED),
    ]
    return 424, "".join(parts)


DRAW = {"bridge": _bridge}
