"""The server: Voila, set up for the course, for one learner on this computer or for a team."""

from __future__ import annotations

import asyncio
import hashlib
import logging
import shutil
import signal
import socket
import tempfile
from collections.abc import Callable
from pathlib import Path

import jinja2
import voila
from jupyter_server.utils import url_path_join
from tornado import web
from tornado.httpserver import HTTPServer
from tornado.httputil import HTTPServerRequest
from tornado.ioloop import PeriodicCallback
from traitlets.config import Config
from voila.app import Voila
from voila.configuration import VoilaConfiguration
from voila.paths import collect_static_paths
from voila.utils import get_page_config

from mi_helpers.app import base, entry, health, logs, pages, static
from mi_helpers.app.gate import Gate
from mi_helpers.app.identity import ByCode
from mi_helpers.app.kernels import warm_up
from mi_helpers.app.places import Places
from mi_helpers.app.setup import EXTENSIONS, Setup, configuration
from mi_helpers.app.words import TEMPLATE
from mi_helpers.resources import content_root

KERNEL_ID = r"([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})"
#: Nothing that a page of the course sends is larger: a box holds 20,000 letters, forms hold a code and a password.
LARGEST_BODY, LARGEST_MESSAGE = 64 * 1024, 1024 * 1024
#: Milliseconds between looks for pages that nobody uses, and for words that are to go.
LOOK_EVERY, DAY = 60_000, 24 * 3_600_000
#: Style sheets and scripts of the page's frame and of the widgets.
ASSETS = [str(TEMPLATE / "static"), str(Path(__file__).parent.parent / "ui" / "assets")]


class _Application(web.Application):
    """Every request goes by the gate, whatever its address."""

    def find_handler(self, request, **kwargs):
        why = self.settings["mi_course"].gate.refuses(request)
        if why:
            return self.get_handler_delegate(request, base.Refused, {"why": why})
        return super().find_handler(request, **kwargs)


