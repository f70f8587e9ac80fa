"""Feedback on writing to order: does a text do what its box asks for, and is there a push in it?"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from mi_helpers.feedback.reply import on_reply

if TYPE_CHECKING:
    from mi_helpers.cases.making import WriteItem
    from mi_helpers.feedback.model import Feedback

#: The numbers of a ruler, from 0.
NUMBERS = {
    "en": "zero one two three four five six seven eight nine ten".split(),
    "nl": "nul één twee drie vier vijf zes zeven acht negen tien".split(),
}
OFFERS = {"give_information", "advise_with_permission"}
QUESTIONS = {"open_question", "closed_question", "seek_permission"}


@dataclass(frozen=True, slots=True)
class Written:
    """How one box was read.

    Attributes
    ----------
    feedback : Feedback
    hit : bool
        Whether the text does what the box asks for; where it asks for nothing, any words without a push will do.
    act : str
        The act asked for that was found in it; empty where none was asked for, or none was found.
    upward : bool
        Whether it asks about a higher number on the ruler, where lower ones were asked for.
    """

    feedback: Feedback
    hit: bool
    act: str = ""
    upward: bool = False


def on_write(item: WriteItem, box: int, text: str, lang: str) -> Written:
    """Feedback on the text in one box of a write-to-order item.

    Parameters
    ----------
    item : WriteItem
    box : int
        Which box, counted from 0.
    text : str
        What the learner wrote there.
    lang : {"en", "nl"}
    """
    wants, words = item.wants[box], item.text(lang)
    task = "write_change" if item.half else "write"
    if "closed_question" in wants:
        task = "ruler"
    elif OFFERS & set(wants):
        task = "offer"
    feedback = on_reply(
        client=words.client, text=text, lang=lang, task=task, target=item.target(lang), register=item.address
    )
    if item.free:
        return Written(feedback, bool(text.strip()) and not feedback.risk)
    coding = feedback.coding
    found = {coding.main, *(act.code for act in coding.acts)}
    if "generic_praise" in coding.notes:
        found.discard("affirmation")  # it could be said to anyone
    if task == "offer" and not found & QUESTIONS:
        found.add("give_information")  # what is told about people in general may read as a reflection
    act = next((code for code in wants if code in found), "")
    pushes = [act for act in coding.acts if act.consistent is False and act.code not in wants]
    pushed = feedback.verdict == "inconsistent" and (pushes or coding.main not in wants)
    upward = item.below is not None and _highest(text, lang) > item.below
    hit = coding.main != "uncodable" and not pushed and not upward and bool(act or not wants)
    return Written(feedback, hit and (feedback.done or not item.half), act, upward)


def _highest(text: str, lang: str) -> int:
    """The highest number of a ruler in a text; -1 where there is none."""
    words = re.findall(r"\w+", text.lower())
    found = [int(word) for word in words if word.isdecimal() and int(word) <= 10]
    return max([*found, *(NUMBERS[lang].index(word) for word in words if word in NUMBERS[lang])], default=-1)
