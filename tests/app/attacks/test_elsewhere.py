"""Trying to break in: sources, the store, hidden files, templates; from other sites and under other names."""

from __future__ import annotations

import asyncio

import pytest
from team import ONE, PASSWORD, run
from test_addresses import NOWHERE

MORE = [
    "/.hidden", "/voila/files/.hidden", "/voila/render/.hidden", "/%2ehidden", "/.git/config", "/words.sqlite3",
    "/voila/static/0/%2e%2e/%2e%2e/words.sqlite3", "/voila/static/0/..%252f..%252fwords.sqlite3",
    "/voila/assets/0/%2e%2e%2fcode.html.j2", "/voila/assets/0/page.css/../../en.toml", "/voila/static/0/....//x",
    "/voila/static/0/\\..\\..\\x", "/voila/labextensions/anywidget/..%2f..%2f..%2f..%2fetc%2fpasswd",
    "/voila/labextensions/anywidget/%00", "/voila/static/0/voila.js%00.png", "/enter/../words.sqlite3", "/health/x",
    "/enter/x", "/leave/x", "/copies/x", "/voila/static/copies/x",
]  # fmt: skip


@pytest.mark.parametrize("path", NOWHERE + MORE)
def test_a_learner_finds_nothing_either(path, anna):
    answer = anna.ask(path, Accept_Encoding="identity")
    assert answer.status in (400, 403, 404, 405), answer.text[:300]
    assert "SECRET" not in answer.text and "root:" not in answer.text and "import os" not in answer.text


def test_no_visitor_chooses_a_template_or_sees_sources(anna):
    answer = anna.ask(ONE + "?template=lab&theme=dark&voila-template=lab&voila-theme=dark&kernel_name=x")
    assert 'class="mi-page mi-frame"' in answer.text and "jsdelivr" not in answer.text
    assert "MI_COURSE_LEARNER" not in answer.text and "import os" not in answer.text


@pytest.mark.parametrize("path", ["/", ONE, "/enter", "/health", "/voila/static/0/voila.js", "/api/kernels/{kernel}"])
@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "192.168.1.20", "localhost.evil.example", "", "[::ffff:1.2.3.4]"])
def test_nothing_is_answered_under_a_foreign_name(path, host, anna):
    answer = anna.ask(path.format(kernel=anna.kernel), Host=host, X_Forwarded_Host="localhost")
    assert answer.status in (400, 403)


@pytest.mark.parametrize("origin", ["http://evil.example", "null", "https://localhost.evil.example", "http://127.0.0.1:1"])
def test_a_foreign_page_can_do_nothing_with_ones_cookies(origin, anna):
    before = dict(anna.cookies)
    for path in ("/enter", "/leave", f"/voila/api/shutdown/{anna.kernel}"):
        form = f"_xsrf={anna.cookies['_xsrf']}&password={PASSWORD}".encode()
        kind = "application/x-www-form-urlencoded"
        assert anna.ask(path, "POST", form, Content_Type=kind, Origin=origin).status in (403, 404), "with a stolen token"
        assert anna.ask(path, "POST", b"", Content_Type=kind).status == 403, "without one"
    run(asyncio.sleep(0.7))
    assert anna.ask(f"/api/kernels/{anna.kernel}").status == 200
    assert anna.cookies == before
    answer = anna.ask(ONE.replace("01_one", "00_home"), Origin=origin)
    assert answer.getheader("Access-Control-Allow-Origin") is None
