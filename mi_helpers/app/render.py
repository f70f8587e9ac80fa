"""From a notebook to a page: what Voila's renderer does, with the template and the manners of the course."""

from __future__ import annotations

import logging
from functools import lru_cache
from pathlib import Path

import nbformat
from markupsafe import Markup
from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath
from voila.notebook_renderer import NotebookRenderer

from mi_helpers.app.kernels import NAME
from mi_helpers.app.site import Page

log = logging.getLogger("mi_helpers.app")


class PageRenderer(NotebookRenderer):
    """Renders one page of the course for one visit."""

    async def load_notebook(self, path):
        page: Page = self.request_handler.page
        notebook = nbformat.from_dict(_read(page.path, page.path.stat().st_mtime_ns))
        notebook.metadata.kernelspec = {"name": NAME, "display_name": "Python 3", "language": "python"}
        return notebook

    async def initialize(self, **kwargs) -> None:
        await super().initialize(**kwargs)
        self.exporter.environment.autoescape = True
        self.exporter.register_filter("text", self._text)

    def _text(self, cell) -> Markup:
        """A markdown cell as HTML: headings without empty links (and no BeautifulSoup: it closes folds early)."""
        renderer = IPythonRenderer(
            escape=False,
            exclude_anchor_links=True,
            path=str(self.request_handler.page.path.parent),
            attachments=cell.get("attachments", {}),
        )
        return Markup(MarkdownWithMath(renderer).render(cell.source))


@lru_cache(maxsize=128)
def _read(path: Path, _changed: int) -> dict:
    return nbformat.read(path, as_version=4)


def log_failed_cell(cell, cell_index, execute_reply) -> None:
    """Put the traceback of a cell into the log; the learner sees a sentence."""
    log.error("cell %s failed:\n%s", cell_index, "\n".join(execute_reply["content"].get("traceback", [])))


def name_failed_cell(cell, cell_index, execute_reply) -> None:
    """The same for a team's log, which holds nothing that learners wrote: only the kind of error."""
    log.error("cell %s failed: %s", cell_index, execute_reply["content"].get("ename", "unknown"))
