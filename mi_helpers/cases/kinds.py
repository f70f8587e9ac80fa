"""All kinds of item, in the order of the course."""

from __future__ import annotations

from typing import Annotated, get_args

from pydantic import Field

from mi_helpers.cases.judging import ChooseItem, MarkItem, MatchItem, MythItem, OrderItem, PredictItem, SortItem
from mi_helpers.cases.making import AgendaItem, PlanItem, RulerItem, WriteItem
from mi_helpers.cases.schema import Item, NoteItem, RewriteItem

ITEM_TYPES: tuple[type[Item], ...] = (
    NoteItem, RewriteItem, WriteItem, SortItem, MarkItem, ChooseItem, MatchItem, OrderItem, MythItem, PredictItem,
    RulerItem, AgendaItem, PlanItem,
)  # fmt: skip
KINDS = tuple(get_args(kind.model_fields["kind"].annotation)[0] for kind in ITEM_TYPES)

AnyItem = Annotated[
    NoteItem
    | RewriteItem
    | WriteItem
    | SortItem
    | MarkItem
    | ChooseItem
    | MatchItem
    | OrderItem
    | MythItem
    | PredictItem
    | RulerItem
    | AgendaItem
    | PlanItem,
    Field(discriminator="kind"),
]
