"""What all kinds of exercise share: title and task, tries that are kept and come back, feedback, history, a way on."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import TYPE_CHECKING

import ipywidgets as w

from mi_helpers.progress import Try
from mi_helpers.ui import feedback_view as view
from mi_helpers.ui.choice_box import ChoiceBox, loaded
from mi_helpers.ui.guard import guarded, rules_version
from mi_helpers.ui.html import esc, p
from mi_helpers.ui.kinds.around import Around
from mi_helpers.ui.kinds.outcome import Outcome, client_bubble
from mi_helpers.ui.parts import Parts
from mi_helpers.ui.second_view import SecondView

if TYPE_CHECKING:
    from mi_helpers.cases import Item
    from mi_helpers.progress import Store
    from mi_helpers.ui.paper import Room
    from mi_helpers.ui.strings import Strings
    from mi_helpers.ui.writing_box import WritingBox


class Exercise(Around):
    """One item as an exercise; the base of all kinds.

    A kind gives :meth:`body` (its widgets; sets :attr:`box`), :meth:`judge` and :meth:`describe`, and, as class
    methods for paper and the page of solutions, :meth:`intro`, :meth:`paper` and :meth:`solution`. Its answers are a
    mapping that JSON knows.

    Parameters
    ----------
    store : Store
    say : Strings
    item : Item
    next_label : str
        Words on the button that goes on; no such button where empty.
    on_next : callable
        Goes on to the next item.
    on_go : callable
        Goes to the item whose id is given (a link on the page was followed).
    on_change : callable
        Called when a try was stored or the item is done.
    in_set : bool
        Whether the item keeps its place in the page's address.
    arrive : bool
        Whether the reader is taken to the title.

    Attributes
    ----------
    root : ipywidgets.VBox
        What is to be displayed.
    box : ChoiceBox or WritingBox
        The box with the button; it also speaks to the learner.
    """

    #: Whether feedback needs the coder; then an earlier try is read again only once the page is drawn.
    reads = False
    #: Whether the answers may hold words of the learner's own, and not choices only: a team may keep those out.
    typed = True

    box: ChoiceBox | WritingBox

    def __init__(
        self,
        store: Store,
        say: Strings,
        item: Item,
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
        self._next_label, self._on_next, self._on_go, self._on_change = next_label, on_next, on_go, on_change
        self._in_set, self._arrive = in_set, arrive
        self._parts = parts = Parts()
        self.after = None
        self.earlier: list[Try] = []
        tries = self.tries()
        self.last = self.answers(tries[-1]) if tries else {}
        self._recall()
        heading = "h2" if in_set else "h3"
        self.scene = parts.html(self.intro(item, say, heading))
        body = self.body()
        aside = []
        self.hints = parts.html(css="mi-hints")
        if getattr(self.text, "hints", ()):
            self.hint = parts.button("", self.guard(self._next_hint), "mi-hint-button")
            aside.append(self.hint)
        self.skip = None
        if on_next:
            self.skip = parts.button(say("exercise.skip"), self.guard(on_next), "mi-quiet mi-skip")
            aside.append(self.skip)
        self.aside = parts.row(*aside)
        children = [self.scene, *body, *([self.aside] if aside else []), self.hints]
        self.root = parts.column(*children, css=f"mi-page mi-stack mi-exercise mi-kind mi-kind-{item.kind}")
        self._draw_hints()
        if tries and not self.reads:
            guarded(lambda: self.show(tries), lambda _said: None, "")()

    # -- what a kind gives ------------------------------------------------------------------------------------------

    @classmethod
    def intro(cls, item: Item, say: Strings, heading: str = "h2") -> str:
        """Title, situation, what the client says, and the task."""
        text = item.text(say.lang)
        words = getattr(text, "client", "")
        spoken = isinstance(words, str) and words
        scene = f'<div class="mi-scene">{client_bubble(text, say, words)}</div>' if spoken else ""
        task = getattr(text, "task", "") or getattr(text, "prompt", "")
        return cls.opening(item, say, heading) + scene + (p(task, "mi-task") if task else "")

    @classmethod
    def opening(cls, item: Item, say: Strings, heading: str) -> str:
        """Title and situation; and where to turn, if the item may touch learners themselves."""
        text = item.text(say.lang)
        shown = f'<{heading} class="mi-item-title" tabindex="-1">{esc(text.title)}</{heading}>'
        situation = getattr(text, "situation", "")
        shown += p(situation, "mi-situation") if situation else ""
        if item.care:
            from mi_helpers.feedback.risk import care_text

            shown += p(care_text(item.care, say.lang), "mi-care")
        return shown

    @classmethod
    def solution(cls, item: Item, say: Strings) -> str:
        """What fits and why, for the page of solutions."""
        raise NotImplementedError

    @classmethod
    def paper(cls, item: Item, say: Strings, room: Room) -> str:
        """What stands below :meth:`intro` on paper: all there is to choose from, and room to write."""
        raise NotImplementedError

    def body(self) -> list[w.Widget]:
        """The widgets between task and feedback; sets :attr:`box`."""
        raise NotImplementedError

    def judge(self, answers: dict) -> Outcome:
        """Feedback on answers that are not empty."""
        raise NotImplementedError

    def describe(self, answers: dict) -> str:
        """The answers in words, for the history."""
        raise NotImplementedError

    def missing(self, answers: dict) -> str:
        """What to say where there is nothing to look at yet; empty where there is."""
        return "" if any(answers.values()) else self.say("choice.nothing")

    # -- helpers for the kinds --------------------------------------------------------------------------------------

    def choice_box(self, controls: list[dict], *, ask: str, values: dict | None = None) -> ChoiceBox:
        """A choice box whose button asks for feedback."""
        box = ChoiceBox(
            self.store,
            self.say,
            place=self.item.id,
            controls=controls,
            values=self.last or values,
            ask=ask,
            on_ask=self.guard(self.ask, "guard.sorry_kept"),
            on_ready=self.guard(self.ready),
            **self.visiting(),
        )
        return self._parts.keep(box)

    def visiting(self) -> dict:
        """What the box with the button needs in a set of items."""
        return {
            "address": self.item.id if self._in_set else "",
            "arrive": self._arrive,
            "on_go": self._on_go and self.guard(self._on_go),
            "layout": self._parts.layout,
        }

    def guard(self, callback: Callable, sentence: str = "guard.sorry") -> Callable:
        """Wrap a callback: what fails is told at the box."""
        return guarded(callback, lambda said: self.box.tell(said), self.say(sentence))

    def tries(self) -> list[Try]:
        """The stored tries, oldest first."""
        return self.store.tries(self.item.id, lang=self.say.lang)

    def answers(self, attempt: Try) -> dict:
        """The answers that a stored try holds."""
        return loaded(attempt.text)

    def as_text(self, answers: dict) -> str:
        """The answers as they are stored."""
        return json.dumps(answers, ensure_ascii=False)

    def close(self) -> None:
        """Close the exercise's widgets."""
        self._parts.close()

    # -- asking for feedback ----------------------------------------------------------------------------------------

    def ready(self) -> None:
        """The page is drawn; kinds that read words show the feedback of the last try now."""
        tries = self.tries()
        if tries and self.reads:
            with self.store.together():
                self.show(tries)

    def ask(self, try_id: str, answers: dict) -> None:
        """Keep the answers, then say something about them."""
        said = self.missing(answers)
        if said:
            self.box.tell(said)
            return
        tries, made = self.tries(), self.attempt(try_id, answers)
        same = bool(tries and tries[-1].coding) and (tries[-1].text, tries[-1].self_check) == (made.text, made.self_check)
        self.keep(made, same)
        tries = tries if same else self.tries()
        self.box.look_after_store()
        with self.store.together():  # the learner reads on while the outcome is written
            said = self.show(tries).said
            if same and self.reads:
                self.box.tell(self.say("exercise.same_words"))
            else:
                self.box.announce(said)
        self.box.look_after_store()

    def keep(self, made: Try, same: bool) -> None:
        """Store a try, unless it is the ``same`` as the last."""
        if not same:
            self.store.add_try(made, typed=self.typed)

    def attempt(self, try_id: str, answers: dict) -> Try:
        """The answers as a try."""
        return self.a_try(try_id, self.as_text(answers))

    def a_try(self, try_id: str, text: str, **more) -> Try:
        """A try at this item."""
        return Try(
            id=try_id,
            item_id=self.item.id,
            item_version=self.item.version,
            rules_version=rules_version() if self.reads else "",
            lang=self.say.lang,
            text=text,
            **more,
        )

    def show(self, tries: list[Try]) -> Outcome:
        """Draw the feedback on the last try; after two that were solved it waits folded."""
        *self.earlier, last = tries
        self._after()
        try:
            outcome = self.judge(self.answers(last))
            if last.coding is None:
                self.store.set_coding(last.id, {**outcome.coding, "solved": outcome.solved}, outcome.verdict)
                if outcome.solved:
                    self.store.mark_done(self.item.id, lang=self.say.lang)
            html = outcome.html
            if html and not outcome.urgent:
                html = f'<section class="mi-feedback mi-card">{html}</section>{outcome.after}'
                if view.fades(tries[:-1]):
                    html = view.folded(html, self.say)
                    outcome = Outcome(html, self.say("choice.folded_below"), outcome.solved)
            if outcome.solved:
                enough = "feedback.enough" if self._on_next else "feedback.enough_here"
                html += f'<div class="mi-enough">{p(self.say(enough))}</div>'
            self.feedback.value = html
        finally:
            self._draw_history()
            if self._on_change:
                self._on_change()
        return outcome

    # -- what comes after a first try -------------------------------------------------------------------------------

    def _after(self) -> None:
        if self.after is not None:
            return
        parts, say = self._parts, self.say
        self.feedback, self.models, self.history = parts.html(css="mi-feedback-place"), parts.html(), parts.html()
        self.differ = SecondView(self.store, say, self.item.id, parts, self.guard, on_kept=self._draw_history)
        buttons = [self.differ.button]
        self.models_button = None
        if self.models_html():
            self.models_button = parts.button("", self.guard(self._toggle_models), "mi-models-button")
            buttons.insert(0, self.models_button)
            self._draw_models()
        if self._on_next:
            self.go_on = parts.button(self._next_label, self.guard(self._on_next), "mi-primary mi-go-on")
            buttons.insert(0, self.go_on)
        self.after = parts.column(self.feedback, parts.row(*buttons), self.models, self.differ.place, self.history)
        self.aside.children = tuple(child for child in self.aside.children if child is not self.skip)
        self.root.children = (*self.root.children, self.after)
