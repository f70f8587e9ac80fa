"""What the server answers: the pages of the course, the way to the home page, and nothing else."""

from __future__ import annotations

import asyncio
import logging
import os
import secrets
import uuid
from functools import cached_property

from jupyter_core.utils import ensure_async
from jupyter_server.base.handlers import APIHandler, JupyterHandler
from jupyter_server.services.kernels.handlers import KernelHandler
from tornado import web
from tornado.iostream import StreamClosedError
from voila import __version__ as voila_version
from voila.static_file_handler import MultiStaticFileHandler
from voila.tornado.kernel_websocket_handler import VoilaKernelWebsocketHandler
from voila.utils import ENV_VARIABLE

from mi_helpers.app import site
from mi_helpers.app.kernels import NAME
from mi_helpers.app.render import PageRenderer
from mi_helpers.app.words import wanted_language, words

log = logging.getLogger("mi_helpers.app")

#: After a page is closed its kernel gets this many seconds for words that are still on their way.
LAST_WORDS = 0.5


class CourseHandler(JupyterHandler):
    """A handler whose errors look like pages of the course and whose pages ask nothing of other hosts."""

    @cached_property
    def nonce(self) -> str:
        """Which inline scripts of this page may run."""
        return secrets.token_urlsafe(16)

    @property
    def content_security_policy(self) -> str:
        # blob: is how anywidget loads its module; styles come inline from ipywidgets
        return (
            f"default-src 'self'; script-src 'self' 'nonce-{self.nonce}' blob:; style-src 'self' 'unsafe-inline'; "
            "img-src 'self' data: blob:; font-src 'self' data:; object-src 'none'; base-uri 'none'; "
            "form-action 'self'; frame-ancestors 'self'"
        )

    def set_default_headers(self):
        super().set_default_headers()
        self.set_header("Referrer-Policy", "no-referrer")

    def wanted_language(self) -> str:
        return wanted_language(self.request.headers.get("Accept-Language", ""), self.settings["mi_course"].lang)

    def write_error(self, status_code: int, **kwargs) -> None:
        parts = self.request.path.split("/")
        lang = next((lang for lang in site.LANGUAGES if lang in parts), None) or self.wanted_language()
        said = words(lang, "error")
        kind = "failed" if status_code >= 500 else "forbidden" if status_code == 403 else "missing"
        if kind == "failed":
            self.log.error("%s could not be made", self.request.path, exc_info=kwargs.get("exc_info"))
        mi = {
            **site.bare_frame(lang, self.base_url),
            "title": said[f"{kind}_title"],
            "text": said[f"{kind}_text"],
            "to_home": said["to_home"],
            "assets": self.settings["mi_course"].assets,
            "nonce": self.nonce,
        }
        self.set_header("Content-Type", "text/html; charset=UTF-8")
        self.finish(self.settings["voila_jinja2_env"].get_template("error.html.j2").render(mi=mi))


class NotHere(CourseHandler):
    """Every address that is none of ours."""

    async def prepare(self):
        raise web.HTTPError(404)


class ToHome(CourseHandler):
    """The root address leads to the course's home page."""

    @web.authenticated
    def get(self):
        self.redirect(self.base_url + site.home(self.wanted_language()).address)


