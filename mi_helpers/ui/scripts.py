"""The browser code of a box: taken from the server where it stands for the browser to keep, else sent along."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path

#: Where the course's server has the folder ``assets``; not set in JupyterLab.
ASSETS = "MI_COURSE_ASSETS"
_TAKE = "const made = await import(new URL(%s, document.baseURI).href);\nexport default made.default;\n"
_IMPORT = re.compile(r'^import \{[^}]*\} from "\./\w+\.js";\n', re.MULTILINE)


class Script:
    """A module of the folder ``assets``, for anywidget's ``_esm``.

    What it is as text depends on who serves the page, and is asked for when a box is made: a process that is copied
    for many pages is none itself.

    Parameters
    ----------
    *names : str
        File names: what it imports beside ``shared.js``, each before the one that imports it, and last the module.
    """

    def __init__(self, *names: str):
        self._names = ("shared.js", *names)

    def __str__(self) -> str:
        if there := os.environ.get(ASSETS):
            return _TAKE % json.dumps(f"{there}/{self._names[-1]}")
        folder = Path(__file__).parent / "assets"
        return "".join(_IMPORT.sub("", (folder / name).read_text(encoding="utf-8")) for name in self._names)
