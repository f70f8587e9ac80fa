"""A moment to write something for oneself: kept, not judged."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mi_helpers.progress import Try
from mi_helpers.ui.guard import guarded
from mi_helpers.ui.html import esc, p
from mi_helpers.ui.parts import Parts
from mi_helpers.ui.writing_box import WritingBox

if TYPE_CHECKING:
    from mi_helpers.cases import NoteItem
    from mi_helpers.progress import Store
    from mi_helpers.ui.paper import Room
    from mi_helpers.ui.strings import Strings


class Note:
    """A question, a box, and what is shown once something was written.

    Attributes
    ----------
    root : ipywidgets.VBox
        What is to be displayed.
    """

    def __init__(self, store: Store, say: Strings, item: NoteItem):
        self.store, self.say, self.item = store, say, item
        self.text = item.text(say.lang)
        parts = Parts()
        tries = store.tries(item.id, lang=say.lang)
        self.prompt = parts.html(self.intro(item, say))
        self.box = parts.keep(
            WritingBox(
                store,
                say,
                place=item.id,
                label=say("note.label"),
                placeholder=say("note.placeholder"),
                text=tries[-1].text if tries else "",
                ask=say("note.keep"),
                turn=False,
                on_ask=guarded(self._keep, lambda said: self.box.tell(said), say("guard.sorry")),
                layout=parts.layout,
            )
        )
        self.after = parts.html()
        self.beside = parts.column()
        self.root = parts.column(self.prompt, self.box, self.after, self.beside, css="mi-page mi-stack mi-note")
        self._parts, self.pair = parts, None
        if tries:
            self._show_after()

    @classmethod
    def intro(cls, item: NoteItem, say: Strings, heading: str = "h3") -> str:
        """Title and question."""
        text = item.text(say.lang)
        return f'<{heading} class="mi-item-title">{esc(text.title)}</{heading}>{p(text.prompt)}'

    @classmethod
    def paper(cls, item: NoteItem, say: Strings, room: Room) -> str:
        """Room for the note, and for what changed since an earlier one."""
        changed = room(say("sibling.ask"), 4, "changed") if item.sibling_of else ""
        return room(say("note.label"), 6, "") + changed

    def _keep(self, try_id: str, text: str, _check: str) -> None:
        if not text.strip():
            self.box.tell(self.say("note.empty"))
            return
        tries = self.store.tries(self.item.id, lang=self.say.lang)
        if not tries or tries[-1].text != text:
            self.store.add_try(
                Try(
                    id=try_id,
                    item_id=self.item.id,
                    item_version=self.item.version,
                    rules_version="",
                    lang=self.say.lang,
                    text=text,
                )
            )
        self.store.save_draft(self.item.id, text, lang=self.say.lang)
        self.store.mark_done(self.item.id, lang=self.say.lang)
        self.box.look_after_store()
        self._show_after()
        if self.text.after:
            self.box.announce(self.text.after)
        else:
            self.box.tell(self.say("note.kept"))

    def _show_after(self) -> None:
        if self.item.sibling_of:
            self._show_sibling()
        self.after.value = f'<div class="mi-card mi-note-after">{p(self.text.after)}</div>' if self.text.after else ""

    def _show_sibling(self) -> None:
        from mi_helpers.ui.sibling import SideBySide

        if self.pair is None:
            self.pair = SideBySide(self.store, self.say, self.item, self._parts)
            self.beside.children = tuple(self.pair.widgets)
        self.pair.draw()
