"""Sort: put each statement in a group. Some can be defended in two."""

from __future__ import annotations

from mi_helpers.ui.choice_box import radios
from mi_helpers.ui.html import esc, p
from mi_helpers.ui.kinds.base import Exercise
from mi_helpers.ui.kinds.outcome import Outcome, all_of_it, feedback_title, judged
from mi_helpers.ui.paper import how, ticks


class Sort(Exercise):
    """A row of groups for each card; a card can also be dragged to its group."""

    typed = False

    def body(self):
        groups = dict(self.text.groups)
        controls = [radios(key, card.text, groups, look="row", drag=True) for key, card in self.text.cards.items()]
        self.box = self.choice_box(controls, ask=self.say("choice.ask_sort"))
        return [self.box]

    def judge(self, answers):
        say, groups, rows = self.say, self.text.groups, []
        for key, card in self.text.cards.items():
            chosen, fit = answers.get(key), self.item.answers[key]
            if chosen not in groups:
                continue
            tone = "best" if chosen == fit[0] else "also" if chosen in fit else "other"
            said = say(f"choice.sort_{tone}", yours=groups[chosen], best=groups[fit[0]])
            rows.append((tone, card.text, said, card.why))
        open_ones = len(self.text.cards) - len(rows)
        solved = not open_ones and all(row[0] != "other" for row in rows)
        said = all_of_it([row[0] for row in rows], open_ones, say)
        html = f"{feedback_title(say)}<p>{esc(said)}</p>{judged(rows)}"
        return Outcome(html, f"{say('feedback.below')} {said}", solved)

    def describe(self, answers):
        groups = self.text.groups
        placed = [(card.text, groups.get(answers.get(key))) for key, card in self.text.cards.items()]
        return "; ".join(f"{text} → {group}" for text, group in placed if group)

    @classmethod
    def paper(cls, item, say, room):
        text = item.text(say.lang)
        return how(say, "sort") + "".join(
            f'<div class="mi-to-sort">{p(card.text, "mi-label")}{ticks(text.groups.values(), look="row")}</div>'
            for card in text.cards.values()
        )

    @classmethod
    def solution(cls, item, say):
        text, rows = item.text(say.lang), []
        for key, card in text.cards.items():
            best, *others = (text.groups[g] for g in item.answers[key])
            said = best if not others else say("choice.also_possible", best=best, others=", ".join(others))
            rows.append(("best", f"{key}. {card.text}", said, card.why))
        return judged(rows)
