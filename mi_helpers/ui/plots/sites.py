"""A simulation: what therapists who differ do to the results of the places where they work."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mi_helpers import evidence
from mi_helpers.ui.plots.plot import Plot, table_csv
from mi_helpers.ui.plots.rows import Axis, Mark, figure

if TYPE_CHECKING:
    from mi_helpers.evidence import Sites
    from mi_helpers.ui.strings import Strings

#: The least that the axis shows, so that it stays put while the slider moves.
LOW, HIGH = -0.8, 1.2


def sites_plot(sim: Sites, say: Strings, *, effect: float) -> Plot:
    """The results of the simulated places, lowest first, and the effect that was put in.

    Parameters
    ----------
    sim : Sites
    say : Strings
    effect : float
        The effect of the treatment that the simulation was given (SMD).
    """

    def number(value: float) -> str:
        return evidence.number(value, say.lang)

    ordered = sorted(enumerate(sim.sites, start=1), key=lambda pair: pair[1].estimate)
    rows, marks = [], []
    for n, (place, site) in enumerate(ordered):
        name = say("lab.site", n=place)
        interval = evidence.interval(site.low, site.high, say.lang)
        rows.append((name, number(site.estimate), interval))
        marks.append(
            Mark(
                id=f"site-{place}", row=n, look="point", value=site.estimate, low=site.low, high=site.high, size=9,
                name=name, number=number(site.estimate), hover=(name, f"{number(site.estimate)} ({interval})"),
            )
        )  # fmt: skip
    told = say("lab.put_in")
    rows.append((told, number(effect), ""))
    marks.append(
        Mark(id="put-in", row=len(ordered), look="mean", value=effect, name=told, number=number(effect), hover=(told,))
    )
    lines = say.get("lab.axis_of.sites")
    axis = Axis(null=0.0, log=False, lines=lines, write=lambda tick: evidence.number(tick, say.lang, 1), low=LOW, high=HIGH)
    columns = say.get("lab.sites_columns")
    spread = {"above": sim.above, "across": sim.across, "below": sim.below, "all": len(sim.sites)}
    alt = say("lab.sites_alt", mean=number(sim.mean), spread=number(sim.spread), **spread)
    return Plot(
        name="simulation",
        title=say("lab.sites_title"),
        alt=alt,
        columns=columns,
        rows=rows,
        figure=figure(marks, axis),
        caption=(say("lab.sites_caption"),),
        csv=table_csv(columns, rows, say.lang),
    )
