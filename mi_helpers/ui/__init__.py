"""What a learner sees: one call per widget (see :class:`~mi_helpers.ui.page.Page`)."""

from mi_helpers.ui.page import Page, page

__all__ = ["Page", "page"]
