"""Where kernels come from: copies of the warm process, or else a start of the usual kind.

The entry point ``mi-course-warm`` in the group ``jupyter_client.kernel_provisioners``; a kernel specification chooses
it with ``metadata.kernel_provisioner.provisioner_name``.
"""

from __future__ import annotations

import os

from jupyter_client.provisioning import LocalProvisioner

from mi_helpers.app import warm

NAME = "mi-course-warm"
MODULE = "mi_helpers.app.kernel"


class WarmProvisioner(LocalProvisioner):
    """Asks the warm process for a kernel; everything else is as with a process that was started here."""

    async def launch_kernel(self, cmd, **kwargs):
        """Launch a kernel whose command runs ``python -m mi_helpers.app.kernel``; others start the usual way."""
        forked = None
        if MODULE in cmd and warm.is_possible():
            env = {name: value for name, value in (kwargs.get("env") or os.environ).items() if value is not None}
            cwd = kwargs.get("cwd") or os.getcwd()
            forked = await warm.warm().kernel(cmd[cmd.index("-f") + 1], env, cwd)
        if forked is None:
            return await super().launch_kernel(cmd, **kwargs)
        self.process, self.pid, self.pgid, self.cwd = forked, forked.pid, forked.pid, cwd
        return self.connection_info

    async def send_signal(self, signum: int) -> None:
        """Send a signal to the kernel and what it started, as long as it is this kernel."""
        if self.process and self.process.poll() is None:
            await super().send_signal(signum)
