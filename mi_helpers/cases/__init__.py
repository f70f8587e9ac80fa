"""Exercise items: their schema and their loader."""

from mi_helpers.cases.loader import CaseError, item, lesson_items, read_items
from mi_helpers.cases.schema import Item, NoteItem, RewriteItem

__all__ = ["CaseError", "Item", "NoteItem", "RewriteItem", "item", "lesson_items", "read_items"]
