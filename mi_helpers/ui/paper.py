"""The exercises on paper: what a page prints instead of its widgets.

It stands in the page from the beginning and only paper shows it. Each kind gives its own :meth:`paper`; words of the
learner stand in it where there are some, and the writing box keeps them up to date (``data-mi-own``).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING

from mi_helpers.ui.html import esc, p
from mi_helpers.ui.kinds import exercise_class

if TYPE_CHECKING:
    from mi_helpers.cases import Item
    from mi_helpers.progress import Store
    from mi_helpers.ui.strings import Strings

#: Makes room to write: a label, how many lines, and the name of the box on the screen (empty where it has none).
Room = Callable[..., str]


def set_on_paper(items: Sequence[Item], store: Store, say: Strings) -> str:
    """All exercises of a lesson on paper, the core path first."""
    groups = [("core", [i for i in items if i.core]), ("extra", [i for i in items if not i.core])]
    shown = "".join(
        f"<h2>{esc(say(f'exercises.{name}'))}</h2>{''.join(_sheet(item, store, say) for item in group)}"
        for name, group in groups
        if group
    )
    return f'<div class="mi-page mi-paper">{shown}</div>'


def on_paper(item: Item, store: Store, say: Strings) -> str:
    """One exercise or note on paper."""
    return f'<div class="mi-page mi-paper">{_sheet(item, store, say)}</div>'


def _sheet(item: Item, store: Store, say: Strings) -> str:
    kind = exercise_class(item.kind)

    def room(label: str, lines: int, box: str | None = None) -> str:
        place = "" if box is None else f"{item.id}:{box}" if box else item.id
        own = store.draft(place, lang=say.lang) if place else ""
        return (
            f'<div class="mi-room"><p class="mi-label">{esc(label)}</p>'
            f'<p class="mi-own" data-mi-own="{esc(place)}">{esc(own or "")}</p>{"<hr>" * lines}</div>'
        )

    return f'<section class="mi-paper-item mi-paper-{item.kind}">{kind.intro(item, say, "h3")}{kind.paper(item, say, room)}</section>'


def ticks(options: Iterable[str], *, look: str = "column") -> str:
    """Options with a box to tick; ``look`` is ``"column"`` or ``"row"``."""
    rows = "".join(f"<li>{esc(option)}</li>" for option in options)
    return f'<ul class="mi-ticks mi-ticks-{look}" role="list">{rows}</ul>'


def how(say: Strings, kind: str) -> str:
    """What to do with the pencil, where the task does not say so."""
    return p(say(f"paper.{kind}"), "mi-muted mi-small")
