"""Myth or not: say what you think of a statement, then read what is known."""

from __future__ import annotations

from mi_helpers.ui.choice_box import radios
from mi_helpers.ui.html import esc, p
from mi_helpers.ui.kinds.base import Exercise
from mi_helpers.ui.kinds.outcome import Outcome, feedback_title
from mi_helpers.ui.paper import ticks

ANSWERS = ("yes", "partly", "no", "unknown")


class Myth(Exercise):
    """A statement with a few possible answers."""

    typed = False

    @classmethod
    def intro(cls, item, say, heading="h2"):
        statement = item.text(say.lang).statement
        return super().intro(item, say, heading) + f'<blockquote class="mi-statement">{esc(statement)}</blockquote>'

    def body(self):
        labels = {key: self.text.labels[key] for key in ANSWERS if key in self.text.labels}
        self.box = self.choice_box(
            [radios("answer", self.say("choice.myth_label"), labels, look="row")], ask=self.say("choice.ask_myth")
        )
        return [self.box]

    def missing(self, answers):
        return "" if answers.get("answer") in self.text.labels else self.say("choice.nothing")

    def judge(self, answers):
        say, labels = self.say, self.text.labels
        yours, answer = answers["answer"], self.item.answer
        same = yours == answer
        said = say(f"choice.myth_{'same' if same else 'other'}", yours=labels[yours], answer=labels[answer])
        html = f"{feedback_title(say)}<p><strong>{esc(said)}</strong></p>{p(self.text.why)}"
        return Outcome(html, f"{say('feedback.below')} {said}", same)

    def describe(self, answers):
        return self.text.labels.get(answers.get("answer"), "")

    @classmethod
    def paper(cls, item, say, room):
        labels = item.text(say.lang).labels
        return ticks((labels[key] for key in ANSWERS if key in labels), look="row")

    @classmethod
    def solution(cls, item, say):
        text = item.text(say.lang)
        return f"<p><strong>{esc(text.labels[item.answer])}</strong></p>{p(text.why)}"
