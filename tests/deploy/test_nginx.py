"""A real nginx with the sites of ``deploy/nginx``: what it lets through, and what it says about who is there."""

from __future__ import annotations

import asyncio
import json
import ssl
import threading

import pytest
from hubs import free_ports, skip_or_fail
from nginxes import Nginx, basic, missing
from team import run
from tornado import httpclient, web, websocket

STATIC = "voila/static/0.5.13/voila.js"


class Echo(web.RequestHandler):
    """Says what it was asked."""

    asked: list = []

    def get(self):
        Echo.asked.append(self.request.path)
        self.set_header("Cache-Control", "max-age=2592000" if "static" in self.request.path else "no-store")
        self.write({"path": self.request.path, "headers": dict(self.request.headers.get_all())})

    post = get


class EchoSocket(websocket.WebSocketHandler):
    """Says back what it hears."""

    def on_message(self, message):
        self.write_message(f"{self.request.headers.get('X-Remote-User')}: {message}")


@pytest.fixture(scope="module")
def upstream():
    """A server that stands in for the course; in a thread, so that tests can wait for nginx."""
    [port] = free_ports(1)
    ready, loop = threading.Event(), asyncio.new_event_loop()

    async def begin():
        app = web.Application([(r"/api/kernels/.*", EchoSocket), (r".*", Echo)])
        app.listen(port, "127.0.0.1")
        ready.set()

    def serve():
        asyncio.set_event_loop(loop)
        loop.run_until_complete(begin())
        loop.run_forever()

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    assert ready.wait(10)
    yield f"http://127.0.0.1:{port}"
    loop.call_soon_threadsafe(loop.stop)
    thread.join(10)


@pytest.fixture(scope="module")
def nginx(upstream, tmp_path_factory):
    skip_or_fail(missing())
    with Nginx(tmp_path_factory.mktemp("nginx"), "mi-course.conf", upstream) as running:
        yield running


def fetch(url, **options):
    async def ask():
        how = {"validate_cert": False, "follow_redirects": False, "raise_error": False, "request_timeout": 10}
        return await httpclient.AsyncHTTPClient(force_instance=True).fetch(url, **how | options)

    return run(ask())


def heard(answer) -> dict[str, str]:
    assert answer.code == 200, answer.body
    return json.loads(answer.body)["headers"]


@pytest.mark.parametrize("site", ["mi-course.conf", "mi-course-hub.conf"])
def test_nginx_takes_the_sites_as_they_are(site, tmp_path):
    skip_or_fail(missing())
    upstream = "http://127.0.0.1:8866" if site == "mi-course.conf" else "http://127.0.0.1:8000"
    said = Nginx(tmp_path, site, upstream).check()
    assert said.returncode == 0, said.stderr
    assert "warn" not in said.stderr, said.stderr


def test_nobody_comes_in_without_a_password(nginx):
    for headers in ({}, basic("anna", "geraden"), basic("carla", "achter de wolken"), {"X-Remote-User": "anna"}):
        for path in ("", STATIC, "api/kernels/x/channels"):
            Echo.asked.clear()
            assert fetch(nginx.url + path, headers=headers).code == 401
            assert not Echo.asked


def test_the_course_hears_the_name_that_was_checked_and_nothing_that_the_visitor_made_up(nginx):
    forged = {
        "X-Remote-User": "bram", "X-Forwarded-For": "10.9.9.9", "X-Forwarded-Proto": "gopher",
        "X-Real-IP": "10.9.9.9", "X-Scheme": "http", "Forwarded": "for=10.9.9.9", "x_remote_user": "bram",
    }  # fmt: skip
    headers = heard(fetch(nginx.url, headers=basic("anna") | forged))
    assert headers["X-Remote-User"] == "anna"
    assert headers["X-Forwarded-For"] == "127.0.0.1" and headers["X-Forwarded-Proto"] == "https"
    assert not {"Authorization", "X-Real-Ip", "X-Scheme", "Forwarded", "X_remote_user"} & set(headers)
    assert headers["Host"] == nginx.url.split("/")[2]
    assert "bram" not in str(headers) and "wolken" not in str(headers)


def test_a_page_that_needs_no_password_has_no_name(nginx):
    for headers in ({}, basic("bram", "geraden"), {"X-Remote-User": "bram"}):
        assert "X-Remote-User" not in heard(fetch(nginx.url + "health", headers=headers))


def test_a_websocket_gets_through_with_its_name(nginx):
    async def talk():
        trusting = ssl.create_default_context()
        trusting.check_hostname, trusting.verify_mode = False, ssl.CERT_NONE
        url = nginx.url.replace("https", "wss") + "api/kernels/x/channels"
        line = await websocket.websocket_connect(
            httpclient.HTTPRequest(url, headers=basic("bram"), ssl_options=trusting)
        )
        await line.write_message("hallo")
        said = await asyncio.wait_for(line.read_message(), 10)
        line.close()
        return said

    assert run(talk()) == "bram: hallo"


def test_what_is_too_large_is_refused_before_it_reaches_the_course(nginx):
    Echo.asked.clear()
    answer = fetch(nginx.url, method="POST", body=b"x" * 70_000, headers=basic("anna"))
    assert answer.code == 413 and not Echo.asked
    assert fetch(nginx.url, method="POST", body=b"x" * 60_000, headers=basic("anna")).code == 200


def test_browser_code_is_asked_of_the_course_once_and_pages_every_time(nginx):
    Echo.asked.clear()
    for name in ("anna", "bram", "anna"):
        assert fetch(nginx.url + STATIC, headers=basic(name)).code == 200
    assert Echo.asked == [f"/{STATIC}"]
    for _ in range(2):
        fetch(nginx.url + "voila/render/course/nl/00_home.ipynb", headers=basic("anna"))
    assert len(Echo.asked) == 3


def test_without_tls_there_is_only_the_way_to_tls(nginx):
    answer = fetch(nginx.plain + "voila/render/course/nl/00_home.ipynb?item=x")
    assert answer.code == 301
    assert answer.headers["Location"] == "https://127.0.0.1/voila/render/course/nl/00_home.ipynb?item=x"


def test_the_log_holds_no_name_no_address_and_no_question(nginx):
    fetch(nginx.url + "gezien?item=l01-geheim", headers=basic("anna") | {"User-Agent": "Proefbrowser"})
    log = (nginx.folder / "mi-course.log").read_text(encoding="utf-8")
    assert "GET /gezien " in log
    assert not [word for word in ("anna", "127.0.0.1", "geheim", "Proefbrowser") if word in log]
