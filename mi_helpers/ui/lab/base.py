"""What the parts of the lab share."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import ipywidgets as w

from mi_helpers.ui.guard import guarded
from mi_helpers.ui.html import p
from mi_helpers.ui.parts import Parts

if TYPE_CHECKING:
    from mi_helpers.progress import Store
    from mi_helpers.ui.strings import Strings


class Part:
    """One part of the lab; a part gives :meth:`body`.

    Parameters
    ----------
    store : Store
    say : Strings
    said : dict, optional
        What the learner answered at the exercise in front of it (see :class:`~mi_helpers.ui.lab.Later`).

    Attributes
    ----------
    root : ipywidgets.VBox
        What is to be displayed.
    """

    def __init__(self, store: Store, say: Strings, said: dict | None = None):
        self.store, self.say, self.said = store, say, said
        self.parts = Parts()
        self.trouble = self.parts.html()
        css = f"mi-page mi-stack mi-lab mi-lab-{type(self).__name__.lower()}"
        self.root = self.parts.column(*self.body(), self.trouble, css=css)

    def body(self) -> list[w.Widget]:
        """The widgets of this part."""
        raise NotImplementedError

    def hear(self, said: dict) -> None:
        """The exercise in front of this part was answered once more."""
        self.said = said

    def guard(self, callback: Callable) -> Callable:
        """Wrap a callback: what fails is told below the part."""
        return guarded(callback, self._tell, self.say("guard.sorry"))

    def _tell(self, sentence: str) -> None:
        self.trouble.value = p(sentence, "mi-box-notice")
