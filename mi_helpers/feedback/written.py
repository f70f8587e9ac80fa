"""Feedback on writing to order: does a text do what its box asks for, and is there a push in it?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from mi_helpers.feedback.reply import on_reply

if TYPE_CHECKING:
    from mi_helpers.cases.making import WriteItem
    from mi_helpers.feedback.model import Feedback


def on_write(item: WriteItem, box: int, text: str, lang: str) -> tuple[Feedback, bool]:
    """Feedback on the text in one box of a write-to-order item.

    Parameters
    ----------
    item : WriteItem
    box : int
        Which box, counted from 0.
    text : str
        What the learner wrote there.
    lang : {"en", "nl"}

    Returns
    -------
    feedback : Feedback
    hit : bool
        Whether the text does what the box asks for; where it asks for nothing, any words without a push will do.
    """
    wants, words = set(item.wants[box]), item.text(lang)
    task = "rewrite"
    if "closed_question" in wants:
        task = "ruler"
    elif wants & {"give_information", "advise_with_permission"}:
        task = "offer"
    feedback = on_reply(
        client=words.client, text=text, lang=lang, task=task, target=item.target(lang), register=item.address
    )
    coding = feedback.coding
    codes = {coding.main, *(act.code for act in coding.acts)}
    pushes = [act for act in coding.acts if act.consistent is False and act.code not in wants]
    pushed = feedback.verdict == "inconsistent" and (pushes or coding.main not in wants)
    return feedback, coding.main != "uncodable" and not pushed and bool(not wants or codes & wants)
