"""The same treatment elsewhere: samples, other labels, other places."""

from __future__ import annotations

from mi_helpers import evidence
from mi_helpers.ui.choice_box import radios
from mi_helpers.ui.html import esc, p
from mi_helpers.ui.lab.base import Part
from mi_helpers.ui.lab.box import LabBox
from mi_helpers.ui.lab.view import PlotView
from mi_helpers.ui.plots.forest import set_plot
from mi_helpers.ui.plots.samples import samples_plot

SETS = ("heckman-10-12", "magill-skills", "magill-outcome", "contrast")


class Variation(Part):
    """One look at a time, and what trials at several places reported in words."""

    def body(self):
        say = self.say
        self.view = PlotView(say, self.parts)
        labels = {key: evidence.evidence_set(key).title(say.lang) for key in SETS}
        self.box = self.parts.keep(
            LabBox(
                self.store,
                say,
                place="lab-variation",
                controls=[radios("set", say("lab.variation_set"), labels)],
                values={"set": "contrast"},
                on_change=self.guard(self.draw),
                layout=self.parts.layout,
            )
        )
        self.draw(self.box.values)
        return [self.box, self.view.root, self.parts.html(self._findings())]

    def draw(self, values: dict) -> None:
        """Draw what is chosen."""
        chosen = values.get("set") if values.get("set") in SETS else "contrast"
        draw = samples_plot if chosen.startswith("magill") else set_plot
        self.view.show(draw(evidence.evidence_set(chosen), self.say, with_pool=False))

    def _findings(self) -> str:
        say = self.say
        rows = "".join(f"<li>{esc(finding.text(say.lang))}</li>" for finding in evidence.variation())
        sources = evidence.citations([finding.publication for finding in evidence.variation()], say.lang)
        cited = "".join(f"<li>{esc(source)}</li>" for source in sources)
        return (
            f"<h3>{esc(say('lab.variation_found'))}</h3>{p(say('lab.variation_words'))}<ul>{rows}</ul>"
            f"<details><summary>{esc(say('lab.sources'))}</summary><ul>{cited}</ul></details>"
        )
