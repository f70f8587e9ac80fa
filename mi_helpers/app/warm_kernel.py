"""A kernel in two steps, for the warm process: what is the same for every page, and after the copy what is its own.

``ipykernel`` makes the channels first and the kernel with them. Here the kernel and its shell are made without
channels, once, in the warm process, and each copy gives them channels of its own: half the memory and half the time of doing it
all in the copy.
"""

from __future__ import annotations

import sys
import uuid
from collections.abc import Callable

from ipykernel.ipkernel import IPythonKernel
from ipykernel.kernelapp import IPKernelApp
from IPython.core.application import BaseIPythonApplication
from jupyter_client.session import Session

from mi_helpers.app.kernel import OPTIONS, keep_words_out

#: ipykernel need not watch its parent, the warm process, which may die; the line tells when the server is gone.
NO_POLLER = "--IPKernelApp.parent_handle=1"


class WarmKernel(IPythonKernel):
    """A kernel that is made before there is anybody to speak to."""

    @classmethod
    def instance(cls, *args, **traits):
        """The kernel; once it is there, another call gives it channels of its own."""
        there = cls.initialized()
        kernel = super().instance(*args, **traits)
        if there:
            kernel._connect(traits)
        return kernel

    def _connect(self, traits: dict) -> None:
        for name, value in traits.items():
            if name not in ("parent", "log", "profile_dir", "user_ns"):
                setattr(self, name, value)
        self.ident = str(uuid.uuid4())
        self._stdout, self._stderr = sys.stdout, sys.stderr
        shell = self.shell
        shell.displayhook.session = shell.display_pub.session = self.session
        shell.displayhook.pub_socket = shell.display_pub.pub_socket = self.iopub_socket
        shell.displayhook.topic = self._topic("execute_result")


class WarmApp(IPKernelApp):
    """IPython's kernel in two steps: :meth:`prepare` opens nothing, :meth:`connect` opens what is one kernel's own."""

    def prepare(self) -> None:
        """All that is the same for every page: options, profile, shell."""
        self.kernel_class = WarmKernel
        BaseIPythonApplication.initialize(self, [NO_POLLER, *OPTIONS])
        keep_words_out(self.log)
        self.init_pdb()
        kernel = WarmKernel.instance(parent=self, log=self.log, profile_dir=self.profile_dir, user_ns=self.user_ns)
        self.init_path()
        self.shell = kernel.shell
        self.shell.configurables.append(self)
        self.init_extensions()
        self.init_code()
        self.shell.run_cell("pass", silent=True)

    def connect(self, connection_file: str, ready: Callable[[], None]) -> None:
        """Open the channels of one kernel and answer until the server stops it; ``ready`` is called in between.

        There is no heartbeat (three threads): nobody listens to it, as pages and the restarter look for the process.
        """
        self.connection_file = connection_file
        self.session = Session(parent=self)
        self.init_connection_file()
        self.init_sockets()
        self.init_io()
        self.init_signal()
        self.init_kernel()
        self.init_gui_pylab()
        widgets = sys.modules.get("ipywidgets")
        if widgets:  # imported when there was no kernel to tell
            widgets.register_comm_target()
        ready()
        self.start()
