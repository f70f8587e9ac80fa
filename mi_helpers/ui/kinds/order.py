"""Order: put steps in order; some may stand in any order among themselves."""

from __future__ import annotations

import random

from mi_helpers.ui.html import esc, p
from mi_helpers.ui.kinds.base import Exercise
from mi_helpers.ui.kinds.outcome import Outcome, feedback_title


class Order(Exercise):
    """A list whose steps can be moved up and down, and dragged."""

    typed = False

    def body(self):
        start = list(self.item.order)
        shuffle = random.Random(self.item.id)
        while self._ranks(start) == sorted(self._ranks(start)):
            shuffle.shuffle(start)
        control = {
            "type": "order",
            "key": "order",
            "label": self.text.prompt,
            "options": [(key, self.text.steps[key]) for key in start],
        }
        self.box = self.choice_box([control], ask=self.say("choice.ask_order"), values={"order": start})
        return [self.box]

    def _ranks(self, order):
        """The place of each step, the same for steps that may change places."""
        rank = {step: n for n, step in enumerate(self.item.order)}
        for group in self.item.loose:
            rank |= dict.fromkeys(group, min(rank[step] for step in group))
        return [rank[step] for step in order]

    def missing(self, answers):
        order = answers.get("order")
        whole = isinstance(order, list) and sorted(map(str, order)) == sorted(self.item.order)
        return "" if whole else self.say("choice.order_untouched")

    def judge(self, answers):
        say, order = self.say, answers["order"]
        ranks = self._ranks(order)
        right = sorted(ranks)
        solved = ranks == right
        rows = []
        for step, here, there in zip(order, ranks, right, strict=True):
            tone = "best" if here == there else "other"
            said = say("choice.order_here" if here == there else "choice.order_earlier" if here < there else "choice.order_later")
            rows.append(
                f'<li class="mi-judged mi-judged-{tone}"><p class="mi-judged-what">{esc(self.text.steps[step])}</p>'
                f'<p class="mi-judged-said">{esc(said)}</p></li>'
            )
        first = say("choice.order_fits" if solved else "choice.order_differs")
        html = f'{feedback_title(say)}{p(first)}<ol class="mi-judged-list">{"".join(rows)}</ol>'
        html += p(self.text.why)
        if not solved:
            html += f"<details><summary>{esc(say('choice.order_one'))}</summary>{self.solution(self.item, say)}</details>"
        return Outcome(html, f"{say('feedback.below')} {first}", solved)

    def describe(self, answers):
        steps = self.text.steps
        return " → ".join(steps[step] for step in answers.get("order", []) if step in steps)

    @classmethod
    def solution(cls, item, say):
        text = item.text(say.lang)
        shown = "".join(f"<li>{esc(text.steps[step])}</li>" for step in item.order)
        loose = "".join(
            p(say("choice.order_loose", steps="; ".join(text.steps[step] for step in group)), "mi-muted")
            for group in item.loose
        )
        return f"<ol>{shown}</ol>{loose}{p(text.why)}"
