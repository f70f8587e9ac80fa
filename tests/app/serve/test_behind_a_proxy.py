"""``mi-course serve`` behind a proxy that knows who is there."""

from __future__ import annotations

import http.client
import json
import re
import sys

import pytest
from serving import wait_for
from team import ONE, Visitor, team_server

from mi_helpers.app.words import words


@pytest.fixture(scope="module")
def proxied(small_course, tmp_path_factory):
    """Behind a proxy at 127.0.0.2, under /mi/ of mi.example.org."""
    if sys.platform != "linux":
        pytest.skip("only Linux gives a computer more loopback addresses without asking")
    server = team_server(
        tmp_path_factory.mktemp("proxied"), "--proxy-header", "X-Remote-User", "--proxy-address", "127.0.0.2",
        "--base-url", "mi", "--allowed-host", "mi.example.org", content=small_course,
    )  # fmt: skip
    yield server
    server.stop()


def of_proxy(server, **headers):
    return Visitor(server, source="127.0.0.2", **({"Host": "mi.example.org"} | headers))


def test_the_proxy_says_who_is_there(proxied):
    anna, bram = of_proxy(proxied, X_Remote_User="anna"), of_proxy(proxied, X_Remote_User="bram")
    kernel = anna.open("/mi" + ONE)
    assert anna.ask(f"/mi/api/kernels/{kernel}").status == 200
    assert bram.ask(f"/mi/api/kernels/{kernel}").status == 404
    anna.post(f"/mi/voila/api/shutdown/{kernel}")
    assert wait_for(lambda: not proxied.kernels())


@pytest.mark.parametrize("path", ["/mi/", "/mi" + ONE, "/mi/voila/static/0/voila.js", "/mi/nothing", "/", "/mi/api/kernels/x"])
def test_nobody_else_does(path, proxied):
    """Whoever is on the network may send the header too, and an address that looks like the proxy's."""
    forged = {"X_Remote_User": "anna", "X_Forwarded_For": "127.0.0.2", "X_Real_Ip": "127.0.0.2"}
    answer = Visitor(proxied, **forged).ask(path)
    assert answer.status == 403
    assert words("en", "error")["refused_text"].split(".")[0] in answer.text
    assert not proxied.kernels()


@pytest.mark.parametrize("headers", [{}, {"X_Remote_User": ""}, {"X_Remote_User": "  "}, {"X_Remote_User": "a" * 201}])
def test_without_a_name_nobody_is_there(headers, proxied):
    answer = of_proxy(proxied, **headers).ask("/mi" + ONE)
    assert answer.status == 403
    assert words("en", "error")["nameless_title"] in answer.text
    assert answer.getheader("Location") is None and "/enter" not in answer.text


def test_two_names_are_none(proxied):
    line = http.client.HTTPConnection(proxied.url.split("/")[2], source_address=("127.0.0.2", 0))
    line.putrequest("GET", "/mi" + ONE, skip_host=True)
    for name, value in (("Host", "mi.example.org"), ("X-Remote-User", "anna"), ("X-Remote-User", "bram")):
        line.putheader(name, value)
    line.endheaders()
    assert line.getresponse().status == 403
    line.close()


def test_other_names_of_the_host_are_refused_behind_the_proxy_too(proxied):
    assert of_proxy(proxied, Host="evil.example", X_Remote_User="anna").ask("/mi/").status == 403


def test_all_addresses_begin_where_the_course_does(proxied):
    visitor = of_proxy(proxied, X_Remote_User="anna", Accept_Language="nl")
    assert visitor.ask("/mi/").getheader("Location") == "/mi/voila/render/course/nl/00_home.ipynb"
    assert visitor.ask("/").status == visitor.ask(ONE).status == 404
    answer = visitor.ask("/mi" + ONE)
    links = re.findall(r'(?:href|src|action)="(/[^"]*)"', answer.text)
    assert len(links) > 5 and all(link.startswith("/mi/") for link in links)
    assert all("Path=/mi/" in said for said in answer.headers.get_all("Set-Cookie"))
    assert "/mi/enter" not in answer.text and "leave" not in answer.text
    visitor.post(f"/mi/voila/api/shutdown/{re.search(r'kernelId.: .([0-9a-f-]+)', answer.text)[1]}")
    assert wait_for(lambda: not proxied.kernels())


def test_tls_at_the_proxy_makes_cookies_and_browsers_strict(proxied):
    for proto, strict in (("https", True), ("http", False), ("", False)):
        visitor = of_proxy(proxied, X_Remote_User="anna", X_Forwarded_Proto=proto)
        answer = visitor.ask("/mi" + ONE)
        cookies = answer.headers.get_all("Set-Cookie")
        assert cookies and all(("Secure" in said) == strict for said in cookies)
        assert (answer.getheader("Strict-Transport-Security") is not None) == strict
        visitor.post(f"/mi/voila/api/shutdown/{re.search(r'kernelId.: .([0-9a-f-]+)', answer.text)[1]}")
    assert wait_for(lambda: not proxied.kernels())


def test_this_computer_sees_the_health_past_the_proxy(proxied):
    answer = Visitor(proxied).ask("/mi/health")
    assert answer.status == 200 and json.loads(answer.text)["ok"] is True
