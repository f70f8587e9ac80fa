"""What the figures are drawn with: words that wrap, boxes, speech bubbles, people, and the colours of the page.

A figure is ``WIDTH`` units wide and as high as it needs. No other colours than these: they follow light and dark.
"""

from __future__ import annotations

import textwrap
from html import escape

WIDTH = 360
INK = "var(--mi-ink, #1f2f2d)"
MUTED = "var(--mi-muted, #53625e)"
LINE = "var(--mi-line-strong, #8a8c80)"
GROUND = "var(--mi-surface, #fffdfa)"
ACCENT = "var(--mi-accent, #0e5e5b)"
SOFT = "var(--mi-soft, #e4f0ec)"
SAND = "var(--mi-sand, #f6ead6)"
SAND_LINE = "var(--mi-sand-line, #cf9f55)"


def text(x, y, said, chars=40, *, anchor="middle", bold=False, fill=INK, size=14, lead=18) -> str:
    """Words wrapped at a number of characters; ``y`` is the baseline of the first line."""
    weight = ' font-weight="650"' if bold else ""
    lines = "".join(
        f'<tspan x="{x}" y="{y + n * lead}">{escape(line)}</tspan>' for n, line in enumerate(textwrap.wrap(said, chars))
    )
    return f'<text text-anchor="{anchor}" font-size="{size}" fill="{fill}"{weight}>{lines}</text>'


def box(x, y, w, h, fill=SOFT, line=ACCENT, dash="") -> str:
    """A rounded box; ``dash`` as in ``stroke-dasharray``."""
    dashed = f' stroke-dasharray="{dash}"' if dash else ""
    return (
        f'<rect x="{x}" y="{y}" width="{w}" height="{h}" rx="10" fill="{fill}" stroke="{line}" '
        f'stroke-width="1.5"{dashed}/>'
    )


def bubble(x, y, w, h, tip, said, chars, fill=SOFT, line=ACCENT) -> str:
    """A speech bubble whose tail points to ``tip``, with its words in the middle."""
    tx, ty = tip
    foot, base = min(max(tx, x + 24), x + w - 24), y + h if ty > y else y
    tail = (
        f'<path d="M{foot - 9} {base} L{tx} {ty} L{foot + 9} {base}" fill="{fill}" stroke="{line}" stroke-width="1.5"/>'
    )
    seam = f'<path d="M{foot - 8} {base} H{foot + 8}" stroke="{fill}" stroke-width="3"/>'
    lines = len(textwrap.wrap(said, chars))
    top = y + h / 2 + 5 - (lines - 1) * 9
    return box(x, y, w, h, fill, line) + tail + seam + text(x + w / 2, top, said, chars)


def person(x, y, fill=INK, scale=1.0) -> str:
    """Head and shoulders; ``x, y`` is the middle of the shoulders' foot."""
    return (
        f'<g transform="translate({x} {y}) scale({scale})" fill="{fill}"><circle cy="-40" r="13"/>'
        f'<path d="M-22 0 V-5 A22 18 0 0 1 22 -5 V0 Z"/></g>'
    )
