"""What every answer tells the browser, and what none tells anybody."""

from __future__ import annotations

import re
import sys

import pytest
from team import ONE


@pytest.mark.parametrize("path", ["/", "/enter", ONE, "/nothing", "/health", "/voila/assets/0/page.css", "/voila/assets/0/none.css"])
def test_every_answer_guards_the_browser(path, anna):
    answer = anna.ask(path)
    assert answer.getheader("X-Content-Type-Options") == "nosniff"
    assert answer.getheader("Cross-Origin-Opener-Policy") == answer.getheader("Cross-Origin-Resource-Policy") == "same-origin"
    assert "camera=()" in answer.getheader("Permissions-Policy")
    assert answer.getheader("Referrer-Policy") == "same-origin"
    assert "Tornado" not in answer.getheader("Server")
    assert answer.getheader("Access-Control-Allow-Origin") is None
    if answer.getheader("Content-Type").startswith("text/html"):
        policy = answer.getheader("Content-Security-Policy")
        assert "default-src 'self'" in policy and "frame-ancestors 'self'" in policy and "object-src 'none'" in policy
        assert not re.search(r"https?:|\*|unsafe-eval|script-src[^;]*unsafe-inline", policy)


def test_that_a_kernel_is_there_is_no_document(anna):
    answer = anna.ask(f"/api/kernels/{anna.kernel}")
    assert answer.status == 200 and answer.getheader("Content-Type").startswith("application/json")
    assert answer.getheader("X-Content-Type-Options") == "nosniff"
    assert answer.getheader("Cross-Origin-Resource-Policy") == "same-origin"
    assert answer.getheader("Content-Security-Policy") == "default-src 'none'; frame-ancestors 'none'"
    assert answer.getheader("Access-Control-Allow-Origin") is None


def test_scripts_of_two_answers_have_two_nonces(anna):
    nonces = {re.search(r"'nonce-([^']+)'", anna.ask("/enter?x").getheader("Content-Security-Policy"))[1] for _ in range(5)}
    assert len(nonces) == 5


def test_no_error_shows_how_it_came(anna, server):
    for path in ("/enter?lang=%ff", "/enter?next=%ff", ONE + "?item=%ff%fe", "/voila/render/%ff", "/%ff", "/enter?lang=" + "x" * 2000):
        answer = anna.ask(path)
        assert answer.status < 500, path
        assert "Traceback" not in answer.text and "site-packages" not in answer.text
    assert "tornado" not in server.log() and sys.executable not in server.log()
