"""Controls of the evidence lab: choices that take effect at once, and answers that are given before looking."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import TYPE_CHECKING

from mi_helpers.progress import Try
from mi_helpers.ui.choice_box import ChoiceBox, loaded
from mi_helpers.ui.guard import guarded

if TYPE_CHECKING:
    from mi_helpers.progress import Store
    from mi_helpers.ui.parts import Parts
    from mi_helpers.ui.strings import Strings


class LabBox(ChoiceBox):
    """A choice box that also says what is chosen while it is being chosen.

    Parameters
    ----------
    on_change : callable
        Called with all values after each choice, once they are kept.
    """

    def __init__(self, store: Store, say: Strings, *, on_change: Callable[[dict], None], **kwargs):
        self._on_change = on_change
        super().__init__(store, say, **kwargs)

    def put(self, controls: list[dict], values: dict) -> None:
        """Other controls with other values, which are kept; the controls have to differ from those before."""
        self._keep(values)
        self.values = values
        self.redraw(controls)

    def _receive(self, widget, content, buffers) -> None:
        super()._receive(widget, content, buffers)
        values = content.get("values")
        if content.get("kind") == "draft" and isinstance(values, dict):
            self._on_change(values)


class First:
    """Say first, then see: an answer that is kept as a try, and what is done with it.

    Parameters
    ----------
    place : str
        The id under which the answer is kept.
    controls : list of dict
    ask : str
        Words on the button.
    missing : callable
        What to say where the answers are not complete; an empty string where they are.
    then : callable
        Called with the answers; also at once where they were given on an earlier visit.
    on_change : callable, optional
        Called with the values while they are being chosen, until they are given.

    Attributes
    ----------
    box : LabBox
    answers : dict or None
        What was answered; None as long as nothing was.
    """

    def __init__(
        self,
        store: Store,
        say: Strings,
        parts: Parts,
        *,
        place: str,
        controls: list[dict],
        ask: str,
        missing: Callable[[dict], str],
        then: Callable[[dict], None],
        on_change: Callable[[dict], None] = lambda _values: None,
    ):
        self._store, self._say, self._place, self._missing, self._then = store, say, place, missing, then
        tries = store.tries(place, lang=say.lang)
        self.answers = loaded(tries[-1].text) if tries else None
        self.box = parts.keep(
            LabBox(
                store,
                say,
                place=place,
                controls=controls,
                values=self.answers,
                ask=ask,
                on_change=on_change,
                on_ask=guarded(self._ask, lambda said: self.box.tell(said), say("guard.sorry_kept")),
                layout=parts.layout,
            )
        )

    def look_back(self) -> None:
        """Show what was answered on an earlier visit, where something was."""
        if self.answers is not None and not self._missing(self.answers):
            guarded(self._then, lambda _said: None, "")(self.answers)

    def _ask(self, try_id: str, answers: dict) -> None:
        said = self._missing(answers)
        if said:
            self.box.tell(said)
            return
        text = json.dumps(answers, ensure_ascii=False)
        tries = self._store.tries(self._place, lang=self._say.lang)
        if not tries or tries[-1].text != text:
            self._store.add_try(
                Try(id=try_id, item_id=self._place, item_version=1, rules_version="", lang=self._say.lang, text=text)
            )
            self._store.set_coding(try_id, {"solved": True}, None)
        self._store.mark_done(self._place, lang=self._say.lang)
        self.box.look_after_store()
        self.answers = answers
        self._then(answers)
