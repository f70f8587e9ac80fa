"""Write to order: an open question, a summary, three depths of one sentence, O-A-O in three boxes."""

from __future__ import annotations

import json

from mi_helpers.ui import feedback_view as view
from mi_helpers.ui.choice_box import loaded
from mi_helpers.ui.html import esc, marked, p
from mi_helpers.ui.kinds.base import Exercise
from mi_helpers.ui.kinds.outcome import Outcome, client_bubble, feedback_title
from mi_helpers.ui.writing_box import WritingBox

#: Acts that give information.
OFFERS = ("give_information", "advise_with_permission")


class Write(Exercise):
    """One to four boxes, read by the coder; the task says what each of them is to hold."""

    reads = True

    def body(self):
        say, labels = self.say, self.text.boxes
        earlier = self.last.get("texts", [])
        self.boxes = []
        for n, label in enumerate(labels):
            more = {"layout": self._parts.layout}
            if n == len(labels) - 1:
                more = {
                    "ask": say("exercise.ask"),
                    "on_ask": lambda try_id, text, _check: self.guard(self._ask_all, "guard.sorry_kept")(try_id, text),
                    "on_ready": self.guard(self.ready),
                    **self.visiting(),
                }
            box = WritingBox(
                self.store,
                say,
                place=self._place(n),
                label=label,
                placeholder=say("box.placeholder"),
                text=earlier[n] if n < len(earlier) else "",
                small=len(labels) > 1,
                on_write=self.guard(self._load_rules),
                **more,
            )
            self.boxes.append(self._parts.keep(box))
        self.box = self.boxes[-1]
        note = [self._parts.html(p(say("box.privacy_short"), "mi-muted mi-small"))] if len(labels) > 1 else []
        return [*self.boxes, *note]

    def _place(self, n: int) -> str:
        return f"{self.item.id}:{n}" if len(self.text.boxes) > 1 else self.item.id

    def _load_rules(self) -> None:
        """The learner began to write: have the rules ready by the time feedback is asked for."""
        from mi_helpers.coder import code_turn

        code_turn(self.text.models[0].texts[0], previous=self.text.client, lang=self.say.lang)

    def _ask_all(self, try_id: str, text: str) -> None:
        self.store.save_draft(self._place(len(self.boxes) - 1), text, lang=self.say.lang)
        texts = []
        for n, box in enumerate(self.boxes):
            draft = self.store.draft(self._place(n), lang=self.say.lang)
            texts.append((box.value if draft is None else draft).strip())
        self.ask(try_id, {"texts": texts})

    def missing(self, answers):
        return "" if any(answers["texts"]) else self.say("choice.write_empty")

    def answers(self, attempt):
        if len(self.text.boxes) == 1:
            return {"texts": [attempt.text]}
        given = loaded(attempt.text).get("texts")
        return {"texts": [str(text) for text in given] if isinstance(given, list) else []}

    def as_text(self, answers):
        return answers["texts"][0] if len(self.text.boxes) == 1 else json.dumps(answers, ensure_ascii=False)

    def describe(self, answers):
        return " / ".join(text for text in answers["texts"] if text)

    # -- feedback ---------------------------------------------------------------------------------------------------

    def judge(self, answers):
        from mi_helpers.feedback import on_write

        say = self.say
        given = [(n, text) for n, text in enumerate(answers["texts"][: len(self.text.boxes)]) if text]
        read = {n: on_write(self.item, n, text, say.lang) for n, text in given}
        risk = next((written.feedback for written in read.values() if written.feedback.risk), None)
        codings = [written.feedback.coding.as_record() for written in read.values()]
        if risk:
            html = view.risk_html(risk.risk_text, say)
            return Outcome(html, say("feedback.risk_below"), False, {"codings": codings}, urgent=True)
        html, first = [feedback_title(say)], ""
        for n, written in read.items():
            shown, said = self._box_html(n, written)
            html.append(shown)
            first = first or said
        if self.item.free:
            first = say("choice.write_unread")
            html.append(p(first))
        open_ones = len(self.text.boxes) - len(read)
        if open_ones:
            html.append(p(say("choice.write_open", n=open_ones)))
        solved = not open_ones and all(written.hit for written in read.values())
        if solved and self.text.next:
            html.append(f'<div class="mi-client-next">{client_bubble(self.text, say, self.text.next)}</div>')
        return Outcome("".join(html), f"{say('feedback.below')} {first}", solved, {"codings": codings})

    def _box_html(self, n, written):
        feedback, wants = written.feedback, self.item.wants[n]
        said, remarked = self._said(written, wants)
        marks = () if written.upward or written.hit and not wants else feedback.marks
        strength = next(iter(feedback.strengths), None) if written.act and written.hit else None
        if written.hit and written.act in OFFERS:  # what was told is information, whatever else it may read as
            marks = [mark for mark in marks if mark.code in OFFERS]
            strength = strength if strength.kind in OFFERS else None
        shown = f"<h4>{esc(self.text.boxes[n])}</h4>" if len(self.text.boxes) > 1 else ""
        shown += f'<p class="mi-marked">{marked(feedback.coding.text, marks)}</p>{p(said) if said else ""}'
        if strength and strength.end:
            shown += view.remark_html(strength, feedback, self.say, "strength")
        if remarked and feedback.priority:
            shown += view.remark_html(feedback.priority, feedback, self.say, "priority")
            said = said or feedback.priority.text
        return f'<div class="mi-written">{shown}</div>', said

    def _said(self, written, wants) -> tuple[str, bool]:
        """The sentence below the words of one box, and whether the remark that matters most belongs there too."""
        from mi_helpers.feedback import code_label

        say, feedback, coding = self.say, written.feedback, written.feedback.coding
        if written.hit and written.act not in ("", "other"):
            unseen = feedback.priority is not None and feedback.priority.kind == "change_half_unseen"
            return say("choice.write_hit", label=code_label(written.act, say.lang)), unseen
        if self.item.free:
            return "", False
        if written.hit:
            return say("choice.write_did" if wants else "choice.write_free"), False
        if coding.main == "uncodable":
            return "", True
        if written.upward:
            return say("choice.write_upward"), False
        if feedback.verdict == "inconsistent" or feedback.issues:
            return say("choice.write_push"), True
        wanted = _or([code_label(code, say.lang) for code in wants], say)
        if feedback.verdict == "unsure":
            return say("choice.write_asked", wanted=wanted), True
        if coding.main in wants:  # the act that was asked for, and something in it is missing
            return "", True
        avoided = any(act.code in self.item.avoid for act in coding.acts)
        label = code_label(coding.main, say.lang)
        return say(f"choice.write_{'avoid' if avoided else 'other'}", label=label, wanted=wanted), False

    def models_html(self):
        title, about = self.say("exercise.models_title"), self.say("exercise.models_intro")
        shown = _models(self.item, self.say, reading=False)
        return f'<section class="mi-models mi-card"><h3>{esc(title)}</h3>{p(about)}{shown}</section>'

    @classmethod
    def paper(cls, item, say, room):
        boxes = item.text(say.lang).boxes
        if len(boxes) == 1:
            return room(boxes[0], 5, "")
        return "".join(room(label, 3, str(n)) for n, label in enumerate(boxes))

    @classmethod
    def solution(cls, item, say):
        text = item.text(say.lang)
        shown = _models(item, say, reading=True)
        return shown + (f'<div class="mi-client-next">{client_bubble(text, say, text.next)}</div>' if text.next else "")


def _or(names: list[str], say) -> str:
    return f" {say('choice.or')} ".join(filter(None, [", ".join(names[:-1]), *names[-1:]]))


def _models(item, say, *, reading: bool) -> str:
    text, shown = item.text(say.lang), []
    for model in text.models:
        parts = [p(say(f"depth.{model.depth}"), "mi-depth")]
        for n, words in enumerate(model.texts):
            if len(text.boxes) > 1:
                parts.append(p(text.boxes[n], "mi-who"))
            parts.append(f'<blockquote class="mi-says">{esc(words)}</blockquote>')
            if reading and item.wants[n]:
                from mi_helpers.feedback import code_label, on_write

                written = on_write(item, n, words, say.lang)
                label = code_label(written.act or written.feedback.coding.main, say.lang)
                parts.append(p(say("solutions.reads", label=label), "mi-muted mi-small"))
        parts.append(f"<p><strong>{esc(say('solutions.works'))}</strong> {esc(model.why)}</p>")
        shown.append(f'<div class="mi-model">{"".join(parts)}</div>')
    return "".join(shown)
