"""What is missing here? A block of a table that was cut off: guess first, then see."""

from __future__ import annotations

from mi_helpers import evidence
from mi_helpers.ui.choice_box import radios
from mi_helpers.ui.html import esc, p
from mi_helpers.ui.lab.base import Part
from mi_helpers.ui.lab.box import First
from mi_helpers.ui.lab.view import PlotView
from mi_helpers.ui.plots.forest import set_plot

SET = "heckman-22-26"
ANSWERS = ("harm", "cut", "small", "none")


class Missing(Part):
    """Nine trials, and what one would conclude from them."""

    def body(self):
        say = self.say
        self.view = PlotView(say, self.parts)
        self.found = evidence.evidence_set(SET)
        self._draw(caption=(), keep=False)  # without its caption it would mislead whoever finds it later
        self.after = self.parts.html()
        labels = {key: say(f"lab.missing.{key}") for key in ANSWERS}
        self.first = First(
            self.store,
            say,
            self.parts,
            place="lab-missing",
            controls=[radios("answer", say("lab.missing_label"), labels)],
            ask=say("lab.missing_ask"),
            missing=lambda values: "" if values.get("answer") in ANSWERS else say("choice.nothing"),
            then=self._see,
        )
        self.first.look_back()
        return [self.view.root, self.first.box, self.after]

    def _see(self, answers: dict) -> None:
        say = self.say
        yours = say("lab.yours", yours=say(f"lab.missing.{answers['answer']}"))
        found = self.found
        harm = sum(e.high is not None and e.high < 1 for e in found.estimates)
        seen = say("lab.missing_see", n=len(found.estimates), harm=harm)
        self.after.value = (
            f'<section class="mi-card"><h4>{esc(say("lab.missing_title"))}</h4>{p(yours)}'
            f"{p(seen)}{p(say('lab.missing_why'))}</section>"
        )
        self._draw(caption=(found.caption(say.lang),), keep=True)
        self.first.box.announce(say("lab.missing_title"))

    def _draw(self, *, caption: tuple[str, ...], keep: bool) -> None:
        title = self.say("lab.missing_plot")
        self.view.show(set_plot(self.found, self.say, with_pool=False, title=title, caption=caption), keep=keep)
