"""A simulation: how much the results of places differ when therapists do. Every number in it is made up, and says so."""

from __future__ import annotations

from mi_helpers import evidence
from mi_helpers.ui.html import esc, p
from mi_helpers.ui.lab.base import Part
from mi_helpers.ui.lab.box import LabBox
from mi_helpers.ui.lab.view import PlotView
from mi_helpers.ui.plots.sites import sites_plot

EFFECT, SITES, THERAPISTS, CLIENTS = 0.2, 8, 3, 20
SPREADS = (0.0, 1.0, 0.05)


class Sites(Part):
    """A slider for how much therapists differ, a number for another throw of the dice, and what comes of it."""

    def body(self):
        say = self.say
        low, high, step = SPREADS
        self.view = PlotView(say, self.parts)
        self.words = self.parts.html()
        self.box = self.parts.keep(
            LabBox(
                self.store,
                say,
                place="lab-sites",
                controls=[
                    {
                        "type": "range", "key": "spread", "label": say("lab.sites_spread"), "low": low, "high": high,
                        "step": step, "value": 0.0, "digits": 2, "decimal": say("lab.decimal"),
                    },
                    {
                        "type": "range", "key": "seed", "label": say("lab.sites_seed"), "low": 1, "high": 20,
                        "step": 1, "value": 1, "digits": 0, "decimal": say("lab.decimal"),
                    },
                ],
                on_change=self.guard(self.draw),
                layout=self.parts.layout,
            )
        )  # fmt: skip
        self.draw(self.box.values)
        return [self.box, self.words, self.view.root]

    def draw(self, values: dict) -> None:
        """Throw the dice for what the sliders say."""
        say = self.say
        spread = _within(values.get("spread"), *SPREADS[:2], 0.0)
        seed = round(_within(values.get("seed"), 1, 20, 1))
        sim = evidence.simulate_sites(
            spread, effect=EFFECT, sites=SITES, therapists=THERAPISTS, clients=CLIENTS, seed=seed
        )
        self.view.show(sites_plot(sim, say, effect=EFFECT))
        share = evidence.percent(evidence.therapist_share(spread), say.lang)
        assumptions = "".join(f"<li>{esc(line)}</li>" for line in sim.assumptions(say.lang))
        self.words.value = (
            f"{p(say('lab.sites_share', share=share))}{p(self.view.plot.alt)}"
            f"<details><summary>{esc(say('lab.sites_assumptions'))}</summary><ul>{assumptions}</ul></details>"
        )
        self.box.announce(self.view.plot.alt)


def _within(value: object, low: float, high: float, otherwise: float) -> float:
    if isinstance(value, int | float) and not isinstance(value, bool) and low <= value <= high:
        return value
    return otherwise
