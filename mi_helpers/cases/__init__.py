"""Exercise items: their schema and their loader."""

from mi_helpers.cases.loader import CaseError, item, lesson_items, read_items
from mi_helpers.cases.schema import NoteItem, RewriteItem

__all__ = ["CaseError", "NoteItem", "RewriteItem", "item", "lesson_items", "read_items"]
