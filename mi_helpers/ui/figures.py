"""The figures of the lessons, drawn in SVG: they scale, follow light and dark, and can be read aloud.

The words stand in ``figures.toml``. Colours are the page's CSS variables, with the light ones as fallback.
"""

from __future__ import annotations

import textwrap
import tomllib
from functools import lru_cache
from html import escape
from itertools import count
from pathlib import Path

NAMES = ("ambivalence", "halves", "seesaw", "styles")

WIDTH = 360
INK = "var(--mi-ink, #1f2f2d)"
MUTED = "var(--mi-muted, #53625e)"
LINE = "var(--mi-line-strong, #8a8c80)"
GROUND = "var(--mi-surface, #fffdfa)"
ACCENT = "var(--mi-accent, #0e5e5b)"
SOFT = "var(--mi-soft, #e4f0ec)"
SAND = "var(--mi-sand, #f6ead6)"
SAND_LINE = "var(--mi-sand-line, #cf9f55)"

_serial = count(1)


@lru_cache(maxsize=1)
def _words() -> dict:
    return tomllib.loads(Path(__file__).with_name("figures.toml").read_text(encoding="utf-8"))


def svg(name: str, lang: str) -> str:
    """One figure as an SVG element to be put into a page.

    Parameters
    ----------
    name : str
        One of ``NAMES``.
    lang : {"en", "nl"}
        Language of the words in the figure and of its text alternative.

    Returns
    -------
    str
        An ``<svg>`` element without a fixed size, with ``<title>`` and ``<desc>``; its ids differ at each call.

    Raises
    ------
    ValueError
        If there is no figure of that name, or not in that language.
    """
    if name not in NAMES:
        raise ValueError(f"no figure is called {name!r}; there are {', '.join(NAMES)}")
    words = _words()[name].get(lang)
    if words is None:
        raise ValueError(f"the figure {name!r} has no words in {lang!r}")
    height, body = _DRAW[name](words)
    key = f"mi-figure-{name}-{next(_serial)}"
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" role="img" lang="{lang}" '
        f'aria-labelledby="{key}-title" aria-describedby="{key}-desc" font-family="inherit" font-size="14" '
        f'style="display:block;width:100%;max-width:34rem;height:auto;margin-inline:auto">'
        f'<title id="{key}-title">{escape(words["title"])}</title><desc id="{key}-desc">{escape(words["desc"])}</desc>'
        f'<rect width="{WIDTH}" height="{height}" rx="12" fill="{GROUND}"/>{body}</svg>'
    )


def _text(x, y, said, chars=40, *, anchor="middle", bold=False, fill=INK, size=14, lead=18) -> str:
    """Words wrapped at a number of characters; ``y`` is the baseline of the first line."""
    weight = ' font-weight="650"' if bold else ""
    lines = "".join(
        f'<tspan x="{x}" y="{y + n * lead}">{escape(line)}</tspan>' for n, line in enumerate(textwrap.wrap(said, chars))
    )
    return f'<text text-anchor="{anchor}" font-size="{size}" fill="{fill}"{weight}>{lines}</text>'


def _box(x, y, w, h, fill=SOFT, line=ACCENT, dash="") -> str:
    dashed = f' stroke-dasharray="{dash}"' if dash else ""
    return (
        f'<rect x="{x}" y="{y}" width="{w}" height="{h}" rx="10" fill="{fill}" stroke="{line}" '
        f'stroke-width="1.5"{dashed}/>'
    )


def _bubble(x, y, w, h, tip, said, chars, fill=SOFT, line=ACCENT) -> str:
    """A speech bubble whose tail points to ``tip``, with its words in the middle."""
    tx, ty = tip
    foot, base = min(max(tx, x + 24), x + w - 24), y + h if ty > y else y
    tail = (
        f'<path d="M{foot - 9} {base} L{tx} {ty} L{foot + 9} {base}" fill="{fill}" stroke="{line}" stroke-width="1.5"/>'
    )
    seam = f'<path d="M{foot - 8} {base} H{foot + 8}" stroke="{fill}" stroke-width="3"/>'
    lines = len(textwrap.wrap(said, chars))
    top = y + h / 2 + 5 - (lines - 1) * 9
    return _box(x, y, w, h, fill, line) + tail + seam + _text(x + w / 2, top, said, chars)


def _person(x, y, fill=INK, scale=1.0) -> str:
    """Head and shoulders; ``x, y`` is the middle of the shoulders' foot."""
    return (
        f'<g transform="translate({x} {y}) scale({scale})" fill="{fill}"><circle cy="-40" r="13"/>'
        f'<path d="M-22 0 V-5 A22 18 0 0 1 22 -5 V0 Z"/></g>'
    )


