"""A plot on the page: the figure, and under it words, numbers, sources and files to keep."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import anywidget
import ipywidgets as w
import traitlets as t

from mi_helpers.ui.guard import guarded
from mi_helpers.ui.html import esc
from mi_helpers.ui.box import script

if TYPE_CHECKING:
    from mi_helpers.ui.parts import Parts
    from mi_helpers.ui.plots import Plot
    from mi_helpers.ui.strings import Strings

_WORDS = ("keep", "csv", "svg", "png", "html", "no_picture")


class Under(anywidget.AnyWidget):
    """What stands under a plot; ``on_ready`` is called when the page has room for drawing."""

    _esm = script("plot.js")

    told = t.Unicode().tag(sync=True)
    csv = t.Unicode().tag(sync=True)
    about = t.Dict().tag(sync=True)
    words = t.Dict().tag(sync=True)

    def __init__(self, say: Strings, *, on_ready: Callable[[], None] = lambda: None, **kwargs):
        self._say, self._plot, self._on_ready = say, None, on_ready
        super().__init__(words={name: say(f"lab.{name}") for name in _WORDS}, **kwargs)
        self.on_msg(guarded(self._receive, self.announce, say("guard.sorry")))

    def show(self, plot: Plot, *, keep: bool = True) -> None:
        """Speak of this plot from now on."""
        self._plot = plot
        sources = (f"{self._say('lab.sources')}: {'; '.join(plot.sources)}",) if plot.sources else ()
        with self.hold_sync():
            self.told = plot.told_html(self._say)
            self.csv = plot.csv
            self.about = {
                "name": plot.name,
                "title": plot.title,
                "alt": f"{plot.title}. {plot.alt}",
                "lines": [*plot.caption, *sources],
                "image": not plot.drawing,
                "keep": keep,
            }

    def announce(self, sentence: str) -> None:
        """Have one sentence read out."""
        self.send({"kind": "say", "text": sentence})

    def _receive(self, _widget, content: dict, _buffers) -> None:
        if content.get("kind") == "ready":
            self._on_ready()
        elif content.get("kind") == "page" and self._plot:
            self.send({"kind": "page"}, [self._plot.packed_page(self._say)])


class PlotView:
    """A place for one plot after another.

    Attributes
    ----------
    root : ipywidgets.VBox
        Empty until the first :meth:`show`.
    """

    def __init__(self, say: Strings, parts: Parts):
        self.plot: Plot | None = None
        self._title = parts.html()
        self._sheet = parts.keep(w.Output(_dom_classes=("mi-sheet",)))
        self._under = parts.keep(Under(say, on_ready=self._begin, layout=parts.layout))
        self._ready = False
        self.root = parts.column(css="mi-plot")

    def show(self, plot: Plot, *, keep: bool = True) -> None:
        """Draw this plot in place of the last one; ``keep`` says whether it may be taken along."""
        self.plot = plot
        self._title.value = f"<h3>{esc(plot.title)}</h3>"
        height = plot.figure["layout"]["height"]
        self._sheet.layout.min_height = f"{height}px"
        if self._ready:
            self._sheet.outputs = (plot.output(),)
        self._under.show(plot, keep=keep)
        if not self.root.children:
            self.root.children = (self._title, self._sheet, self._under)

    def _begin(self) -> None:
        self._ready = True
        if self.plot:
            self._sheet.outputs = (self.plot.output(),)

    def hide(self) -> None:
        """Take the plot away."""
        self.root.children = ()

    def announce(self, sentence: str) -> None:
        """Have one sentence read out."""
        self._under.announce(sentence)
