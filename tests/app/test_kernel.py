"""Which kernel runs a page: this interpreter, light, and nothing of the user's own settings."""

from __future__ import annotations

import html
import json
import re
import sys
from pathlib import Path
from urllib.request import urlopen

import psutil
import pytest
from serving import Server, wait_for, write_notebook

from mi_helpers.app import kernels, server, warm

LOOK = """
import json, os, sys
from IPython import get_ipython
from IPython.display import HTML
shell = get_ipython()
NAMES = ("SERVER_SOFTWARE", "SCRIPT_NAME", "QUERY_STRING", "VOILA_BASE_URL")
HTML(json.dumps({
    "python": sys.executable, "prefix": sys.prefix, "folder": os.getcwd(), "path": sys.path,
    "left": "left" in globals(),
    "history": shell.history_manager.enabled, "profile": shell.profile_dir.location,
    "modules": sorted({name.split(".")[0] for name, module in sys.modules.items() if module}),
    "env": {name: os.environ.get(name) for name in NAMES},
}))
"""


@pytest.fixture(scope="module", params=["warm", "off"])
def seen(request, tmp_path_factory) -> dict:
    """What a kernel says of itself, on a machine where much was arranged otherwise."""
    root, home = tmp_path_factory.mktemp("notebooks"), tmp_path_factory.mktemp("home")
    for folder in ("course", "exercises", "solutions"):
        (root / folder).mkdir()
    write_notebook(root, "course", "en", "00_home", [("code", LOOK)])
    kernels = home / "kernels" / "python3"
    kernels.mkdir(parents=True)
    spec = {"argv": ["no-such-python"], "display_name": "Other", "language": "python"}
    (kernels / "kernel.json").write_text(json.dumps(spec), encoding="utf-8")
    startup = home / "profile_default" / "startup"
    startup.mkdir(parents=True)
    (startup / "00.py").write_text("left = 'something'", encoding="utf-8")
    (home / "start.py").write_text("left = 'something'", encoding="utf-8")
    (home / "voila.json").write_text('{"VoilaConfiguration": {"template": "lab"}}', encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(warm.VARIABLE, request.param)
        patch.setenv("JUPYTER_PATH", str(home))
        patch.setenv("JUPYTER_CONFIG_DIR", str(home))
        patch.setenv("IPYTHONDIR", str(home))
        patch.setenv("PYTHONSTARTUP", str(home / "start.py"))
        server = Server(home, content=root)
        try:
            page = urlopen(server.page("course", "en", "00_home", "?item=a%20b")).read().decode()
        finally:
            server.stop()
    found = re.search(r'<div class="jp-RenderedHTMLCommon">(\{.*?\})</div>', page, re.S)
    assert found, page[-3000:]
    return json.loads(html.unescape(found[1])) | {"root": str(root), "home": str(home), "log": server.log()}


def test_it_is_the_interpreter_that_runs_the_course(seen):
    assert Path(seen["python"]).resolve() == Path(sys.executable).resolve()
    assert seen["prefix"] == sys.prefix


def test_it_stands_outside_the_course_and_imports_nothing_from_where_it_stands(seen):
    assert not Path(seen["folder"]).resolve().is_relative_to(Path(seen["root"]).resolve())
    assert "" not in seen["path"] and seen["folder"] not in seen["path"]


def test_nothing_of_the_users_own_interferes(seen):
    assert not seen["history"] and not seen["left"]
    assert not seen["profile"].startswith(seen["home"])


def test_it_is_light(seen):
    heavy = {"debugpy", "pandas", "numpy", "plotly", "nbformat", "matplotlib", "jedi", "voila", "jupyter_server"}
    assert not heavy & set(seen["modules"])


def test_it_knows_where_it_runs(seen):
    assert seen["env"]["SERVER_SOFTWARE"].startswith("voila/")
    assert seen["env"]["SCRIPT_NAME"] == "/voila/render/course/en/00_home.ipynb"
    assert seen["env"]["QUERY_STRING"] == "item=a%20b"
    assert seen["env"]["VOILA_BASE_URL"] == "/"


def test_the_window_of_the_learner_stays_calm(seen):
    assert len(seen["log"].strip().splitlines()) == 3, seen["log"]


@pytest.mark.skipif(not kernels.has_warm_kernels(), reason="every kernel is started the usual way here")
def test_pages_go_on_when_the_warm_process_is_killed(tmp_path, small_course):
    running = Server(tmp_path, content=small_course)
    try:
        address = running.page("course", "en", "01_one")
        urlopen(address).read()
        (first,), zygote = running.kernels(), running.zygote()
        assert first.ppid() == zygote.pid
        zygote.kill()
        assert wait_for(lambda: zygote.status() == psutil.STATUS_ZOMBIE)
        assert b"SOURCE OF ONE" in urlopen(address).read()
        assert first.is_running()
        (second,) = running.kernels()
        assert second.ppid() == running.zygote().pid
    finally:
        assert running.stop() == 0
    assert wait_for(lambda: not first.is_running()), "it ends with the server all the same"


def test_no_warm_kernels_where_they_are_switched_off(tmp_path, small_course, monkeypatch):
    monkeypatch.setenv(warm.VARIABLE, "off")
    running = Server(tmp_path, content=small_course)
    try:
        assert b"SOURCE OF ONE" in urlopen(running.page("course", "en", "01_one")).read()
        assert running.zygote() is None and len(running.kernels()) == 1
    finally:
        running.stop()


def test_an_open_line_is_not_cut_before_a_ping_could_be_answered(tmp_path):
    made = server.make_server()
    made.connection_dir = str(tmp_path)
    settings = made.init_settings()
    assert settings["ws_ping_timeout"] >= 2 * settings["ws_ping_interval"] > 0
