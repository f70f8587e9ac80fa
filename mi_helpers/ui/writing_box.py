"""The writing box: a labelled place to write in, whose words are kept as they are typed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from weakref import WeakSet

import traitlets as t

from mi_helpers.ui.box import Box
from mi_helpers.ui.links import PRIVACY, page_link
from mi_helpers.ui.scripts import Script

if TYPE_CHECKING:
    from mi_helpers.progress import Store
    from mi_helpers.ui.strings import Strings

LONGEST = 20_000
_COUNTS = ("empty_count", "sentence_one", "sentences", "character_one", "characters", "long")
_STATES = ("kept", "keeping", "kept_in_browser", "keys_hint", "no_connection")
#: Stores whose privacy note stands on this page already; the other boxes of the page have the short one.
_TOLD: WeakSet[Store] = WeakSet()
_PRIVACY = ("privacy_title", "privacy_please", "privacy_short")


def privacy_sentence(store: Store, say: Strings) -> str:
    """Where this learner's words are kept, in plain words."""
    if not store.where or (store.trouble and not store.trouble.kept_in):
        return say("box.privacy_memory")
    if store.kept != "words":
        return say(f"box.privacy_{store.kept}")
    if store.account:
        return say("box.privacy_server")
    return say("box.privacy_database" if "://" in store.where else "box.privacy_file", where=store.where)


class WritingBox(Box):
    """A text box with a label and a gentle count, whose words are kept as they are typed.

    Parameters
    ----------
    store : Store
    say : Strings
    place : str
        Under which name the words are kept: the item's id.
    label, placeholder : str
    text : str
        What stands in the box where no draft was kept.
    ask : str
        Words on the button; no button where empty.
    check_label : str
        Label of the self-check; none where empty. Its choices come later, with :attr:`checks`.
    small : bool
        One of several boxes: lower, without a count.
    turn : bool
        Whether this is something to say in a talk; what is written for oneself may be as long as one likes.
    on_ask : callable
        Called with the try's id, the text and the chosen self-check.
    on_write : callable
        Called once, when the first words are written.
    **kwargs
        As in :class:`~mi_helpers.ui.box.Box`.
    """

    _esm = Script("writing_box.js")

    learner = t.Unicode().tag(sync=True)
    label = t.Unicode().tag(sync=True)
    placeholder = t.Unicode().tag(sync=True)
    value = t.Unicode().tag(sync=True)
    check_label = t.Unicode().tag(sync=True)
    checks = t.List().tag(sync=True)
    first = t.Bool().tag(sync=True)
    small = t.Bool().tag(sync=True)
    only_here = t.Bool().tag(sync=True)

    def __init__(
        self,
        store: Store,
        say: Strings,
        *,
        place: str,
        text: str = "",
        check_label: str = "",
        turn: bool = True,
        on_ask: Callable[[str, str, str], None] | None = None,
        on_write: Callable[[], None] | None = None,
        **kwargs,
    ):
        self._on_ask, self._on_write = on_ask, on_write
        draft = store.draft(place, lang=say.lang)
        words = {name: say(f"box.{name}") for name in (*_COUNTS, *_STATES, *_PRIVACY)}
        if not turn:
            words |= {"empty_count": say("note.count"), "long": ""}
        if store.kept != "words":
            words["kept_in_browser"] = say("box.kept_only_here")
        words |= {"privacy_more": say("privacy.link"), "privacy_page": page_link(*PRIVACY, say.lang)}
        super().__init__(
            store,
            say,
            learner=store.learner,
            place=place,
            value=text if draft is None else draft,
            check_label=check_label,
            checks=[["", say("exercise.check_none")]] if check_label else [],
            first=store not in _TOLD and not store.setting("seen_privacy", False),
            only_here=store.kept != "words",
            words=words | {"privacy": privacy_sentence(store, say)},
            **kwargs,
        )
        _TOLD.add(store)

    def clear(self) -> None:
        """Empty the box, its draft included."""
        self._keep("")
        self.send({"kind": "text", "text": "", "notice": "", "done": True})

    def _keep(self, text: str, at: datetime | None = None) -> bool:
        kept = self._store.save_draft(self.place, text[:LONGEST], lang=self.lang, at=at)
        self.look_after_store()
        return kept

    def _receive(self, widget, content: dict, buffers) -> None:
        kind = content.get("kind")
        if kind == "draft":
            self._draft(str(content.get("text", "")), content.get("seq"))
        elif kind == "ask" and self._on_ask:
            text = str(content.get("text", ""))[:LONGEST]
            self._on_ask(str(content.get("id", ""))[:32], text, str(content.get("check", "")))
        else:
            if kind == "ready":
                self._bring_newest(str(content.get("text", "")), content.get("copy"), content.get("seq"))
            super()._receive(widget, content, buffers)

    def _draft(self, text: str, seq: object) -> None:
        self.send({"kind": "kept", "seq": seq, "ok": self._keep(text)})
        if text.strip() and self.first and not self._store.setting("seen_privacy", False):
            self._store.set_setting("seen_privacy", True)
        on_write, self._on_write = self._on_write, None
        if on_write:
            on_write()

    def _bring_newest(self, shown: str, copy: object, seq: object) -> None:
        copied = copy["text"] if isinstance(copy, dict) and isinstance(copy.get("text"), str) else None
        kept = copied is None or self._keep(copied, _time(copy.get("at")))
        newest = self._store.draft(self.place, lang=self.lang)
        if newest is not None and (newest != shown or copied is not None):
            back = newest == copied and newest != shown
            # the browser lets go of its copy only if it is kept, and only if nothing was typed meanwhile (``seq``)
            notice = self._say("box.restored") if back else ""
            self.send({"kind": "text", "text": newest, "notice": notice, "seq": seq, "ok": kept})


def _time(milliseconds: object) -> datetime:
    """The browser's time of writing; never later than now, as a browser's clock may be ahead."""
    now = datetime.now(UTC)
    try:
        return min(datetime.fromtimestamp(float(milliseconds) / 1000, UTC), now)
    except (TypeError, ValueError, OverflowError, OSError):
        return now
