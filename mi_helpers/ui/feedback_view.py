"""Feedback as HTML: what is said about a reply, in the order in which a learner can take it in."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from mi_helpers.ui.html import bubble, esc, marked, p

if TYPE_CHECKING:
    from mi_helpers.cases import RewriteItem
    from mi_helpers.feedback.model import Feedback, Remark
    from mi_helpers.progress import Try
    from mi_helpers.ui.strings import Strings


def feedback_html(
    feedback: Feedback,
    item: RewriteItem,
    say: Strings,
    *,
    self_check: str | None,
    name_code: Callable[[str], str],
) -> tuple[str, str]:
    """All that is shown about one reply: the feedback, and what the client says next.

    Parameters
    ----------
    feedback : Feedback
    item : RewriteItem
    say : Strings
    self_check : str or None
        The code the learner chose for their own reply, ``"unsure"``, or None.
    name_code : callable
        The plain name of a code.
    """
    if feedback.risk:
        return risk_html(feedback.risk_text, say), ""
    told = [
        f'<h3 class="mi-feedback-title" tabindex="-1">{esc(say("feedback.title"))}</h3>',
        f'<p class="mi-who">{esc(say("feedback.yours"))}</p>',
        f'<p class="mi-marked">{marked(feedback.coding.text, feedback.marks)}</p>',
    ]
    if feedback.strengths:
        told.append(remark_html(feedback.strengths[0], feedback, say, "strength"))
    if feedback.priority:
        told.append(remark_html(feedback.priority, feedback, say, "priority"))
    told.append(_rest([*feedback.strengths[1:], *feedback.rest], feedback, say))
    told.append(p(feedback.sure, "mi-sure") if feedback.sure else "")
    told += [p(note, "mi-notes") for note in feedback.notes]
    compared = _compared(feedback, say, self_check, name_code)
    told.append(p(compared, "mi-notes mi-compared") if compared else "")
    return "".join(told), _client_next(feedback, item, say)


def announcement(feedback: Feedback, say: Strings) -> str:
    """What a screen reader says once the feedback is there."""
    if feedback.risk:
        return say("feedback.risk_below")
    first = feedback.strengths[:1] or (feedback.priority,)
    return " ".join([say("feedback.below"), *(remark.text for remark in first if remark)])


def history_html(
    tries: Iterable[Try], say: Strings, name_code: Callable[[str], str], reviewed: Callable[[Try], bool]
) -> str:
    """The replies to one item so far, newest first, folded; empty where there are none."""
    rows = []
    for attempt in reversed(list(tries)):
        reading = short_reading(attempt, say, name_code)
        if reviewed(attempt):
            reading += f" · {say('exercise.history_view')}"
        when = attempt.at.astimezone().strftime(say("exercise.date"))
        rows.append(
            f'<li><q>{esc(attempt.text)}</q><br><span class="mi-muted mi-small">{esc(reading)} · {when}</span></li>'
        )
    if not rows:
        return ""
    title = say("exercise.history", n=len(rows))
    return f'<details class="mi-history"><summary>{esc(title)}</summary><ol reversed>{"".join(rows)}</ol></details>'


def answers_html(rows: Iterable[tuple[Try, str, bool]], say: Strings) -> str:
    """The answers to one item so far (the try, its words, whether a view of one's own is kept), newest first."""
    shown = []
    for attempt, words, viewed in reversed(list(rows)):
        about = attempt.at.astimezone().strftime(say("exercise.date"))
        about += f" · {say('exercise.history_view')}" if viewed else ""
        shown.append(f'<li>{esc(words)}<br><span class="mi-muted mi-small">{esc(about)}</span></li>')
    title = say("choice.history", n=len(shown))
    return f'<details class="mi-history"><summary>{esc(title)}</summary><ol reversed>{"".join(shown)}</ol></details>'


def fades(earlier: Iterable[Try]) -> bool:
    """Whether an item was solved twice before: then feedback comes only on request."""
    return sum(bool(isinstance(t.coding, dict) and t.coding.get("solved")) for t in earlier) >= 2


def folded(html: str, say: Strings) -> str:
    """Feedback that waits to be asked for."""
    return (
        f'<details class="mi-fold"><summary>{esc(say("choice.folded"))}</summary>{html}</details>'
    )


def short_reading(attempt: Try, say: Strings, name_code: Callable[[str], str]) -> str:
    """A few words on how a stored try was read; never a verdict."""
    if not attempt.coding:
        return say("exercise.history_unread")
    if attempt.coding.get("risk"):
        return say("exercise.history_unscored")
    return say("exercise.history_read", label=name_code(attempt.coding["main"]))


def models_html(item: RewriteItem, say: Strings) -> str:
    """The model replies of an item, each with why it works."""
    shown = [f"<h3>{esc(say('exercise.models_title'))}</h3>", p(say("exercise.models_intro"))]
    for model in item.text(say.lang).models:
        shown.append(
            f'<div class="mi-model">{p(say(f"depth.{model.depth}"), "mi-depth")}'
            f'<blockquote class="mi-says">{esc(model.text)}</blockquote>{p(model.why)}</div>'
        )
    return f'<section class="mi-models mi-card">{"".join(shown)}</section>'


def hints_html(hints: Iterable[str], say: Strings) -> str:
    """The hints that were asked for so far."""
    return "".join(
        f'<p class="mi-hint"><b>{esc(say("exercise.hint", n=n))}</b> {esc(hint)}</p>' for n, hint in enumerate(hints, 1)
    )


def remark_html(remark: Remark, feedback: Feedback, say: Strings, kind: str) -> str:
    """One remark; ``kind`` is ``"strength"`` or ``"priority"``."""
    words = feedback.coding.text[remark.start : remark.end].strip()
    parts = [f"<h4>{esc(say(f'feedback.{kind}'))}</h4>"]
    if remark.title:
        parts.append(p(remark.title, "mi-part-title"))
    if kind == "priority" and words and words.rstrip(".!?…,;: ") not in remark.text:
        parts.append(f'<blockquote class="mi-quote">{esc(words)}</blockquote>')
    parts.append(p(remark.text))
    if remark.why:
        parts.append(f"<p><strong>{esc(say('feedback.why'))}</strong> {esc(remark.why)}</p>")
    if remark.alternative:
        title = f"<strong>{esc(say('feedback.alternative'))}</strong>"
        parts.append(f'<p class="mi-try-this">{title}<br>{esc(remark.alternative)}</p>')
    if remark.source:
        parts.append(p(say("feedback.source", source=remark.source), "mi-source"))
    return f'<div class="mi-part mi-{kind}">{"".join(parts)}</div>'


def _rest(remarks: list[Remark], feedback: Feedback, say: Strings) -> str:
    if not remarks:
        return ""
    title = say("feedback.rest_one") if len(remarks) == 1 else say("feedback.rest", n=len(remarks))
    rows = []
    for remark in remarks:
        words = feedback.coding.text[remark.start : remark.end].strip()
        quote = f' <q class="mi-muted">{esc(words)}</q>' if words and words != feedback.coding.text.strip() else ""
        more = " ".join(part for part in (remark.text, remark.why, remark.alternative) if part)
        rows.append(
            f"<li><strong>{esc(remark.title)}</strong>{quote}{'<br>' if remark.title or quote else ''}{esc(more)}</li>"
        )
    return f'<details class="mi-rest"><summary>{esc(title)}</summary><ul>{"".join(rows)}</ul></details>'


def _client_next(feedback: Feedback, item: RewriteItem, say: Strings) -> str:
    if feedback.heard_as is None:
        return ""
    text = item.text(say.lang)
    words = getattr(text.next, feedback.heard_as)
    spoken = bubble(text.client_name, say("exercise.says", name=text.client_name), words)
    title = say("feedback.next_title", name=text.client_name)
    return f'<section class="mi-client-next"><h3 class="mi-hidden">{esc(title)}</h3>{spoken}</section>'


def _compared(feedback: Feedback, say: Strings, self_check: str | None, name_code: Callable[[str], str]) -> str:
    if not self_check:
        return ""
    main, seen = feedback.coding.main, {act.code for act in feedback.coding.acts}
    unread = main == "uncodable" or feedback.verdict == "unsure"
    if self_check == "unsure":
        return "" if unread else say("feedback.check_unsure", label=name_code(main))
    yours = name_code(self_check)
    if unread:
        return say("feedback.check_none", yours=yours)
    if self_check == main:
        return say("feedback.check_same", label=yours)
    return say(
        "feedback.check_also" if self_check in seen else "feedback.check_other", yours=yours, label=name_code(main)
    )


def risk_html(text: str, say: Strings) -> str:
    """The text for words about risk, instead of feedback."""
    return (
        f'<section class="mi-feedback mi-risk"><h3 class="mi-feedback-title" tabindex="-1">'
        f"{esc(say('feedback.risk_title'))}</h3>{p(text)}</section>"
    )
