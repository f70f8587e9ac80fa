"""'I see it differently': the learner's own view of a reply, kept with it for a trainer."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from mi_helpers.ui.writing_box import WritingBox

if TYPE_CHECKING:
    from mi_helpers.progress import Store
    from mi_helpers.ui.parts import Parts
    from mi_helpers.ui.strings import Strings


class SecondView:
    """A button, and the box that it opens; what is written there is kept with the last try.

    Parameters
    ----------
    store : Store
    say : Strings
    item_id : str
    parts : Parts
        Makes the widgets, and closes them with the exercise.
    guard : callable
        Wraps callbacks.
    on_kept : callable
        Called once a view is kept.
    """

    def __init__(
        self,
        store: Store,
        say: Strings,
        item_id: str,
        parts: Parts,
        guard: Callable[[Callable], Callable],
        *,
        on_kept: Callable[[], None],
    ):
        self._store, self._say, self._item_id, self._parts, self._guard = store, say, item_id, parts, guard
        self._on_kept = on_kept
        self.button = parts.button(say("exercise.differ"), guard(self._toggle), "mi-quiet mi-differ")
        self.place = parts.column()
        self.box: WritingBox | None = None

    def _toggle(self) -> None:
        opened = not self.place.children
        self.button.description = self._say("exercise.differ_hide" if opened else "exercise.differ")
        if not opened:
            self.place.children = ()
            self.box.close()
            return
        self.box = self._parts.keep(
            WritingBox(
                self._store,
                self._say,
                place=f"{self._item_id}:view",
                label=self._say("exercise.differ_label"),
                placeholder=self._say("exercise.differ_placeholder"),
                ask=self._say("exercise.differ_keep"),
                turn=False,
                on_ask=self._guard(self._keep),
                layout=self._parts.layout,
            )
        )
        self.place.children = (self.box,)

    def _keep(self, _id: str, text: str, _check: str) -> None:
        if not text.strip():
            self.box.tell(self._say("exercise.differ_empty"))
            return
        self._store.add_review(self._store.tries(self._item_id, lang=self._say.lang)[-1].id, text)
        self.box.clear()
        self.box.tell(self._say("exercise.differ_kept"))
        self._on_kept()
