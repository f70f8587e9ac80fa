"""Predict, then see: say first what you expect, then read what was found."""

from __future__ import annotations

from mi_helpers.ui.choice_box import radios
from mi_helpers.ui.html import esc, p
from mi_helpers.ui.kinds.base import Exercise
from mi_helpers.ui.kinds.outcome import Outcome, feedback_title
from mi_helpers.ui.paper import ticks


class Predict(Exercise):
    """A number or a choice; any expectation will do, as it is the seeing that counts."""

    typed = False

    def body(self):
        item, text = self.item, self.text
        if item.shape == "number":
            control = {"type": "number", "key": "answer", "label": self.say("choice.predict_label"), "unit": text.unit}
            control |= {"low": item.low, "high": item.high, "step": item.step}
        else:
            control = radios("answer", self.say("choice.predict_label"), dict(text.options))
        self.box = self.choice_box([control], ask=self.say("choice.ask_predict"))
        return [self.box]

    def missing(self, answers):
        given, item = answers.get("answer"), self.item
        if item.shape == "choice":
            return "" if given in self.text.options else self.say("choice.nothing")
        if isinstance(given, int | float) and not isinstance(given, bool) and item.low <= given <= item.high:
            return ""
        return self.say("choice.number_between", low=_number(item.low, self.say), high=_number(item.high, self.say))

    def judge(self, answers):
        say = self.say
        said = say("choice.predict_yours", yours=self.describe(answers))
        html = f"{feedback_title(say)}{p(said)}{self.solution(self.item, say)}"
        return Outcome(html, f"{say('feedback.below')} {self.text.see}", True)

    def describe(self, answers):
        given = answers.get("answer")
        if self.item.shape == "choice":
            return self.text.options.get(given, "")
        return f"{_number(given, self.say)} {self.text.unit}" if isinstance(given, int | float) else ""

    @classmethod
    def paper(cls, item, say, room):
        text, label = item.text(say.lang), p(say("choice.predict_label"), "mi-label")
        if item.shape == "choice":
            return label + ticks(text.options.values())
        low, high = _number(item.low, say), _number(item.high, say)
        blank = f'<p class="mi-blank"><span></span> {esc(text.unit)}</p>'
        return label + blank + p(say("choice.number_between", low=low, high=high), "mi-muted mi-small")

    @classmethod
    def solution(cls, item, say):
        text = item.text(say.lang)
        if item.shape == "choice":
            found = "; ".join(text.options[key] for key in item.fitting)
        else:
            found = f"{_number(item.value, say)} {text.unit}"
        return (
            f"<p><strong>{esc(say('choice.predict_found', found=found))}</strong></p>{p(text.see)}"
            f"{p(say('feedback.source', source=text.source), 'mi-source')}"
        )


def _number(value: float, say) -> str:
    """A number as it is written in the learner's language."""
    return f"{value:g}".replace("-", "−").replace(".", "," if say.lang == "nl" else ".")
