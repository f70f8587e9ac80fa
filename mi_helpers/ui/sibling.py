"""Two replies of the learner side by side: the first one of the course and the last."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mi_helpers.ui.feedback_view import risk_html
from mi_helpers.ui.html import esc, marked, p
from mi_helpers.ui.note import kept_box

if TYPE_CHECKING:
    from mi_helpers.cases import NoteItem
    from mi_helpers.progress import Store
    from mi_helpers.ui.parts import Parts
    from mi_helpers.ui.strings import Strings


class SideBySide:
    """Both replies with the course's reading of each, and a box for what changed. Nothing is rated.

    Parameters
    ----------
    store : Store
    say : Strings
    item : NoteItem
        The later note; ``sibling_of`` names the first.
    parts : Parts
    """

    def __init__(self, store: Store, say: Strings, item: NoteItem, parts: Parts):
        self.store, self.say, self.item = store, say, item
        self.shown = parts.html()
        then = lambda: self.box.tell(say("note.kept"))  # noqa: E731
        self.box = kept_box(
            store, say, item, parts, label=say("sibling.ask"), ask=say("sibling.keep"), then=then, under="changed"
        )
        self.widgets = [self.shown, self.box]

    def draw(self) -> None:
        """Show both replies as they stand now."""
        say, lang = self.say, self.say.lang
        first, later = (self.store.tries(i, lang=lang) for i in (self.item.sibling_of, self.item.id))
        sides = [(say("sibling.before"), first), (say("sibling.now"), later)]
        told = "".join(
            f'<div class="mi-side"><h4>{esc(title)}</h4>{self._reading(tries[-1].text) if tries else p(say("sibling.none"), "mi-muted")}</div>'
            for title, tries in sides
        )
        self.shown.value = (
            f'<section class="mi-card mi-sibling"><h3>{esc(say("sibling.title"))}</h3>'
            f'<div class="mi-sides">{told}</div>{p(say("sibling.about"), "mi-muted")}</section>'
        )

    def _reading(self, text: str) -> str:
        from mi_helpers.coder import code_turn
        from mi_helpers.feedback import code_label
        from mi_helpers.feedback.reply import marks_of
        from mi_helpers.feedback.risk import risk_text

        say, coding = self.say, code_turn(text, lang=self.say.lang)
        if coding.risk:
            return f'<p class="mi-marked">{esc(text)}</p>{risk_html(risk_text(coding.risk, say.lang), say)}'
        known = coding.main != "uncodable"
        said = say("sibling.reads", label=code_label(coding.main, say.lang)) if known else say("sibling.unread")
        return f'<p class="mi-marked">{marked(text, marks_of(coding) if known else ())}</p>{p(said, "mi-muted")}'
