"""What is kept of a learner as one table for a spreadsheet, in which nothing is taken for a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from typing import Any

from mi_helpers.spreadsheet import harmless

COLUMNS = ("kind", "at", "lang", "item", "text", "main_code", "verdict", "self_check", "id", "of_try")


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
