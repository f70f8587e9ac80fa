"""What is kept of a learner as one table for a spreadsheet, in which nothing is taken for a formula."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from typing import Any

COLUMNS = ("kind", "at", "lang", "item", "text", "main_code", "verdict", "self_check", "id", "of_try")
#: Where a cell begins, for a spreadsheet that takes another sign than the comma for the end of one.
_FORMULA = re.compile(r"""(^|[\n\r\t;,|])([\s"']*)([=+\-@\uff0b\uff0d\uff1d\uff20])""")


def harmless(cell: str) -> str:
    """The cell with an apostrophe before every sign that a spreadsheet could take for the start of a formula.

    Cells that begin inside the text count too: a spreadsheet that separates by semicolon cuts a cell at each of them.

    Examples
    --------
    >>> harmless("=1+1"), harmless("up; =1+1"), harmless("a well-meant reply")
    ("'=1+1", "up; '=1+1", 'a well-meant reply')
    """
    return _FORMULA.sub(r"\1\2'\3", cell)


def as_csv(taken: dict[str, Any]) -> str:
    """An export (see :func:`mi_helpers.progress.export.export`) as a table: tries, drafts, remarks, what is done.

    Settings are left out; the export as JSON holds everything, exactly as it is.
    """
    target = io.StringIO()
    writer = csv.writer(target, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for row in sorted(_rows(taken), key=lambda row: row["at"]):
        writer.writerow([harmless(str(row.get(name) or "")) for name in COLUMNS])
    return target.getvalue()


def _rows(taken: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for part, kind in (("tries", "try"), ("drafts", "draft"), ("reviews", "remark"), ("done", "done")):
        for row in taken[part]:
            coding = row.get("coding")
            main = coding.get("main") if isinstance(coding, dict) else None
            item = row.get("item_id") or row.get("place")
            yield row | {"kind": kind, "item": item, "main_code": main, "of_try": row.get("try_id")}
