"""The figures of lesson 1."""

from __future__ import annotations

from mi_helpers.ui.figures.pen import ACCENT, GROUND, INK, LINE, MUTED, SAND, SAND_LINE, SOFT, box, bubble, person, text


def _ambivalence(w: dict) -> tuple[int, str]:
    parts = [
        bubble(10, 12, 162, 58, (164, 92), w["left"], 20),
        bubble(188, 12, 162, 58, (196, 92), w["right"], 20, SAND, SAND_LINE),
        person(180, 150),
        f'<path d="M10 150 H350" stroke="{LINE}" stroke-width="1.5"/>',
    ]
    for n, (head, said) in enumerate(w["faces"]):
        x, y = 10 + 174 * (n % 2), 164 + 116 * (n // 2)
        parts += [
            box(x, y, 166, 108, GROUND, LINE),
            f'<circle cx="{x + 20}" cy="{y + 22}" r="11" fill="{ACCENT}"/>',
            text(x + 20, y + 27, str(n + 1), bold=True, fill="var(--mi-on-accent, #ffffff)", size=13),
            text(x + 38, y + 27, head, 14, anchor="start", bold=True),
            text(x + 12, y + 68, said, 20, anchor="start"),
        ]
    return 398, "".join(parts)


def _beam(y, tilt, left, right) -> str:
    """A seesaw around x = 180; ``tilt`` in degrees, negative is left down."""
    ends = "".join(
        f'<rect x="{x - 42}" y="-38" width="84" height="32" rx="8" fill="{fill}" stroke="{line}" stroke-width="1.5"/>'
        + text(x, -17, said, bold=True)
        for x, said, fill, line in ((-98, left, SOFT, ACCENT), (98, right, SAND, SAND_LINE))
    )
    return (
        f'<path d="M180 {y} L164 {y + 34} H196 Z" fill="{ACCENT}"/>'
        f'<g transform="translate(180 {y}) rotate({tilt})">'
        f'<rect x="-146" y="-6" width="292" height="8" rx="4" fill="{INK}"/>{ends}</g>'
    )


def _seesaw(w: dict) -> tuple[int, str]:
    parts = [
        text(14, 28, w["push_head"], anchor="start", bold=True, size=15),
        bubble(10, 42, 150, 50, (40, 106), w["push_says"], 18),
        bubble(190, 42, 160, 50, (282, 104), w["push_back"], 19, SAND, SAND_LINE),
        f'<path d="M92 100 V128 M83 119 L92 129 L101 119" fill="none" stroke="{ACCENT}" stroke-width="4" '
        'stroke-linecap="round" stroke-linejoin="round"/>',
        _beam(172, -13, w["change"], w["same"]),
        f'<path d="M10 222 H350" stroke="{LINE}" stroke-width="1.5"/>',
        text(14, 250, w["room_head"], anchor="start", bold=True, size=15),
        bubble(50, 264, 260, 50, (180, 330), w["room_says"], 30, GROUND, LINE),
        _beam(378, 0, w["change"], w["same"]),
    ]
    return 424, "".join(parts)


def _styles(w: dict) -> tuple[int, str]:
    parts = [
        f'<path d="M18 40 V330 M11 50 L18 38 L25 50 M11 320 L18 332 L25 320" fill="none" stroke="{LINE}" '
        'stroke-width="2.5" stroke-linecap="round" stroke-linejoin="round"/>'
    ]
    for n, (name, said, place) in enumerate(w["rows"]):
        y, middle = 12 + 116 * n, n == 1
        you, other = ((108, 62), (85, 85), (62, 108))[n]
        parts += [
            f'<rect x="36" y="{y}" width="314" height="108" rx="12" fill="{SOFT if middle else GROUND}" '
            f'stroke="{ACCENT if middle else LINE}" stroke-width="{2 if middle else 1.5}"/>',
            f'<circle cx="18" cy="{y + 54}" r="7" fill="{ACCENT}"/>',
            person(other, y + (44 if middle else 62), LINE, 0.62),
            person(you, y + (81 if middle else 62), ACCENT, 0.62),
            f'<path d="M56 {y + 94} H112 M104 {y + 88} L113 {y + 94} L104 {y + 100}" fill="none" stroke="{MUTED}" '
            'stroke-width="2" stroke-linecap="round" stroke-linejoin="round"/>',
            text(138, y + 28, name, anchor="start", bold=True, size=16),
            text(138, y + 50, said, 26, anchor="start"),
            text(138, y + 94, place, 30, anchor="start", fill=MUTED),
        ]
    parts += [
        person(150, 386, ACCENT, 0.4),
        text(164, 384, w["you"], anchor="start"),
        person(212, 386, LINE, 0.4),
        text(226, 384, w["other"], anchor="start"),
    ]
    return 400, "".join(parts)


def _halves(w: dict) -> tuple[int, str]:
    parts = [text(180, 28, w["says"], bold=True, size=15)]
    for x, side, fill, line in ((10, "same", SAND, SAND_LINE), (188, "change", SOFT, ACCENT)):
        mid = x + 81
        arrow = "".join(
            f'<path d="M{mid} {y} V{y + 18} M{mid - 7} {y + 12} L{mid} {y + 20} L{mid + 7} {y + 12}" fill="none" '
            f'stroke="{LINE}" stroke-width="2.5" stroke-linecap="round" stroke-linejoin="round"/>'
            for y in (124, 242)
        )
        parts += [
            box(x, 42, 162, 76, fill, line),
            text(mid, 66, w[side], 19),
            arrow,
            text(mid, 166, w["take"], 24, fill=MUTED, size=13),
            box(x, 176, 162, 60, GROUND, LINE),
            text(mid, 202, w[f"{side}_reply"], 19),
            text(mid, 284, w["then"], 20, fill=MUTED, size=13, lead=17),
            text(mid, 322, w[f"{side}_then"], 20, bold=True),
        ]
    return 340, "".join(parts)


DRAW = {"ambivalence": _ambivalence, "halves": _halves, "seesaw": _seesaw, "styles": _styles}
