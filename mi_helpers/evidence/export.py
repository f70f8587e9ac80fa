"""What a learner takes along: a table that a spreadsheet opens safely, and the list of sources."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable

from mi_helpers import spreadsheet
from mi_helpers.evidence.cells import column_name
from mi_helpers.evidence.estimates import Estimate
from mi_helpers.evidence.pooling import Pooled
from mi_helpers.evidence.shipped import publications
from mi_helpers.evidence.texts import say, table

_COUNTS = ("events_mi", "n_mi", "events_control", "n_control")
_FIGURES = ("study", "year", "scale", "estimate", "low", "high", "n", *_COUNTS)
_MORE = ("k", "weight", "outcome", "comparison", "follow_up", "note", "read", "source")
_SUM = ("i2", "tau2", "prediction_low", "prediction_high")


def to_csv(estimates: Iterable[Estimate], lang: str, pooled: Pooled | None = None) -> str:
    """The rows as CSV, with the sum as the last one where there is one.

    In Dutch with semicolons and decimal commas, in English with commas and points; a mark in front tells spreadsheets
    that it is UTF-8. :func:`mi_helpers.evidence.read_studies` reads it back, without the sum.
    """
    words = table("export", lang)
    out = io.StringIO()
    out.write("\ufeff")
    writer = csv.writer(out, delimiter=";" if lang == "nl" else ",", lineterminator="\r\n")
    names = [words["kind"], *(column_name(key, lang) for key in _FIGURES), *(words[key] for key in (*_MORE, *_SUM))]
    writer.writerow(names)
    for e in estimates:
        counts = e.counts
        figures = {
            "study": e.name(lang), "year": e.year, "scale": e.scale, "estimate": e.value, "low": e.low, "high": e.high,
            "n": e.n, "k": e.k, "weight": pooled.weights.get(e.id) if pooled else None, "outcome": e.outcome(lang),
            "comparison": e.comparison(lang), "follow_up": e.follow_up(lang), "note": e.note(lang),
            "read": e.read_label(lang),
            "source": publications()[e.publication].cite(lang) if e.publication else "",
        }
        if counts:
            figures |= {name: getattr(counts, name) for name in _COUNTS}
        writer.writerow([words["study"], *(_cell(figures.get(key), lang) for key in (*_FIGURES, *_MORE, *_SUM))])
    if pooled:
        figures = {
            "study": say("forest.pooled", lang), "scale": pooled.scale, "estimate": pooled.value, "low": pooled.low,
            "high": pooled.high, "k": pooled.k, "i2": pooled.i2, "tau2": pooled.tau2,
            "prediction_low": pooled.prediction_low, "prediction_high": pooled.prediction_high,
        }
        writer.writerow([words["pooled"], *(_cell(figures.get(key), lang) for key in (*_FIGURES, *_MORE, *_SUM))])
    return out.getvalue()


def _cell(value: object, lang: str) -> str:
    if value is None:
        return ""
    if isinstance(value, float):
        said = f"{value:.6g}" if abs(value) >= 1e-4 or value == 0 else f"{value:.10f}".rstrip("0")
        return said.replace(".", ",") if lang == "nl" else said
    return spreadsheet.harmless(value) if isinstance(value, str) else str(value)


def citations(of: Iterable[Estimate | str], lang: str) -> list[str]:
    """The sources of estimates, or of ids of publications: one line each, sorted, none twice.

    Own studies have none here.
    """
    ids = {one if isinstance(one, str) else one.publication for one in of} - {""}
    return sorted((publications()[id].cite(lang) for id in ids), key=str.casefold)


def citations_text(of: Iterable[Estimate | str], lang: str) -> str:
    """The same as a text file, with a heading and a word on one's own studies where there are any."""
    of = list(of)
    lines = [say("export.citations", lang), "", *citations(of, lang)]
    if any(isinstance(one, Estimate) and one.kind == "own" for one in of):
        lines += ["", say("export.own", lang)]
    return "\n".join(lines) + "\n"
