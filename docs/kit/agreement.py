"""How far do two raters agree, and how far does the coder agree with them?

    python docs/kit/agreement.py A.csv B.csv            two filled copies of sheet_nl.csv
    python docs/kit/agreement.py A.csv B.csv --coder    and the coder of this project beside them

Only the standard library; ``--coder`` also needs the project itself (``pip install -e .``).
"""

from __future__ import annotations

import argparse
import csv
import difflib
import io
import random
import sys
from collections import Counter
from pathlib import Path

REPLIES = Path(__file__).with_name("replies_nl.csv")
#: Per question: every answer, and the ways in which it may be written in a sheet.
ANSWERS = {
    "code": {
        "open_question": "open vraag",
        "closed_question": "gesloten vraag",
        "simple_reflection": "eenvoudige reflectie",
        "complex_reflection": "complexe reflectie|diepere reflectie|diepere (complexe) reflectie",
        "summary": "samenvatting",
        "affirmation": "bevestiging",
        "emphasize_autonomy": "autonomie benadrukken|autonomie",
        "seek_permission": "toestemming vragen",
        "give_information": "informatie geven|informatie",
        "advise_with_permission": "advies met toestemming",
        "advise_without_permission": "advies zonder toestemming",
        "direct": "opdracht",
        "confront": "ertegen ingaan|confronteren",
        "warn": "waarschuwing|waarschuwen",
        "reassure": "geruststelling|geruststellen",
        "support": "steun",
        "facilitate": "ruimte om door te gaan",
        "structure": "het gesprek indelen",
        "other": "iets anders",
        "uncodable": "niet te lezen",
    },
    "consistent": {
        "consistent": "passend|ja",
        "neutral": "neutraal",
        "inconsistent": "niet passend|nee",
        "-": "geen|–",
    },
    "verdict": {
        "consistent": "passend",
        "partly": "deels",
        "inconsistent": "niet passend",
        "can't tell": "niet te zeggen|cant tell",
    },
}
SAMPLES = 2000
SEED = 20


class SheetError(Exception):
    """What is wrong with a sheet: one line per fault, each with file, row and column."""


# ---------------------------------------------------------------------------------------------------- reading sheets
def _table(path: Path) -> list[tuple[int, dict[str, str]]]:
    """The rows of a CSV file with the number that a spreadsheet shows beside them."""
    try:
        raw = path.read_bytes()
    except OSError as trouble:
        raise SheetError(f"{path}: {trouble.strerror or trouble}") from None
    if raw.startswith(b"PK"):
        raise SheetError(f"{path}: this is a workbook; save it as CSV (Opslaan als, CSV UTF-8)")
    try:
        text = raw.decode("utf-16" if raw.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig")
    except UnicodeDecodeError:
        text = raw.decode("cp1252", "replace")  # how an older Excel saves CSV
    first = text.split("\n", 1)[0]
    separator = max(";,\t", key=first.count)
    header, *rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=separator)) or [[]]
    names = [name.strip().lower() for name in header]
    return [(n, dict(zip(names, row))) for n, row in enumerate(rows, 2) if any(cell.strip() for cell in row)]


def _plain(cell: str) -> str:
    return " ".join(cell.lower().replace("’", "'").replace("_", " ").split())


def read_answer(question: str, cell: str) -> str:
    """The answer that a cell stands for.

    Raises
    ------
    ValueError
        If it is empty or none of the answers; the message says which was perhaps meant.
    """
    ways = {}
    for answer, written in ANSWERS[question].items():
        ways |= {_plain(way): answer for way in (answer, *written.split("|"))}
    said = _plain(cell)
    if not said:
        raise ValueError("is empty")
    if said not in ways:
        near = difflib.get_close_matches(said, ways, 1)
        raise ValueError(f"{cell.strip()!r} is not an answer" + (f"; meant {near[0]!r}?" if near else ""))
    return ways[said]