class CourseServer(Voila):
    """Voila with the pages of the course and nothing else.

    Attributes
    ----------
    setup : Setup
    places : Places
        The pages that are open.
    copies : Copies
        Compressed copies of what browsers keep.
    assets : str
        Address of the style sheets and scripts of the page's frame.
    page_config : dict
        What the browser code needs to know; the same for every page but for the kernel's id.
    """

    setup = Setup()

    @property
    def lang(self) -> str | None:
        """The language to begin in; None leaves it to the browser."""
        return self.setup.lang

    @property
    def gate(self) -> Gate:
        """Who may ask at all."""
        return self.setup.gate

    @property
    def has_learners(self) -> bool:
        """Whether learners are told apart."""
        return self.setup.identity is not None

    @property
    def has_entry(self) -> bool:
        """Whether learners come in with a password and a code."""
        return isinstance(self.setup.identity, ByCode)

    @property
    def sign_in(self) -> str | None:
        """Where a stranger comes in, and goes back to on leaving; None where nobody signs in at this server."""
        return f"{self.base_url}enter" if self.has_entry else None

    def headers(self, request: HTTPServerRequest) -> dict[str, str]:
        """The headers of every answer."""
        return base.HEADERS | (base.BY_TLS if self.gate.scheme(request) == "https" else {})

    def setup_template_dirs(self):
        self.template_paths = [str(TEMPLATE)]
        self.static_paths = collect_static_paths(["voila"], "base", prune=True)

    def init_settings(self):
        settings = super().init_settings()
        self.assets = url_path_join(self.base_url, "voila/assets", _digest(ASSETS))
        self.page_config = {
            **get_page_config(self.base_url, settings, self.log, self.voila_configuration),
            "fullStaticUrl": url_path_join(self.base_url, "voila/static", voila.__version__),
            "disabledExtensions": [],
            "jupyterLabTheme": "light",
        }
        environment = jinja2.Environment(loader=jinja2.FileSystemLoader(self.template_paths), autoescape=True)
        self.places = Places(
            self.kernel_manager,
            each=self.setup.each, all_of_them=self.setup.all_of_them, unused=self.setup.unused,
        )  # fmt: skip
        self.copies = static.Copies(Path(self.connection_dir) / "copies")
        known = {"identity_provider": self.setup.identity, "login_url": url_path_join(self.base_url, "enter")}
        return settings | (known if self.has_learners else {}) | {
            "allow_remote_access": True,  # the gate has looked at the name already
            "compress_response": True,
            "websocket_compression_options": {"compression_level": 6, "mem_level": 5},
            "websocket_max_message_size": LARGEST_MESSAGE,
            "voila_jinja2_env": environment,
            "default_handler_class": base.NotHere,
            "log_function": logs.log_request if self.setup.team else base.log_problems,
            "ws_ping_interval": 30_000,
            "ws_ping_timeout": 90_000,  # Jupyter's clock: must be longer, or each line is cut when the first ping is due
            "mi_course": self,
        }

    def init_handlers(self):
        def at(address: str) -> str:
            return url_path_join(self.server_url, address)

        extensions = "|".join(EXTENSIONS)
        here = [
            (self.server_url, pages.ToHome),
            (at("/health"), health.Health),
            (at(r"/voila/render/(.*)"), pages.CoursePage),
            (at(rf"/api/kernels/{KERNEL_ID}"), pages.KernelAlive),
            (at(rf"/api/kernels/{KERNEL_ID}/channels"), pages.Channels),
            (at(rf"/voila/api/shutdown/{KERNEL_ID}"), pages.PageClosed),
            (at(r"/voila/static/[^/]+/(.*)"), static.StaticFile, {"paths": self.static_paths}),
            (
                at(rf"/voila/labextensions/((?:{extensions})/static/.*)"),
                static.StaticFile,
                {"paths": self.labextensions_path},
            ),
            (at(r"/voila/assets/[^/]+/(\w+\.(?:css|js|svg))"), static.StaticFile, {"paths": ASSETS}),
        ]
        return here + ([(at("/enter"), entry.Enter), (at("/leave"), entry.Leave)] if self.has_entry else [])

    def serve(self, sockets: list[socket.socket], ready: Callable[[], None]) -> None:
        """Answer on these sockets until a signal says stop; then stop every kernel.

        Parameters
        ----------
        sockets : list of socket.socket
            Bound and listening.
        ready : callable
            Called once when pages can be asked for.
        """
        asyncio.run(self._serve(sockets, ready))

    async def _serve(self, sockets, ready):
        self.connection_dir = tempfile.mkdtemp(prefix="mi-course-")
        self.config.CourseKernels.workplace = self.connection_dir
        settings = self.init_settings()
        self.app = _Application(self.init_handlers(), **settings)
        server = HTTPServer(self.app, max_body_size=LARGEST_BODY, idle_connection_timeout=300, body_timeout=60)
        server.add_sockets(sockets)
        stop = _stop_signal()
        chores = [PeriodicCallback(self.places.stop_unused, LOOK_EVERY)]
        if self.setup.team:
            chores.append(PeriodicCallback(health.tidy_store, DAY))
            asyncio.ensure_future(health.tidy_store())
        for chore in chores:
            chore.start()
        cool_down = warm_up()
        try:
            ready()
            while not stop.is_set():  # short waits, so that Ctrl-C is seen on Windows too
                try:
                    await asyncio.wait_for(stop.wait(), 0.5)
                except TimeoutError:
                    pass
        finally:
            for chore in chores:
                chore.stop()
            server.stop()
            await asyncio.sleep(pages.LAST_WORDS if len(self.places) else 0)
            await self.kernel_manager.shutdown_all()
            cool_down()
            shutil.rmtree(self.connection_dir, ignore_errors=True)


def _not_about_pings(record: logging.LogRecord) -> bool:
    """Tornado's own clock wants it shorter, warns and makes it so; the learner need not read that."""
    return "websocket_ping_timeout" not in record.getMessage()


def make_server(
    *, setup: Setup | None = None, config: Config | None = None, kind: type[CourseServer] = CourseServer
) -> CourseServer:
    """A server for the course, ready to ``serve``; reads no configuration of the user's."""
    setup = setup or Setup()
    server = kind(
        config=config or configuration(), config_file_paths=[], root_dir=str(content_root()), log_level="WARN",
        base_url=setup.base_url,
    )  # fmt: skip
    server.setup = setup
    logging.getLogger("tornado.general").addFilter(_not_about_pings)
    server._init_asyncio_patch()
    server.voila_configuration = VoilaConfiguration(parent=server)
    server.setup_template_dirs()
    return server


def _stop_signal() -> asyncio.Event:
    """Set when this process is asked to stop: Ctrl-C, a closed window, a service manager."""
    stop, loop = asyncio.Event(), asyncio.get_running_loop()
    for name in ("SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK"):
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), lambda *_: loop.call_soon_threadsafe(stop.set))
    return stop


def _digest(folders: list[str]) -> str:
    """A name for the contents of some folders; it changes when they do, so that browsers may keep what they have."""
    said = hashlib.sha256()
    for path in sorted(path for folder in folders for path in Path(folder).iterdir() if path.is_file()):
        said.update(path.name.encode() + path.read_bytes())
    return said.hexdigest()[:12]
