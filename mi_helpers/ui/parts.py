"""The plain widgets of one exercise: few models, one shared layout, all closed together."""

from __future__ import annotations

from collections.abc import Callable

import ipywidgets as w
from ipywidgets.widgets.widget_string import HTMLStyle


class Parts:
    """Makes the widgets of one exercise.

    Every widget of the browser is a model in the kernel too, and by default brings a layout and a style of its own.
    The look comes from the style sheet, so here they share one of each.
    """

    def __init__(self):
        self._layout = w.Layout()
        self._button_style = w.ButtonStyle()
        self._html_style = HTMLStyle()
        self._made: list[w.Widget] = [self._layout, self._button_style, self._html_style]

    @property
    def layout(self) -> w.Layout:
        """The shared layout, for widgets that are made elsewhere."""
        return self._layout

    def keep(self, widget: w.Widget) -> w.Widget:
        """Close this widget together with the others."""
        self._made.append(widget)
        return widget

    def html(self, value: str = "", css: str = "") -> w.HTML:
        """A stretch of HTML; what is not ours in it must have been escaped."""
        return self.keep(w.HTML(value, layout=self._layout, style=self._html_style, _dom_classes=_classes(css)))

    def button(self, label: str, on_click: Callable[[], None], css: str = "") -> w.Button:
        """A button; ``on_click`` is called without arguments."""
        made = w.Button(description=label, layout=self._layout, style=self._button_style, _dom_classes=_classes(css))
        made.on_click(lambda _button: on_click())
        return self.keep(made)

    def choice(self, store, say, controls: list[dict], ask: str, then: Callable[[dict], None], **more) -> w.Widget:
        """A choice box that keeps nothing; ``then`` is called with the answers."""
        from mi_helpers.ui.choice_box import ChoiceBox

        on_ask = lambda _id, values: then(values)  # noqa: E731
        box = ChoiceBox(store, say, place="", controls=controls, ask=ask, on_ask=on_ask, layout=self._layout, **more)
        return self.keep(box)

    def column(self, *children: w.Widget, css: str = "mi-stack") -> w.VBox:
        """Widgets below each other."""
        return self.keep(w.VBox(children, layout=self._layout, _dom_classes=_classes(css)))

    def row(self, *children: w.Widget) -> w.HBox:
        """Widgets beside each other, wrapping where there is no room."""
        return self.keep(w.HBox(children, layout=self._layout, _dom_classes=("mi-row",)))

    def close(self) -> None:
        """Close all widgets made here, in the browser and in the kernel."""
        for widget in reversed(self._made):
            widget.close()
        self._made.clear()


def _classes(css: str) -> tuple[str, ...]:
    return tuple(css.split())
