"""The home page: the lessons, where the learner was, and the other language."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from mi_helpers.progress.writes import KEEPING
from mi_helpers.resources import content_root, notebook
from mi_helpers.ui.html import esc, p
from mi_helpers.ui.links import BESIDE, GLOSSARY, HOME, LAB, LAST_PLACE, PRIVACY, page_link

if TYPE_CHECKING:
    from mi_helpers.progress import Store
    from mi_helpers.ui.strings import Strings


def lessons(lang: str) -> dict[str, str]:
    """The lessons that are there: name of the notebook and title, in order."""
    found = {}
    for path in sorted((content_root() / "course" / lang).glob("[0-9][0-9]_*.ipynb")):
        if ("course", path.stem) not in BESIDE:
            meta = json.loads(path.read_text(encoding="utf-8"))["metadata"].get("mi_course", {})
            found[path.stem] = meta.get("title") or path.stem
    return found


def home_html(store: Store, say: Strings) -> str:
    """The whole home page as HTML."""
    titles = lessons(say.lang)
    rows = "".join(_lesson(name, title, store, say) for name, title in titles.items())
    return (
        f'<div class="mi-page mi-home">{_told(store, say)}{_continue(store, say, titles)}'
        f'<h2>{esc(say("home.lessons"))}</h2><ul class="mi-lessons" role="list">{rows}</ul>{_beside(say)}{_other_language(say)}</div>'
    )


def _told(store: Store, say: Strings) -> str:
    """On a server of a team: what is kept, and the way to choose, until the learner has chosen or begun to write."""
    if not store.account or store.setting(KEEPING) or store.setting("seen_privacy", False):
        return ""
    from mi_helpers.ui.writing_box import privacy_sentence

    link = f'<a href="{esc(page_link(*PRIVACY, say.lang))}">{esc(say("home.kept_choose"))}</a>'
    return f'<p class="mi-privacy">{esc(privacy_sentence(store, say))} {link}</p>'


def _continue(store: Store, say: Strings, titles: dict[str, str]) -> str:
    last = store.setting(LAST_PLACE)
    if (
        not isinstance(last, dict)
        or last.get("name") not in titles
        or last.get("folder") not in ("course", "exercises")
    ):
        return ""
    folder, name = last["folder"], last["name"]
    button = _button(page_link(folder, name, say.lang), say("home.continue_link"), primary=True)
    what = say("home.continue_exercise" if folder == "exercises" else "home.continue_lesson", title=titles[name])
    return (
        f'<section class="mi-card mi-continue"><h2>{esc(say("home.continue_title"))}</h2>{p(what)}'
        f'<p class="mi-links">{button}</p></section>'
    )


def _lesson(name: str, title: str, store: Store, say: Strings) -> str:
    from mi_helpers.cases import lesson_items

    number = int(name[:2])
    core = [i.id for i in lesson_items(number) if i.kind != "note" and i.core]
    done = len(store.done(say.lang).intersection(core))
    state = say("home.state_some", done=done, all=len(core))
    if not done:
        state = say("home.state_new")
    elif done == len(core):
        state = f"✓ {say('home.state_done')}"
    facts, aims = [state], ""
    if say.has(f"lesson.{name}"):
        facts.insert(0, say("home.time", time=say(f"lesson.{name}.time")))
        listed = "".join(f"<li>{esc(aim)}</li>" for aim in say.get(f"lesson.{name}.objectives"))
        aims = f"<p>{esc(say('home.objectives'))}</p><ul>{listed}</ul>"
    links = [_button(page_link("course", name, say.lang), say("home.read"), primary=True)]
    if core:
        links.append(_button(page_link("exercises", name, say.lang), say("home.exercise")))
        links.append(_button(page_link("solutions", name, say.lang), say("home.solutions"), quiet=True))
    return (
        f'<li class="mi-card"><p class="mi-who">{esc(say("home.lesson", n=number))}</p><h3>{esc(title)}</h3>'
        f'<p class="mi-facts">{"".join(f"<span>{esc(fact)}</span>" for fact in facts)}</p>{aims}'
        f'<p class="mi-links">{"".join(links)}</p></li>'
    )


def _beside(say: Strings) -> str:
    pages = {"lab.link": LAB, "glossary.link": GLOSSARY, "privacy.link": PRIVACY}
    links = [
        _button(page_link(*page, say.lang), say(key))
        for key, page in pages.items()
        if notebook(page[0], say.lang, page[1]).is_file()
    ]
    return f'<p class="mi-links">{"".join(links)}</p>' if links else ""


def _other_language(say: Strings) -> str:
    other = "en" if say.lang == "nl" else "nl"
    link = esc(page_link(*HOME, other))
    return f'<p><a lang="{other}" hreflang="{other}" href="{link}">{esc(say("home.language"))}</a></p>'


def _button(href: str, label: str, *, primary: bool = False, quiet: bool = False) -> str:
    look = " mi-primary" if primary else " mi-quiet" if quiet else ""
    return f'<a class="mi-button{look}" href="{esc(href)}">{esc(label)}</a>'
