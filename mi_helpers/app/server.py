"""The server: Voila, set up for the course and for this computer only."""

from __future__ import annotations

import asyncio
import hashlib
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
from traitlets.config import Config
from voila.app import Voila
from voila.configuration import VoilaConfiguration
from voila.paths import collect_static_paths
from voila.utils import get_page_config

from mi_helpers.app import pages, render
from mi_helpers.app.kernels import CourseKernels, PageKernel, warm_up
from mi_helpers.app.words import TEMPLATE
from mi_helpers.resources import content_root

#: The browser code that a page loads besides Voila's own: the widgets, and nothing for plots.
EXTENSIONS = ("@voila-dashboards/widgets-manager8", "@jupyter-widgets/jupyterlab-manager", "anywidget")
KERNEL_ID = r"([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})"
#: Style sheets and scripts of the page's frame and of the widgets.
ASSETS = [str(TEMPLATE / "static"), str(Path(__file__).parent.parent / "ui" / "assets")]


def configuration(*, cull_after: int = 1200) -> Config:
    """How Voila is set up.

    Parameters
    ----------
    cull_after : int
        Seconds without a browser after which a kernel stops (a crashed browser never says goodbye).
        A page that is open keeps its kernel.
    """
    config = Config()
    config.VoilaConfiguration.allow_template_override = "NO"
    config.VoilaConfiguration.allow_theme_override = "NO"
    config.VoilaConfiguration.template = "mi_course"
    config.VoilaConfiguration.extension_allowlist = list(EXTENSIONS)
    config.VoilaConfiguration.extension_denylist = []
    config.VoilaConfiguration.file_allowlist = []
    config.VoilaConfiguration.multi_kernel_manager_class = CourseKernels
    config.VoilaConfiguration.kernel_spec_manager_class = PageKernel
    config.VoilaConfiguration.resources = {}
    config.VoilaExecutor.allow_errors = True
    config.VoilaExecutor.on_cell_error = render.log_failed_cell
    config.VoilaExecutor.timeout = 60
    config.MappingKernelManager.allow_tracebacks = False
    config.MappingKernelManager.cull_idle_timeout = cull_after
    config.MappingKernelManager.cull_interval = max(1, cull_after // 10)
    config.MappingKernelManager.cull_connected = False
    return config


class CourseServer(Voila):
    """Voila with the pages of the course and nothing else.

    Attributes
    ----------
    lang : str or None
        The language to begin in; None leaves it to the browser.
    assets : str
        Address of the style sheets and scripts of the page's frame.
    page_config : dict
        What the browser code needs to know; the same for every page but for the kernel's id.
    """

    lang: str | None = None

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
        return settings | {
            "allow_remote_access": False,  # a request must name this computer: no rebinding of names
            "voila_jinja2_env": environment,
            "default_handler_class": pages.NotHere,
            "log_function": pages.log_request,
            "ws_ping_interval": 30_000,
            "ws_ping_timeout": 90_000,  # must be longer, or each line is cut when the first ping is due
            "mi_course": self,
        }

    def init_handlers(self):
        def at(address: str) -> str:
            return url_path_join(self.server_url, address)

        extensions = "|".join(EXTENSIONS)
        return [
            (self.server_url, pages.ToHome),
            (at(r"/voila/render/(.*)"), pages.CoursePage),
            (at(rf"/api/kernels/{KERNEL_ID}"), pages.KernelAlive),
            (at(rf"/api/kernels/{KERNEL_ID}/channels"), pages.Channels),
            (at(rf"/voila/api/shutdown/{KERNEL_ID}"), pages.PageClosed),
            (at(r"/voila/static/[^/]+/(.*)"), pages.StaticFile, {"paths": self.static_paths}),
            (
                at(rf"/voila/labextensions/((?:{extensions})/.*)"),
                pages.StaticFile,
                {"paths": self.labextensions_path},
            ),
            (at(r"/voila/assets/[^/]+/(\w+\.(?:css|js|svg))"), pages.StaticFile, {"paths": ASSETS}),
        ]

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
        self.app = web.Application(self.init_handlers(), **settings)
        server = HTTPServer(self.app)
        server.add_sockets(sockets)
        stop = _stop_signal()
        cool_down = warm_up()
        try:
            ready()
            while not stop.is_set():  # short waits, so that Ctrl-C is seen on Windows too
                try:
                    await asyncio.wait_for(stop.wait(), 0.5)
                except TimeoutError:
                    pass
        finally:
            server.stop()
            await self.kernel_manager.shutdown_all()
            cool_down()
            shutil.rmtree(self.connection_dir, ignore_errors=True)


def make_server(*, lang: str | None = None, config: Config | None = None) -> CourseServer:
    """A server for the course, ready to ``serve``; reads no configuration of the user's."""
    server = CourseServer(
        config=config or configuration(), config_file_paths=[], root_dir=str(content_root()), log_level="WARN"
    )
    server.lang = lang
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
