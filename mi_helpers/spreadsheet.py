"""Cells that no spreadsheet takes for a formula, in every table that can be taken along."""

from __future__ import annotations

import re

_SIGNS = "=+\\-@\N{MINUS SIGN}\uff0b\uff0d\uff1d\uff20"
_FIRST = re.compile(rf"""[\t\r]|[\s"]*[{_SIGNS}]""")
#: Where a cell begins inside the text, for a spreadsheet that takes another sign than ours for the end of one.
_INSIDE = re.compile(rf"""([\n\r\t;,|])([\s"]*)([{_SIGNS}])""")


def harmless(cell: str) -> str:
    """The cell with an apostrophe before everything that a spreadsheet could take for the start of a formula.

    Cells that begin inside the text count too: a spreadsheet that separates by semicolon cuts a cell at each of them.

    Examples
    --------
    >>> harmless("=1+1"), harmless("up; =1+1"), harmless("a well-meant reply")
    ("'=1+1", "up; '=1+1", 'a well-meant reply')
    """
    inside = _INSIDE.sub(r"\1\2'\3", cell)
    return f"'{inside}" if _FIRST.match(cell) else inside
