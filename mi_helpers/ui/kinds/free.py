"""Small boxes for words of one's own, several to an exercise: kept one by one, read together."""

from __future__ import annotations

from mi_helpers.ui.feedback_view import risk_html
from mi_helpers.ui.html import p
from mi_helpers.ui.kinds.base import Exercise
from mi_helpers.ui.writing_box import WritingBox


class Boxes:
    """The small boxes of one exercise.

    Parameters
    ----------
    exercise : Exercise
    labels : dict
        What stands at each box, by key; each box is kept under ``<item>:<key>``.
    texts : dict
        What was written at the last try, for boxes without a draft.
    last : dict
        More for the last box, such as its button.
    each : dict
        More for every box.
    """

    def __init__(self, exercise: Exercise, labels: dict[str, str], texts: dict, *, last=None, each=None):
        self._exercise, self._keys = exercise, list(labels)
        parts, say = exercise._parts, exercise.say
        self.all = {}
        for key, label in labels.items():
            more = {"layout": parts.layout, **(each or {})}
            more |= (last or {}) if key == self._keys[-1] else {}
            self.all[key] = parts.keep(
                WritingBox(
                    exercise.store,
                    say,
                    place=f"{exercise.item.id}:{key}",
                    label=label,
                    placeholder="",
                    text=str(texts.get(key) or ""),
                    small=True,
                    **more,
                )
            )
        self.note = parts.html(p(say("box.privacy_short"), "mi-muted mi-small"))
        self.widgets = [*self.all.values(), self.note]

    def texts(self) -> dict[str, str]:
        """What stands in the boxes now; empty ones left out."""
        store, item, lang = self._exercise.store, self._exercise.item, self._exercise.say.lang
        found = {}
        for key, box in self.all.items():
            draft = store.draft(f"{item.id}:{key}", lang=lang)
            text = (box.value if draft is None else draft).strip()
            if text:
                found[key] = text
        return found

    def close(self) -> None:
        """Close the boxes."""
        for widget in self.widgets:
            widget.close()


def risk_in(texts, lang: str, say) -> str:
    """What comes first where somebody's words are about risk, as HTML; empty where they are not."""
    from mi_helpers.coder import code_turn
    from mi_helpers.feedback.risk import risk_text

    kinds = [code_turn(text, lang=lang).risk for text in texts]
    found = next(filter(None, kinds), None)
    return risk_html(risk_text(found, lang), say) if found else ""
