"""How the server is set up: what is the same for all, and what an administrator chooses."""

from __future__ import annotations

from dataclasses import dataclass

from jupyter_server.auth import IdentityProvider
from traitlets.config import Config

from mi_helpers.app import render, site
from mi_helpers.app.gate import Gate
from mi_helpers.app.kernels import CourseKernels, PageKernel

#: The browser code that a page loads besides Voila's own: the widgets; the last (4.8 MB) only where a page plots.
EXTENSIONS = ("@voila-dashboards/widgets-manager8", "@jupyter-widgets/jupyterlab-manager", "anywidget", site.PLOTS)


def configuration(*, cull_after: int = 1200, team: bool = False) -> Config:
    """How Voila is set up.

    Parameters
    ----------
    cull_after : int
        Seconds without a browser after which a kernel stops (a crashed browser never says goodbye).
        A page that is open keeps its kernel.
    team : bool
        Whether others than the learner read the log.
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
    config.VoilaExecutor.on_cell_error = render.name_failed_cell if team else render.log_failed_cell
    config.VoilaExecutor.timeout = 60
    config.MappingKernelManager.allow_tracebacks = False
    config.MappingKernelManager.cull_idle_timeout = cull_after
    config.MappingKernelManager.cull_interval = max(1, cull_after // 10)
    config.MappingKernelManager.cull_connected = False
    return config


@dataclass(frozen=True)
class Setup:
    """How this server is set up beyond what is the same for all; the default is one learner on this computer.

    Attributes
    ----------
    lang : str or None
        The language to begin in; None leaves it to the browser.
    base_url : str
        Where the course begins on its host, with a slash before and after.
    gate : Gate
        Who may ask at all.
    identity : IdentityProvider or None
        Who a learner is; None where there is only one.
    each, all_of_them : int
        How many pages one learner, and all together, may have open; 0 is without end.
    unused : float
        Seconds after which an open page that nobody touches is stopped; 0 is never.
    team : bool
        Whether this is a service that an administrator looks after: its requests are logged, without words.
    """

    lang: str | None = None
    base_url: str = "/"
    gate: Gate = Gate()
    identity: IdentityProvider | None = None
    each: int = 0
    all_of_them: int = 0
    unused: float = 0
    team: bool = False
