"""``mi-course serve``: what it refuses to start with, and what it says."""

from __future__ import annotations

import re

import pytest
from serving import Server
from team import PASSWORD, Visitor, team_server
from typer.testing import CliRunner

from mi_helpers.app.cli import app
from mi_helpers.app.words import words


def run(*arguments: str, **env: str):
    return CliRunner(env=env).invoke(app, ["serve", *arguments])


REFUSED = [
    (["--host", "0.0.0.0"], {}, "team_host", {"host": "0.0.0.0"}),
    (["--host", "mi.example.org"], {}, "team_host", {"host": "mi.example.org"}),
    (["--proxy-header", "X-Remote-User"], {}, "team_no_proxy", {}),
    (["--proxy-header", "X User", "--proxy-address", "10.0.0.2"], {}, "team_header", {"value": "X User"}),
    (["--proxy-address", "10.0.0"], {}, "team_address", {"value": "10.0.0"}),
    (["--proxy-address", "proxy.local"], {}, "team_address", {"value": "proxy.local"}),
    (["--base-url", "/m i/"], {}, "team_base", {"value": "/m i/"}),
    (["--base-url", "https://x.org/mi"], {}, "team_base", {"value": "https://x.org/mi"}),
    ([], {"MI_COURSE_PASSWORD": "short"}, "team_short", {"least": 8}),
    ([], {"MI_COURSE_PASSWORD": "          "}, "team_short", {"least": 8}),
    (
        ["--proxy-header", "X-Remote-User", "--proxy-address", "10.0.0.2"],
        {"MI_COURSE_PASSWORD": PASSWORD}, "team_both", {},
    ),
]  # fmt: skip


@pytest.mark.parametrize(("options", "env", "key", "values"), REFUSED)
@pytest.mark.parametrize("lang", ["en", "nl"])
def test_what_makes_no_sense_is_refused_with_the_reason(options, env, key, values, lang):
    said = run(*options, "--lang", lang, **env)
    assert said.exit_code == 2
    assert said.stderr.strip() == words(lang, "terminal")[key].format(**values)


def test_the_password_is_never_an_option():
    assert not re.search(r"--password\b(?!-file)", run("--help").output)


@pytest.mark.slow
def test_without_a_login_it_stays_on_this_computer_and_says_why(small_course, tmp_path):
    server = Server(tmp_path, content=small_course, begin=("serve", "--port", "0"))
    try:
        assert words("en", "terminal")["team_alone"] in server.log()
        assert server.url.startswith("http://127.0.0.1:")
        assert Visitor(server).ask("/").status == 302
    finally:
        server.stop()


@pytest.mark.slow
def test_a_password_file_and_a_taken_port(small_course, tmp_path, server):
    file = tmp_path / "password"
    file.write_text("een ander wachtwoord\n", encoding="utf-8")
    other = team_server(tmp_path, "--password-file", str(file), content=small_course)
    try:
        Visitor(other).enter(password="een ander wachtwoord")
        assert Visitor(other).post("/enter", password=PASSWORD).status == 403
        port = re.search(r":(\d+)/", server.url)[1]
        said = run("--port", port, MI_COURSE_PASSWORD=PASSWORD, MI_COURSE_SECRET_FILE=str(tmp_path / "secret"))
        assert said.exit_code == 1
        assert said.stderr.strip() == words("en", "terminal")["team_port"].format(port=port, host="127.0.0.1")
    finally:
        other.stop()
