"""Which kernel runs a page, and where: the interpreter that runs ``mi-course``, in a folder of its own."""

from __future__ import annotations

import sys

from jupyter_client.kernelspec import KernelSpec, KernelSpecManager, NoSuchKernel
from jupyter_server.services.kernels.kernelmanager import AsyncMappingKernelManager
from traitlets import Unicode

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
        )

    def get_all_specs(self):
        return {NAME: {"resource_dir": "", "spec": self.get_kernel_spec(NAME).to_dict()}}


class PageKernel(_OneKernel):
    """The light kernel behind a page in the browser."""

    module = "mi_helpers.app.kernel"


class NotebookKernel(_OneKernel):
    """The full kernel for a notebook in JupyterLab."""


class CourseKernels(AsyncMappingKernelManager):
    """The kernels of the pages; they stand in an empty folder, not in the course."""

    workplace = Unicode(config=True, help="The folder in which kernels run.")

    def cwd_for_path(self, path, **kwargs):
        return self.workplace
