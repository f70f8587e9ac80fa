"""Choose: pick a next reply and see what follows, sometimes with a second choice after it."""

from __future__ import annotations

from mi_helpers.ui.choice_box import ChoiceBox, radios
from mi_helpers.ui.html import esc, p
from mi_helpers.ui.kinds.base import Exercise
from mi_helpers.ui.kinds.outcome import Outcome, client_bubble, feedback_title, follows, unquoted
from mi_helpers.ui.paper import ticks


class Choose(Exercise):
    """Replies to choose from; each brings its own answer and its own why."""

    typed = False

    def body(self):
        self.second: ChoiceBox | None = None
        self._after_first = None
        options = {key: option.text for key, option in self.text.options.items()}
        label = self.say("choice.choose_label")
        self.box = self.choice_box([radios("first", label, options)], ask=self.say("choice.ask_choose"))
        self.place = self._parts.column(css="mi-stack mi-second")
        return [self.box]

    def missing(self, answers):
        return "" if answers.get("first") in self.text.options else self.say("choice.nothing")

    def ask(self, try_id, answers):
        first = answers.get("first")
        super().ask(try_id, {"first": first} if first else {})

    def _ask_second(self, try_id, answers):
        first, second = self.last.get("first"), answers.get("second")
        if second not in self.text.then[first].options:
            self.second.tell(self.say("choice.nothing"))
            return
        super().ask(try_id, {"first": first, "second": second})

    def judge(self, answers):
        say, first, second = self.say, answers["first"], answers.get("second")
        self.last = answers
        html = feedback_title(say) + _follows(self.text, self.text.options, self.item.fitting, first, say)
        said, solved = self.text.options[first].why, first in self.item.fitting
        step = self.text.then.get(first)
        if step and second in step.options:
            fitting = self.item.then_fitting[first]
            html += f'<hr>{_follows(self.text, step.options, fitting, second, say)}'
            said, solved = step.options[second].why, second in fitting
        elif step:
            solved = False
            html += p(say("choice.choose_then"), "mi-muted")
        return Outcome(html, f"{say('feedback.below')} {said}", solved)

    def show(self, tries):
        outcome = super().show(tries)
        self._offer_second(self.answers(tries[-1]))
        return outcome

    def _offer_second(self, answers) -> None:
        first = answers.get("first")
        step = self.text.then.get(first)
        if self.second is not None and first == self._after_first:
            return  # the learner stands in it
        self._after_first = first
        if self.second is not None:
            self.place.children = ()
            self.second.close()
            self.second = None
        if step is None:
            return
        parts, say = self._parts, self.say
        scene = client_bubble(self.text, say, step.client) if step.client else ""
        options = {key: option.text for key, option in step.options.items()}
        self.second = parts.keep(
            ChoiceBox(
                self.store,
                say,
                place=f"{self.item.id}:{first}",
                controls=[radios("second", say("choice.choose_label"), options)],
                values={"second": answers.get("second")},
                ask=say("choice.ask_choose"),
                on_ask=self.guard(self._ask_second, "guard.sorry_kept"),
                layout=parts.layout,
            )
        )
        self.place.children = (parts.html(f'<div class="mi-scene">{scene}</div>{p(step.prompt, "mi-task")}'), self.second)
        if self.place not in self.after.children:
            self.after.children = (self.after.children[0], self.place, *self.after.children[1:])

    def describe(self, answers):
        first, second = answers.get("first"), answers.get("second")
        said = [self.text.options[first].text] if first in self.text.options else []
        step = self.text.then.get(first)
        if step and second in step.options:
            said.append(step.options[second].text)
        return " → ".join(said)

    @classmethod
    def paper(cls, item, say, room):
        text = item.text(say.lang)
        shown = ticks(option.text for option in text.options.values())
        for first, step in text.then.items():
            after = say("choice.choose_after", reply=unquoted(text.options[first].text))
            words = client_bubble(text, say, step.client) if step.client else ""
            shown += f'<p class="mi-who">{esc(after)}</p>{words}{p(step.prompt, "mi-task")}'
            shown += ticks(option.text for option in step.options.values())
        return shown

    @classmethod
    def solution(cls, item, say):
        text = item.text(say.lang)
        html = _every(text.options, item.fitting, say, letters=True)
        for first, step in text.then.items():
            after = say("choice.choose_after", reply=unquoted(text.options[first].text))
            html += f"<h4>{esc(after)}</h4>{client_bubble(text, say, step.client) if step.client else ''}{p(step.prompt)}"
            html += _every(step.options, item.then_fitting[first], say)
        return html


def _follows(text, options, fitting, chosen, say) -> str:
    """What follows on a reply, why, and what the other replies would do (folded)."""
    option = options[chosen]
    fits = chosen in fitting
    shown = f'<p class="mi-who">{esc(say("choice.choose_yours"))}</p><blockquote class="mi-says">{esc(option.text)}</blockquote>'
    if option.next:
        shown += f'<div class="mi-client-next">{follows(text, say, option.next)}</div>'
    tone = say("choice.choose_fits" if fits else "choice.choose_else")
    shown += f'<div class="mi-part mi-{"strength" if fits else "priority"}"><h4>{esc(tone)}</h4>{p(option.why)}</div>'
    others = {key: other for key, other in options.items() if key != chosen}
    return f"{shown}<details><summary>{esc(say('choice.choose_others'))}</summary>{_every(others, fitting, say)}</details>"


def _every(options, fitting, say, *, letters=False) -> str:
    """All replies with what follows and why; their letters are what an item's ``discuss`` calls them by."""
    rows = []
    for key, option in options.items():
        tone = "best" if key in fitting else "other"
        said = say("choice.choose_fits" if key in fitting else "choice.choose_else")
        letter = f"{key}. " if letters else ""
        follows = f'<p class="mi-muted">{esc(say("choice.choose_next", next=option.next))}</p>' if option.next else ""
        rows.append(
            f'<li class="mi-judged mi-judged-{tone}"><p class="mi-judged-what">{letter}{esc(option.text)}</p>'
            f'<p class="mi-judged-said">{esc(said)}</p>{follows}{p(option.why)}</li>'
        )
    return f'<ul class="mi-judged-list" role="list">{"".join(rows)}</ul>'
