"""The samples behind an arrow of the causal model, beside the means that were published."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mi_helpers import evidence
from mi_helpers.ui.plots.forest import set_plot
from mi_helpers.ui.plots.plot import Plot
from mi_helpers.ui.plots.rows import Mark

if TYPE_CHECKING:
    from mi_helpers.evidence import EvidenceSet
    from mi_helpers.ui.strings import Strings


def samples_plot(found: EvidenceSet, say: Strings, **how) -> Plot:
    """The correlations of single samples, with the published means, where there is a number, on rows of their own."""
    arrow = next(arrow for arrow in evidence.arrows() if arrow.samples == found.id)
    means = {"2014": arrow.r_2014, "2018": arrow.r_2018}
    marks = [
        Mark(
            id=f"mean-{year}",
            row=0,
            look="mean",
            value=mean,
            name=say("lab.mean_of", year=year),
            number=evidence.number(mean, say.lang),
            hover=(say("lab.mean_of", year=year), evidence.number(mean, say.lang)),
        )
        for year, mean in means.items()
        if mean is not None
    ]
    return set_plot(found, say, marks=marks, **how)