class CoursePage(CourseHandler):
    """One page: its text at once, its widgets as the kernel brings them."""

    starting: asyncio.Future | None = None
    left = False

    @web.authenticated
    async def get(self, address):
        self.page = site.page_at(address)
        if not self.page:
            raise web.HTTPError(404)
        self.xsrf_token  # noqa: B018 - sets the cookie with which the closing page may stop its kernel
        self.set_header("Content-Type", "text/html; charset=UTF-8")
        self.set_header("Cache-Control", "no-store")
        self.kernel_id = str(uuid.uuid4())
        renderer = await self._renderer()
        self.starting = asyncio.ensure_future(self._start_kernel())
        try:
            async for html, _ in renderer.generate_content_generator(self.kernel_id, self.starting):
                self.write(html)
                await self.flush()
        except Exception as trouble:
            await self._stop_kernel()
            if self.left or isinstance(trouble, StreamClosedError):
                return
            if not self._headers_written:
                raise
            self.log.exception("%s broke off", self.page.address)
            # what has not arrived yet is replaced by a sentence
            self.write(f'<script nonce="{self.nonce}">miFinish()</script>')
        self.finish()

    def on_connection_close(self):
        """The reader left while the page was still being made."""
        super().on_connection_close()
        self.left = True
        if self.starting and not self._finished:
            asyncio.ensure_future(self._stop_kernel())

    async def _renderer(self) -> PageRenderer:
        course = self.settings["mi_course"]
        renderer = PageRenderer(
            request_handler=self,
            voila_configuration=course.voila_configuration,
            traitlet_config=course.config,
            notebook_path=self.page.address,
            template_paths=course.template_paths,
            contents_manager=self.contents_manager,
            kernel_spec_manager=self.kernel_spec_manager,
            base_url=self.base_url,
            page_config={**site.lean(course.page_config, self.page), "kernelId": self.kernel_id},
        )
        await renderer.initialize()
        notebook = renderer.notebook
        renderer.resources["mi"] = {
            **site.frame(
                self.page, notebook.metadata, notebook.cells, base=self.base_url, query=self.request.query
            ),
            "assets": course.assets,
            "nonce": self.nonce,
        }
        return renderer

    async def _start_kernel(self):
        manager = self.kernel_manager
        env = {name: value for name, value in os.environ.items() if name != "PYTHONSTARTUP"}
        env |= {
            ENV_VARIABLE.SERVER_SOFTWARE: f"voila/{voila_version}",
            ENV_VARIABLE.SCRIPT_NAME: self.request.path,
            ENV_VARIABLE.QUERY_STRING: self.request.query,
            ENV_VARIABLE.VOILA_BASE_URL: self.base_url,
            "IPYTHONDIR": self.settings["mi_course"].connection_dir,
        }
        await ensure_async(manager.start_kernel(kernel_id=self.kernel_id, kernel_name=NAME, path="", env=env))
        return manager.get_kernel(self.kernel_id)

    async def _stop_kernel(self) -> None:
        await asyncio.wait([self.starting])
        await _stop(self.kernel_manager, self.kernel_id, now=True)


class KernelAlive(KernelHandler):
    """Whether a page's kernel is still there; pages ask every few seconds."""

    SUPPORTED_METHODS = ("GET",)

    async def get(self, kernel_id):
        if kernel_id in self.kernel_manager:
            return await super().get(kernel_id)
        self.set_status(404)
        self.finish("{}")


class Channels(VoilaKernelWebsocketHandler):
    """The line between a page and its kernel."""

    def log_exception(self, typ, value, tb):
        """A page may be closed, or its kernel gone, before the line is laid; that is no news."""
        if getattr(self, "connection", None) is not None:
            super().log_exception(typ, value, tb)

    def write_error(self, status_code: int, **kwargs) -> None:
        self.finish()


class PageClosed(APIHandler):
    """A closing page stops its kernel."""

    @web.authenticated
    async def post(self, kernel_id):
        self.set_status(204)
        self.finish()
        await asyncio.sleep(LAST_WORDS)
        await _stop(self.kernel_manager, kernel_id)


class StaticFile(MultiStaticFileHandler):
    """Browser code. Its address changes with its contents, so a browser need not ask twice."""

    def get_cache_time(self, path, modified, mime_type):
        return 30 * 24 * 3600


async def _stop(manager, kernel_id: str, *, now: bool = False) -> None:
    if kernel_id in manager:
        await ensure_async(manager.shutdown_kernel(kernel_id, now=now))


def log_request(handler) -> None:
    """Only what went wrong on our side belongs in the window in which a learner started the course."""
    if handler.get_status() >= 500:
        log.error("%s %s %s", handler.get_status(), handler.request.method, handler.request.path)
