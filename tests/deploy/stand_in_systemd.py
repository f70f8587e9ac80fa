#!/usr/bin/env python3
"""Stands in for ``systemd-run`` and ``systemctl`` where systemd does not run, so that the real spawner can be used.

Called under either name. It starts the program as the user that was asked for, with nothing but the environment of the
unit, and writes down the properties of the unit: the limits are asked for here, but nobody enforces them.
"""

import json
import os
import shlex
import signal
import subprocess
import sys
from pathlib import Path

UNITS = Path(os.environ["STAND_IN_UNITS"])


def run(arguments: list[str]) -> int:
    """``systemd-run --unit NAME --working-directory X --uid=N --gid=N --property=K=V ... command``."""
    asked, properties = {}, {}
    while arguments and arguments[0].startswith("--"):
        key, _, value = arguments.pop(0)[2:].partition("=")
        if key == "property":
            name, _, value = value.partition("=")
            properties.setdefault(name, []).append(value)
        else:
            asked[key] = value or arguments.pop(0)
    lines = Path(properties["EnvironmentFile"][0]).read_text(encoding="utf-8").splitlines()
    env = dict(shlex.split(line)[0].split("=", 1) for line in lines)
    as_learner = f'umask 077; exec setpriv --reuid={asked["uid"]} --regid={asked["gid"]} --clear-groups -- "$@"'
    with (UNITS / f"{asked['unit']}.log").open("ab") as log:
        process = subprocess.Popen(
            ["unshare", "--mount", "sh", "-ec", f"{_way_in()}{as_learner}", "sh", *arguments],
            env=env, cwd=asked["working-directory"], stdin=subprocess.DEVNULL, stdout=log, stderr=log,
            umask=0o022, start_new_session=True,
        )  # fmt: skip
    unit = {"pid": process.pid, "properties": properties, "environment": env, "uid": int(asked["uid"])}
    (UNITS / f"{asked['unit']}.json").write_text(json.dumps(unit), encoding="utf-8")
    return 0


def _way_in() -> str:
    """Mounts that let others than root reach Python and the project, where these lie in a folder of root's alone."""
    closed, mounts = {}, ""
    for needed in map(Path, json.loads(os.environ["STAND_IN_NEEDS"])):
        walls = [folder for folder in needed.parents if not folder.stat().st_mode & 0o001]
        if walls:
            closed.setdefault(walls[-1], []).append(needed)
    for wall, behind in closed.items():
        carried = [f"/mnt/{number}" for number, _ in enumerate(behind)]
        mounts += "mount -t tmpfs none /mnt\n"
        for there, here in zip(behind, carried, strict=True):
            mounts += f"mkdir {here}; mount --bind {shlex.quote(str(there))} {here}\n"
        mounts += f"mount -t tmpfs -o mode=755 none {wall}\n"
        for there, here in zip(behind, carried, strict=True):
            mounts += f"mkdir -p {shlex.quote(str(there))}; mount --bind {here} {shlex.quote(str(there))}\n"
    return mounts


def control(action: str, *names: str) -> int:
    """``systemctl is-active|is-failed|stop|reset-failed NAME`` and ``--version``."""
    if action == "--version":
        print("systemd 252 (a stand-in)")
        return 0
    unit = UNITS / f"{names[0]}.json"
    pid = json.loads(unit.read_text(encoding="utf-8"))["pid"] if unit.exists() else None
    if action == "stop" and _runs(pid):
        os.killpg(pid, signal.SIGTERM)
        return 0
    return 0 if action == "reset-failed" or (action == "is-active" and _runs(pid)) else 3


def _runs(pid: int | None) -> bool:
    try:
        return pid is not None and "Z" not in Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[:1]
    except OSError:
        return False


if __name__ == "__main__":
    sys.exit(run(sys.argv[1:]) if Path(sys.argv[0]).name == "systemd-run" else control(*sys.argv[1:]))
