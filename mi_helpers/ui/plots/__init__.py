"""The plots of the course: figures for plotly as plain data, each also in words and in numbers.

Nothing here imports plotly: the browser draws. Only a figure that is saved as a page of its own needs the package.
"""

from mi_helpers.ui.plots.plot import Plot
from mi_helpers.ui.plots.rows import Axis, Mark, figure

__all__ = ["Axis", "Mark", "Plot", "figure"]
