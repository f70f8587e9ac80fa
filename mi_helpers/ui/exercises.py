"""All exercises of a lesson: the core path first, more to choose from below, one item on the screen at a time."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import ipywidgets as w

from mi_helpers.ui.guard import guarded
from mi_helpers.ui.html import esc, p
from mi_helpers.ui.kinds import exercise_class
from mi_helpers.ui.links import asked_item, last_item
from mi_helpers.ui.parts import Parts

if TYPE_CHECKING:
    from mi_helpers.cases import Item
    from mi_helpers.progress import Store
    from mi_helpers.ui.strings import Strings

_SYMBOLS = {"done": "✓", "tried": "◐", "new": "○"}


class ExerciseSet:
    """The exercises of one lesson.

    Parameters
    ----------
    store : Store
    say : Strings
    items : sequence of Item
        In the order in which they are offered; at least one.
    name : str
        The lesson's name, under which the last item is remembered.

    Attributes
    ----------
    root : ipywidgets.VBox
        What is to be displayed.
    """

    def __init__(self, store: Store, say: Strings, items: Sequence[Item], name: str):
        self.store, self.say = store, say
        self._items = {item.id: item for item in items}
        self.core = [item for item in items if item.core]
        self.extra = [item for item in items if not item.core]
        self._last = last_item(name, say.lang)
        self._parts = parts = Parts()
        wanted = next((i for i in (asked_item(), store.setting(self._last, "")) if i in self._items), "")
        self.current = wanted or self._first().id

        self.core_list = parts.html()
        self.place = parts.column(css="mi-stack mi-item")
        children = [self.core_list, self.place]
        if self.extra:
            children += self._more()
        children.append(parts.html(p(say("exercises.print"), "mi-muted")))
        self.root = parts.column(*children, css="mi-page mi-stack mi-exercises")
        self.exercise = None
        self._open(arrive=False)

    # -- one item ---------------------------------------------------------------------------------------------------

    def go(self, item_id: str) -> None:
        """Put another item on the screen."""
        if item_id in self._items:
            self.current = item_id
            self._open(arrive=True)

    def _open(self, *, arrive: bool) -> None:
        before, item = self.exercise, self._items[self.current]
        following = self._following()
        self.exercise = exercise_class(item.kind)(
            self.store,
            self.say,
            item,
            next_label=self._next_label(following),
            on_next=(lambda: self.go(following.id)) if following else None,
            on_go=self.go,
            on_change=self._draw_lists,
            in_set=True,
            arrive=arrive,
        )
        self.place.children = (self.exercise.root,)
        if before:
            before.close()
        self.store.set_setting(self._last, self.current)
        self._draw_lists()

    def _order(self) -> list[Item]:
        return [*self.core, *self._chosen()]

    def _following(self) -> Item | None:
        order = self._order()
        ids = [item.id for item in order]
        at = ids.index(self.current) + 1 if self.current in ids else 0
        following = order[at % len(order)]
        return None if following.id == self.current else following

    def _next_label(self, following: Item | None) -> str:
        if following is None:
            return ""
        if following.id == self._order()[0].id:
            return self.say("exercise.go_on_last")
        return self.say("exercise.go_on", title=following.text(self.say.lang).title)

    def _first(self) -> Item:
        """The first core item that is still open, else the first of all."""
        done = self.store.done(self.say.lang)
        offered = self.core or self.extra
        return next((item for item in offered if item.id not in done), offered[0])

    # -- lists and choices ------------------------------------------------------------------------------------------

    def _more(self) -> list[w.Widget]:
        """The heading, the choices and the list of the items outside the core path."""
        say, parts = self.say, self._parts
        fields = sorted({item.field for item in self.extra if item.field}, key=lambda f: say(f"fields.{f}"))
        chosen = self.store.setting("field", "")
        self.field = self._choice(
            say("exercises.field"),
            [(say("exercises.all_fields"), ""), *((say(f"fields.{f}"), f) for f in fields)],
            chosen if chosen in fields else "",
        )
        choices = [self.field] if len(fields) > 1 else []
        self.address = None
        if say.lang == "nl" and {item.address for item in self.extra} >= {"u", "je"}:
            options = [(say(f"exercises.address_{a}"), "" if a == "all" else a) for a in ("all", "u", "je")]
            chosen = self.store.setting("register", "")
            self.address = self._choice(say("exercises.address"), options, chosen if chosen in ("u", "je") else "")
            choices.append(self.address)
        title = f'<h2 id="mi-more">{esc(say("exercises.extra"))}</h2>{p(say("exercises.extra_about"))}'
        self.extra_list = parts.html()
        return [parts.html(title), parts.row(*choices), self.extra_list]

    def _choice(self, label: str, options: list[tuple[str, str]], value: str) -> w.Dropdown:
        made = self._parts.keep(
            w.Dropdown(
                description=label,
                options=options,
                value=value,
                layout=self._parts.layout,
                style={"description_width": "auto"},
            )
        )
        made.observe(guarded(self._choose, self._tell, self.say("guard.sorry")), "value")
        return made

    def _choose(self, _change) -> None:
        self.store.set_setting("field", self.field.value)
        if self.address:
            self.store.set_setting("register", self.address.value)
        self._draw_lists()
        self.exercise.box.announce(f"{self.say('exercises.list')}: {len(self._chosen())}")

    def _tell(self, sentence: str) -> None:
        self.exercise.box.tell(sentence)

    def _chosen(self) -> list[Item]:
        """The items outside the core path that fit the choices; one without a field or a way of address fits any."""
        if not self.extra:
            return []
        field, address = self.field.value, self.address.value if self.address else ""
        return [
            i
            for i in self.extra
            if (not field or i.field in (field, "general", None)) and (not address or i.address in (address, None))
        ]

    def _draw_lists(self) -> None:
        say, done, tried = self.say, self.store.done(self.say.lang), self.store.tried(self.say.lang)
        states = {i: "done" if i in done else "tried" if i in tried else "new" for i in self._items}
        about = p(say("exercises.core_about", n=len(self.core)), "mi-muted")
        if self.core and all(states[item.id] != "new" for item in self.core):
            about = p(say("exercises.core_ready"))
        self.core_list.value = (
            f'<h2 class="mi-item-title">{esc(say("exercises.core"))}</h2>{about}{self._list(self.core, states)}'
            if self.core
            else ""
        )
        if self.extra:
            self.extra_list.value = self._list(self._chosen(), states) or p(say("exercises.none_match"))

    def _about(self, item: Item) -> str:
        """The kind of exercise, and the field of work it comes from."""
        field = self.say(f"fields.{item.field}") if item.field and item.field != "general" else ""
        return " · ".join(filter(None, [self.say(f"kinds.{item.kind}"), field]))

    def _list(self, items: Sequence[Item], states: dict[str, str]) -> str:
        rows = []
        for item in items:
            state = states[item.id]
            current = ' aria-current="true"' if item.id == self.current else ""
            rows.append(
                f'<li><a href="?item={esc(item.id)}" data-mi-item="{esc(item.id)}"{current}>'
                f'<span class="mi-items-title">{esc(item.text(self.say.lang).title)}</span> '
                f'<span class="mi-about">{esc(self._about(item))}</span> '
                f'<span class="mi-state mi-state-{state}"><span aria-hidden="true">{_SYMBOLS[state]}</span> '
                f"{esc(self.say(f'exercises.state_{state}'))}</span></a></li>"
            )
        return f'<ul class="mi-items" role="list">{"".join(rows)}</ul>' if rows else ""
