"""Order: put steps in order; some may stand in any order among themselves."""

from __future__ import annotations

import random

from mi_helpers.ui.html import esc, p
from mi_helpers.ui.kinds.base import Exercise
from mi_helpers.ui.kinds.outcome import Outcome, feedback_title
from mi_helpers.ui.paper import how, ticks


def ranks(item, order) -> list[int]:
    """The place of each step, the same for steps that may change places."""
    rank = {step: n for n, step in enumerate(item.order)}
    for group in item.loose:
        rank |= dict.fromkeys(group, min(rank[step] for step in group))
    return [rank[step] for step in order]


def shuffled(item) -> list[str]:
    """The steps in the order in which they are offered: the item's own, and not a right one."""
    start, shuffle = list(item.order), random.Random(item.id)
    while ranks(item, start) == sorted(ranks(item, start)):
        shuffle.shuffle(start)
    return start


class Order(Exercise):
    """A list whose steps can be moved up and down, and dragged."""

    typed = False

    def body(self):
        start = shuffled(self.item)
        control = {
            "type": "order",
            "key": "order",
            "label": self.text.prompt,
            "options": [(key, self.text.steps[key]) for key in start],
        }
        self.box = self.choice_box([control], ask=self.say("choice.ask_order"), values={"order": start})
        return [self.box]

    def missing(self, answers):
        order = answers.get("order")
        whole = isinstance(order, list) and sorted(map(str, order)) == sorted(self.item.order)
        return "" if whole else self.say("choice.order_untouched")

    def judge(self, answers):
        say, order = self.say, answers["order"]
        places = ranks(self.item, order)
        right = sorted(places)
        solved = places == right
        rows = []
        for step, here, there in zip(order, places, right, strict=True):
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
    def paper(cls, item, say, room):
        steps = item.text(say.lang).steps
        return how(say, "order") + ticks(steps[key] for key in shuffled(item))

    @classmethod
    def solution(cls, item, say):
        text = item.text(say.lang)
        shown = "".join(f"<li>{esc(text.steps[step])}</li>" for step in item.order)
        loose = "".join(
            p(say("choice.order_loose", steps="; ".join(text.steps[step] for step in group)), "mi-muted")
            for group in item.loose
        )
        return f"<ol>{shown}</ol>{loose}{p(text.why)}"
