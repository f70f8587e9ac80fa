"""Risk content: a statement now of danger, not the word alone. No triage; it only stops the scoring."""

from __future__ import annotations

from mi_helpers.coder import match
from mi_helpers.coder.match import Turn

#: Where several kinds are seen, the first of these is shown.
ORDER = ("suicide", "violence", "psychosis")


def kind(turn: Turn) -> str | None:
    """The kind of risk content in a turn (``"suicide"``, ``"violence"``, ``"psychosis"``), or None."""
    seen = {h.rule.code for h in match.fire(turn, "risk")}
    return next((k for k in ORDER if k in seen), None)
