"""The figures of the lessons, drawn in SVG: they scale, follow light and dark, and can be read aloud.

A lesson's figures stand in ``lNN.py``, one function each, named in its ``DRAW``; their words in ``lNN.toml``, in both
languages, each with a ``title`` and a ``desc`` that tells the figure in words. :mod:`~mi_helpers.ui.figures.pen` has
what they are drawn with.
"""

from __future__ import annotations

import tomllib
from functools import lru_cache
from html import escape
from importlib import import_module
from itertools import count
from pathlib import Path

from mi_helpers.ui.figures.pen import GROUND, WIDTH

_serial = count(1)


@lru_cache(maxsize=1)
def _words() -> dict:
    """The words of all figures, and which lesson draws each."""
    found = {}
    for path in sorted(Path(__file__).parent.glob("l[0-9][0-9].toml")):
        for name, words in tomllib.loads(path.read_text(encoding="utf-8")).items():
            if name in found:
                raise ValueError(f"two figures are called {name!r}; one of them in {path.name}")
            found[name] = words | {"lesson": path.stem}
    return found


NAMES = tuple(_words())


def svg(name: str, lang: str) -> str:
    """One figure as an SVG element to be put into a page.

    Parameters
    ----------
    name : str
        One of ``NAMES``.
    lang : {"en", "nl"}
        Language of the words in the figure and of its text alternative.

    Returns
    -------
    str
        An ``<svg>`` element without a fixed size, with ``<title>`` and ``<desc>``; its ids differ at each call.

    Raises
    ------
    ValueError
        If there is no figure of that name, or not in that language.
    """
    if name not in NAMES:
        raise ValueError(f"no figure is called {name!r}; there are {', '.join(NAMES)}")
    words = _words()[name].get(lang)
    if words is None:
        raise ValueError(f"the figure {name!r} has no words in {lang!r}")
    height, body = import_module(f"{__name__}.{_words()[name]['lesson']}").DRAW[name](words)
    key = f"mi-figure-{name}-{next(_serial)}"
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" role="img" lang="{lang}" '
        f'aria-labelledby="{key}-title" aria-describedby="{key}-desc" font-family="inherit" font-size="14" '
        f'style="display:block;width:100%;max-width:34rem;height:auto;margin-inline:auto">'
        f'<title id="{key}-title">{escape(words["title"])}</title><desc id="{key}-desc">{escape(words["desc"])}</desc>'
        f'<rect width="{WIDTH}" height="{height}" rx="12" fill="{GROUND}"/>{body}</svg>'
    )
