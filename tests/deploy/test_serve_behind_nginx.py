"""The whole of ``docs/teams/install.md`` but systemd: a browser, TLS, nginx with passwords, ``mi-course serve``."""

from __future__ import annotations

import json
import re

import nginxes
import pytest
from hubs import skip_or_fail
from playwright.sync_api import expect
from team import team_server

pytestmark = [pytest.mark.slow, pytest.mark.browser]
PAGE = "voila/render/exercises/nl/01_righting_reflex.ipynb"


@pytest.fixture(scope="module")
def nginx(tmp_path_factory):
    skip_or_fail(nginxes.missing())
    options = ["--proxy-header", "X-Remote-User", "--proxy-address", "127.0.0.1", "--allowed-host", "127.0.0.1"]
    server = team_server(tmp_path_factory.mktemp("course"), *options)
    with nginxes.Nginx(tmp_path_factory.mktemp("nginx"), "mi-course.conf", server.url.rstrip("/")) as running:
        running.server = server
        yield running
    server.stop()


@pytest.fixture
def learner(nginx, browser):
    """Open the exercise as somebody: ``learner("anna")`` gives the page and its box."""
    contexts = []

    def come(name):
        said = {"username": name, "password": nginxes.PASSWORDS[name]}
        context = browser.new_context(locale="nl-NL", ignore_https_errors=True, http_credentials=said)
        contexts.append(context)
        page = context.new_page()
        faults = []
        page.on("console", lambda it: it.type == "error" and faults.append(it.text))
        page.goto(nginx.url + PAGE)
        expect(page.locator("[aria-busy]")).to_have_count(0, timeout=120_000)
        assert not faults
        return page, page.locator(".mi-writing-box textarea").first

    yield come
    for context in contexts:
        context.close()


def test_each_learner_has_their_own_words_and_finds_them_again(learner):
    for name in ("anna", "bram"):
        page, box = learner(name)
        assert not re.search("Geschreven door", box.input_value())
        box.fill(f"Je wilt wel, en het is lastig. Geschreven door {name}.")
        page.get_by_role("button", name="Vraag feedback").click()
        expect(page.locator(".mi-feedback").first).to_be_visible(timeout=30_000)
    for name in ("anna", "bram"):
        _, box = learner(name)
        expect(box).to_have_value(re.compile(f"Geschreven door {name}"))


def test_the_service_says_that_it_is_well(nginx, browser):
    context = browser.new_context(ignore_https_errors=True)
    answer = context.request.get(nginx.url + "health")
    assert answer.status == 200 and json.loads(answer.text())["ok"] is True
    context.close()


def test_no_log_holds_a_name_or_words(nginx):
    logs = nginx.server.log() + (nginx.folder / "mi-course.log").read_text(encoding="utf-8")
    assert "01_righting_reflex" in logs
    assert not re.search("anna|bram|lastig|achter de wolken", logs)
