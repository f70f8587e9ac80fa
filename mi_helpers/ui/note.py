"""A moment to write something for oneself: kept, not judged."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from mi_helpers.progress import Try
from mi_helpers.ui.html import esc, p
from mi_helpers.ui.parts import Parts
from mi_helpers.ui.writing_box import WritingBox

if TYPE_CHECKING:
    from mi_helpers.cases import NoteItem
    from mi_helpers.progress import Store
    from mi_helpers.ui.paper import Room
    from mi_helpers.ui.strings import Strings


def kept_box(
    store: Store,
    say: Strings,
    item: NoteItem,
    parts: Parts,
    *,
    label: str,
    ask: str,
    then: Callable[[], None],
    under: str = "",
) -> WritingBox:
    """A box for words that are kept with a note, and not judged.

    Parameters
    ----------
    label, ask : str
        What stands at the box and on its button.
    then : callable
        Called once words were kept.
    under : str
        A name beside the item's id, for a second box of one note.
    """
    place = f"{item.id}:{under}" if under else item.id
    earlier = store.tries(place, lang=say.lang)

    def keep(try_id: str, text: str, _check: str) -> None:
        if not text.strip():
            box.tell(say("note.empty"))
            return
        tries = store.tries(place, lang=say.lang)
        if not tries or tries[-1].text != text:
            about = {"item_version": item.version, "rules_version": "", "lang": say.lang}
            store.add_try(Try(id=try_id, item_id=place, text=text, **about))
        store.save_draft(place, text, lang=say.lang)
        box.look_after_store()
        then()

    box = WritingBox(
        store,
        say,
        place=place,
        label=label,
        placeholder=say("note.placeholder"),
        text=earlier[-1].text if earlier else "",
        ask=ask,
        turn=False,
        on_ask=keep,
        layout=parts.layout,
    )
    return parts.keep(box)


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
        self.prompt = parts.html(self.intro(item, say))
        self.box = kept_box(store, say, item, parts, label=say("note.label"), ask=say("note.keep"), then=self._kept)
        self.after = parts.html()
        self.beside = parts.column()
        self.root = parts.column(self.prompt, self.box, self.after, self.beside, css="mi-page mi-stack mi-note")
        self._parts, self.pair = parts, None
        if store.tries(item.id, lang=say.lang):
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

    def _kept(self) -> None:
        self.store.mark_done(self.item.id, lang=self.say.lang)
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
