"""Start the JupyterHub of ``deploy/jupyterhub`` for a test: its own configuration, on other ports."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
from contextlib import ExitStack
from pathlib import Path

import psutil
import pytest
from serving import wait_for

ROOT = Path(__file__).resolve().parents[2]
CONFIG = ROOT / "deploy" / "jupyterhub" / "jupyterhub_config.py"
PROXY = "configurable-http-proxy"
GROUP = "mi-course"


def missing() -> str | None:
    """Why no hub can be started here; None where it can."""
    if sys.platform != "linux" or os.geteuid() != 0:
        return "the hub starts servers as other Linux users, so this test must run as root on Linux"
    if not shutil.which("jupyterhub", path=_path()):
        return 'JupyterHub is not installed (pip install -e ".[hub]")'
    if not shutil.which(PROXY, path=_path()):
        return f"{PROXY} is not installed (npm install -g {PROXY})"
    if not all(map(shutil.which, ("useradd", "userdel", "groupadd", "chpasswd"))):
        return "useradd, userdel, groupadd and chpasswd are not all installed"
    return None


def skip_or_fail(reason: str | None) -> None:
    """Skip where something is not installed; in CI that is a failure."""
    if reason and os.environ.get("CI"):
        pytest.fail(reason)
    if reason:
        pytest.skip(reason)


def _path() -> str:
    return os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])


class Accounts:
    """Linux accounts that are there for as long as the test."""

    def __init__(self, *names: str, password: str):
        self.names, self.password = names, password
        self._made_group = not _known("group", GROUP)

    def __enter__(self):
        if self._made_group:
            subprocess.run(["groupadd", GROUP], check=True)
        for name in self.names:
            # left by a run that was killed
            subprocess.run(["userdel", "--force", "--remove", name], capture_output=True, check=False)
            options = ["--create-home", "--groups", GROUP, "--shell", "/usr/sbin/nologin"]
            subprocess.run(["useradd", *options, name], check=True)
            Path(f"~{name}").expanduser().chmod(0o700)
            subprocess.run(["chpasswd"], input=f"{name}:{self.password}\n", text=True, check=True)
        return self

    def __exit__(self, *_):
        for name in self.names:
            subprocess.run(["pkill", "-KILL", "-u", name], check=False)  # processes of the test's own account
            subprocess.run(["userdel", "--force", "--remove", name], capture_output=True, check=False)
        if self._made_group:
            subprocess.run(["groupdel", GROUP], check=False)


def _known(kind: str, name: str) -> bool:
    return subprocess.run(["getent", kind, name], capture_output=True, check=False).returncode == 0


class Hub:
    """A running JupyterHub with its proxy.

    Attributes
    ----------
    url : str
        The address of the proxy, ending in a slash.
    folder : pathlib.Path
        Where the hub keeps its own database and this test its notes.

    Parameters
    ----------
    folder : pathlib.Path
    *options : str
        Options of the command line of ``jupyterhub``.
    environment : dict, optional
        Variables of the hub's own process.
    changed : dict, optional
        Lines of the configuration and what stands there instead.
    """

    def __init__(self, folder: Path, *options: str, environment=None, changed=None):
        self.folder = folder
        config = folder / "jupyterhub_config.py"
        said = CONFIG.read_text(encoding="utf-8")
        for before, after in (changed or {}).items():
            assert before in said
            said = said.replace(before, after)
        config.write_text(said, encoding="utf-8")
        shutil.copytree(CONFIG.parent / "templates", folder / "templates")
        self._log = folder / "hub.log"
        self.units = folder / "units"
        self.units.mkdir()
        programs = folder / "programs"
        programs.mkdir()
        for name in ("systemd-run", "systemctl"):
            (programs / name).symlink_to(Path(__file__).with_name("stand_in_systemd.py"))
        port, api, proxy = free_ports(3)
        self.url = f"http://127.0.0.1:{port}/"
        env = os.environ | (environment or {})
        env |= {"PATH": os.pathsep.join([str(programs), _path()]), "STAND_IN_UNITS": str(self.units)}
        env["STAND_IN_NEEDS"] = json.dumps([str(Path(sys.base_prefix).resolve()), sys.prefix, str(ROOT)])
        command = [
            "jupyterhub", "-f", str(config), f"--JupyterHub.bind_url={self.url}",
            f"--JupyterHub.hub_bind_url=http://127.0.0.1:{api}",
            f"--ConfigurableHTTPProxy.api_url=http://127.0.0.1:{proxy}", *options,
        ]  # fmt: skip
        with self._log.open("wb") as log:
            self.process = subprocess.Popen(
                command, cwd=folder, env=env, stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True
            )
        if not wait_for(lambda: "JupyterHub is now running" in self.log() or self.process.poll() is not None, 60):
            raise AssertionError(f"the hub did not start:\n{self.log()}")

    def log(self) -> str:
        """What hub and proxy have said so far."""
        return self._log.read_text(encoding="utf-8", errors="replace")

    def unit(self, name: str) -> dict:
        """What systemd was asked to start for a learner: ``properties``, ``environment``, ``command``, ``pid``."""
        import json

        return json.loads((self.units / f"mi-course-{name}.json").read_text(encoding="utf-8"))

    def said(self, name: str) -> str:
        """What a learner's server has said."""
        return (self.units / f"mi-course-{name}.log").read_text(encoding="utf-8", errors="replace")

    def runs(self, name: str) -> bool:
        """Whether a learner's server runs."""
        try:
            return psutil.Process(self.unit(name)["pid"]).status() != psutil.STATUS_ZOMBIE
        except (psutil.NoSuchProcess, FileNotFoundError):
            return False

    def stop(self) -> None:
        """Stop the hub, its proxy and every learner's server."""
        self.process.send_signal(signal.SIGTERM)
        try:
            self.process.wait(30)
        except subprocess.TimeoutExpired:
            os.killpg(self.process.pid, signal.SIGKILL)
        for unit in self.units.glob("*.json"):
            pid = int(re.search(r'"pid": (\d+)', unit.read_text(encoding="utf-8"))[1])
            try:
                os.killpg(pid, signal.SIGKILL)
            except ProcessLookupError:
                pass


def free_ports(how_many: int) -> list[int]:
    """Ports that nobody listens on right now."""
    with ExitStack() as stack:
        sockets = [stack.enter_context(socket.socket()) for _ in range(how_many)]
        for one in sockets:
            one.bind(("127.0.0.1", 0))
        return [one.getsockname()[1] for one in sockets]
