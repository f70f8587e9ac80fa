"""``mi-course`` itself: its options, the port it takes, how it stops."""

from __future__ import annotations

import re
import signal
import socket
import subprocess
import sys
from urllib.request import urlopen

import psutil
import pytest
from serving import Server, wait_for
from typer.testing import CliRunner

from mi_helpers import __version__
from mi_helpers.app import serve
from mi_helpers.app.cli import app
from mi_helpers.app.words import words


def run(*arguments: str):
    return CliRunner().invoke(app, arguments)


def test_version():
    assert run("--version").output.strip() == f"mi-course {__version__}"


def test_help_names_every_command():
    said = run("--help").output
    assert all(f"  {command} " in said for command in ("lab", "code", "feedback", "data"))


@pytest.mark.parametrize("host", ["0.0.0.0", "192.168.1.20", "::", "example.org", "127.0.0.1.example.org"])
@pytest.mark.parametrize("lang", ["en", "nl"])
def test_other_hosts_are_refused_with_the_reason(host, lang):
    said = run("--no-browser", "--host", host, "--lang", lang)
    assert said.exit_code == 2
    assert said.stderr.strip() == words(lang, "terminal")["host_refused"].format(host=host)


@pytest.mark.parametrize("host", ["127.0.0.1", "127.0.0.2", "::1", "localhost"])
def test_this_computer_is_not_refused(host):
    assert serve.is_loopback(host)


def test_a_taken_port_gives_the_next_free_one():
    said = words("en", "terminal")
    with socket.create_server(("127.0.0.1", 0)) as taken:
        asked = taken.getsockname()[1]
        sockets, found = serve.listen("127.0.0.1", asked, said)
        for each in sockets:
            each.close()
    assert asked < found <= asked + serve.TRIES


def test_a_taken_port_is_said(tmp_path, small_course):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        asked = taken.getsockname()[1]
        server = Server(tmp_path, "--port", str(asked), content=small_course)
        try:
            found = int(re.search(r":(\d+)/", server.url)[1])
            assert words("en", "terminal")["taken"].format(asked=asked, port=found) in server.log()
        finally:
            server.stop()


def test_the_language_can_be_chosen(tmp_path, small_course):
    server = Server(tmp_path, "--lang", "nl", content=small_course)
    try:
        assert words("nl", "terminal")["open"].format(url=server.url) in server.log()
        assert "/course/nl/00_home.ipynb" in urlopen(server.url).url
    finally:
        server.stop()


STOPS = [None] if sys.platform == "win32" else [signal.SIGINT, signal.SIGTERM, signal.SIGHUP]


@pytest.mark.parametrize("how", STOPS)
def test_stopping_stops_the_kernels_and_tidies_up(how, tmp_path, small_course):
    server = Server(tmp_path, content=small_course)
    for lang in ("en", "nl"):
        assert b"One" in urlopen(server.page("course", lang, "01_one")).read()
    kernels = server.kernels()
    assert len(kernels) == 2
    workplace = kernels[0].cwd()
    assert server.stop(how) == 0
    assert wait_for(lambda: not any(kernel.is_running() for kernel in kernels))
    assert not psutil.os.path.exists(workplace)
    assert "Traceback" not in server.log()


@pytest.mark.skipif(sys.platform == "win32", reason="a killed process is the same there")
def test_kernels_of_a_killed_server_end_by_themselves(tmp_path, small_course):
    server = Server(tmp_path, content=small_course)
    urlopen(server.page("course", "en", "01_one")).read()
    kernels = server.kernels()
    assert kernels
    server.process.kill()
    server.process.wait()
    assert wait_for(lambda: not any(kernel.is_running() for kernel in kernels), 30)


def test_nothing_of_jupyter_is_imported_for_the_small_commands():
    code = (
        "import sys; from mi_helpers.app import cli, code, data\n"
        "heavy = {'jupyter_server', 'voila', 'jupyterlab', 'IPython', 'tornado', 'nbformat', 'rich', 'sqlalchemy'}\n"
        "print(sorted(heavy & set(sys.modules)))"
    )
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert said.stdout.strip() == "[]"
