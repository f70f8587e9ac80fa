"""Small helpers for HTML. Whatever a learner or an item says goes through :func:`esc`."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mi_helpers.feedback.model import Mark


def esc(text: object) -> str:
    """Text made safe for HTML, quotes included."""
    return escape(str(text), quote=True)


def p(text: str, css: str = "") -> str:
    """One paragraph of plain text."""
    return f'<p class="{css}">{esc(text)}</p>' if css else f"<p>{esc(text)}</p>"


def hidden(text: str) -> str:
    """Text for screen readers only."""
    return f'<span class="mi-hidden">{esc(text)}</span>'


def bubble(name: str, caption: str, text: str) -> str:
    """Somebody speaks: a face with an initial, who says it, and what is said."""
    return (
        f'<div class="mi-turn"><span class="mi-face" aria-hidden="true">{esc(name[:1].upper())}</span>'
        f'<p class="mi-who">{esc(caption)}</p><blockquote class="mi-says">{esc(text)}</blockquote></div>'
    )


def struck(caption: str, before: str, text: str, after: str) -> str:
    """The reply that is struck from the talk, to the eye and to the ear."""
    return (
        f'<div class="mi-turn mi-turn-mine mi-struck"><p class="mi-who">{esc(caption)}</p>'
        f'<blockquote class="mi-says">{hidden(before)} <s>{esc(text)}</s> {hidden(after)}</blockquote></div>'
    )


def marked(text: str, marks: tuple[Mark, ...]) -> str:
    """The learner's own words, each marked stretch followed by the plain name of what it does.

    Stretches that overlap an earlier one are left out: the first one that starts is shown.
    """
    parts, at = [], 0
    for mark in sorted(marks, key=lambda m: (m.start, -m.end)):
        start, end = max(mark.start, 0), min(mark.end, len(text))
        if start < at or start >= end:
            continue
        parts.append(esc(text[at:start]))
        parts.append(
            f'<mark class="mi-mark mi-mark-{mark.tone}">{esc(text[start:end])}</mark>'
            f'<span class="mi-mark-label mi-label-{mark.tone}">{esc(mark.label)}</span>'
        )
        at = end
    parts.append(esc(text[at:]))
    return "".join(parts)