def read_sheet(path: Path, ids: list[str]) -> dict[str, dict[str, str]]:
    """One filled sheet: id → question → answer. Rows may stand in any order.

    Raises
    ------
    SheetError
        With every fault found, not only the first.
    """
    rows = _table(path)
    lost = [name for name in ("id", *ANSWERS) if rows and name not in rows[0][1]]
    if not rows or lost:
        raise SheetError(f"{path}, row 1: " + (f"no column {', '.join(lost)}" if lost else "no rows below the heading"))
    found, faults, seen = {}, [], {}
    for number, row in rows:
        name = (row["id"] or "").strip().lower()
        if name not in ids:
            faults.append(f"{path}, row {number}, column id: {name!r} is no id of {REPLIES.name}")
            continue
        if name in seen:
            faults.append(f"{path}, row {number}, column id: {name} stands in row {seen[name]} already")
            continue
        seen[name] = number
        found[name] = {}
        for question in ANSWERS:
            try:
                found[name][question] = read_answer(question, row.get(question) or "")
            except ValueError as fault:
                faults.append(f"{path}, row {number} ({name}), column {question}: {fault}")
        given = found[name]
        if len(given) == len(ANSWERS) and (given["code"] == "uncodable") != (given["consistent"] == "-"):
            at = f"{path}, row {number} ({name}), column consistent"
            faults.append(f"{at}: 'geen' goes with 'niet te lezen', and only with that")
    faults += [f"{path}: no row for {name}" for name in ids if name not in seen]
    if faults:
        raise SheetError("\n".join(faults))
    return found


def read_replies() -> dict[str, dict[str, str]]:
    """The replies that are rated: id → row."""
    return {row["id"]: row for _, row in _table(REPLIES)}


def ask_coder(replies: dict[str, dict[str, str]]) -> tuple[dict[str, dict[str, str]], str]:
    """The coder's answers in the form of a sheet, and the version of its rules."""
    from mi_helpers.coder import code_turn, rules_version
    from mi_helpers.feedback import on_reply

    fits = {True: "consistent", None: "neutral", False: "inconsistent"}
    found = {}
    for name, row in replies.items():
        coding = code_turn(row["reply"], previous=row["client"], lang="nl")
        verdict = on_reply(client=row["client"], text=row["reply"], lang="nl").verdict
        found[name] = {
            "code": coding.main,
            "consistent": "-" if coding.main == "uncodable" else fits[coding.mi_consistent],
            "verdict": verdict if verdict in ANSWERS["verdict"] else "can't tell",
        }
    return found, rules_version()


# ------------------------------------------------------------------------------------------------------- the figures
def percentage(pairs: list[tuple[str, str]]) -> float:
    """Share of items on which both say the same."""
    return sum(a == b for a, b in pairs) / len(pairs)


def cohen_kappa(pairs: list[tuple[str, str]]) -> float | None:
    """Agreement beyond the chance that follows from how often *each* uses an answer (Cohen, 1960).

    None where both give one and the same answer throughout: the figure is not defined then.
    """
    n = len(pairs)
    left, right = Counter(a for a, _ in pairs), Counter(b for _, b in pairs)
    chance = sum(left[k] * right[k] for k in left) / n**2
    return None if chance == 1 else (percentage(pairs) - chance) / (1 - chance)


def gwet_ac1(pairs: list[tuple[str, str]], answers: int) -> float:
    """Agreement beyond chance, steady where one answer is far more common than the rest (Gwet, 2008).

    Parameters
    ----------
    pairs : list of (answer, answer)
    answers : int
        How many answers could be given, used or not.
    """
    n = len(pairs)
    used = Counter(a for pair in pairs for a in pair)
    chance = sum(k / (2 * n) * (1 - k / (2 * n)) for k in used.values()) / (answers - 1)
    return (percentage(pairs) - chance) / (1 - chance)


