"""Addresses of the course's pages, under Voila and in JupyterLab."""

from __future__ import annotations

import os
from urllib.parse import parse_qs, quote, urlencode

HOME = ("course", "00_home")
GLOSSARY = ("course", "90_glossary")
LAB = ("course", "91_evidence_lab")
PRIVACY = ("course", "91_privacy")
#: Pages beside the lessons: no lesson, and no place to go back to.
BESIDE = (HOME, GLOSSARY, LAB, PRIVACY)
#: Setting with the page the learner was on last: ``{"folder", "name"}``.
LAST_PLACE = "last_place"


def in_voila() -> bool:
    """Whether this kernel serves a page of Voila (and not a notebook in JupyterLab)."""
    return os.environ.get("SERVER_SOFTWARE", "").startswith("voila")


def page_link(folder: str, name: str, lang: str, *, item: str = "", anchor: str = "") -> str:
    """Address of one page, from any other page of the course.

    Parameters
    ----------
    folder : {"course", "exercises", "solutions"}
    name : str
        The notebook's name without ending.
    lang : {"en", "nl"}
    item : str
        An item to open on that page (Voila only).
    anchor : str
        A place on that page.
    """
    path = f"{folder}/{lang}/{name}.ipynb"
    if not in_voila():
        return f"../../{quote(path)}"
    base = os.environ.get("VOILA_BASE_URL") or "/"
    query = f"?{urlencode({'item': item})}" if item else ""
    return f"{base.rstrip('/')}/voila/render/{quote(path)}{query}" + (f"#{quote(anchor)}" if anchor else "")


def last_item(name: str, lang: str) -> str:
    """Setting with the id of the exercise that is opened on a lesson's page of exercises."""
    return f"last_item:{name}:{lang}"


def asked_item() -> str:
    """The item that the page's address asks for (``?item=``), or an empty string."""
    if not in_voila():
        return ""
    return parse_qs(os.environ.get("QUERY_STRING", "")).get("item", [""])[0]
