"""How large, how certain: choose an outcome and its scale, sort, leave one out."""

from __future__ import annotations

from mi_helpers import evidence
from mi_helpers.ui.choice_box import menu, radios
from mi_helpers.ui.html import esc
from mi_helpers.ui.lab.base import Part
from mi_helpers.ui.lab.box import LabBox
from mi_helpers.ui.lab.view import PlotView
from mi_helpers.ui.plots.forest import set_plot
from mi_helpers.ui.plots.plot import table_html

#: In the order in which they are offered.
SETS = ("heckman-10-12", "heckman-4-8", "reviews-smd", "reviews-or", "lundahl-2013", "reviews-rr")
SORTS = ("given", "size", "year", "precision")
#: Nothing is left out.
ALL = "all"


class Forest(Part):
    """A forest plot of the learner's choosing."""

    def body(self):
        self.view = PlotView(self.say, self.parts)
        self.leaving = self.parts.html()
        self.set = SETS[0]
        first = evidence.evidence_set(self.set)
        self.box = self.parts.keep(
            LabBox(
                self.store,
                self.say,
                place="lab-forest",
                controls=self._controls(first),
                values={"set": self.set, "sort": SORTS[0], "without": ALL},
                on_change=self.guard(self.draw),
                on_ready=self.guard(self._begin),
                layout=self.parts.layout,
            )
        )
        return [self.box, self.view.root, self.leaving]

    def _begin(self) -> None:
        """The page is drawn: the sum needs a library that takes a second to load."""
        self.draw(self.box.values)
        if not self.leaving.value:
            self.leaving.value = self._leaving_html(evidence.evidence_set(self.set))

    def draw(self, values: dict) -> None:
        """Draw what is chosen; what is not offered counts as not chosen."""
        chosen = values.get("set") if values.get("set") in SETS else SETS[0]
        found = evidence.evidence_set(chosen)
        without = values.get("without") if values.get("without") in list(_kept(found)) else None
        sort = values.get("sort") if values.get("sort") in SORTS else "given"
        if chosen != self.set:
            self.box.put(self._controls(found), {"set": chosen, "sort": sort, "without": without or ALL})
            self.leaving.value = self._leaving_html(found)
        self.set = chosen
        self.view.show(set_plot(found, self.say, sort=sort, without=without))
        self.view.announce(self.say("lab.redrawn", title=found.title(self.say.lang)))

    def _leaving_html(self, found) -> str:
        """What leaving each one out would do."""
        if not found.poolable:
            return ""
        say = self.say
        kept, _ = evidence.poolable_part(found.estimates)
        rows = [
            (
                left.label,
                evidence.figure(left.pooled.value, left.pooled.low, left.pooled.high, say.lang),
                evidence.percent(left.pooled.i2, say.lang),
            )
            for left in evidence.leave_one_out(kept, found.scale)
        ]
        label = say("lab.leave_each")
        return f"<details><summary>{esc(label)}</summary>{table_html(label, say.get('lab.leave_columns'), rows)}</details>"

    def _controls(self, found) -> list[dict]:
        say = self.say
        sets = {name: evidence.evidence_set(name).title(say.lang) for name in SETS}
        controls = [
            menu("set", say("lab.forest_set"), sets),
            radios("sort", say("lab.forest_sort"), {key: say(f"lab.sort.{key}") for key in SORTS}, look="row"),
        ]
        if found.poolable:
            options = {ALL: say("lab.forest_all")} | _kept(found, say.lang)
            controls.append(menu("without", say("lab.forest_without"), options))
        return controls


def _kept(found, lang: str = "en") -> dict[str, str]:
    """The rows that count in the sum of a set, by id; none where there is no sum."""
    return {e.id: e.name(lang) for e in evidence.poolable_part(found.estimates)[0]} if found.poolable else {}
