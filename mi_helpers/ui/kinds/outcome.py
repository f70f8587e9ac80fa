"""What comes of a try, and the pieces of feedback that several kinds draw alike."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from mi_helpers.ui.html import bubble, esc, p

if TYPE_CHECKING:
    from mi_helpers.ui.strings import Strings


@dataclass(frozen=True)
class Outcome:
    """What is said about one try.

    ``html`` is the feedback, ``said`` what a screen reader says of it, ``solved`` whether the task is fulfilled;
    ``coding`` and ``verdict`` are kept with the try beside the answers; ``urgent`` feedback has a frame of its own and is
    never folded away; ``after`` is HTML that stands below the card of the feedback.
    """

    html: str
    said: str
    solved: bool
    coding: dict = field(default_factory=dict)
    urgent: bool = False
    after: str = ""
    verdict: str | None = None


def client_bubble(text, say: Strings, words: str) -> str:
    """The client speaks, by name where the item gives one."""
    name = getattr(text, "client_name", "") or say("choice.client")
    return bubble(name, say("exercise.says", name=name), unquoted(words))


def unquoted(words: str) -> str:
    """Speech without the marks around it, where it is one stretch of speech."""
    inside = words.strip()[1:-1]
    whole = words.strip()[:1] + words.strip()[-1:] in ("“”", "‘’", '""') and not any(c in inside for c in "“”\"")
    return inside if whole else words


def follows(text, say: Strings, words: str) -> str:
    """What comes after a reply: the client speaks, or it is told what happens, where not all of it is speech."""
    if unquoted(words) != words and (text.client_name or text.client):
        return client_bubble(text, say, words)
    return p(words, "mi-told")


def judged(rows: list[tuple[str, str, str, str]]) -> str:
    """A list of what was chosen: (tone, what it is about, what is said first, why); tone is best, also or other."""
    symbols = {"best": "✓", "also": "◐", "other": "→"}
    shown = "".join(
        f'<li class="mi-judged mi-judged-{tone}"><p class="mi-judged-what">{esc(what)}</p>'
        f'<p class="mi-judged-said"><span aria-hidden="true">{symbols[tone]}</span> {esc(said)}</p>{p(why)}</li>'
        for tone, what, said, why in rows
    )
    return f'<ul class="mi-judged-list" role="list">{shown}</ul>'


def all_of_it(tones: list[str], open_ones: int, say: Strings) -> str:
    """What is said first of several choices, with the tones of :func:`judged`."""
    if open_ones:
        return say("choice.still_open", n=open_ones)
    key = "some_elsewhere" if "other" in tones else "all_defensible" if "also" in tones else "all_fit"
    return say(f"choice.{key}")


def feedback_title(say: Strings) -> str:
    """The heading of the feedback."""
    return f'<h3 class="mi-feedback-title" tabindex="-1">{esc(say("feedback.title"))}</h3>'
