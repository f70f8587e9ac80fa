"""What fits in each exercise of a lesson, and why; model replies with how the course reads them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from mi_helpers.ui.html import esc, p
from mi_helpers.ui.kinds import exercise_class

if TYPE_CHECKING:
    from mi_helpers.cases import Item
    from mi_helpers.ui.strings import Strings


def solutions_html(items: Sequence[Item], say: Strings) -> str:
    """The page of model replies, core path first; each item can be reached at ``#<item id>``."""
    ordered = sorted(items, key=lambda item: not item.core)
    titles = "".join(f'<li><a href="#{esc(i.id)}">{esc(i.text(say.lang).title)}</a></li>' for i in ordered)
    listed = f'<nav aria-label="{esc(say("solutions.list"))}"><ul>{titles}</ul></nav>'
    shown = "".join(_section(item, say) for item in ordered)
    return f'<div class="mi-page mi-solutions">{p(say("solutions.intro"))}{listed}{shown}</div>'


def _section(item: Item, say: Strings) -> str:
    kind = exercise_class(item.kind)
    title = esc(say("solutions.replies" if item.kind == "rewrite" else "solutions.answer"))
    return (
        f'<section class="mi-card" id="{esc(item.id)}">{kind.intro(item, say)}<h3>{title}</h3>'
        f"{kind.solution(item, say)}{_discuss(item, say)}</section>"
    )


def _discuss(item: Item, say: Strings) -> str:
    """What trainers might still disagree about in this item."""
    title = esc(say("solutions.discuss"))
    return f'<div class="mi-discuss"><h3>{title}</h3>{p(item.text(say.lang).discuss)}</div>'
