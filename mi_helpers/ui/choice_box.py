"""The choice box: native controls drawn from data, whose answers are kept as they are chosen."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

import traitlets as t

from mi_helpers.ui.box import Box
from mi_helpers.ui.scripts import Script
from mi_helpers.ui.writing_box import LONGEST

if TYPE_CHECKING:
    from mi_helpers.progress import Store
    from mi_helpers.ui.strings import Strings

_WORDS = ("choose", "mark_keys", "up", "down", "moved", "drag_card", "drag_step", "placed", "no_connection")


def radios(key: str, label: str, options: dict[str, str], *, look: str = "column", **more) -> dict:
    """One choice out of a few; ``look`` is ``"column"``, ``"row"`` or ``"scale"``, and ``drag=True`` makes it a card."""
    return {"type": "radios", "key": key, "label": label, "options": list(options.items()), "look": look, **more}


def select(key: str, label: str, options: dict[str, str]) -> dict:
    """One choice out of many, or of long ones: a list that unfolds, with every option in full."""
    return {"type": "select", "key": key, "label": label, "options": list(options.items())}


def menu(key: str, label: str, options: dict[str, str]) -> dict:
    """One choice out of many short ones: the browser's own list."""
    return {**select(key, label, options), "type": "menu"}


def scale(key: str, label: str, ends: Sequence[str]) -> dict:
    """A number from 0 to 10; ``ends`` says what both ends mean."""
    return radios(key, label, {str(n): str(n) for n in range(11)}, look="scale", ends=list(ends))


class ChoiceBox(Box):
    """Controls, a button, a place for a sentence to the learner, and a heartbeat.

    Parameters
    ----------
    store : Store
    say : Strings
    place : str
        Under which name the answers are kept while they are being chosen; not kept where empty.
    controls : list of dict
        What to draw: see :func:`radios`, :func:`select`, :func:`scale` and ``assets/choices.js``.
    values : dict
        What is chosen where no draft was kept.
    ask : str
        Words on the button; no button where empty.
    on_ask : callable
        Called with the try's id and the answers.
    on_open : callable
        Called with what a link to another page leads to there, in JupyterLab: an item or a term.
    **kwargs
        As in :class:`~mi_helpers.ui.box.Box`.
    """

    _esm = Script("drag.js", "choices.js")
    #: Longer answers (in signs of JSON) are not kept.
    longest = LONGEST

    controls = t.List().tag(sync=True)
    values = t.Dict().tag(sync=True)

    def __init__(
        self,
        store: Store,
        say: Strings,
        *,
        place: str,
        controls: list[dict],
        values: dict | None = None,
        on_ask: Callable[[str, dict], None] | None = None,
        on_open: Callable[[str], None] | None = None,
        **kwargs,
    ):
        self._on_ask, self._on_open = on_ask, on_open
        super().__init__(
            store,
            say,
            place=place,
            controls=controls,
            values=(place and loaded(store.draft(place, lang=say.lang))) or values or {},
            words={name: say(f"choice.{name}") for name in _WORDS},
            **kwargs,
        )

    def forget(self) -> None:
        """Remove the copies of words that stand in this browser."""
        self.send({"kind": "forget"})

    def redraw(self, controls: list[dict]) -> None:
        """Draw other controls; what was chosen stays where it is still there to be chosen."""
        with self.hold_sync():
            self.values = loaded(self._store.draft(self.place, lang=self.lang)) or self.values
            self.controls = controls

    def _receive(self, widget, content: dict, buffers) -> None:
        kind, values = content.get("kind"), content.get("values")
        if kind in ("draft", "ask") and isinstance(values, dict):
            if self.place:
                self._keep(values)
            if kind == "ask" and self._on_ask:
                self._on_ask(str(content.get("id", ""))[:32], values)
        elif kind == "open" and self._on_open:
            self._on_open(str(content.get("item", "")))
        else:
            super()._receive(widget, content, buffers)

    def _keep(self, values: dict) -> None:
        text = json.dumps(values, ensure_ascii=False)
        if len(text) <= self.longest:
            self._store.save_draft(self.place, text, lang=self.lang, typed=False)
        self.look_after_store()


def loaded(text: str | None) -> dict:
    """Kept answers as a mapping; empty where there are none, or none that can be read."""
    try:
        found = json.loads(text or "")
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}
