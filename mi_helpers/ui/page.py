"""What a notebook calls: one page, one call per widget."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from IPython.display import HTML, display

from mi_helpers.ui.guard import log, log_to_server
from mi_helpers.ui.html import esc, p
from mi_helpers.ui.links import BESIDE, HOME, LAST_PLACE, in_voila, page_link
from mi_helpers.ui.strings import strings

if TYPE_CHECKING:
    from collections.abc import Callable

    from mi_helpers.cases import Item
    from mi_helpers.progress import Store

STYLES = [Path(__file__).parent / "assets" / name for name in ("course.css", "lab.css")]


def page(folder: str, name: str, lang: str) -> Page:
    """Begin a page of the course; the first cell of every notebook.

    Parameters
    ----------
    folder : {"course", "exercises", "solutions"}
    name : str
        The notebook's name without ending, e.g. ``"01_righting_reflex"``.
    lang : {"en", "nl"}
    """
    log_to_server()
    if not in_voila():
        display(HTML(f"<style>{''.join(style.read_text(encoding='utf-8') for style in STYLES)}</style>"))
    return Page(folder, name, lang)


class Page:
    """One page of the course. Each method shows one thing in the cell it is called from; exercises have a form for
    paper beside it."""

    def __init__(self, folder: str, name: str, lang: str):
        self.folder, self.name, self.lang = folder, name, lang
        self.say = strings(lang)
        self._watching: list[Callable[[], None]] = []

    @cached_property
    def store(self) -> Store:
        """The learner's store; opened by the first widget that needs it."""
        from mi_helpers.progress import open_store

        store = open_store()
        try:
            store.set_setting("language", self.lang)
            if (self.folder, self.name) not in BESIDE:
                store.set_setting(LAST_PLACE, {"folder": self.folder, "name": self.name})
        except Exception:
            log.exception("the place could not be remembered")
        return store

    def home(self) -> None:
        """The home page: lessons, where you left, the other language."""
        from mi_helpers.ui.home import home_html

        display(HTML(home_html(self.store, self.say)))

    def note(self, item_id: str) -> None:
        """A moment to write something for oneself."""
        from mi_helpers.cases import item
        from mi_helpers.ui.note import Note

        found = item(item_id)
        display(Note(self.store, self.say, found).root)
        self._print(found)

    def item(self, item_id: str) -> None:
        """One exercise of any kind."""
        from mi_helpers.cases import item
        from mi_helpers.ui.kinds import exercise_class

        found = item(item_id)
        display(exercise_class(found.kind)(self.store, self.say, found, on_change=self._look_again).root)
        self._print(found)

    def rewrite(self, item_id: str) -> None:
        """One rewriting exercise."""
        self.item(item_id)

    def exercises(self) -> None:
        """All exercises of this lesson."""
        from mi_helpers.ui.exercises import ExerciseSet
        from mi_helpers.ui.paper import set_on_paper

        items = self._exercises()
        if items:
            display(ExerciseSet(self.store, self.say, items, self.name).root)
            display(HTML(set_on_paper(items, self.store, self.say)))
        else:
            display(HTML(f'<div class="mi-page">{p(self.say("exercises.no_items"))}</div>'))

    def solutions(self) -> None:
        """What fits, and why, for all exercises of this lesson."""
        from mi_helpers.ui.solutions import solutions_html

        display(HTML(solutions_html(self._exercises(), self.say)))

    def glossary(self) -> None:
        """The terms of the course, in both languages, with the lesson that explains each."""
        from mi_helpers.ui.glossary import glossary_html

        display(HTML(glossary_html(self.say)))

    def privacy(self) -> None:
        """What is kept of the learner, where, for how long, and the ways to take it along or erase it."""
        from mi_helpers.ui.privacy import Privacy

        display(Privacy(self.store, self.say).root)

    def search(self) -> None:
        """A box to search lessons, exercises and glossary with."""
        from mi_helpers.ui.search import Search

        display(Search(self.store, self.say).root)

    def figure(self, name: str) -> None:
        """A drawing, with its description for those who cannot see it."""
        from mi_helpers.ui.figures import svg

        display(HTML(f'<figure class="mi-page mi-figure">{svg(name, self.lang)}</figure>'))

    def lab(self, name: str, after: str = "") -> None:
        """One part of the evidence lab; with ``after``, it waits until that exercise was tried."""
        from mi_helpers.ui.lab import Later, part

        if not after:
            display(part(name)(self.store, self.say).root)
            return
        later = Later(self.store, self.say, after, part(name))
        self._watching.append(later.look)
        display(later.root)

    def next(self) -> None:
        """Where to go from here."""
        ways = {"course": ("exercises", "home"), "exercises": ("solutions", "course", "home")}
        if (self.folder, self.name) in BESIDE:
            ways = {"course": ("home",)}
        links = []
        for n, way in enumerate(ways.get(self.folder, ("exercises", "course", "home"))):
            folder, name = HOME if way == "home" else (way, self.name)
            label = self.say("links." + {"exercises": "exercise", "course": "lesson"}.get(way, way))
            look = "" if n else " mi-primary"
            links.append(
                f'<a class="mi-button{look}" href="{esc(page_link(folder, name, self.lang))}">{esc(label)}</a>'
            )
        title = esc(self.say("links.where"))
        display(
            HTML(f'<nav class="mi-page mi-next" aria-label="{title}"><p class="mi-links">{"".join(links)}</p></nav>')
        )

    def _print(self, item: Item) -> None:
        from mi_helpers.ui.paper import on_paper

        display(HTML(on_paper(item, self.store, self.say)))

    def _look_again(self) -> None:
        for look in self._watching:
            look()

    def _exercises(self) -> list[Item]:
        from mi_helpers.cases import lesson_items

        return [i for i in lesson_items(int(self.name[:2])) if i.kind != "note"]
