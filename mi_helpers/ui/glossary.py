"""The glossary as a page: the terms by letter, each with both languages, both editions and its lesson."""

from __future__ import annotations

import unicodedata
from itertools import groupby
from typing import TYPE_CHECKING

from mi_helpers.cases.glossary import Term, terms
from mi_helpers.ui.home import lessons
from mi_helpers.ui.html import esc, p
from mi_helpers.ui.links import page_link

if TYPE_CHECKING:
    from mi_helpers.ui.strings import Strings


def glossary_html(say: Strings) -> str:
    """The whole glossary; each term can be reached at ``#<its id>``."""
    lang = say.lang
    ordered = sorted(terms(), key=lambda term: plain(term.text(lang).term))
    if not ordered:
        return f'<div class="mi-page">{p(say("glossary.empty"))}</div>'
    names = {int(name[:2]): (name, title) for name, title in lessons(lang).items()}
    groups = [(letter, list(group)) for letter, group in groupby(ordered, lambda t: plain(t.text(lang).term)[0].upper())]
    letters = "".join(f'<a href="#mi-letter-{esc(letter)}">{esc(letter)}</a>' for letter, _ in groups)
    shown = "".join(
        f'<h2 id="mi-letter-{esc(letter)}">{esc(letter)}</h2><ul class="mi-terms" role="list">'
        f"{''.join(_term(term, say, names) for term in group)}</ul>"
        for letter, group in groups
    )
    label = esc(say("glossary.link"))
    return f'<div class="mi-page mi-glossary"><nav class="mi-letters" aria-label="{label}">{letters}</nav>{shown}</div>'


def plain(text: str) -> str:
    """Without case and accents, to sort and to search by."""
    return "".join(c for c in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(c))


def _term(term: Term, say: Strings, names: dict[int, tuple[str, str]]) -> str:
    here, there = term.text(say.lang), term.text("en" if say.lang == "nl" else "nl")
    other = "en" if say.lang == "nl" else "nl"
    facts = [f'{esc(say("glossary.other"))}: <span lang="{other}">{esc(there.term)}</span>']
    if term.lesson in names:
        name, title = names[term.lesson]
        link = f'<a href="{esc(page_link("course", name, say.lang))}">{esc(title)}</a>'
        facts.append(f"{esc(say('glossary.lesson'))}: {link}")
    editions = p(here.editions, "mi-muted") if here.editions else ""
    return (
        f'<li class="mi-term" id="{esc(term.id)}"><h3>{esc(here.term)}</h3>{p(here.meaning)}{editions}'
        f'<p class="mi-facts">{"".join(f"<span>{fact}</span>" for fact in facts)}</p></li>'
    )
