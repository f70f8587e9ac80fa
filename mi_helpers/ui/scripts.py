"""The browser code of a box: fetched from the server where it stands for the browser to keep, else sent along."""

from __future__ import annotations

import json
import os
from pathlib import Path

#: Where the course's server has the folder ``assets``; not set in JupyterLab.
ASSETS = "MI_COURSE_ASSETS"
_FETCH = """\
const parts = await Promise.all(%s.map(async (address) => {
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(address);
  return answer.text();
}));
const address = URL.createObjectURL(new Blob(parts, { type: "text/javascript" }));
const made = await import(address);
URL.revokeObjectURL(address);
export default made.default;
"""


class Script:
    """Scripts of the folder ``assets`` as one module, with what the boxes share in front; for anywidget's ``_esm``.

    What it is as text depends on who serves the page, and is asked for when a box is made: a process that is copied
    for many pages is none itself.

    Parameters
    ----------
    *names : str
        File names.
    """

    def __init__(self, *names: str):
        self._names = ("shared.js", *names)

    def __str__(self) -> str:
        if there := os.environ.get(ASSETS):
            return _FETCH % json.dumps([f"{there}/{name}" for name in self._names])
        folder = Path(__file__).parent / "assets"
        return "".join((folder / name).read_text(encoding="utf-8") for name in self._names)
