"""Does it last? The learner's own guess first, then the four points that were found."""

from __future__ import annotations

from mi_helpers import evidence
from mi_helpers.ui.html import p
from mi_helpers.ui.lab.base import Part
from mi_helpers.ui.lab.box import First
from mi_helpers.ui.lab.view import PlotView
from mi_helpers.ui.plots.decay import HIGH, LOW, decay_plot, guess_plot, moments

STEP = 0.01


class Decay(Part):
    """The first point is given; the others are guessed, and drawn while they are guessed."""

    def body(self):
        say = self.say
        self.view = PlotView(say, self.parts)
        self.given, *self.later = moments()
        self.note = self.parts.html()
        if self.said is not None:  # the lesson asked already
            self._see_last()
            return [self.view.root]
        start = self.given.value
        self.first = First(
            self.store,
            say,
            self.parts,
            place="lab-decay",
            controls=[
                {
                    "type": "range", "key": moment.id, "label": moment.follow_up(say.lang), "low": LOW, "high": HIGH,
                    "step": STEP, "value": start, "digits": 2, "decimal": say("lab.decimal"),
                }
                for moment in self.later
            ],
            ask=say("lab.see"),
            missing=lambda values: "" if any(it.id in values for it in self.later) else say("lab.decay_nothing"),
            then=self._see,
            on_change=self.guard(self._draw_guess),
        )  # fmt: skip
        if self.first.answers is None:
            self._draw_guess(self.first.box.values)
        self.first.look_back()
        return [self.parts.html(p(say("lab.decay_task", value=evidence.number(start, say.lang)))), self.first.box,
                self.view.root, self.note]  # fmt: skip

    def hear(self, said: dict) -> None:
        super().hear(said)
        self._see_last()

    def _guesses(self, values: dict) -> dict[str, float]:
        """A guess for each later moment: where its slider stands."""
        return {moment.id: _number(values.get(moment.id), self.given.value) for moment in self.later}

    def _draw_guess(self, values: dict) -> None:
        draw = guess_plot if self.first.answers is None else decay_plot
        self.view.show(draw(self.say, self._guesses(values)))

    def _see(self, answers: dict) -> None:
        self.view.show(decay_plot(self.say, self._guesses(answers)))
        self.note.value = p(self.say("lab.decay_see"))
        self.first.box.announce(self.view.plot.alt)

    def _see_last(self) -> None:
        """With the one guess that the exercise in the lesson asks for: the last moment."""
        guess = _number(self.said.get("answer"), None)
        self.view.show(decay_plot(self.say, {} if guess is None else {self.later[-1].id: guess}))


def _number(value: object, otherwise: float | None) -> float | None:
    """A number that can lie on the axis."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        return min(max(float(value), LOW), HIGH)
    return otherwise
