"""``mi-course serve``: health, limits, what a page's process knows, and how it stops."""

from __future__ import annotations

import json
import signal
import sys

import psutil
import pytest
from serving import wait_for
from team import ONE, PASSWORD, Visitor, team_server

from mi_helpers.app.words import words


def test_health_says_how_many_and_nothing_more(server):
    said = json.loads(Visitor(server).ask("/health").text)
    assert said == {"ok": True, "database": "ok", "pages": 0, "kernels": 0, "full": False}
    visitor = Visitor(server)
    visitor.enter()
    kernel = visitor.open()
    said = json.loads(Visitor(server).ask("/health").text)
    assert (said["pages"], said["kernels"]) == (1, 1)
    visitor.close(kernel)


@pytest.mark.slow
def test_a_full_house_says_so_in_both_languages(small_course, tmp_path):
    server = team_server(tmp_path, "--pages", "1", "--pages-each", "1", content=small_course)
    try:
        first, other = Visitor(server), Visitor(server)
        first.enter(), other.enter()
        kernel = first.open()
        for lang in ("en", "nl"):
            answer = other.ask(ONE.replace("/en/", f"/{lang}/"))
            assert answer.status == 503 and answer.getheader("Retry-After") == "60"
            assert words(lang, "error")["full_title"] in answer.text and f'href="{ONE.replace("/en/", f"/{lang}/")}"' in answer.text
        assert json.loads(other.ask("/health").text)["full"] is True
        replaced = first.open()
        assert replaced != kernel, "one's own page without a browser makes room"
        assert first.ask(f"/api/kernels/{kernel}").status == 404
        first.close(replaced)
        assert wait_for(lambda: not json.loads(other.ask("/health").text)["full"])
        other.open()
    finally:
        server.stop()


def test_the_password_is_not_in_reach_of_a_page(server):
    visitor = Visitor(server)
    visitor.enter()
    kernel = visitor.open()
    assert PASSWORD not in str(server.kernels()[0].environ())
    visitor.close(kernel)


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="Windows knows no such signal")
def test_it_stops_in_order_when_a_service_manager_says_so(small_course, tmp_path):
    server = team_server(tmp_path, content=small_course)
    visitor = Visitor(server)
    visitor.enter()
    visitor.open()
    kernels = server.kernels()
    assert kernels
    assert server.stop(signal.SIGTERM) == 0
    assert not any(psutil.pid_exists(kernel.pid) and kernel.status() != psutil.STATUS_ZOMBIE for kernel in kernels)
    assert "stopped" in server.log() and "ERROR" not in server.log()
