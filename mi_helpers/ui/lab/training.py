"""After a training: the gain, and what becomes of it with and without feedback."""

from __future__ import annotations

from mi_helpers import evidence
from mi_helpers.ui.lab.base import Part
from mi_helpers.ui.lab.view import PlotView
from mi_helpers.ui.plots.forest import set_plot


class Training(Part):
    """Five points without intervals."""

    def body(self):
        self.view = PlotView(self.say, self.parts)
        self.view.show(set_plot(evidence.evidence_set("training"), self.say, with_pool=False))
        return [self.view.root]
