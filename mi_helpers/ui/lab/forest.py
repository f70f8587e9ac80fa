"""How large, how certain: choose an outcome and its scale, sort, leave one out."""

from __future__ import annotations

from mi_helpers import evidence
from mi_helpers.ui.choice_box import radios, select
from mi_helpers.ui.html import esc, p
from mi_helpers.ui.lab.base import Part
from mi_helpers.ui.lab.box import LabBox
from mi_helpers.ui.lab.view import PlotView
from mi_helpers.ui.plots.forest import pooled_words, set_plot

#: In the order in which they are offered.
SETS = ("heckman-10-12", "heckman-4-8", "reviews-smd", "reviews-or", "lundahl-2013", "reviews-rr")
SORTS = ("given", "size", "year", "precision")


class Forest(Part):
    """A forest plot of the learner's choosing."""

    def body(self):
        self.view = PlotView(self.say, self.parts)
        self.words = self.parts.html()
        self.now = {}
        self.box = self.parts.keep(
            LabBox(
                self.store,
                self.say,
                place="lab-forest",
                controls=self._controls(SETS[0]),
                values={"set": SETS[0], "sort": "given"},
                on_change=self.guard(self.draw),
                on_ready=self.guard(lambda: self.draw(self.box.values)),
                layout=self.parts.layout,
            )
        )
        return [self.box, self.view.root, self.words]

    def draw(self, values: dict) -> None:
        """Draw what is chosen; what is not offered counts as not chosen."""
        chosen = values.get("set") if values.get("set") in SETS else SETS[0]
        found = evidence.evidence_set(chosen)
        ids = [e.id for e in found.estimates]
        without = values.get("without") if found.poolable and values.get("without") in ids else None
        sort = values.get("sort") if values.get("sort") in SORTS else "given"
        if chosen != self.now.get("set"):
            self.box.redraw(self._controls(chosen))
        self.now = {"set": chosen, "sort": sort, "without": without}
        self.view.show(set_plot(found, self.say, sort=sort, without=without))
        self.words.value = self._pooled_html(found, without)
        self.view.announce(self.say("lab.redrawn", title=found.title(self.say.lang)))

    def _pooled_html(self, found, without) -> str:
        """The pooled estimate in words, and what leaving each one out would do to it."""
        if not found.poolable:
            return ""
        say, scale = self.say, found.scale
        seen = evidence.forest(found.estimates, scale, say.lang, without=without)
        html = p(pooled_words(seen, say))
        kept, _ = evidence.poolable_part(found.estimates)
        rows = "".join(
            f'<tr><th scope="row">{esc(left.label)}</th><td>{esc(evidence.number(left.pooled.value, say.lang))}</td>'
            f"<td>{esc(evidence.interval(left.pooled.low, left.pooled.high, say.lang))}</td>"
            f"<td>{esc(evidence.percent(left.pooled.i2, say.lang))}</td></tr>"
            for left in evidence.leave_one_out(kept, scale)
        )
        head = "".join(f'<th scope="col">{esc(name)}</th>' for name in say.get("lab.leave_columns"))
        label = esc(say("lab.leave_each"))
        return (
            f"{html}<details><summary>{label}</summary>"
            f'<div class="mi-table" role="region" tabindex="0" aria-label="{label}"><table><thead><tr>{head}</tr></thead>'
            f"<tbody>{rows}</tbody></table></div></details>"
        )

    def _controls(self, chosen: str) -> list[dict]:
        say = self.say
        sets = {name: evidence.evidence_set(name).title(say.lang) for name in SETS}
        found = evidence.evidence_set(chosen)
        controls = [
            select("set", say("lab.forest_set"), sets),
            radios("sort", say("lab.forest_sort"), {key: say(f"lab.sort.{key}") for key in SORTS}, look="row"),
        ]
        if found.poolable:
            kept, _ = evidence.poolable_part(found.estimates)
            controls.append(select("without", say("lab.forest_without"), {e.id: e.label for e in kept}))
        return controls
