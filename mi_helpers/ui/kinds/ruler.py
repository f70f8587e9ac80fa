"""Ruler: importance and confidence from 0 to 10, and then the question downward."""

from __future__ import annotations

from mi_helpers.ui.choice_box import scale
from mi_helpers.ui.html import esc, p
from mi_helpers.ui.kinds.base import Exercise
from mi_helpers.ui.kinds.free import Boxes, risk_in
from mi_helpers.ui.kinds.outcome import Outcome, feedback_title
from mi_helpers.ui.paper import how

SCALES = ("importance", "confidence")
#: How far below the number the question asks.
STEP = 2


def downward(text, number: int) -> str:
    """The question that asks why not lower; at 0 there is no lower."""
    if number == 0:
        return text.at_zero
    return text.downward.replace("{n}", str(number)).replace("{lower}", str(max(0, number - STEP)))


class Ruler(Exercise):
    """Two scales, then boxes for the answers to the questions they bring up."""

    def body(self):
        ends = (self.say("choice.scale_low"), self.say("choice.scale_high"))
        controls = [scale(name, getattr(self.text, name), ends) for name in SCALES]
        self.box = self.choice_box(controls, ask=self.say("choice.ask_ruler"))
        self.place, self.boxes = self._parts.column(css="mi-stack mi-second"), None
        self.lead = self._parts.html(p(self.say("choice.ruler_questions")))
        return [self.box]

    def missing(self, answers):
        whole = all(str(answers.get(name)) in map(str, range(11)) for name in SCALES)
        return "" if whole else self.say("choice.ruler_nothing")

    def ask(self, try_id, answers):
        super().ask(try_id, {name: answers.get(name) for name in SCALES} | (self.boxes.texts() if self.boxes else {}))

    def _keep(self, try_id, *_rest):
        numbers = {name: self.last.get(name) for name in SCALES}
        texts = self.boxes.texts()
        if not texts:
            self.boxes.all["up"].tell(self.say("note.empty"))
            return
        super().ask(try_id, numbers | texts)

    def judge(self, answers):
        say, self.last = self.say, answers
        texts = [answers[key] for key in ("why", "sure", "up") if answers.get(key)]
        risk = risk_in(texts, say.lang, say)
        if risk:
            return Outcome(risk, say("feedback.risk_below"), False, urgent=True)
        if not texts:
            return Outcome("", f"{say('feedback.below')} {say('choice.ruler_questions')}", False)
        return Outcome(f"{feedback_title(say)}{p(self.text.after)}", f"{say('feedback.below')} {self.text.after}", True)

    def show(self, tries):
        outcome = super().show(tries)
        answers = self.answers(tries[-1])
        numbers = [int(answers[name]) for name in SCALES]
        labels = {
            "why": self.say("choice.ruler_importance", question=downward(self.text, numbers[0])),
            "sure": self.say("choice.ruler_confidence", question=downward(self.text, numbers[1])),
            "up": self.text.upward,
        }
        if self.boxes is None or [box.label for box in self.boxes.all.values()] != list(labels.values()):
            if self.boxes is not None:
                self.place.children = ()
                self.boxes.close()
            keep = {"ask": self.say("choice.ruler_keep"), "on_ask": self.guard(self._keep, "guard.sorry_kept")}
            self.boxes = Boxes(self, labels, answers, last=keep)
            self.place.children = (self.lead, *self.boxes.widgets)
        if self.place not in self.after.children:
            self.after.children = (self.place, *self.after.children)
        return outcome

    def describe(self, answers):
        numbers = [f"{getattr(self.text, name)} {answers.get(name)}" for name in SCALES]
        return " · ".join([*numbers, *(answers[key] for key in ("why", "sure", "up") if answers.get(key))])

    @classmethod
    def paper(cls, item, say, room):
        text, numbers = item.text(say.lang), "".join(f"<li>{n}</li>" for n in range(11))
        ends = f'<p class="mi-ends"><span>{esc(say("choice.scale_low"))}</span><span>{esc(say("choice.scale_high"))}</span></p>'
        scales = "".join(
            f'{p(getattr(text, name), "mi-label")}<ol class="mi-scale" role="list">{numbers}</ol>{ends}' for name in SCALES
        )
        asked = text.downward.replace("{n}", "…").replace("{lower}", "…")
        labels = {
            "why": say("choice.ruler_importance", question=asked),
            "sure": say("choice.ruler_confidence", question=asked),
            "up": text.upward,
        }
        rooms = "".join(room(label, 2, key) for key, label in labels.items())
        return how(say, "ruler") + scales + p(say("paper.at_zero", question=text.at_zero), "mi-muted mi-small") + rooms

    @classmethod
    def solution(cls, item, say):
        text = item.text(say.lang)
        shown = [text.importance, text.confidence, downward(text, 6), downward(text, 0), text.upward]
        return f"<ul>{''.join(f'<li>{esc(line)}</li>' for line in shown)}</ul>{p(text.after)}"
