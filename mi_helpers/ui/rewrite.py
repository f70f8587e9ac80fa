"""The rewriting exercise: a scene, a box, feedback, hints, model replies, and a client who goes on talking."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mi_helpers.progress import Try
from mi_helpers.ui import feedback_view as view
from mi_helpers.ui.html import bubble, esc, p, struck
from mi_helpers.ui.kinds.base import Exercise
from mi_helpers.ui.kinds.outcome import Outcome
from mi_helpers.ui.writing_box import WritingBox

if TYPE_CHECKING:
    from mi_helpers.cases import RewriteItem
    from mi_helpers.ui.paper import Room
    from mi_helpers.ui.strings import Strings

#: What a learner may say their own reply is doing.
SELF_CHECKS = (
    "open_question", "closed_question", "simple_reflection", "complex_reflection", "summary", "affirmation", "support",
    "emphasize_autonomy", "seek_permission", "give_information", "advise_with_permission",
    "advise_without_permission", "reassure", "warn", "confront",
)  # fmt: skip


class RewriteExercise(Exercise):
    """One rewrite item: a reply that pushes, to be said in one's own words; read by the coder."""

    reads = True

    def body(self):
        self.box = self._parts.keep(
            WritingBox(
                self.store,
                self.say,
                place=self.item.id,
                label=self.say("box.label", name=self.text.client_name),
                placeholder=self.say("box.placeholder"),
                text=self.last.get("text", ""),
                ask=self.say("exercise.ask"),
                check_label=self.say("exercise.check_label"),
                on_ask=self.guard(self._ask, "guard.sorry_kept"),
                on_ready=self.guard(self.ready),
                on_write=self.guard(self._load_rules),
                **self.visiting(),
            )
        )
        return [self.box]

    @classmethod
    def intro(cls, item: RewriteItem, say: Strings, heading: str = "h2") -> str:
        """The situation, what the client says, and the reply that is struck from the talk."""
        text = item.text(say.lang)
        caption = f"{say('exercise.tempting')} · {say('exercise.struck')}"
        return (
            f"{cls.opening(item, say, heading)}"
            f'<div class="mi-scene">{bubble(text.client_name, say("exercise.says", name=text.client_name), text.client)}'
            f"{struck(caption, say('exercise.struck_start'), text.reflex, say('exercise.struck_end'))}</div>"
        )

    @classmethod
    def paper(cls, item: RewriteItem, say: Strings, room: Room) -> str:
        """Room for the reply."""
        return room(say("box.label", name=item.text(say.lang).client_name), 5, "")

    @classmethod
    def solution(cls, item: RewriteItem, say: Strings) -> str:
        """Model replies, how the course reads them, and why they work."""
        from mi_helpers.coder import code_turn
        from mi_helpers.feedback import code_label

        text, shown = item.text(say.lang), []
        for model in text.models:
            coding = code_turn(model.text, previous=text.client, target=item.target(say.lang), lang=say.lang)
            reading = say("solutions.reads", label=code_label(coding.main, say.lang))
            shown.append(
                f'<div class="mi-model">{p(say(f"depth.{model.depth}"), "mi-depth")}'
                f'<blockquote class="mi-says">{esc(model.text)}</blockquote>{p(reading, "mi-muted mi-small")}'
                f"<p><strong>{esc(say('solutions.works'))}</strong> {esc(model.why)}</p></div>"
            )
        return "".join(shown)

    # -- asking for feedback ----------------------------------------------------------------------------------------

    def ready(self) -> None:
        """The page is drawn: show the feedback of the last try again, and offer the self-check."""
        super().ready()
        from mi_helpers.feedback import code_label

        names = [[code, code_label(code, self.say.lang)] for code in SELF_CHECKS]
        self.box.checks = [["", self.say("exercise.check_none")], ["unsure", self.say("exercise.check_unsure")], *names]

    def _load_rules(self) -> None:
        """The learner began to write: have the rules ready by the time feedback is asked for."""
        from mi_helpers.feedback import on_rewrite

        on_rewrite(self.item, self.text.reflex, self.say.lang)

    def _ask(self, try_id: str, text: str, check: str) -> None:
        self.ask(try_id, {"text": text, "check": check if check in (*SELF_CHECKS, "unsure") else None})

    def missing(self, answers):
        return "" if answers["text"].strip() else self.say("exercise.empty", name=self.text.client_name)

    def keep(self, made, same):
        with self.store.together():
            self.store.save_draft(self.item.id, made.text, lang=self.say.lang)
            super().keep(made, same)

    def answers(self, attempt: Try) -> dict:
        return {"text": attempt.text, "check": attempt.self_check}

    def attempt(self, try_id: str, answers: dict) -> Try:
        return self.a_try(try_id, answers["text"], self_check=answers["check"])

    def judge(self, answers):
        from mi_helpers.feedback import code_label, on_rewrite

        lang = self.say.lang
        issues = [tuple(t.coding.get("issues", ())) for t in self.earlier if t.coding]
        feedback = on_rewrite(self.item, answers["text"], lang, earlier=issues)
        html, after = view.feedback_html(
            feedback, self.item, self.say, self_check=answers["check"], name_code=lambda code: code_label(code, lang)
        )
        coding = feedback.coding.as_record() | {
            "issues": [issue.kind for issue in feedback.issues],
            "risk": feedback.risk,
            "level": feedback.level,
            "heard_as": feedback.heard_as,
        }
        said = view.announcement(feedback, self.say)
        return Outcome(html, said, feedback.done, coding, bool(feedback.risk), after, feedback.verdict)

    # -- what comes after a first try -------------------------------------------------------------------------------

    def models_html(self):
        return view.models_html(self.item, self.say)

    def history_html(self, tries, reviewed):
        from mi_helpers.feedback import code_label

        return view.history_html(
            tries, self.say, lambda code: code_label(code, self.say.lang), lambda attempt: attempt.id in reviewed
        )
