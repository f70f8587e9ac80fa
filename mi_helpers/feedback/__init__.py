"""Floor 2: from codes to what is said to the learner, in both languages.

:func:`on_rewrite` and :func:`on_write` are for the exercises, :func:`on_reply` for the command line.
"""

from mi_helpers.feedback.reply import feedback_on, on_reply, on_rewrite
from mi_helpers.feedback.scene import Scene
from mi_helpers.feedback.verdict import judge
from mi_helpers.feedback.words import code_label, issue_label
from mi_helpers.feedback.written import on_write

__all__ = ["Scene", "code_label", "feedback_on", "issue_label", "judge", "on_reply", "on_rewrite", "on_write"]
