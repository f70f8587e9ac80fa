"""One plot with all that belongs to it: words, numbers, sources, and itself as a file."""

from __future__ import annotations

import csv
import gzip
import io
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from mi_helpers.spreadsheet import harmless
from mi_helpers.ui.html import esc, p

MIME = "application/vnd.plotly.v1+json"


@dataclass(frozen=True, slots=True, kw_only=True)
class Plot:
    """What a learner gets to see, read and keep.

    Attributes
    ----------
    name : str
        For the files that can be kept; letters, digits and dashes.
    title : str
    figure : dict
        ``data``, ``layout`` and ``config`` as plotly reads them; empty where ``drawing`` is used.
    drawing : str
        The figure as SVG, where it is not plotly's.
    alt : str
        The figure in words.
    caption : tuple of str
        What has to be said under it.
    columns, rows
        The numbers as a table, written in the learner's language.
    csv : str
        The same numbers as a file.
    sources : tuple of str
        The publications, cited in full.
    """

    name: str
    title: str
    alt: str
    columns: Sequence[str]
    rows: Sequence[Sequence[str]]
    figure: dict = field(default_factory=dict)
    drawing: str = ""
    caption: Sequence[str] = ()
    csv: str = ""
    sources: Sequence[str] = ()

    def output(self) -> dict:
        """The figure as an output of a notebook cell."""
        return {"output_type": "display_data", "data": {MIME: self.figure, "text/plain": self.alt}, "metadata": {}}

    def told_html(self, say) -> str:
        """The figure in words and as a table, both folded, and where it comes from."""
        words = f"<details><summary>{esc(say('lab.in_words'))}</summary>{p(self.alt)}</details>"
        numbers = f"<details><summary>{esc(say('lab.in_numbers'))}</summary>{table_html(self.title, self.columns, self.rows)}</details>"
        return self.caption_html() + words + numbers + self.sources_html(say)

    def caption_html(self) -> str:
        """What has to be said under the figure."""
        return "".join(p(line, "mi-caption") for line in self.caption)

    def sources_html(self, say) -> str:
        """The citations, folded."""
        if not self.sources:
            return ""
        rows = "".join(f"<li>{esc(source)}</li>" for source in self.sources)
        return f"<details><summary>{esc(say('lab.sources'))}</summary><ul>{rows}</ul></details>"

    def page(self, say) -> str:
        """A page of its own that needs no network: figure, words, numbers and sources."""
        drawn = self.drawing or _drawn(self.figure)
        sources = "".join(f"<li>{esc(source)}</li>" for source in self.sources)
        heading = f"<h2>{esc(say('lab.sources'))}</h2><ul>{sources}</ul>" if sources else ""
        return (
            f'<!DOCTYPE html>\n<html lang="{say.lang}"><head><meta charset="utf-8">'
            f'<meta name="viewport" content="width=device-width"><title>{esc(self.title)}</title><style>'
            "body{font:1.05rem/1.6 system-ui,sans-serif;max-width:46rem;margin:2rem auto;padding:0 1rem;color:#1f2f2d}"
            "table{border-collapse:collapse}th,td{padding:.3rem .7rem;border-bottom:1px solid #8a8c80;text-align:left}"
            ".mi-table{overflow-x:auto}</style></head><body>"
            f'<h1>{esc(self.title)}</h1><div role="img" aria-label="{esc(self.alt)}">{drawn}</div>'
            f"{self.caption_html()}{p(self.alt)}{table_html(self.title, self.columns, self.rows)}{heading}</body></html>\n"
        )

    def packed_page(self, say) -> bytes:
        """:meth:`page`, compressed: plotly.js alone is 4.8 MB."""
        return gzip.compress(self.page(say).encode("utf-8"), 6)


def table_html(label: str, columns: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A table of plain texts that scrolls where it is too wide; the first column names the row."""
    head = "".join(f'<th scope="col">{esc(name)}</th>' for name in columns)
    body = "".join(
        f'<tr><th scope="row">{esc(row[0])}</th>{"".join(f"<td>{esc(cell)}</td>" for cell in row[1:])}</tr>' for row in rows
    )
    return (
        f'<div class="mi-table" role="region" tabindex="0" aria-label="{esc(label)}"><table>'
        f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>"
    )


def table_csv(columns: Sequence[str], rows: Sequence[Sequence[str]], lang: str) -> str:
    """A table of plain texts as a file that a spreadsheet opens safely, with the signs of the language."""
    out = io.StringIO()
    out.write("\ufeff")
    writer = csv.writer(out, delimiter=";" if lang == "nl" else ",", lineterminator="\r\n")
    writer.writerows([[_cell(cell) for cell in row] for row in (columns, *rows)])
    return out.getvalue()


def _cell(text: str) -> str:
    """A number with the minus that spreadsheets know; other text so that none takes it for a formula."""
    number = text.replace("\N{MINUS SIGN}", "-")
    return number if re.fullmatch(r"-?\d+([.,]\d+)?", number, re.ASCII) else harmless(text)


def _drawn(figure: dict) -> str:
    from plotly.io import to_html

    bare = json.loads(json.dumps({key: figure[key] for key in ("data", "layout")}))
    return to_html(bare, config=figure["config"], include_plotlyjs=True, full_html=False, validate=False)
