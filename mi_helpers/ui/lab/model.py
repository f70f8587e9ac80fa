"""The causal model: click an arrow for what is known of the studies behind it."""

from __future__ import annotations

import anywidget
import traitlets as t

from mi_helpers import evidence
from mi_helpers.ui.html import esc, p
from mi_helpers.ui.lab.base import Part
from mi_helpers.ui.lab.view import PlotView, Under
from mi_helpers.ui.plots.model import model_plot, spots
from mi_helpers.ui.plots.samples import samples_plot
from mi_helpers.ui.box import script


class Arrows(anywidget.AnyWidget):
    """The drawing with its buttons."""

    _esm = script("arrows.js")

    drawing = t.Unicode().tag(sync=True)
    label = t.Unicode().tag(sync=True)
    arrows = t.List().tag(sync=True)


class Model(Part):
    """The drawing, what is known of the arrow that was chosen, and its samples where they are at hand."""

    def body(self):
        say, parts = self.say, self.parts
        plot = model_plot(say)
        self.arrows = {arrow.id: arrow for arrow in evidence.arrows()}
        said = {
            row_id: say("lab.model_row", text=row[0], r2014=row[1], r2018=row[2], status=row[3])
            for row_id, row in zip(self.arrows, plot.rows, strict=True)
        }
        places = spots()
        buttons = [{"id": key, "label": label, **places[key]} for key, label in said.items()]
        self.drawing = parts.keep(
            Arrows(drawing=plot.drawing, label=plot.title, arrows=buttons, layout=parts.layout)
        )
        self.drawing.on_msg(self.guard(self._receive))
        self.under = parts.keep(Under(say, layout=parts.layout))
        self.under.show(plot)
        self.known = parts.html()
        self.samples = PlotView(say, parts)
        self.place = parts.column()
        title = parts.html(f"<h3>{esc(plot.title)}</h3>{p(say('lab.model_task'))}")
        drawn = parts.column(self.drawing, self.known, self.place, self.under, css="mi-plot mi-stack")
        return [title, drawn]

    def _receive(self, _widget, content: dict, _buffers) -> None:
        if content.get("kind") == "arrow" and content.get("id") in self.arrows:
            self.choose(content["id"])

    def choose(self, arrow_id: str) -> None:
        """Say what is known of one arrow."""
        say, arrow = self.say, self.arrows[arrow_id]
        years = "".join(
            f"<dt>{year}</dt><dd>{esc(self._year(r, p_value))}</dd>"
            for year, r, p_value in (("2014", arrow.r_2014, arrow.p_2014), ("2018", arrow.r_2018, arrow.p_2018))
        )
        self.known.value = (
            f'<section class="mi-card mi-arrow-known"><h4>{esc(arrow.text(say.lang))}</h4>'
            f"<p><strong>{esc(arrow.status_label(say.lang))}</strong></p><dl>{years}</dl>{p(arrow.found(say.lang))}"
            f"{''.join(map(p, arrow.studies(say.lang)))}</section>"
        )
        self.place.children = (self.samples.root,) if arrow.samples else ()
        if arrow.samples:
            self.samples.show(samples_plot(evidence.evidence_set(arrow.samples), say, with_pool=False))
        self.under.announce(f"{arrow.text(say.lang)}: {arrow.status_label(say.lang)}. {arrow.found(say.lang)}")

    def _year(self, r: float | None, p_value: str) -> str:
        say = self.say
        said = say("lab.no_figure") if r is None else f"r = {evidence.number(r, say.lang)}"
        return f"{said} ({_p(p_value, say)})" if p_value else said


def _p(printed: str, say) -> str:
    """A p value as it was printed, with a nought in front and the language's decimal sign."""
    if printed == "ns":
        return say("lab.not_significant")
    sign, number = ("<", printed[1:]) if printed.startswith("<") else ("=", printed)
    return f"p {sign} 0{number}".replace(".", say("lab.decimal"))
