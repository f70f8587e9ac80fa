"""For tests and for those who check the figures: does what is shown equal the data file it came from?

Reads the files by itself, not through the code that feeds the screen.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable
from pathlib import Path

_DATA = Path(__file__).parent / "data"
_PLAIN = {"value": "estimate", "low": "low", "high": "high", "n": "n", "k": "k"}
_PATHS = {
    "magill-skills": {"value": "skills_change", "low": "skills_low", "high": "skills_high", "n": "n"},
    "magill-outcome": {"value": "change_outcome", "low": "outcome_low", "high": "outcome_high", "n": "n"},
}


def in_file(set_id: str) -> dict[str, dict[str, float | None]]:
    """Per row id the figures of that set as they stand in the data file: value, low, high, n, k."""
    if set_id in _PATHS:
        name, columns, member = "paths", _PATHS[set_id], lambda row: True
    elif set_id.startswith("heckman-"):
        name, columns, member = "trials", _PLAIN, lambda row: row["set"] == set_id
    else:
        name, columns, member = "reviews", _PLAIN, lambda row: set_id in row["sets"].split()
    with (_DATA / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if member(row)]
    if not rows:
        raise KeyError(set_id)
    found = {}
    for row in rows:
        figures = {key: float(row[column]) if row.get(column) else None for key, column in columns.items()}
        if name == "trials":
            figures["n"] = float(row["n_mi"]) + float(row["n_control"])
        found[row["id"]] = {"k": None} | figures
    return found


def differences(shown: Iterable[dict], set_id: str) -> list[str]:
    """Where what is shown differs from the data file.

    Parameters
    ----------
    shown : iterable of dict
        Each with ``id`` and any of ``value``, ``low``, ``high``, ``n``, ``k`` (numbers or None); other keys are passed
        over.
    set_id : str

    Returns
    -------
    list of str
        Empty where all is equal, every id is in the file and no id is shown twice.
    """
    file, said, seen = in_file(set_id), [], set()
    for row in shown:
        if row["id"] not in file:
            said.append(f"{row['id']}: not in the file")
            continue
        if row["id"] in seen:
            said.append(f"{row['id']}: shown twice")
        seen.add(row["id"])
        for key, value in file[row["id"]].items():
            if key in row and row[key] != value:
                said.append(f"{row['id']}.{key}: shown {row[key]}, in the file {value}")
    return said


def missing(shown: Iterable[dict], set_id: str) -> list[str]:
    """Ids that have a figure in the file and are not shown."""
    ids = {row["id"] for row in shown}
    return [id for id, figures in in_file(set_id).items() if figures["value"] is not None and id not in ids]
