"""What the boxes of the course share: a place, a button, a way to speak to the learner, and a heartbeat."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import anywidget
import traitlets as t

from mi_helpers.ui.guard import guarded
from mi_helpers.ui.links import in_voila

if TYPE_CHECKING:
    from mi_helpers.progress import Store
    from mi_helpers.ui.strings import Strings


def trouble_sentence(store: Store, say: Strings) -> str:
    """What is wrong with the store, or happened to it while this page was open; empty where all is well."""
    trouble = store.trouble or (store.notices[-1] if store.notices else None)
    if trouble is None:
        return ""
    key = f"trouble.{trouble.key}"
    return say(key if say.has(key) else "trouble.store_unknown", where=trouble.where, kept_in=trouble.kept_in)


class Box(anywidget.AnyWidget):
    """The base of the writing box and the choice box.

    Whatever fails in a callback is told at the box.

    Parameters
    ----------
    store : Store
    say : Strings
    words : dict
        What the script says; the words of the banner are added.
    address : str
        The item to keep in the page's address; none where empty.
    arrive : bool
        Whether the reader is taken to the item's title (an item was chosen on the page).
    on_ready : callable
        Called once, when the box is on the screen.
    on_go : callable
        Called with the id of an item that the learner chose.
    **kwargs
        Values of traits.
    """

    place = t.Unicode().tag(sync=True)
    lang = t.Unicode().tag(sync=True)
    ask = t.Unicode().tag(sync=True)
    trouble = t.Unicode().tag(sync=True)
    voila = t.Bool().tag(sync=True)
    address = t.Unicode().tag(sync=True)
    arrive = t.Bool().tag(sync=True)
    words = t.Dict().tag(sync=True)

    def __init__(
        self,
        store: Store,
        say: Strings,
        *,
        words: dict[str, str],
        on_ready: Callable[[], None] | None = None,
        on_go: Callable[[str], None] | None = None,
        **kwargs,
    ):
        self._store, self._say, self._on_ready, self._on_go = store, say, on_ready, on_go
        banner = {name: say(f"banner.{name}") for name in ("lost", "lost_lab", "reload")}
        super().__init__(
            lang=say.lang, trouble=trouble_sentence(store, say), voila=in_voila(), words=words | banner, **kwargs
        )
        self.on_msg(guarded(self._receive, self.tell, say("guard.sorry")))

    def tell(self, sentence: str) -> None:
        """Show one sentence at the box and have it read out."""
        self.send({"kind": "notice", "text": sentence})

    def announce(self, sentence: str) -> None:
        """Have one sentence read out by a screen reader, without showing it."""
        self.send({"kind": "say", "text": sentence})

    def look_after_store(self) -> None:
        """Say what is wrong with the store, or take that back."""
        self.trouble = trouble_sentence(self._store, self._say)

    def _receive(self, _widget, content: dict, _buffers) -> None:
        """One message from the browser; each box adds its own."""
        kind = content.get("kind")
        if kind == "ping":
            self.send({"kind": "pong"})
            if self._store.waits:  # a database that was gone may be back
                self._store.settle()
                self.look_after_store()
        elif kind == "go" and self._on_go:
            self._on_go(str(content.get("item", "")))
        elif kind == "ready":
            on_ready, self._on_ready = self._on_ready, None
            if on_ready:
                on_ready()
