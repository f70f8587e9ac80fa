"""A learner's own table as text: one more row, whatever columns and signs the table has."""

from __future__ import annotations

import csv
import io

from mi_helpers import evidence
from mi_helpers.evidence.cells import known_columns, plain, tidy


def with_row(text: str, record: dict[str, str], lang: str) -> str:
    """The table with one row below it; columns that the row needs are added on the right.

    Parameters
    ----------
    text : str
        CSV as a learner typed or pasted it; may be empty.
    record : dict
        Key of a column (see :func:`mi_helpers.evidence.column_help`) to what was typed.
    lang : {"en", "nl"}
        For the names of new columns, and the signs of a new table.

    Raises
    ------
    csv.Error
        If the table cannot be taken apart (a quotation mark without its partner).
    """
    first = next((line for line in text.splitlines() if line.strip()), "")
    mark = max(";\t,", key=first.count) if first else ";" if lang == "nl" else ","
    table = [row for row in csv.reader(io.StringIO(text), delimiter=mark, strict=True) if any(map(tidy, row))]
    heading = table[0] if table else []
    keys = [known_columns().get(plain(tidy(name)), "") for name in heading]
    order = [key for key, _, _ in evidence.column_help(lang)]
    new = [key for key in order if record.get(key) and key not in keys]
    heading = [*heading, *(evidence.column_name(key, lang) for key in new)]
    rows = [row + [""] * (len(heading) - len(row)) for row in table[1:]]
    rows.append([record.get(key, "") if key else "" for key in (*keys, *new)])
    out = io.StringIO()
    csv.writer(out, delimiter=mark, lineterminator="\n").writerows([heading, *rows])
    return out.getvalue()
