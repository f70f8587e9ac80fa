"""An item, feedback and messages of a browser, made to order."""

from __future__ import annotations

import uuid

from mi_helpers.cases import RewriteItem
from mi_helpers.coder.model import Act, Coding, Issue
from mi_helpers.feedback.model import Feedback, Mark, Remark
from mi_helpers.ui.writing_box import WritingBox

PUSH, ASK = "You should just do it.", "What would help?"


def an_item(item_id: str = "l01-test-item", **changes) -> RewriteItem:
    """A rewrite item with recognisable words."""
    text = {
        "title": f"Title of {item_id}",
        "situation": "A situation & more.",
        "client_name": "Noor",
        "behaviour": "walking",
        "client": "I would like to, <but> not today.",
        "reflex": "You have to walk every day.",
        "hints": ["first hint", "second hint", "third hint"],
        "models": [
            {"text": "model one", "depth": "simple", "why": "why one"},
            {"text": "model two", "depth": "deeper", "why": "why two"},
        ],
        "discuss": "what is still open",
        "next": {"push": "after a push", "followed": "after following", "evoked": "after evoking"},
    }
    record = {
        "id": item_id, "lesson": 1, "core": True, "kind": "rewrite", "field": "physiotherapy", "register": "u",
        "direction": "more", "reflex_issues": ["order"], "en": text, "nl": text,
    }  # fmt: skip
    return RewriteItem.model_validate(record | changes)


def feedback_for(text: str, **changes) -> Feedback:
    """A push where the text holds PUSH, else an open question; anything can be changed."""
    push = PUSH in text
    code = "advise_without_permission" if push else "open_question"
    start = text.find(PUSH) if push else 0
    end = start + len(PUSH) if push else len(text)
    coding = Coding(text, "en", "counsellor", code, not push, "likely", (Act(code, start, end, "en.test"),))
    strength = Remark("open_question", "strength title", "strength text")
    priority = Remark(
        "unsolicited_advice", "priority title", "priority text", "priority why", "MITI", "try this", start, end
    )
    values = {
        "verdict": "inconsistent" if push else "consistent",
        "level": 1 if push else 4,
        "strengths": (strength,),
        "priority": priority if push else None,
        "rest": (Remark("other", "rest title", "rest text"),),
        "sure": "fairly sure",
        "done": not push,
        "heard_as": "push" if push else "evoked",
        "marks": (Mark(start, end, code, code.replace("_", " "), "push" if push else "listening"),),
        "issues": (Issue("unsolicited_advice", start, end, "en.test"),) if push else (),
        "coding": coding,
    }
    return Feedback(**values | changes)


def browser(box: WritingBox, **message) -> None:
    """Let a message of the browser arrive at a box."""
    box._handle_custom_msg(message, [])


def ask(exercise, text, check="", try_id=None):
    """Ask for feedback, as the box does."""
    browser(exercise.box, kind="ask", id=try_id or uuid.uuid4().hex, text=text, check=check)


def tries(exercise):
    """The stored tries at the exercise's item."""
    return exercise.store.tries(exercise.item.id, lang=exercise.say.lang)


def said(sent, kind):
    """The sentences that were sent as messages of one kind."""
    return [message["text"] for _, message in sent if message["kind"] == kind]
