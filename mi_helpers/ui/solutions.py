"""What fits in each exercise of a lesson, and why; model replies with how the course reads them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from mi_helpers.ui.html import esc, p
from mi_helpers.ui.kinds import exercise_class

if TYPE_CHECKING:
    from mi_helpers.cases import Item, RewriteItem
    from mi_helpers.ui.strings import Strings


def solutions_html(items: Sequence[Item], say: Strings) -> str:
    """The page of model replies, core path first; each item can be reached at ``#<item id>``."""
    ordered = sorted(items, key=lambda item: not item.core)
    titles = "".join(f'<li><a href="#{esc(i.id)}">{esc(i.text(say.lang).title)}</a></li>' for i in ordered)
    listed = f'<nav aria-label="{esc(say("solutions.list"))}"><ul>{titles}</ul></nav>'
    shown = "".join(_rewrite(i, say) if i.kind == "rewrite" else _other(i, say) for i in ordered)
    return f'<div class="mi-page mi-solutions">{p(say("solutions.intro"))}{listed}{shown}</div>'


def _other(item: Item, say: Strings) -> str:
    kind = exercise_class(item.kind)
    title = esc(say("solutions.answer"))
    return (
        f'<section class="mi-card" id="{esc(item.id)}">{kind.intro(item, say)}<h3>{title}</h3>'
        f"{kind.solution(item, say)}{_discuss(item, say)}</section>"
    )


def _rewrite(item: RewriteItem, say: Strings) -> str:
    from mi_helpers.coder import code_turn
    from mi_helpers.feedback import code_label

    text = item.text(say.lang)
    shown = []
    for model in text.models:
        coding = code_turn(model.text, previous=text.client, target=item.target(say.lang), lang=say.lang)
        reading = say("solutions.reads", label=code_label(coding.main, say.lang))
        shown.append(
            f'<div class="mi-model">{p(say(f"depth.{model.depth}"), "mi-depth")}'
            f'<blockquote class="mi-says">{esc(model.text)}</blockquote>{p(reading, "mi-muted mi-small")}'
            f"<p><strong>{esc(say('solutions.works'))}</strong> {esc(model.why)}</p></div>"
        )
    return (
        f'<section class="mi-card" id="{esc(item.id)}">{exercise_class(item.kind).intro(item, say)}'
        f"<h3>{esc(say('solutions.replies'))}</h3>{''.join(shown)}{_discuss(item, say)}</section>"
    )


def _discuss(item: Item, say: Strings) -> str:
    """What trainers might still disagree about in this item."""
    title = esc(say("solutions.discuss"))
    return f'<div class="mi-discuss"><h3>{title}</h3>{p(item.text(say.lang).discuss)}</div>'
