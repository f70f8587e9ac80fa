"""The rewriting exercise: a scene, a box, feedback, hints, model replies, and a client who goes on talking."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from mi_helpers.progress import Try
from mi_helpers.ui import feedback_view as view
from mi_helpers.ui.guard import guarded, log
from mi_helpers.ui.html import bubble, esc, p, struck
from mi_helpers.ui.parts import Parts
from mi_helpers.ui.second_view import SecondView
from mi_helpers.ui.writing_box import WritingBox

if TYPE_CHECKING:
    from mi_helpers.cases import RewriteItem
    from mi_helpers.feedback.model import Feedback
    from mi_helpers.progress import Store
    from mi_helpers.ui.paper import Room
    from mi_helpers.ui.strings import Strings

#: What a learner may say their own reply is doing.
SELF_CHECKS = (
    "open_question", "closed_question", "simple_reflection", "complex_reflection", "summary", "affirmation", "support",
    "emphasize_autonomy", "seek_permission", "give_information", "advise_with_permission",
    "advise_without_permission", "reassure", "warn", "confront",
)  # fmt: skip


class RewriteExercise:
    """One rewrite item as an exercise.

    Parameters
    ----------
    store : Store
    say : Strings
    item : RewriteItem
    next_label : str
        Words on the button that goes on; no such button where empty.
    on_next : callable
        Goes on to the next item.
    on_go : callable
        Goes to the item whose id is given (a link on the page was followed).
    on_change : callable
        Called when a reply was stored or the item is done.
    in_set : bool
        Whether the item keeps its place in the page's address.
    arrive : bool
        Whether the reader is taken to the title.

    Attributes
    ----------
    root : ipywidgets.VBox
        What is to be displayed.
    """

    def __init__(
        self,
        store: Store,
        say: Strings,
        item: RewriteItem,
        *,
        next_label: str = "",
        on_next: Callable[[], None] | None = None,
        on_go: Callable[[str], None] | None = None,
        on_change: Callable[[], None] | None = None,
        in_set: bool = False,
        arrive: bool = False,
    ):
        self.store, self.say, self.item = store, say, item
        self.text = item.text(say.lang)
        self._on_next, self._on_change = on_next, on_change
        self._parts = parts = Parts()
        self._seen = f"seen:{item.id}:{say.lang}"
        seen = store.setting(self._seen, {})
        self._hints, self._hints_open = int(seen.get("hints", 0)), True
        self._models_open = bool(seen.get("models", False))
        tries = self._tries()

        self.scene = parts.html(self.intro(item, say))
        self.box = parts.keep(
            WritingBox(
                store,
                say,
                place=item.id,
                label=say("box.label", name=self.text.client_name),
                placeholder=say("box.placeholder"),
                text=tries[-1].text if tries else "",
                ask=say("exercise.ask"),
                check_label=say("exercise.check_label"),
                address=item.id if in_set else "",
                arrive=arrive,
                on_ask=self._guard(self._ask, "guard.sorry_kept"),
                on_ready=self._guard(self._ready),
                on_write=self._guard(self._load_rules),
                on_go=on_go and self._guard(on_go),
                layout=parts.layout,
            )
        )
        self.hint = parts.button("", self._guard(self._next_hint), "mi-hint-button")
        self.hints = parts.html(css="mi-hints")
        self.skip = (
            parts.button(say("exercise.skip"), self._guard(self._go_on), "mi-quiet mi-skip") if on_next else None
        )
        self.aside = parts.row(*([self.hint, self.skip] if self.skip else [self.hint]))
        self._next_label = next_label
        self.after = None
        self.root = parts.column(self.scene, self.box, self.aside, self.hints, css="mi-page mi-stack mi-exercise")
        self._draw_hints()

    @classmethod
    def intro(cls, item: RewriteItem, say: Strings, heading: str = "h2") -> str:
        """The situation, what the client says, and the reply that is struck from the talk."""
        text = item.text(say.lang)
        caption = f"{say('exercise.tempting')} · {say('exercise.struck')}"
        return (
            f'<{heading} class="mi-item-title" tabindex="-1">{esc(text.title)}</{heading}>'
            f"{p(text.situation, 'mi-situation')}"
            f'<div class="mi-scene">{bubble(text.client_name, say("exercise.says", name=text.client_name), text.client)}'
            f"{struck(caption, say('exercise.struck_start'), text.reflex, say('exercise.struck_end'))}</div>"
        )

    @classmethod
    def paper(cls, item: RewriteItem, say: Strings, room: Room) -> str:
        """Room for the reply."""
        return room(say("box.label", name=item.text(say.lang).client_name), 5, "")

    def close(self) -> None:
        """Close the exercise's widgets."""
        self._parts.close()

    def _guard(self, callback: Callable, sentence: str = "guard.sorry") -> Callable:
        return guarded(callback, lambda said: self.box.tell(said), self.say(sentence))

    def _tries(self) -> list[Try]:
        return self.store.tries(self.item.id, lang=self.say.lang)

    # -- asking for feedback ----------------------------------------------------------------------------------------

    def _ready(self) -> None:
        """The page is drawn: show the feedback of the last try again, and offer the self-check."""
        tries = self._tries()
        if tries:
            self._show(tries)
        from mi_helpers.feedback import code_label

        names = [[code, code_label(code, self.say.lang)] for code in SELF_CHECKS]
        self.box.checks = [["", self.say("exercise.check_none")], ["unsure", self.say("exercise.check_unsure")], *names]

    def _load_rules(self) -> None:
        """The learner began to write: have the rules ready by the time feedback is asked for."""
        from mi_helpers.feedback import on_rewrite

        on_rewrite(self.item, self.text.reflex, self.say.lang)

    def _ask(self, try_id: str, text: str, check: str) -> None:
        if not text.strip():
            self.box.tell(self.say("exercise.empty", name=self.text.client_name))
            return
        self.store.save_draft(self.item.id, text, lang=self.say.lang)
        self_check = check if check in (*SELF_CHECKS, "unsure") else None
        tries = self._tries()
        same = tries and tries[-1].coding and (tries[-1].text, tries[-1].self_check) == (text, self_check)
        if not same:
            self.store.add_try(
                Try(
                    id=try_id,
                    item_id=self.item.id,
                    item_version=self.item.version,
                    rules_version=rules_version(),
                    lang=self.say.lang,
                    text=text,
                    self_check=self_check,
                )
            )
            tries = self._tries()
        self.box.look_after_store()
        feedback = self._show(tries)
        if same:
            self.box.tell(self.say("exercise.same_words"))
        else:
            self.box.announce(view.announcement(feedback, self.say))

    def _show(self, tries: list[Try]) -> Feedback:
        """Read the last try and draw everything that comes after a try; the words are stored already."""
        from mi_helpers.feedback import code_label, on_rewrite

        last, lang = tries[-1], self.say.lang
        self._after(tries)
        earlier = [tuple(t.coding.get("issues", ())) for t in tries[:-1] if t.coding]
        try:
            feedback = on_rewrite(self.item, last.text, lang, earlier=earlier)
            if last.coding is None:
                self._keep_coding(last, feedback)
            shown = view.feedback_html(
                feedback,
                self.item,
                self.say,
                self_check=last.self_check,
                name_code=lambda code: code_label(code, lang),
                can_go_on=self._on_next is not None,
            )
            self.feedback.value = view.folded(shown, self.say) if view.fades(tries[:-1]) and not feedback.risk else shown
        finally:
            self._draw_history()
            if self._on_change:
                self._on_change()
        return feedback

    def _keep_coding(self, attempt: Try, feedback: Feedback) -> None:
        coding = feedback.coding.as_record() | {
            "issues": [issue.kind for issue in feedback.issues],
            "risk": feedback.risk,
            "level": feedback.level,
            "heard_as": feedback.heard_as,
            "solved": feedback.done,
        }
        self.store.set_coding(attempt.id, coding, feedback.verdict)
        if feedback.done:
            self.store.mark_done(self.item.id, lang=self.say.lang)
        self.box.look_after_store()

    # -- what comes after a first try -------------------------------------------------------------------------------

    def _after(self, tries: list[Try]) -> None:
        """Make room for what comes after a try, once."""
        if self.after is not None:
            return
        parts, say = self._parts, self.say
        self.feedback = parts.html(css="mi-feedback-place")
        self.models_button = parts.button("", self._guard(self._toggle_models), "mi-models-button")
        self.differ = SecondView(self.store, say, self.item.id, parts, self._guard, on_kept=self._draw_history)
        buttons = [self.models_button, self.differ.button]
        if self._on_next:
            self.go_on = parts.button(self._next_label, self._guard(self._go_on), "mi-primary mi-go-on")
            buttons.insert(0, self.go_on)
        self.models = parts.html()
        self.history = parts.html()
        self.after = parts.column(self.feedback, parts.row(*buttons), self.models, self.differ.place, self.history)
        self._draw_models()
        self.aside.children = (self.hint,)
        self.root.children = (*self.root.children, self.after)

    def _draw_history(self) -> None:
        from mi_helpers.feedback import code_label

        reviewed = {review.try_id for review in self.store.reviews()}
        self.history.value = view.history_html(
            self._tries(), self.say, lambda code: code_label(code, self.say.lang), lambda t: t.id in reviewed
        )

    def _next_hint(self) -> None:
        if self._hints < len(self.text.hints):
            self._hints += 1
            self._remember()
            self.box.announce(self.text.hints[self._hints - 1])
        else:
            self._hints_open = not self._hints_open
        self._draw_hints()

    def _draw_hints(self) -> None:
        shown, every = self._hints, len(self.text.hints)
        if shown == 0:
            self.hint.description = self.say("exercise.hint_first")
        elif shown < every:
            self.hint.description = self.say("exercise.hint_next", n=shown + 1, all=every)
        else:
            self.hint.description = self.say("exercise.hint_hide" if self._hints_open else "exercise.hint_show")
        self.hints.value = view.hints_html(self.text.hints[:shown], self.say) if self._hints_open else ""

    def _toggle_models(self) -> None:
        self._models_open = not self._models_open
        self._remember()
        self._draw_models()
        if self._models_open:
            self.box.announce(self.say("exercise.models_title"))

    def _draw_models(self) -> None:
        self.models_button.description = self.say(f"exercise.models_{'hide' if self._models_open else 'show'}")
        self.models.value = view.models_html(self.item, self.say) if self._models_open else ""

    def _remember(self) -> None:
        self.store.set_setting(self._seen, {"hints": self._hints, "models": self._models_open})

    def _go_on(self) -> None:
        if self._on_next:
            self._on_next()


def rules_version() -> str:
    """The version of the rules; a coder that cannot be loaded must not keep a try from being stored."""
    try:
        from mi_helpers.coder import rules_version

        return rules_version()
    except Exception:
        log.exception("the coder could not be loaded")
        return ""
