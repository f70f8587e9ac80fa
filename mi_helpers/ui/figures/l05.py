"""The figures of lesson 5: the four processes, the funnel of an agenda map, ask – offer – ask."""

from __future__ import annotations

from mi_helpers.ui.figures.pen import ACCENT, GROUND, INK, LINE, MUTED, SAND, SAND_LINE, SOFT, box, text


def _arrow(x, y, length) -> str:
    """A short arrow downwards."""
    return (
        f'<path d="M{x} {y} V{y + length} M{x - 7} {y + length - 7} L{x} {y + length} L{x + 7} {y + length - 7}" '
        f'fill="none" stroke="{LINE}" stroke-width="2.5" stroke-linecap="round" stroke-linejoin="round"/>'
    )


def _processes(w: dict) -> tuple[int, str]:
    parts = []
    for n, (name, asks) in enumerate(w["steps"]):
        y, width = 262 - 78 * n, 318 - 30 * n
        parts += [
            box(10, y, width, 70, SOFT if n % 2 == 0 else GROUND, ACCENT),
            text(26, y + 29, name, anchor="start", bold=True, size=16),
            text(26, y + 53, asks, 32, anchor="start"),
        ]
    parts += [
        f'<path d="M268 38 C330 44 346 120 346 200 V330 M338 321 L346 331 L354 321" fill="none" stroke="{SAND_LINE}" '
        'stroke-width="3" stroke-linecap="round" stroke-linejoin="round"/>',
        text(350, 358, w["back"], 40, anchor="end", fill=MUTED),
    ]
    return 374, "".join(parts)


def _pill(x, y, width, said, mine) -> str:
    fill, line = (SAND, SAND_LINE) if mine else (SOFT, ACCENT)
    return (
        f'<rect x="{x}" y="{y}" width="{width}" height="36" rx="18" fill="{fill}" stroke="{line}" stroke-width="1.5"/>'
        + text(x + width / 2, y + 23, said)
    )


def _agenda(w: dict) -> tuple[int, str]:
    first, second, third = w["client"]
    parts = [
        _pill(12, 12, 122, first, mine=False),
        _pill(148, 12, 90, second, mine=False),
        _pill(252, 12, 96, third, mine=False),
        _pill(52, 58, 132, w["counsellor"], mine=True),
        f'<rect x="204" y="58" width="92" height="36" rx="18" fill="none" stroke="{LINE}" stroke-width="1.5" '
        'stroke-dasharray="5 4"/>',
        text(250, 81, w["empty"], fill=MUTED),
        f'<path d="M14 108 H346 L224 192 V226 H136 V192 Z" fill="{GROUND}" stroke="{INK}" stroke-width="2" '
        'stroke-linejoin="round"/>',
        text(180, 142, w["ask"], 30, bold=True),
        _arrow(180, 176, 66),
        _pill(114, 256, 132, w["chosen"], mine=False),
        text(180, 322, w["rest"], 44, fill=MUTED),
        f'<circle cx="96" cy="349" r="7" fill="{SOFT}" stroke="{ACCENT}" stroke-width="1.5"/>',
        text(110, 354, w["other"], anchor="start", size=13),
        f'<circle cx="212" cy="349" r="7" fill="{SAND}" stroke="{SAND_LINE}" stroke-width="1.5"/>',
        text(226, 354, w["you"], anchor="start", size=13),
    ]
    return 370, "".join(parts)


def _oao(w: dict) -> tuple[int, str]:
    parts = []
    for n, (name, said) in enumerate(w["rows"]):
        y, offer = 12 + 114 * n, n == 1
        x, width = (46, 268) if offer else (10, 340)
        parts += [
            box(x, y, width, 84, SAND if offer else SOFT, SAND_LINE if offer else ACCENT),
            text(180, y + 27, name, bold=True, size=16),
            text(180, y + 51, said, 34 if offer else 42),
        ]
        if n < 2:
            parts.append(_arrow(180, y + 89, 20))
    return 336, "".join(parts)


DRAW = {"agenda": _agenda, "oao": _oao, "processes": _processes}
