"""Match: find what belongs together."""

from __future__ import annotations

import random

from mi_helpers.ui.choice_box import select
from mi_helpers.ui.html import esc
from mi_helpers.ui.kinds.base import Exercise
from mi_helpers.ui.kinds.outcome import Outcome, all_of_it, feedback_title, judged, unquoted
from mi_helpers.ui.paper import how, ticks


def shuffled(item, text) -> list[tuple[str, str]]:
    """What is on the right, by key, in the item's own order."""
    rights = list(text.right.items())
    random.Random(item.id).shuffle(rights)
    return rights


class Match(Exercise):
    """A list to choose from beside each thing on the left; the list stands in an order of its own."""

    typed = False

    def body(self):
        rights = dict(shuffled(self.item, self.text))
        controls = [select(key, text, rights) for key, text in self.text.left.items()]
        self.box = self.choice_box(controls, ask=self.say("choice.ask_match"))
        return [self.box]

    def judge(self, answers):
        say, right, rows = self.say, self.text.right, []
        for key, left in self.text.left.items():
            chosen, fit = answers.get(key), self.item.pairs[key]
            if chosen not in right:
                continue
            tone = "best" if chosen == fit[0] else "also" if chosen in fit else "other"
            said = say(f"choice.match_{tone}", yours=right[chosen], best=right[fit[0]])
            if tone == "other":
                said = say("choice.match_other", yours=unquoted(right[chosen]), best=unquoted(right[fit[0]]))
            rows.append((tone, left, said, self.text.why[key]))
        open_ones = len(self.text.left) - len(rows)
        solved = not open_ones and all(row[0] != "other" for row in rows)
        said = all_of_it([row[0] for row in rows], open_ones, say)
        html = f"{feedback_title(say)}<p>{esc(said)}</p>{judged(rows)}"
        return Outcome(html, f"{say('feedback.below')} {said}", solved)

    def describe(self, answers):
        right = self.text.right
        pairs = [(left, right.get(answers.get(key))) for key, left in self.text.left.items()]
        return "; ".join(f"{left} – {chosen}" for left, chosen in pairs if chosen)

    @classmethod
    def paper(cls, item, say, room):
        text = item.text(say.lang)
        left = ticks(text.left.values())
        right = "".join(f"<li>{esc(words)}</li>" for _, words in shuffled(item, text))
        return f'{how(say, "match")}<div class="mi-sides">{left}<ol class="mi-letters-list">{right}</ol></div>'

    @classmethod
    def solution(cls, item, say):
        text, rows = item.text(say.lang), []
        for key, left in text.left.items():
            best, *others = (text.right[r] for r in item.pairs[key])
            said = best if not others else say("choice.also_possible", best=best, others=", ".join(others))
            rows.append(("best", left, said, text.why[key]))
        return judged(rows)
