"""Agenda map: topics of the client and of the counsellor, and then one to begin with."""

from __future__ import annotations

from mi_helpers.ui.choice_box import radios
from mi_helpers.ui.html import esc, p
from mi_helpers.ui.kinds.base import Exercise
from mi_helpers.ui.kinds.free import Boxes, risk_in
from mi_helpers.ui.kinds.outcome import Outcome, feedback_title

SIDES = ("client", "counsellor")


class Agenda(Exercise):
    """Bubbles that are there, boxes to add to them, and a choice among all."""

    def body(self):
        say, parts = self.say, self._parts
        self.map = parts.html()
        labels = {side: say(f"choice.agenda_add_{side}") for side in SIDES}
        add = {
            "ask": say("choice.agenda_add"),
            "on_ask": lambda *_: self.guard(self._add, "guard.sorry_kept")(),
        }
        self.boxes = Boxes(self, labels, self.last, each=add)
        self.box = self.choice_box([self._control()], ask=say("choice.ask_agenda"))
        self._draw_map()
        return [self.map, *self.boxes.widgets, self.box]

    def _topics(self, added: dict) -> dict[str, str]:
        return topics_of(self.text, added)

    def _control(self) -> dict:
        return radios("topic", self.text.ask, self._topics(self.boxes.texts()))

    def _draw_map(self) -> None:
        self.map.value = map_html(self._topics(self.boxes.texts()), self.say)

    def _add(self) -> None:
        self._draw_map()
        self.box.redraw([self._control()])
        self.box.announce(self.say("choice.agenda_added"))

    def ask(self, try_id, answers):
        super().ask(try_id, {"topic": answers.get("topic")} | self.boxes.texts())

    def missing(self, answers):
        return "" if answers.get("topic") in self._topics(answers) else self.say("choice.nothing")

    def judge(self, answers):
        say = self.say
        risk = risk_in([answers[side] for side in SIDES if answers.get(side)], say.lang, say)
        if risk:
            return Outcome(risk, say("feedback.risk_below"), False, urgent=True)
        said = say("choice.agenda_yours", topic=self.describe(answers))
        return Outcome(f"{feedback_title(say)}{p(said)}{p(self.text.after)}", f"{say('feedback.below')} {said}", True)

    def describe(self, answers):
        return self._topics(answers).get(answers.get("topic"), "")

    @classmethod
    def intro(cls, item, say, heading="h2"):
        text = item.text(say.lang)
        return cls.opening(item, say, heading) + p(text.prompt, "mi-task")

    @classmethod
    def paper(cls, item, say, room):
        text = item.text(say.lang)
        adding = "".join(room(say(f"choice.agenda_add_{side}"), 3, side) for side in SIDES)
        return f"{map_html(topics_of(text), say)}{adding}{room(text.ask, 1)}"

    @classmethod
    def solution(cls, item, say):
        text = item.text(say.lang)
        return f"{map_html(topics_of(text), say)}<p><strong>{esc(text.ask)}</strong></p>{p(text.after)}"


def topics_of(text, added: dict | None = None) -> dict[str, str]:
    """All bubbles by a key that stays the same: what the item brings, then what was added, line by line."""
    found = {}
    for side in SIDES:
        own = [line.strip() for line in str((added or {}).get(side) or "").splitlines() if line.strip()]
        found |= {f"{side}{n}": topic for n, topic in enumerate([*getattr(text, side), *own])}
    return found


def map_html(topics: dict[str, str], say) -> str:
    """The bubbles, those of the client and those of the counsellor apart."""
    sides = []
    for side in SIDES:
        rows = "".join(f"<li>{esc(text)}</li>" for key, text in topics.items() if key.startswith(side))
        sides.append(f'<div class="mi-map-{side}"><h4>{esc(say(f"choice.agenda_{side}"))}</h4><ul role="list">{rows}</ul></div>')
    return f'<div class="mi-map">{"".join(sides)}</div>'
