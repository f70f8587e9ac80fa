"""Search lessons, exercises and glossary: in the kernel, over the texts themselves; there is no index to keep."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING
from urllib.parse import quote

from mi_helpers.resources import notebook
from mi_helpers.ui.glossary import plain
from mi_helpers.ui.home import lessons
from mi_helpers.ui.html import esc, p
from mi_helpers.ui.links import GLOSSARY, LAB, in_voila, last_item, page_link
from mi_helpers.ui.parts import Parts

if TYPE_CHECKING:
    from mi_helpers.progress import Store
    from mi_helpers.ui.strings import Strings

MOST = 20
AROUND = 90


@dataclass(frozen=True, slots=True)
class Place:
    """A stretch of text that can be found: where it stands, its heading, its words, its address, its id on that page."""

    where: str
    title: str
    text: str
    link: str
    anchor: str = ""


@lru_cache(maxsize=4)
def places(lang: str, voila: bool) -> tuple[Place, ...]:  # noqa: ARG001 - addresses differ under Voila
    """Everything that can be found in one language."""
    from mi_helpers.cases import lesson_items
    from mi_helpers.cases.glossary import terms
    from mi_helpers.ui.strings import strings

    say, found = strings(lang), []
    for term in terms():
        text = term.text(lang)
        words = f"{text.meaning} {text.editions}".strip()
        link = page_link(*GLOSSARY, lang, anchor=term.id)
        found.append(Place(say("search.glossary"), text.term, words, link, term.id))
    for name, title in lessons(lang).items():
        found += _sections(name, title, lang)
        for item in lesson_items(int(name[:2])):
            if item.kind != "note":
                text = item.text(lang)
                words = " ".join(
                    value
                    for key in ("situation", "prompt", "task", "statement", "client")
                    if isinstance(value := getattr(text, key, ""), str)
                )
                where = f"{title} · {say('search.exercises')}"
                link = page_link("exercises", name, lang, item=item.id)
                found.append(Place(where, text.title, words, link, item.id))
    if notebook(LAB[0], lang, LAB[1]).is_file():
        found += _sections(LAB[1], say("lab.title"), lang)
    return tuple(found)


def _sections(name: str, title: str, lang: str) -> list[Place]:
    """The texts of a lesson, cut at its headings."""
    found, link = [], page_link("course", name, lang)
    for cell in json.loads(notebook("course", lang, name).read_text(encoding="utf-8"))["cells"]:
        if cell["cell_type"] != "markdown":
            continue
        for part in re.split(r"^(?=#{1,4} )", "".join(cell["source"]), flags=re.M):
            head = re.match(r"#{1,4} +(.+)", part)
            words = re.sub(r"<[^>]+>|[*_#>|`]|\[([^\]]+)\]\([^)]*\)", lambda m: m[1] or " ", part[head.end() :] if head else part)
            words = " ".join(words.split())
            heading = head[1].strip() if head else title
            to = f"{link}#:~:text={quote(heading, safe='')}" if head and in_voila() else link
            if words:
                found.append(Place(title, heading, words, to))
    return found


def search(words: str, lang: str) -> list[Place]:
    """The places that hold all the words: first those with them in the heading, then by how often."""
    wanted = plain(words).split()
    found = []
    for place in places(lang, in_voila()):
        title, text = plain(place.title), plain(place.text)
        if all(word in title or word in text for word in wanted):
            in_title = sum(word in title for word in wanted)
            found.append((-in_title, -sum(text.count(word) for word in wanted), len(found), place))
    return [place for *_, place in sorted(found, key=lambda entry: entry[:3])]


def results_html(found: list[Place], words: str) -> str:
    """What was found, each with a little of its text."""
    rows = "".join(
        f'<li><a href="{esc(place.link)}" data-mi-open="{esc(place.anchor)}">{esc(place.title)}</a> <span class="mi-muted mi-small">{esc(place.where)}</span>'
        f"<br>{_piece(place.text, words)}</li>"
        for place in found[:MOST]
    )
    return f'<ul class="mi-found" role="list">{rows}</ul>'


def _piece(text: str, words: str) -> str:
    low = plain(text)
    first = min((at for word in plain(words).split() if (at := low.find(word)) >= 0), default=0)
    if len(low) != len(text):  # a letter that became two: the place is only about right
        first = min(first, len(text))
    start, end = max(0, first - AROUND), min(len(text), first + AROUND)
    start = text.find(" ", start) + 1 if start else 0
    piece = text[start:end].rsplit(" ", 1)[0] if end < len(text) else text[start:end]
    return esc(("… " if start else "") + piece + (" …" if end < len(text) else ""))


class Search:
    """A box for words and what they bring.

    Attributes
    ----------
    root : ipywidgets.VBox
        What is to be displayed.
    """

    def __init__(self, store: Store, say: Strings):
        self.store, self.say = store, say
        parts = Parts()
        control = {"type": "text", "key": "words", "label": say("search.label")}
        self.box = parts.choice(store, say, [control], say("search.button"), self._ask, on_open=self._open)
        self.found = parts.html()
        self.root = parts.column(self.box, self.found, css="mi-page mi-stack mi-search")

    def _ask(self, values: dict) -> None:
        words = str(values.get("words") or "").strip()[:100]
        if len(words) < 2:
            self.box.tell(self.say("search.few"))
            return
        found = search(words, self.say.lang)
        said = self.say("search.results", n=len(found)) if found else self.say("search.none", words=words)
        self.found.value = p(said) + (results_html(found, words) if found else "")
        self.box.announce(said)

    def _open(self, place: str) -> None:
        """A link to an exercise was followed in JupyterLab: its page begins with that one."""
        for name in lessons(self.say.lang):
            if place.startswith(f"l{name[:2]}-"):
                self.store.set_setting(last_item(name, self.say.lang), place)
