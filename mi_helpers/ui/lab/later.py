"""A part of the lab within a lesson: it waits until the learner has said what to expect."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mi_helpers.ui.choice_box import loaded
from mi_helpers.ui.guard import guarded
from mi_helpers.ui.html import p
from mi_helpers.ui.parts import Parts

if TYPE_CHECKING:
    from mi_helpers.progress import Store
    from mi_helpers.ui.strings import Strings


class Later:
    """Shows a part once an exercise was tried, or when the learner would rather not wait.

    Parameters
    ----------
    store : Store
    say : Strings
    item_id : str
        The exercise.
    part : type
        A class of :mod:`mi_helpers.ui.lab`; it gets the last answers at the exercise.

    Attributes
    ----------
    root : ipywidgets.VBox
        What is to be displayed.
    """

    def __init__(self, store: Store, say: Strings, item_id: str, part: type):
        self._store, self._say, self._item_id, self._part = store, say, item_id, part
        self.part = None
        parts = Parts()
        self.waiting = parts.html(p(say("lab.after"), "mi-muted"))
        show = guarded(self._show, self._tell, say("guard.sorry"))
        self.button = parts.button(say("lab.now"), show, "mi-quiet")
        self.root = parts.column(self.waiting, parts.row(self.button), css="mi-page mi-stack mi-later")
        self.look()

    def look(self) -> None:
        """Show the part where the exercise was tried by now."""
        if self._store.tries(self._item_id, lang=self._say.lang):
            self._show()

    def _show(self) -> None:
        tries = self._store.tries(self._item_id, lang=self._say.lang)
        said = loaded(tries[-1].text) if tries else {}
        if self.part is None:
            self.part = self._part(self._store, self._say, said)
            self.root.children = (self.part.root,)
        else:
            self.part.hear(said)

    def _tell(self, sentence: str) -> None:
        self.waiting.value = p(sentence)
