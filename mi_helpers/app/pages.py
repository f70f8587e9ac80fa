"""What the server answers: the pages of the course, the way to the home page, and nothing else."""

from __future__ import annotations

import asyncio
import os

from jupyter_core.utils import ensure_async
from jupyter_server.base.handlers import APIHandler
from jupyter_server.services.kernels.handlers import KernelHandler
from tornado import web
from tornado.iostream import StreamClosedError
from voila import __version__ as voila_version
from voila.tornado.kernel_websocket_handler import VoilaKernelWebsocketHandler
from voila.utils import ENV_VARIABLE

from mi_helpers.app import site
from mi_helpers.app.base import Answer, CourseHandler, log
from mi_helpers.app.kernels import NAME
from mi_helpers.app.places import Full
from mi_helpers.app.render import PageRenderer

#: After a page is closed its kernel gets this many seconds for words that are still on their way.
LAST_WORDS = 0.5
#: Channel, header, parent, metadata, content, and buffers, which no widget of the course sends.
MOST_PARTS = 64
#: What is nothing to a page.
NOT_FOR_KERNELS = ("PYTHONSTARTUP", "MI_COURSE_PASSWORD")


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
        try:
            self.kernel_id = await self.course.places.take(self.account)
        except Full as full:
            self.error = "many" if full.args == ("each",) else "full"
            raise web.HTTPError(503) from None
        try:
            renderer = await self._renderer()
            self.starting = asyncio.ensure_future(self._start_kernel())
            async for html, _ in renderer.generate_content_generator(self.kernel_id, self.starting):
                if self.left:
                    raise StreamClosedError
                self.write(html)  # the renderer flushes where it is going to wait
        except Exception as trouble:
            await self._stop_kernel()
            if self.left or isinstance(trouble, StreamClosedError):
                return
            if not self._headers_written:
                raise
            log.exception("%s broke off", self.page.address)
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
        course = self.course
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
            **self.frame(self.page.lang),
            "leave": {"url": f"{self.base_url}leave", "token": self.xsrf_token.decode()} if course.sign_in else None,
        }
        return renderer

    async def _start_kernel(self):
        manager = self.kernel_manager
        env = {name: value for name, value in os.environ.items() if name not in NOT_FOR_KERNELS}
        env |= {
            ENV_VARIABLE.SERVER_SOFTWARE: f"voila/{voila_version}",
            ENV_VARIABLE.SCRIPT_NAME: self.request.path,
            ENV_VARIABLE.QUERY_STRING: self.request.query,
            ENV_VARIABLE.VOILA_BASE_URL: self.base_url,
            "IPYTHONDIR": self.course.connection_dir,
            "MI_COURSE_ASSETS": self.course.assets,
        }
        if self.account:
            env["MI_COURSE_LEARNER"] = self.account
        try:
            await ensure_async(manager.start_kernel(kernel_id=self.kernel_id, kernel_name=NAME, path="", env=env))
            return manager.get_kernel(self.kernel_id)
        finally:
            self.course.places.started(self.kernel_id)

    async def _stop_kernel(self) -> None:
        if self.starting:
            await asyncio.wait([self.starting])
        await self.course.places.stop(self.kernel_id, now=True)


class KernelAlive(Answer, KernelHandler):
    """Whether a page's kernel is still there; pages ask every few seconds."""

    SUPPORTED_METHODS = ("GET",)
    content_security_policy = "default-src 'none'; frame-ancestors 'none'"

    def set_default_headers(self):
        """Without what only a document heeds: this goes out again and again."""
        super().set_default_headers()
        for name in ("Permissions-Policy", "Cross-Origin-Opener-Policy", "Referrer-Policy"):
            self.clear_header(name)

    def compute_etag(self):
        """Nobody asks whether an answer is still the same."""

    async def get(self, kernel_id):
        if self.owns(kernel_id) and kernel_id in self.kernel_manager:
            return await super().get(kernel_id)
        self.set_status(404)
        self.finish("{}")


class Channels(Answer, VoilaKernelWebsocketHandler):
    """The line between a page and its kernel.

    Only messages of widgets pass: the kernel manager's ``allowed_message_types``, set by Voila, hold no request to
    run code.
    """

    def set_default_headers(self):
        """A line has no headers of its own."""

    async def pre_get(self):
        if not self.owns(self.kernel_id):
            raise web.HTTPError(404)
        await super().pre_get()

    def on_message(self, ws_message):
        if not is_sound(ws_message, newer=bool(self.selected_subprotocol)):
            return self.close(1003, "not a message")
        if not _is_heartbeat(ws_message):
            self.course.places.touch(self.kernel_id)
        super().on_message(ws_message)

    def log_exception(self, typ, value, tb):
        """A page may be closed, or its kernel gone, before the line is laid; that is no news."""
        if getattr(self, "connection", None) is not None:
            super().log_exception(typ, value, tb)

    def write_error(self, status_code: int, **kwargs) -> None:
        self.finish()


class PageClosed(Answer, APIHandler):
    """A closing page stops its kernel."""

    @web.authenticated
    async def post(self, kernel_id):
        self.set_status(204)
        self.finish()
        if self.owns(kernel_id):
            await asyncio.sleep(LAST_WORDS)
            await self.course.places.stop(kernel_id)


def is_sound(message: str | bytes, *, newer: bool) -> bool:
    """Whether a binary message holds as many parts as it says.

    Jupyter Server makes a list as long as the message asks for before it looks at the rest, so 32 bytes of a learner's
    could stop the server for all (seen with 2.21).
    """
    if isinstance(message, str):
        return not newer
    width, order = (8, "little") if newer else (4, "big")
    count = int.from_bytes(message[:width], order)
    if not 0 < count <= MOST_PARTS or len(message) < width * (count + 1):
        return False
    starts = [int.from_bytes(message[width * at : width * (at + 1)], order) for at in range(1, count + 1)]
    return starts == sorted(starts) and width * (count + 1) <= starts[0] and starts[-1] <= len(message)


def _is_heartbeat(message: str | bytes) -> bool:
    """Whether a message only asks if the kernel is there (see ``ui/assets/shared.js``)."""
    ping = '"kind":"ping"'
    return (ping.encode() if isinstance(message, bytes) else ping) in message
