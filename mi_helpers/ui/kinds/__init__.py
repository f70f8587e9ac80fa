"""The kinds of exercise, one module each; :func:`exercise_class` finds the one that belongs to an item."""

from __future__ import annotations

from importlib import import_module

#: Where each kind is drawn; imported when it is first needed, as a page shows few of them.
_CLASSES = {
    "note": "mi_helpers.ui.note:Note",
    "rewrite": "mi_helpers.ui.rewrite:RewriteExercise",
    "sort": "mi_helpers.ui.kinds.sort:Sort",
    "mark": "mi_helpers.ui.kinds.mark:Mark",
    "choose": "mi_helpers.ui.kinds.choose:Choose",
    "write": "mi_helpers.ui.kinds.write:Write",
    "match": "mi_helpers.ui.kinds.match:Match",
    "order": "mi_helpers.ui.kinds.order:Order",
    "ruler": "mi_helpers.ui.kinds.ruler:Ruler",
    "agenda": "mi_helpers.ui.kinds.agenda:Agenda",
    "plan": "mi_helpers.ui.kinds.plan:Plan",
    "myth": "mi_helpers.ui.kinds.myth:Myth",
    "predict": "mi_helpers.ui.kinds.predict:Predict",
}


def exercise_class(kind: str) -> type:
    """The class that shows items of one kind."""
    module, name = _CLASSES[kind].split(":")
    return getattr(import_module(module), name)
