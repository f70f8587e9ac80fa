"""Add your own study: a form or a table; what cannot be read is said with its row and column, the plot follows."""

from __future__ import annotations

import csv

from mi_helpers import evidence
from mi_helpers.ui.choice_box import menu, radios
from mi_helpers.ui.html import esc, p
from mi_helpers.ui.lab.base import Part
from mi_helpers.ui.lab.box import LabBox
from mi_helpers.ui.lab.own_table import with_row
from mi_helpers.ui.lab.view import PlotView
from mi_helpers.ui.plots.forest import forest_plot
from mi_helpers.ui.plots.plot import table_html

TABLE, FORM = "lab-own", "lab-own-form"
#: The fields of the form: for every way to report a study, and those of one way.
ALWAYS = ("study", "year", "better")
WAYS = {
    "estimate": ("scale", "estimate", "low", "high", "n"),
    "counts": ("scale", "events_mi", "n_mi", "events_control", "n_control"),
    "means": ("mean_mi", "sd_mi", "n_mi", "mean_control", "sd_control", "n_control"),
}
SCALES = {"estimate": ("OR", "RR", "SMD", "r"), "counts": ("OR", "RR"), "means": ("SMD",)}


class TableBox(LabBox):
    """Room for a whole table."""

    longest = 2 * evidence.LIMITS.bytes


class Own(Part):
    """A form that adds rows to a table of text, and what the table says."""

    def body(self):
        say, parts = self.say, self.parts
        self.view = PlotView(say, parts)
        self.problems = parts.html()
        self._drawn, self._offered = 0, ()
        self.table = parts.keep(
            TableBox(
                self.store,
                say,
                place=TABLE,
                controls=[self._area()],
                on_change=self.guard(self._typed),
                on_ready=self.guard(self.draw),
                layout=parts.layout,
            )
        )
        self.now = self.table.values
        self.scale = parts.keep(
            LabBox(
                self.store,
                say,
                place=f"{TABLE}-scale",
                controls=[],
                on_change=self.guard(self._choose),
                layout=parts.layout,
            )
        )
        self.wish = self.scale.values.get("scale")
        self.choice = parts.column()
        self.way = None
        self.form = parts.keep(
            LabBox(
                self.store,
                say,
                place=FORM,
                controls=self._fields("estimate"),
                values={"way": "estimate"},
                ask=say("lab.own_add"),
                on_change=self.guard(self._redraw_form),
                on_ask=self.guard(self._add),
                layout=parts.layout,
            )
        )
        self._redraw_form(self.form.values)
        example = parts.button(say("lab.own_example"), self.guard(self._example), "mi-quiet")
        return [
            self.form,
            self.table,
            parts.row(example),
            parts.html(self._help_html()),
            self.problems,
            self.choice,
            self.view.root,
        ]

    def draw(self) -> None:
        """Read the table, say what cannot be read, and draw the rest on one scale."""
        say, text = self.say, self._text()
        studies = evidence.read_studies(text) if text.strip() else evidence.Studies()
        self._say_problems(studies.problems)
        scales = studies.scales
        chosen = self.wish if self.wish in scales else next(iter(scales), None)
        if scales != self._offered:
            self._offered = scales
            options = {key: say(f"lab.own_scales_of.{key}") for key in scales}
            self.scale.put([radios("scale", say("lab.own_scale"), options, look="row")], {"scale": chosen})
            self.choice.children = (self.scale,) if len(scales) > 1 else ()
        if chosen is None:
            self.view.hide()
            return
        found = studies.of(chosen)
        more = (say("lab.own_scales"),) if len(scales) > 1 else ()
        self.view.show(
            forest_plot(found, chosen, say, name="own-studies", title=say("lab.own_title"),
                        caption=(say("lab.own_caption"), *more))
        )  # fmt: skip
        if not studies.problems:
            self.view.announce(say("lab.own_read", n=len(found)))

    def _choose(self, values: dict) -> None:
        self.wish = values.get("scale")
        self.draw()

    def _say_problems(self, problems) -> None:
        rows = "".join(f"<li>{esc(problem.text(self.say.lang))}</li>" for problem in problems)
        head = p(self.say("lab.own_problems"))
        self.problems.value = f'<section class="mi-card mi-problems">{head}<ul>{rows}</ul></section>' if rows else ""
        if rows:
            self.table.announce(" ".join(problem.text(self.say.lang) for problem in problems[:3]))

    def _add(self, _id: str, values: dict) -> None:
        """What the form says becomes a row, if it can be read."""
        way = values.get("way") if values.get("way") in WAYS else "estimate"
        record = {key: str(values.get(key) or "").strip() for key in (*ALWAYS, *WAYS[way])}
        if way == "means":
            record["scale"] = "SMD"
        read = evidence.read_rows([record])
        if read.problems or not read.estimates:
            said = [problem.text(self.say.lang) for problem in read.problems]
            self.form.tell(" ".join(said) or self.say("choice.nothing"))
            return
        try:
            text = with_row(self._text(), record, self.say.lang)
        except csv.Error:
            self.form.tell(self.say("lab.own_broken"))
            return
        self._put(text)
        self._drawn += 1
        self.form.put(self._fields(way), {key: values[key] for key in ("way", "scale") if key in values})
        self.form.tell(self.say("lab.own_added", study=read.estimates[0].label))

    def _example(self) -> None:
        if self._text().strip():
            self.table.tell(self.say("lab.own_not_empty"))
        else:
            self._put(evidence.template_csv(self.say.lang).removeprefix("\ufeff").replace("\r\n", "\n"))

    def _text(self) -> str:
        text = self.now.get("table")
        return text if isinstance(text, str) else ""

    def _typed(self, values: dict) -> None:
        self.now = values
        self.draw()

    def _put(self, text: str) -> None:
        """Another text into the table."""
        self.now = {"table": text}
        self.table.put([self._area()], self.now)
        self.draw()

    # -- controls ---------------------------------------------------------------------------------------------------

    def _area(self) -> dict:
        self._drawn += 1  # the browser draws controls that differ
        return {
            "type": "area", "key": "table", "label": self.say("lab.own_table"), "file": self.say("lab.own_file"),
            "most": evidence.LIMITS.bytes, "drawn": self._drawn,
        }  # fmt: skip

    def _redraw_form(self, values: dict) -> None:
        way = values.get("way") if values.get("way") in WAYS else "estimate"
        if way != self.way:
            self.way = way
            self.form.redraw(self._fields(way))

    def _fields(self, way: str) -> list[dict]:
        say = self.say
        ways = {key: say(f"lab.own_way.{key}") for key in WAYS}
        fields = [radios("way", say("lab.own_way_label"), ways, look="row", drawn=self._drawn)]
        if len(SCALES[way]) > 1:
            fields.append(menu("scale", say("lab.own_field.scale"), {key: say(f"lab.own_scales_of.{key}") for key in SCALES[way]}))
        for key in (*ALWAYS, *WAYS[way]):
            if key == "better":
                options = {name: say(f"lab.own_better.{name}") for name in ("higher", "lower")}
                fields.append(menu("better", say("lab.own_field.better"), options))
            elif key != "scale":
                fields.append({"type": "text", "key": key, "label": say(f"lab.own_field.{key}")})
        return fields

    def _help_html(self) -> str:
        label = self.say("lab.own_help")
        rows = [(name, text) for _, name, text in evidence.column_help(self.say.lang)]
        return f"<details><summary>{esc(label)}</summary>{table_html(label, self.say.get('lab.own_columns'), rows)}</details>"
