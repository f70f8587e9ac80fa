"""What stands around the feedback of an exercise: hints before it, model answers and earlier tries after it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mi_helpers.ui import feedback_view as view

if TYPE_CHECKING:
    from mi_helpers.progress import Try


class Around:
    """Hints, model answers and history of one exercise; which of them are open is remembered."""

    def _recall(self) -> None:
        seen = self.store.setting(self._seen(), {})
        self._hints, self._hints_open = int(seen.get("hints", 0)), True
        self._models_open = bool(seen.get("models", False))

    def _remember(self) -> None:
        self.store.set_setting(self._seen(), {"hints": self._hints, "models": self._models_open})

    def _seen(self) -> str:
        return f"seen:{self.item.id}:{self.say.lang}"

    def models_html(self) -> str:
        """Model answers to be unfolded after a try; empty where the kind has none."""
        return ""

    def _toggle_models(self) -> None:
        self._models_open = not self._models_open
        self._remember()
        self._draw_models()
        if self._models_open:
            self.box.announce(self.say("exercise.models_title"))

    def _draw_models(self) -> None:
        self.models_button.description = self.say(f"exercise.models_{'hide' if self._models_open else 'show'}")
        self.models.value = self.models_html() if self._models_open else ""

    def _draw_history(self) -> None:
        reviewed = {review.try_id for review in self.store.reviews()}
        self.history.value = self.history_html(self.tries(), reviewed)

    def history_html(self, tries: list[Try], reviewed: set[str]) -> str:
        """The tries so far; ``reviewed`` are those with a view of the learner's own."""
        rows = [(t, self.describe(self.answers(t)), t.id in reviewed) for t in tries]
        return view.answers_html(rows, self.say)

    def _next_hint(self) -> None:
        if self._hints < len(self.text.hints):
            self._hints += 1
            self._remember()
            self.box.announce(self.text.hints[self._hints - 1])
        else:
            self._hints_open = not self._hints_open
        self._draw_hints()

    def _draw_hints(self) -> None:
        hints = getattr(self.text, "hints", ())
        if not hints:
            return
        shown, every = self._hints, len(hints)
        folding = "hint_hide" if self._hints_open else "hint_show"
        key = "hint_first" if not shown else "hint_next" if shown < every else folding
        self.hint.description = self.say(f"exercise.{key}", n=shown + 1, all=every)
        self.hints.value = view.hints_html(hints[:shown], self.say) if self._hints_open else ""
