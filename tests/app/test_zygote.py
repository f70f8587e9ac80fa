"""Warm kernels: copies of one process, each alone, ended with the server; ordinary ones where copying fails."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import socket
import subprocess
import sys
from pathlib import Path

import psutil
import pytest
from jupyter_client import AsyncKernelClient
from jupyter_client.connect import write_connection_file
from serving import wait_for

from mi_helpers.app import warm, zygote

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="processes are not copied on Windows")

LOOK = """
import json, os, random, sys, tempfile
from IPython import get_ipython
from comm import get_comm_manager
print(json.dumps({
    "pid": os.getpid(), "group": os.getpgrp(), "session": os.getsid(0), "folder": os.getcwd(),
    "env": dict(os.environ), "drawn": random.random(), "made": tempfile.mktemp(), "argv": sys.argv,
    "left": [name for name in get_ipython().user_ns if name == "mine"],
    "targets": sorted(get_comm_manager().targets), "ident": get_ipython().kernel.ident,
    "key": get_ipython().kernel.session.session, "stdin": os.read(0, 1).decode(),
    "modules": sorted({name.split(".")[0] for name, module in sys.modules.items() if module}),
    "links": [os.path.realpath(f"/proc/self/fd/{n}").removeprefix(f"/proc/{os.getpid()}/fd/")
              for n in (os.listdir("/proc/self/fd") if os.path.exists("/proc/self/fd") else [])],
}))
"""


@pytest.fixture(scope="module")
def shared():
    """One warm process; tests may kill it, as the next copy starts it anew."""
    started = warm.Warm()
    yield started
    started.close()


def fork(of: warm.Warm, folder: Path, **env):
    file, _ = write_connection_file(str(folder / f"{len(list(folder.iterdir()))}.json"))
    found = asyncio.run(of.kernel(file, dict(os.environ) | env, str(folder)))
    assert found, "no kernel came"
    found.file = file
    return found


def run(kernel, code: str) -> str:
    """What some code prints in a kernel."""

    async def go():
        client = AsyncKernelClient(connection_file=kernel.file)
        client.load_connection_file()
        client.start_channels(hb=False)
        said = []
        try:
            await client.wait_for_ready(timeout=20)
            await client.execute_interactive(code, timeout=20, output_hook=lambda m: said.append(m["content"]))
        finally:
            client.stop_channels()
        assert not any("ename" in content for content in said), said
        return "".join(content.get("text", "") for content in said)

    return asyncio.run(go())


def test_each_copy_is_a_kernel_of_its_own(shared, tmp_path):
    first, second = fork(shared, tmp_path, WHO="first"), fork(shared, tmp_path, WHO="second")
    run(first, "mine = 'a secret'")
    a, b = json.loads(run(first, LOOK)), json.loads(run(second, LOOK))
    assert (a["env"]["WHO"], b["env"]["WHO"]) == ("first", "second")
    assert a["left"] and not b["left"], "nothing of one page is seen by another"
    for it, kernel in ((a, first), (b, second)):
        assert it["pid"] == it["group"] == it["session"] == kernel.pid
        assert it["folder"] == str(tmp_path) and it["stdin"] == ""
        assert it["targets"] == ["jupyter.widget", "jupyter.widget.control"]
    for drawn in ("drawn", "made", "ident", "key"):
        assert a[drawn] != b[drawn], f"both have the same {drawn}"


def test_a_copy_brings_what_pages_need_and_nothing_heavy(shared, tmp_path):
    modules = set(json.loads(run(fork(shared, tmp_path), LOOK))["modules"])
    assert {"ipywidgets", "anywidget", "mi_helpers", "pydantic", "yaml"} <= modules
    assert not modules & {"pandas", "numpy", "plotly", "sqlalchemy", "debugpy", "matplotlib", "voila", "jupyter_server"}


@pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="open descriptors are listed on Linux only")
def test_no_copy_holds_anything_of_another(shared, tmp_path):
    before = fork(shared, tmp_path)
    after = fork(shared, tmp_path)
    sockets = [
        {link for link in json.loads(run(it, LOOK))["links"] if link.startswith("socket:")} for it in (before, after)
    ]
    assert sockets[0] and sockets[1] and not sockets[0] & sockets[1]
    of_the_original = {os.readlink(link) for link in Path(f"/proc/{shared.process.pid}/fd").iterdir()}
    assert not of_the_original & (sockets[0] | sockets[1])


def test_the_original_is_alone(shared, tmp_path):
    fork(shared, tmp_path)
    original = psutil.Process(shared.process.pid)
    assert original.num_threads() == 1
    if sys.platform == "linux":
        assert len(list(Path(f"/proc/{original.pid}/fd").iterdir())) == 4, "three streams and the server's line"


def test_a_process_with_a_second_thread_or_an_open_file_is_not_copied(tmp_path):
    code = "import sys; from mi_helpers.app.zygote import check_alone; {}; check_alone()"
    for trouble in ("import threading; threading.Thread(target=threading.Event().wait, daemon=True).start()",
                    "import asyncio; loop = asyncio.new_event_loop()",
                    f"file = open({str(tmp_path / 'x')!r}, 'w')"):  # fmt: skip
        done = subprocess.run([sys.executable, "-c", code.format(trouble)], capture_output=True, text=True, check=False)
        assert "RuntimeError: the warm process has" in done.stderr, trouble
    assert subprocess.run([sys.executable, "-c", code.format("pass")], check=False).returncode == 0


def test_signals_reach_one_copy_only(shared, tmp_path):
    one, other = fork(shared, tmp_path), fork(shared, tmp_path)
    one.terminate()
    assert wait_for(lambda: one.poll() is not None)
    other.kill()
    assert other.wait(10) == 0 and other.poll() == 0
    other.kill()  # the number may be another process's by now: nothing is sent
    assert shared.process.poll() is None
    assert not psutil.pid_exists(one.pid), "nobody is left to bury"


def test_a_copy_ends_when_the_server_is_gone(shared, tmp_path):
    kernel = fork(shared, tmp_path)
    process = psutil.Process(kernel.pid)
    kernel._line.close()  # as the system does when the server ends, however it ends
    assert wait_for(lambda: not process.is_running())


def test_a_killed_original_leaves_the_copies_and_comes_back(shared, tmp_path):
    kernel = fork(shared, tmp_path)
    gone = shared.process.pid
    os.kill(gone, signal.SIGKILL)
    shared.process.wait()
    assert run(kernel, "print(6 * 7)").strip() == "42"
    assert kernel.poll() is None
    assert fork(shared, tmp_path).poll() is None
    assert shared.process.pid != gone


def test_new_code_on_disk_starts_it_anew(shared, tmp_path, monkeypatch):
    fork(shared, tmp_path)
    before = shared.process.pid
    fork(shared, tmp_path)
    assert shared.process.pid == before
    monkeypatch.setattr(warm, "code_digest", lambda: "other")
    fork(shared, tmp_path)
    assert shared.process.pid != before


def test_the_digest_sees_a_change(tmp_path, monkeypatch):
    monkeypatch.setattr(warm, "cases_folder", lambda: tmp_path)
    seen = [warm.code_digest()]
    (tmp_path / "l01.yaml").write_text("a", encoding="utf-8")
    seen.append(warm.code_digest())
    (tmp_path / "l01.yaml").write_text("ab", encoding="utf-8")
    seen.append(warm.code_digest())
    assert len(set(seen)) == 3 and warm.code_digest() == seen[-1]


def test_a_copy_that_breaks_off_is_noticed_and_harms_no_other(shared, tmp_path):
    fork(shared, tmp_path)
    broken, before = tmp_path / "broken.json", shared.process.pid
    broken.write_text("{", encoding="utf-8")
    assert asyncio.run(shared.kernel(str(broken), dict(os.environ), str(tmp_path))) is None
    assert fork(shared, tmp_path).poll() is None
    assert shared.process.pid == before


def test_where_nothing_can_be_copied_it_is_not_tried_for_each_page(tmp_path, monkeypatch):
    monkeypatch.setattr(sys, "executable", "/no/such/python")
    alone = warm.Warm()
    tries = []
    monkeypatch.setattr(alone, "start", lambda start=alone.start: (tries.append(1), start()))
    for _ in range(3):
        assert asyncio.run(alone.kernel("x", {}, str(tmp_path))) is None
    assert len(tries) == 2
    alone.close()


def test_what_the_server_says_is_read_by_the_copy_only():
    ours, theirs = socket.socketpair()
    with ours, theirs:
        asked = {"connection_file": "x\ny", "env": {"A": "ë\n"}, "cwd": "/"}
        ours.sendall(json.dumps(asked).encode() + b"\n")
        assert zygote._read(theirs) == asked
    ours, theirs = socket.socketpair()
    with theirs:
        ours.close()
        assert zygote._read(theirs) is None, "the server thought better of it"
