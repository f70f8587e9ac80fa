"""From a notebook to a page: what Voila's renderer does, with the template and the manners of the course."""

from __future__ import annotations

import contextlib
import logging
import time
from functools import lru_cache
from pathlib import Path
from queue import Empty

import nbformat
from jinja2 import BytecodeCache
from markupsafe import Markup
from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath
from voila.execute import VoilaExecutor
from voila.notebook_renderer import NotebookRenderer

from mi_helpers.app.kernels import NAME
from mi_helpers.app.site import Page

log = logging.getLogger("mi_helpers.app")


class _Compiled(BytecodeCache):
    """Templates compiled once for all visits: each visit brings a new environment, which would compile them anew."""

    def __init__(self):
        self._known: dict[str, bytes] = {}

    def load_bytecode(self, bucket):
        if bucket.key in self._known:
            bucket.bytecode_from_string(self._known[bucket.key])

    def dump_bytecode(self, bucket):
        self._known[bucket.key] = bucket.bytecode_to_string()


COMPILED = _Compiled()


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
        self.exporter.environment.bytecode_cache = COMPILED
        self.exporter.register_filter("text", self._text)
        self.exporter.register_filter("needed", _needed)

    async def _jinja_kernel_start(self, nb, kernel_id, kernel_future):
        """As Voila's own, which listens for a fifth of a second whether a new kernel has more to say."""
        await self.request_handler.flush()  # the page's text, before anything takes time
        km = await kernel_future
        self.executor = VoilaExecutor(nb, km=km, config=self.traitlet_config, show_tracebacks=False)
        self.executor.kc = client = km.client()
        client.start_channels(hb=False)
        client.allow_stdin = False
        try:
            await wait_for_answer(client, km, self.executor.startup_timeout)
        except BaseException:
            client.stop_channels()
            raise
        self.kernel_started = True
        return kernel_id

    async def _jinja_cell_generator(self, nb, kernel_id):
        try:
            async for cell in super()._jinja_cell_generator(nb, kernel_id):
                yield cell
                if cell.cell_type == "code":
                    await self.request_handler.flush()
        finally:  # also where the reader has left
            self.executor.kc.stop_channels()

    def _text(self, cell) -> Markup:
        """A markdown cell as HTML: headings without empty links (and no BeautifulSoup: it closes folds early)."""
        renderer = IPythonRenderer(
            escape=False,
            exclude_anchor_links=True,
            path=str(self.request_handler.page.path.parent),
            attachments=cell.get("attachments", {}),
        )
        return Markup(MarkdownWithMath(renderer).render(cell.source))


def _needed(output) -> dict:
    """An output without the plain text of what the browser shows in another way."""
    data = output.get("data", {})
    return {**output, "data": {kind: it for kind, it in data.items() if kind != "text/plain" or len(data) == 1}}


async def wait_for_answer(client, manager, seconds: float) -> None:
    """Wait until a kernel answers on both channels: to the question itself, and that it is idle again.

    Raises
    ------
    RuntimeError
        If it dies, or stays silent for ``seconds``.
    """
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        asked = client.kernel_info()
        with contextlib.suppress(Empty):
            while (await client.get_shell_msg(timeout=1))["parent_header"].get("msg_id") != asked:
                pass
            # what it said before we listened is lost; then ask again
            while not _is_idle(await client.get_iopub_msg(timeout=0.2), asked):
                pass
            return
        if not await manager.is_alive():
            raise RuntimeError("the kernel died before it answered")
    raise RuntimeError(f"the kernel did not answer for {seconds} s")


def _is_idle(message: dict, asked: str) -> bool:
    said = message["content"].get("execution_state")
    return said == "idle" and message["parent_header"].get("msg_id") == asked


@lru_cache(maxsize=128)
def _read(path: Path, _changed: int) -> dict:
    return nbformat.read(path, as_version=4)


def log_failed_cell(cell, cell_index, execute_reply) -> None:
    """Put the traceback of a cell into the log; the learner sees a sentence."""
    log.error("cell %s failed:\n%s", cell_index, "\n".join(execute_reply["content"].get("traceback", [])))


def name_failed_cell(cell, cell_index, execute_reply) -> None:
    """The same for a team's log, which holds nothing that learners wrote: only the kind of error."""
    log.error("cell %s failed: %s", cell_index, execute_reply["content"].get("ename", "unknown"))
