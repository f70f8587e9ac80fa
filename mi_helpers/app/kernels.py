"""Which kernel runs a page, and where: the interpreter that runs ``mi-course``, in a folder of its own."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Callable
from functools import lru_cache
from importlib.metadata import entry_points

from jupyter_client.kernelspec import KernelSpec, KernelSpecManager, NoSuchKernel
from jupyter_server.services.kernels.kernelmanager import AsyncMappingKernelManager
from traitlets import Unicode

from mi_helpers.app import provisioner, warm

NAME = "python3"


class _OneKernel(KernelSpecManager):
    """Knows one kernel, whatever "python3" means elsewhere on this machine."""

    module = "ipykernel_launcher"

    def find_kernel_specs(self):
        return {NAME: ""}

    def get_kernel_spec(self, kernel_name):
        if kernel_name != NAME:
            raise NoSuchKernel(kernel_name)
        # -P: the folder the kernel stands in is no place to import from
        return KernelSpec(
            argv=[sys.executable, "-P", "-m", self.module, "-f", "{connection_file}"],
            display_name="Python 3",
            language="python",
            metadata=self._metadata(),
        )

    def _metadata(self) -> dict:
        return {}

    def get_all_specs(self):
        return {NAME: {"resource_dir": "", "spec": self.get_kernel_spec(NAME).to_dict()}}


class PageKernel(_OneKernel):
    """The light kernel behind a page in the browser."""

    module = provisioner.MODULE

    def _metadata(self) -> dict:
        if not has_warm_kernels():
            return {}
        return {"kernel_provisioner": {"provisioner_name": provisioner.NAME}}


class NotebookKernel(_OneKernel):
    """The full kernel for a notebook in JupyterLab."""


@lru_cache(maxsize=1)
def has_warm_kernels() -> bool:
    """Whether kernels can be copies of a warm process: on this system, and as this package was installed."""
    group = "jupyter_client.kernel_provisioners"
    return warm.is_possible() and bool(entry_points(group=group, name=provisioner.NAME))


def warm_up() -> Callable[[], None]:
    """Start the warm process, so that it is ready for the first page; gives what ends it."""
    if not has_warm_kernels():
        return lambda: None
    with contextlib.suppress(OSError):  # then the first page tries again
        warm.warm().start()
    return warm.warm().close


class CourseKernels(AsyncMappingKernelManager):
    """The kernels of the pages; they stand in an empty folder, not in the course."""

    workplace = Unicode(config=True, help="The folder in which kernels run.")

    def cwd_for_path(self, path, **kwargs):
        return self.workplace