def _ambivalence(w: dict) -> tuple[int, str]:
    parts = [
        _bubble(10, 12, 162, 58, (164, 92), w["left"], 20),
        _bubble(188, 12, 162, 58, (196, 92), w["right"], 20, SAND, SAND_LINE),
        _person(180, 150),
        f'<path d="M10 150 H350" stroke="{LINE}" stroke-width="1.5"/>',
    ]
    for n, (head, said) in enumerate(w["faces"]):
        x, y = 10 + 174 * (n % 2), 164 + 116 * (n // 2)
        parts += [
            _box(x, y, 166, 108, GROUND, LINE),
            f'<circle cx="{x + 20}" cy="{y + 22}" r="11" fill="{ACCENT}"/>',
            _text(x + 20, y + 27, str(n + 1), bold=True, fill="var(--mi-on-accent, #ffffff)", size=13),
            _text(x + 38, y + 27, head, 14, anchor="start", bold=True),
            _text(x + 12, y + 68, said, 20, anchor="start"),
        ]
    return 398, "".join(parts)


def _beam(y, tilt, left, right) -> str:
    """A seesaw around x = 180; ``tilt`` in degrees, negative is left down."""
    ends = "".join(
        f'<rect x="{x - 42}" y="-38" width="84" height="32" rx="8" fill="{fill}" stroke="{line}" stroke-width="1.5"/>'
        + _text(x, -17, said, bold=True)
        for x, said, fill, line in ((-98, left, SOFT, ACCENT), (98, right, SAND, SAND_LINE))
    )
    return (
        f'<path d="M180 {y} L164 {y + 34} H196 Z" fill="{ACCENT}"/>'
        f'<g transform="translate(180 {y}) rotate({tilt})">'
        f'<rect x="-146" y="-6" width="292" height="8" rx="4" fill="{INK}"/>{ends}</g>'
    )


def _seesaw(w: dict) -> tuple[int, str]:
    parts = [
        _text(14, 28, w["push_head"], anchor="start", bold=True, size=15),
        _bubble(10, 42, 150, 50, (40, 106), w["push_says"], 18),
        _bubble(190, 42, 160, 50, (282, 104), w["push_back"], 19, SAND, SAND_LINE),
        f'<path d="M92 100 V128 M83 119 L92 129 L101 119" fill="none" stroke="{ACCENT}" stroke-width="4" '
        'stroke-linecap="round" stroke-linejoin="round"/>',
        _beam(172, -13, w["change"], w["same"]),
        f'<path d="M10 222 H350" stroke="{LINE}" stroke-width="1.5"/>',
        _text(14, 250, w["room_head"], anchor="start", bold=True, size=15),
        _bubble(50, 264, 260, 50, (180, 330), w["room_says"], 30, GROUND, LINE),
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
            _person(other, y + (44 if middle else 62), LINE, 0.62),
            _person(you, y + (81 if middle else 62), ACCENT, 0.62),
            f'<path d="M56 {y + 94} H112 M104 {y + 88} L113 {y + 94} L104 {y + 100}" fill="none" stroke="{MUTED}" '
            'stroke-width="2" stroke-linecap="round" stroke-linejoin="round"/>',
            _text(138, y + 28, name, anchor="start", bold=True, size=16),
            _text(138, y + 50, said, 26, anchor="start"),
            _text(138, y + 94, place, 30, anchor="start", fill=MUTED),
        ]
    parts += [
        _person(150, 386, ACCENT, 0.4),
        _text(164, 384, w["you"], anchor="start"),
        _person(212, 386, LINE, 0.4),
        _text(226, 384, w["other"], anchor="start"),
    ]
    return 400, "".join(parts)


def _halves(w: dict) -> tuple[int, str]:
    parts = [_text(180, 28, w["says"], bold=True, size=15)]
    for x, side, fill, line in ((10, "same", SAND, SAND_LINE), (188, "change", SOFT, ACCENT)):
        mid = x + 81
        arrow = "".join(
            f'<path d="M{mid} {y} V{y + 18} M{mid - 7} {y + 12} L{mid} {y + 20} L{mid + 7} {y + 12}" fill="none" '
            f'stroke="{LINE}" stroke-width="2.5" stroke-linecap="round" stroke-linejoin="round"/>'
            for y in (124, 242)
        )
        parts += [
            _box(x, 42, 162, 76, fill, line),
            _text(mid, 66, w[side], 19),
            arrow,
            _text(mid, 166, w["take"], 24, fill=MUTED, size=13),
            _box(x, 176, 162, 60, GROUND, LINE),
            _text(mid, 202, w[f"{side}_reply"], 19),
            _text(mid, 284, w["then"], 20, fill=MUTED, size=13, lead=17),
            _text(mid, 322, w[f"{side}_then"], 20, bold=True),
        ]
    return 340, "".join(parts)


_DRAW = {"ambivalence": _ambivalence, "halves": _halves, "seesaw": _seesaw, "styles": _styles}
