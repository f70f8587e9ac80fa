"""From a reply to all that is said about it: the two entrances of this floor."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

from mi_helpers import coder
from mi_helpers.coder.model import CONSISTENT, Act, Coding
from mi_helpers.feedback import remarks
from mi_helpers.feedback.client import piece
from mi_helpers.feedback.model import Feedback, Mark
from mi_helpers.feedback.risk import risk_text
from mi_helpers.feedback.scene import Scene
from mi_helpers.feedback.verdict import NOT_AWAITED, heard_as, is_done, judge, pushes_named
from mi_helpers.feedback.words import code_label, pick

if TYPE_CHECKING:
    from mi_helpers.cases.schema import RewriteItem

TONE = {True: "listening", False: "push", None: "neutral"}
_ADDRESS = {
    "u": re.compile(r"\b(?:u|uw|uzelf)\b", re.I),
    "je": re.compile(r"\b(?:je|jij|jou|jouw|jezelf|ge|gij)\b", re.I),
}


def on_rewrite(item: RewriteItem, text: str, lang: str, *, earlier: Iterable[Iterable[str]] = ()) -> Feedback:
    """Feedback on one try at rewriting the righting-reflex reply of an item.

    Parameters
    ----------
    item : RewriteItem
    text : str
        What the learner wrote.
    lang : {"en", "nl"}
    earlier : iterable of iterable of str, optional
        The issue kinds of each earlier try of this item, oldest first: the same push again gets other, deeper words.
    """
    words, target = item.text(lang), item.target(lang)
    coding = coder.code_turn(text, previous=words.client, target=target, lang=lang)
    client = coder.code_turn(words.client, speaker="client", target=target, lang=lang)
    scene = Scene(text, lang, piece(words.client, lang, client), item.address, _tuples(earlier), tuple(words.hints))
    task = "rewrite_change" if item.level == 2 else "rewrite"
    return feedback_on(coding, scene, task=task, register=item.address)


def on_reply(
    *,
    client: str,
    text: str,
    lang: str,
    reflex: str = "",  # noqa: ARG001 - part of the contract's record; the reply is judged by itself
    task: str = "rewrite",
    target: dict | None = None,
    register: str | None = None,
    earlier: Iterable[Iterable[str]] = (),
) -> Feedback:
    """Feedback on any reply to a client, as the command line gives it.

    Parameters
    ----------
    client, text : str
        What the client said and what the learner wrote back; ``client`` may be empty.
    lang : {"en", "nl"}
    reflex : str, optional
        The righting-reflex reply that was to be rewritten.
    task : str, optional
        See :func:`mi_helpers.feedback.verdict.judge`.
    target : dict, optional
        ``{"behaviour": str, "direction": "more" | "less"}``
    register : {"u", "je"}, optional
        How the two address each other in Dutch; without it the reply decides.
    earlier : iterable of iterable of str, optional
        As in :func:`on_rewrite`.
    """
    coding = coder.code_turn(text, previous=client, target=target, lang=lang)
    said = coder.code_turn(client, speaker="client", target=target, lang=lang) if client.strip() else None
    address = register or ("u" if lang == "nl" and _ADDRESS["u"].search(text) else "je")
    scene = Scene(text, lang, piece(client, lang, said), address, _tuples(earlier))
    return feedback_on(coding, scene, task=task, register=register, risk=said.risk if said else None)


def feedback_on(
    coding: Coding,
    scene: Scene,
    *,
    task: str = "rewrite",
    register: str | None = None,
    risk: str | None = None,
) -> Feedback:
    """All that is said about one coded reply.

    Parameters
    ----------
    coding : Coding
        The coder's reading of the reply.
    scene : Scene
        The words around it, and what was tried before.
    task : str, optional
        See :func:`mi_helpers.feedback.verdict.judge`.
    register : {"u", "je"}, optional
        How the client is to be addressed; a hint follows where the reply differs.
    risk : str, optional
        The kind of risk content where it is not the reply that holds it.
    """
    risk = coding.risk or risk
    if risk:
        return Feedback("not_scored", None, (), None, (), "", False, None, (), (), coding, risk=risk,
                        risk_text=risk_text(risk, scene.lang))  # fmt: skip
    verdict, level = judge(coding, task=task)
    pushes = remarks.pushes(coding, scene)
    beside = remarks.readings(coding, scene, verdict, level, task)
    if pushes and verdict != "inconsistent" and any(b.kind == NOT_AWAITED for b in beside):
        said = beside  # it names the tip already, and more kindly
    elif pushes:
        said = [*pushes, *(b for b in beside if b.kind in ("many_questions", "generic_praise"))]
    else:
        said = beside
    # a set phrase at the beginning is worth a word, never the first one
    first = said[0] if said and said[0].kind != "stock_opener" else None
    rest = [r for r in said if r is not first]
    return Feedback(
        verdict=verdict,
        level=level,
        strengths=remarks.strengths(coding, scene, first, rewriting=task.startswith("rewrite")),
        priority=first,
        rest=tuple(rest[: remarks.MOST]),
        sure=_how_sure(coding, verdict, scene),
        done=is_done(coding, verdict, task),
        heard_as=heard_as(coding, verdict, level),
        marks=marks_of(coding),
        issues=pushes_named(coding),
        coding=coding,
        notes=_small_notes(coding, scene, register),
    )


def _tuples(earlier: Iterable[Iterable[str]]) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(kinds) for kinds in earlier)


def _how_sure(coding: Coding, verdict: str, scene: Scene) -> str:
    kind = "uncodable" if coding.main == "uncodable" else "unsure" if verdict == "unsure" else coding.certainty
    return pick(scene.words()["sure"][kind], scene.turn)


def _mark(act: Act, lang: str) -> Mark:
    consistent = act.consistent if act.code in CONSISTENT else None
    return Mark(act.start, act.end, act.code, code_label(act.code, lang), TONE[consistent])


def marks_of(coding: Coding) -> tuple[Mark, ...]:
    """The stretches of a reply that do something, with plain names; what is in doubt, or nothing in particular, gets none."""
    return tuple(_mark(a, coding.lang) for a in coding.acts if a.code != "other" and a.certainty != "unsure")


def _small_notes(coding: Coding, scene: Scene, register: str | None) -> tuple[str, ...]:
    say = scene.words()["note"]
    if "register_switch" in coding.notes:
        return (say["register_switch"],)
    if scene.lang == "nl" and register in _ADDRESS and coding.main != "uncodable":
        other = "je" if register == "u" else "u"
        if _ADDRESS[other].search(scene.text) and not _ADDRESS[register].search(scene.text):
            return (say["register_other"].format(address=register),)
    return ()