def intervals(pairs: list[tuple[str, str]], answers: int) -> dict[str, tuple[float | None, float | None, float | None]]:
    """Each figure with its 95 % bootstrap interval (items drawn with replacement, percentiles, fixed seed)."""
    figures = {"agreement": percentage, "kappa": cohen_kappa, "AC1": lambda p: gwet_ac1(p, answers)}
    dice, drawn = random.Random(SEED), {name: [] for name in figures}
    for _ in range(SAMPLES):
        sample = dice.choices(pairs, k=len(pairs))
        for name, figure in figures.items():
            drawn[name].append(figure(sample))
    found = {}
    for name, figure in figures.items():
        values = sorted(v for v in drawn[name] if v is not None)
        low, high = (values[int(len(values) * 0.025)], values[int(len(values) * 0.975)]) if values else (None, None)
        found[name] = (figure(pairs), low, high)
    return found


# -------------------------------------------------------------------------------------------------------- the report
def _shown(value: float | None) -> str:
    return "  –  " if value is None else f"{value:5.2f}"


def compare(left: dict, right: dict, names: tuple[str, str], agreed_only: dict | None = None) -> list[str]:
    """The lines that compare two sets of answers, question by question.

    ``agreed_only`` is a third set: items count where it gives the same answer as ``right``.
    """
    lines = [f"== {names[0]} and {names[1]} =="]
    for question, answers in ANSWERS.items():
        ids = [i for i in right if agreed_only is None or agreed_only[i][question] == right[i][question]]
        lines.append(f"{question}, {len(ids)} items")
        if not ids:
            continue
        pairs = [(left[i][question], right[i][question]) for i in ids]
        for name, (value, low, high) in intervals(pairs, len(answers)).items():
            lines.append(f"  {name:<10}{_shown(value)}  [{_shown(low)},{_shown(high)} ]")
        for (a, b), count in Counter(p for p in pairs if p[0] != p[1]).most_common():
            lines.append(f"  {count:3} × {names[0]}: {a} | {names[1]}: {b}")
    return lines


def disagreements(sheets: dict[str, dict], replies: dict[str, dict[str, str]]) -> list[str]:
    """Every reply on which not all say the same, with who said what."""
    lines = ["== Where they differ =="]
    for i, row in replies.items():
        split = [q for q in ANSWERS if len({sheet[i][q] for sheet in sheets.values()}) > 1]
        if split:
            lines += [f"{i}  C: {row['client']}", f"      R: {row['reply']}"]
            lines += [f"      {q}: " + " | ".join(f"{n}: {sheet[i][q]}" for n, sheet in sheets.items()) for q in split]
    return lines


def main(arguments: list[str] | None = None) -> int:
    """Read, check, compare, print; 2 where a sheet cannot be used."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("a", type=Path, help="filled sheet of rater A")
    parser.add_argument("b", type=Path, help="filled sheet of rater B")
    parser.add_argument("--coder", action="store_true", help="compare the coder of this project with both")
    asked = parser.parse_args(arguments)
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
    replies, sheets, faults = read_replies(), {}, []
    for name, path in (("A", asked.a), ("B", asked.b)):
        try:
            sheets[name] = read_sheet(path, list(replies))
        except SheetError as fault:
            faults.append(str(fault))
    if faults:
        print("\n".join(faults), file=sys.stderr)
        return 2
    lines = compare(sheets["A"], sheets["B"], ("A", "B"))
    if asked.coder:
        sheets["coder"], version = ask_coder(replies)
        lines += ["", f"Rules of the coder: {version}"]
        for name in ("A", "B"):
            lines += [*compare(sheets["coder"], sheets[name], ("coder", name)), ""]
        both = "A and B where they agree"
        lines += compare(sheets["coder"], sheets["A"], ("coder", both), agreed_only=sheets["B"])
    print("\n".join([*lines, "", *disagreements(sheets, replies)]))
    return 0


if __name__ == "__main__":
    sys.exit(main())
