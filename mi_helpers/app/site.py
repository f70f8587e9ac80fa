"""Which pages there are, and what stands around each: title, language, the way to its neighbours."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from pathlib import Path

from mi_helpers import __version__
from mi_helpers.app.words import words
from mi_helpers.resources import FOLDERS, LANGUAGES, content_root, notebook

#: The only addresses under ``/voila/render/`` that lead anywhere.
PAGE = rf"({'|'.join(FOLDERS)})/({'|'.join(LANGUAGES)})/(\d\d_[a-z0-9_]+)\.ipynb"
HOME = "00_home"
#: Pages of the folder "course" beside the lessons, with a place in the navigation of every page.
BESIDE = {"lab": "91_evidence_lab", "glossary": "90_glossary"}
PRIVACY = "91_privacy"
#: Pages of the folder "course" that are no lessons.
NO_LESSONS = (HOME, PRIVACY, *BESIDE.values())
#: What draws plots in the browser; loaded where ``mi_course`` in a notebook's metadata says ``"plots": true``.
PLOTS = "jupyterlab-plotly"
#: Parts of a lesson that the template sets apart: further reading, and notes for trainers (folded).
SET_APART = ("extra", "instructors")


@dataclass(frozen=True, slots=True)
class Page:
    """One notebook of the course."""

    folder: str
    lang: str
    name: str

    @property
    def path(self) -> Path:
        """Where the notebook is (or would be)."""
        return notebook(self.folder, self.lang, self.name)

    @property
    def address(self) -> str:
        """The address within the server, without the base."""
        return f"voila/render/{self.folder}/{self.lang}/{self.name}.ipynb"

    def exists(self) -> bool:
        """Whether the notebook is there as a real file of the course, not a link to somewhere else."""
        root = content_root().resolve()
        return self.path.is_file() and self.path.resolve() == root / self.folder / self.lang / f"{self.name}.ipynb"

    def title(self) -> str:
        """The title in the notebook's metadata."""
        return self._about().get("title", self.name)

    def plots(self) -> bool:
        """Whether the page draws plots."""
        return self._about().get("plots") is True

    def _about(self) -> dict:
        return _about(self.path, self.path.stat().st_mtime_ns)


def page_at(address: str) -> Page | None:
    """The page at ``course/en/00_home.ipynb`` and the like, or None where there is none."""
    found = re.fullmatch(PAGE, address, re.ASCII)
    page = Page(*found.groups()) if found else None
    return page if page and page.exists() else None


def home(lang: str) -> Page:
    """The course's home page."""
    return Page(FOLDERS[0], lang, HOME)


def lessons(lang: str) -> list[Page]:
    """The lessons in the order of their numbers, without home page, lab and glossary."""
    folder = content_root() / FOLDERS[0] / lang
    pages = (Page(FOLDERS[0], lang, path.stem) for path in sorted(folder.glob("*.ipynb")) if path.stem not in NO_LESSONS)
    return [page for page in pages if re.fullmatch(r"\d\d_[a-z0-9_]+", page.name, re.ASCII) and page.exists()]


def frame(page: Page, metadata: dict, cells: list, *, base: str = "/", query: str = "") -> dict:
    """What the template needs to know beside the notebook itself.

    Parameters
    ----------
    page : Page
    metadata : dict
        The notebook's metadata; ``mi_course`` holds title and language.
    cells : list
        The notebook's cells.
    base : str
        The address that everything starts with.
    query : str
        The query of this page's address; the switch to the other language keeps it.
    """
    said = words(page.lang, "page")
    title = metadata.get("mi_course", {}).get("title", page.name)
    return {
        **bare_frame(page.lang, base),
        "title": title if page.name == HOME else f"{title} – {said['course']}",
        "at_home": page == home(page.lang),
        "sections": _sections(page, said, base),
        "beside": _beside(page, said, base),
        "around": _around(page, base),
        "languages": _languages(page, base, query),
        "groups": _groups(cells),
        "plots": page.plots(),
    }


def bare_frame(lang: str, base: str = "/") -> dict:
    """What stands on every page, also on one that says that something is missing."""
    return {
        "lang": lang,
        "words": words(lang, "page"),
        "home": base + home(lang).address,
        "privacy": base + Page(FOLDERS[0], lang, PRIVACY).address,
        "version": __version__,
    }


def lean(page_config: dict, page: Page) -> dict:
    """What the browser code needs to know, without the plots where the page draws none, and without what is empty."""
    extensions = [it for it in page_config["federated_extensions"] if it["name"] != PLOTS or page.plots()]
    return {name: it for name, it in page_config.items() if it or it is None} | {"federated_extensions": extensions}


def _sections(page: Page, said: dict, base: str) -> list[dict]:
    """Lesson, exercises and model answers of the lesson that this page belongs to."""
    same = [Page(folder, page.lang, page.name) for folder in FOLDERS]
    return [
        {"url": base + other.address, "label": said[f"{other.folder}_section"], "current": other == page}
        for other in same
        if page.name not in NO_LESSONS and other.exists()
    ]


def _beside(page: Page, said: dict, base: str) -> list[dict]:
    """The way to the evidence lab and the glossary, where they are there."""
    pages = {key: Page(FOLDERS[0], page.lang, name) for key, name in BESIDE.items()}
    return [
        {"url": base + there.address, "label": said[key], "current": there == page}
        for key, there in pages.items()
        if there.exists()
    ]


def _around(page: Page, base: str) -> dict:
    """The lessons before and after this one."""
    row = lessons(page.lang)
    names = [lesson.name for lesson in row]
    if page.name not in names:
        return {}
    here = names.index(page.name)
    near = {"previous": row[here - 1] if here else None, "next": row[here + 1] if here + 1 < len(row) else None}
    return {key: {"url": base + it.address, "title": it.title()} for key, it in near.items() if it}


def _languages(page: Page, base: str, query: str) -> list[dict]:
    """This page in every language; the home page stands in where a page is missing."""
    links = []
    for lang in LANGUAGES:
        same = Page(page.folder, lang, page.name)
        there = same if same.exists() else home(lang)
        url = base + there.address + (f"?{query}" if query and there == same else "")
        links.append({"lang": lang, "label": words(lang, "page")["language"], "url": url, "current": lang == page.lang})
    return links


def _groups(cells: list) -> list[dict]:
    """Neighbouring cells of the same part ("extra", "instructors" or none), by number."""
    named = [cell.get("metadata", {}).get("mi", {}).get("part") for cell in cells]
    parts = [part if part in SET_APART else None for part in named]
    runs = groupby(range(len(cells)), key=lambda number: parts[number])
    return [{"part": part, "cells": list(numbers)} for part, numbers in runs]


@lru_cache(maxsize=256)
def _about(path: Path, _changed: int) -> dict:
    return json.loads(path.read_text(encoding="utf-8"))["metadata"].get("mi_course", {})
