"""A learner's own studies: from a file or a form to estimates, with a clear word on every row that cannot be read."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from dataclasses import dataclass, replace
from types import SimpleNamespace

from mi_helpers.evidence.cells import (
    Problem,
    column_name,
    known_columns,
    lower_is_better,
    number_in,
    plain,
    scale_in,
    scale_of,
    tidy,
    whole_in,
    year_in,
)
from mi_helpers.evidence.errors import EvidenceError
from mi_helpers.evidence.estimates import Estimate, from_counts, from_interval, from_means, from_r, turned_round
from mi_helpers.evidence.scales import scale_info
from mi_helpers.evidence.shipped import toml
from mi_helpers.evidence.texts import say

#: What is read at most.
LIMITS = SimpleNamespace(bytes=200_000, rows=500, columns=40, cell=120)

_SUMS = ("pooled", "samengevoegd")
_COUNTS = ("events_mi", "n_mi", "events_control", "n_control")
_MEANS = ("mean_mi", "sd_mi", "n_mi", "mean_control", "sd_control", "n_control")


@dataclass(frozen=True)
class Studies:
    """What was read: the good rows, and what is wrong with the others."""

    estimates: tuple[Estimate, ...] = ()
    problems: tuple[Problem, ...] = ()

    @property
    def scales(self) -> tuple[str, ...]:
        """The scales that occur, in order of appearance."""
        return tuple(dict.fromkeys(estimate.scale for estimate in self.estimates))

    def of(self, scale: str) -> tuple[Estimate, ...]:
        """The estimates on that scale."""
        return tuple(estimate for estimate in self.estimates if estimate.scale == scale)


def read_studies(data: str | bytes, scale: str | None = None) -> Studies:
    """Studies from the text of a CSV file.

    Decimals with a point or a comma; cells apart by semicolon, comma or tab; headings in English or Dutch
    (``data/columns.toml``). A row holds an estimate with its interval, or counts, or means, or r with n; where it holds
    more than one of these, the first that is there counts.

    Parameters
    ----------
    data : str or bytes
        Bytes in UTF-8, UTF-16 with a mark, or Windows-1252; at most ``LIMITS.bytes``.
    scale : str, optional
        For rows that name none, where the heading of the estimates ("OR") names none either.

    Returns
    -------
    Studies
        Never raises for what is in the file: each fault is a :class:`Problem`.

    Raises
    ------
    EvidenceError
        ``unknown-scale`` for the parameter.
    """
    if scale:
        scale_info(scale)
    try:
        heading, headed, table = _cut(_decoded(data))
    except Problem as problem:
        return Studies(problems=(problem,))
    estimates, problems = [], []
    for row, cells in table:
        try:
            if isinstance(cells, Problem):
                raise cells
            if len(cells) > len(heading) and any(map(tidy, cells[len(heading):])):
                raise Problem("too-many-cells", row)
            record = {key: cell for key, cell in zip(heading, cells, strict=False) if key}
            estimates += _estimate(record, row, headed or scale, set(heading))
        except Problem as problem:
            problems.append(problem)
    if not estimates and not problems:
        problems.append(Problem("empty"))
    return Studies(tuple(estimates), tuple(problems))


def read_rows(rows: Iterable[dict[str, object]], scale: str | None = None) -> Studies:
    """Studies from a form: one dict per row, with keys of ``data/columns.toml``; rows without any text are passed over.

    See :func:`read_studies`; rows count from 1.
    """
    if scale:
        scale_info(scale)
    estimates, problems = [], []
    for row, record in enumerate(rows, 1):
        if row > LIMITS.rows:
            problems.append(Problem("too-many-rows", row, values={"limit": LIMITS.rows}))
            break
        try:
            estimates += _estimate(record, row, scale, set(toml("columns")))
        except Problem as problem:
            problems.append(problem)
    return Studies(tuple(estimates), tuple(problems))


def template_csv(lang: str) -> str:
    """A file to fill in: a heading and one row of each kind, made up and named so."""
    made_up = {"en": "Example {n} (made up)", "nl": "Voorbeeld {n} (verzonnen)"}[lang]
    examples = [
        {"scale": "OR", "estimate": "1.40", "low": "0.90", "high": "2.18", "n": "240"},
        {"scale": "OR", "events_mi": "24", "n_mi": "110", "events_control": "17", "n_control": "108"},
        {"scale": "SMD", "mean_mi": "14.2", "sd_mi": "5.1", "n_mi": "40", "mean_control": "12.6", "sd_control": "5.4",
         "n_control": "42", "better": {"en": "higher", "nl": "hoger"}[lang]},
    ]
    keys = _asked_for()
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";" if lang == "nl" else ",", lineterminator="\r\n")
    writer.writerow([column_name(key, lang) for key in keys])
    for n, example in enumerate(examples, 1):
        record = {"study": made_up.format(n=n), "year": "2020"} | example
        cells = [record.get(key, "") for key in keys]
        writer.writerow([cell.replace(".", ",") if lang == "nl" else cell for cell in cells])
    return out.getvalue()


def column_help(lang: str) -> list[tuple[str, str, str]]:
    """Per column: its key, its name, and what goes into it."""
    return [(key, column_name(key, lang), say(f"column.{key}", lang)) for key in _asked_for()]


def _asked_for() -> list[str]:
    return [key for key, about in toml("columns").items() if about["form"] != "download"]


def _decoded(data: str | bytes) -> str:
    if len(data) > LIMITS.bytes:
        raise Problem("too-large", values={"limit": LIMITS.bytes // 1000})
    if isinstance(data, str):
        text = data.removeprefix("\ufeff")
    elif data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        text = data.decode("utf-16", errors="replace")
    else:
        try:
            text = data.decode("utf-8-sig")
        except UnicodeDecodeError:
            text = data.decode("cp1252", errors="replace")
    if "\0" in text or text.startswith("PK\x03\x04"):
        raise Problem("not-text")
    return text


def _cut(text: str):
    """The keys of the heading (empty for columns we don't know), the scale it names, and pairs of line and cells."""
    lines = text.splitlines(keepends=True)
    if lines and plain(lines[0]).startswith("sep") and len(lines[0].strip()) <= 6:
        lines[0] = "\n"
    first = next((line for line in lines if line.strip()), "")
    mark = max(";\t,", key=first.count)
    reader, table, start = csv.reader(lines, delimiter=mark, strict=True), [], 1
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            break
        except csv.Error:
            table.append((start, Problem("bad-quotes", start)))
            break
        if any(map(tidy, cells)):
            if len(table) > LIMITS.rows:
                table.append((start, Problem("too-many-rows", start, values={"limit": LIMITS.rows})))
                break
            table.append((start, cells))
        start = reader.line_num + 1
    if not table:
        raise Problem("empty")
    return *_heading(*table[0]), table[1:]


def _heading(row: int, cells: list[str] | Problem) -> tuple[list[str], str]:
    if isinstance(cells, Problem):
        raise cells
    if len(cells) > LIMITS.columns:
        raise Problem("too-many-columns", values={"limit": LIMITS.columns})
    keys = [known_columns().get(plain(tidy(cell)), "") for cell in cells]
    for key in filter(None, keys):
        if keys.count(key) > 1:
            raise Problem("double-column", row, key)
    if "study" not in keys:
        raise Problem("no-study-column")
    headed = [scale_of(cell) for key, cell in zip(keys, cells, strict=True) if key == "estimate"]
    return keys, headed[0] if headed else ""


def _estimate(record: dict[str, object], row: int, scale: str | None, columns: set[str]) -> list[Estimate]:
    """The estimate of one row, or none for a row without any text."""
    cells = {key: tidy(value) for key, value in record.items()}
    for key, said in cells.items():
        if len(said) > LIMITS.cell:
            raise Problem("too-long", row, key, {"limit": LIMITS.cell})
    if not any(cells.values()) or plain(cells.get("kind", "")) in _SUMS:
        return []
    cells = {key: cells.get(key, "") for key in toml("columns")}

    def need(key: str, read=number_in):
        if not cells[key]:
            raise Problem("missing" if key in columns else "missing-column", row, key)
        return read(cells[key], key, row)

    need("study", read=lambda said, key, row: said)
    year = year_in(cells["year"], row)
    named = scale_in(cells["scale"], row) or scale or ""
    label = cells["study"] if not year or str(year) in cells["study"] else f"{cells['study']}, {year}"
    about = {"label": label, "year": year, "id": f"own-{row}"}
    turn = lower_is_better(cells["better"], row)
    try:
        if cells["estimate"]:
            made = _from_estimate(cells, need, named, about, row)
        elif cells["events_mi"] or cells["events_control"]:
            made = from_counts(*(need(key, whole_in) for key in _COUNTS), named or "OR", **about)
        elif cells["mean_mi"] or cells["mean_control"]:
            if named not in ("", "SMD"):
                raise Problem("means-give-smd", row, "scale", {"scale": named})
            made = from_means(*(need(key, whole_in if key[0] == "n" else number_in) for key in _MEANS), **about)
        else:
            raise Problem("nothing", row)
    except EvidenceError as e:
        raise Problem(e.code, row, values=e.values) from None
    return [turned_round(made) if turn else made]


def _from_estimate(cells: dict[str, str], need, scale: str, about: dict, row: int) -> Estimate:
    if not scale:
        raise Problem("scale-missing", row, "scale")
    n = need("n", whole_in) if cells["n"] else None
    if scale == "r" and n is not None and not cells["low"] and not cells["high"]:
        return from_r(need("estimate"), n, **about)
    return replace(from_interval(need("estimate"), need("low"), need("high"), scale, **about), n=n)
