"""The figures of lesson 7: the ruler asked downward, and the gap between now and how someone would like it."""

from __future__ import annotations

from mi_helpers.ui.figures.pen import ACCENT, GROUND, INK, LINE, MUTED, SAND, SAND_LINE, SOFT, person, text


def _ruler(w: dict) -> tuple[int, str]:
    left, step, y = 30, 30, 132
    six = left + 6 * step
    parts = [
        f'<rect x="{left}" y="{y}" width="{6 * step}" height="26" fill="{SOFT}"/>',
        f'<rect x="{left}" y="{y}" width="{10 * step}" height="26" fill="none" stroke="{INK}" stroke-width="1.5"/>',
        f'<path d="M{six} {y - 8} V{y + 34}" stroke="{ACCENT}" stroke-width="4" stroke-linecap="round"/>',
    ]
    for n in range(11):
        x = left + n * step
        parts.append(f'<path d="M{x} {y + 26} V{y + 18}" stroke="{INK}" stroke-width="1.5"/>')
        parts.append(text(x, y + 50, str(n), bold=n == 6, size=13))
    down, up = left + 4 * step, left + 9 * step
    parts += [
        f'<path d="M{six - 4} {y - 14} C{six - 14} {y - 50} {down + 14} {y - 50} {down} {y - 8} '
        f'M{down - 5} {y - 19} L{down} {y - 7} L{down + 11} {y - 14}" fill="none" stroke="{ACCENT}" stroke-width="3" '
        'stroke-linecap="round" stroke-linejoin="round"/>',
        f'<path d="M{six + 4} {y - 14} C{six + 20} {y - 54} {up - 18} {y - 54} {up} {y - 8}" fill="none" '
        f'stroke="{SAND_LINE}" stroke-width="3" stroke-dasharray="6 5" stroke-linecap="round"/>',
        f'<path d="M{up - 11} {y - 15} L{up} {y - 7} L{up + 5} {y - 19}" fill="none" stroke="{SAND_LINE}" '
        'stroke-width="3" stroke-linecap="round" stroke-linejoin="round"/>',
        text(104, 40, w["down"], 16, bold=True),
        text(274, 40, w["up"], 16, fill=MUTED),
        text(left + 3 * step, y + 80, w["filled"], 22, bold=True),
        text(left + 8 * step, y + 80, w["open"], 13, fill=MUTED),
    ]
    return 248, "".join(parts)


def _gap(w: dict) -> tuple[int, str]:
    parts = [
        f'<path d="M0 128 H132 V250 H0 Z" fill="{SAND}" stroke="{SAND_LINE}" stroke-width="1.5"/>',
        f'<path d="M228 128 H360 V250 H228 Z" fill="{SOFT}" stroke="{ACCENT}" stroke-width="1.5"/>',
        person(100, 128, INK, 0.9),
        f'<path d="M128 92 H224" stroke="{LINE}" stroke-width="2" stroke-dasharray="3 6" stroke-linecap="round"/>',
        text(180, 50, w["look"], 18, bold=True),
    ]
    for x, (head, said) in ((66, w["now"]), (294, w["wish"])):
        parts += [text(x, 160, head, 15, bold=True), text(x, 206, said, 15)]
    parts += [
        f'<rect x="10" y="262" width="340" height="32" rx="10" fill="{GROUND}"/>',
        text(180, 283, w["note"], 44, fill=MUTED),
    ]
    return 304, "".join(parts)


DRAW = {"gap": _gap, "ruler": _ruler}
