"""What the server answers, and what it does not."""

from __future__ import annotations

import http.client
import json
import os
import re
from urllib.parse import urlsplit

import pytest
from serving import wait_for

HOME = "/voila/render/course/{}/00_home.ipynb"
ONE = "/voila/render/course/en/01_one.ipynb"


def ask(server, path: str, method: str = "GET", body: bytes | None = None, **headers):
    """Ask for an address exactly as it is spelled here; no client tidies it up."""
    line = http.client.HTTPConnection(urlsplit(server.url).netloc, timeout=30)
    line.request(method, path, body=body, headers={name.replace("_", "-"): value for name, value in headers.items()})
    answer = line.getresponse()
    answer.text = answer.read().decode("utf-8", "replace")
    line.close()
    return answer


@pytest.mark.parametrize(
    ("accept", "lang"),
    [("", "en"), ("nl-BE,nl;q=0.9,en;q=0.8", "nl"), ("de,en;q=0.5,nl;q=0.2", "en"), ("fr", "en"), ("nl;q=0", "en")],
)
def test_the_root_leads_to_the_home_page(server, accept, lang):
    answer = ask(server, "/", Accept_Language=accept)
    assert answer.status == 302
    assert answer.getheader("Location") == HOME.format(lang)


#: Everything that must lead nowhere. None of it may be answered with anything but an error page.
NOWHERE = [
    "/voila/render/", "/voila/render/course", "/voila/render/course/en/", "/voila/render/course/en",
    "/voila/tree", "/voila/tree/", "/voila/tree/course", "/tree", "/lab", "/notebooks/course/en/01_one.ipynb",
    "/voila/render/tests/en/01_one.ipynb", "/voila/render/course/en/.ipynb_checkpoints/01_one.ipynb",
    "/voila/render/course/en/notes.ipynb", "/voila/render/course/en/picture.png", "/voila/render/course/en/01_one.py",
    "/voila/render/course/de/01_one.ipynb", "/voila/render/exercises/cases/l01.yaml", "/voila/render/words.sqlite3",
    "/voila/render/../course/en/../../words.sqlite3", "/voila/render/course/en/../../tests/en/01_one.ipynb",
    "/voila/render/course/en/%2e%2e/%2e%2e/tests/en/01_one.ipynb",
    "/voila/render/course/en/..%2f..%2ftests%2fen%2f01_one.ipynb",
    "/voila/render/course/en/..%5c..%5ctests%5cen%5c01_one.ipynb", "/voila/render/course\\en\\01_one.ipynb",
    "/voila/render//course/en/01_one.ipynb", "/voila/render/course//en/01_one.ipynb",
    "/voila/render/course/en/01_one.ipynb/", "/voila/render/course/en/01_one.ipynb%00",
    "/voila/render/course/en/01_one.ipynb%0a", "/voila/render/COURSE/EN/01_ONE.IPYNB",
    "/voila/render/course/en/0%D9%A1_one.ipynb", "/voila/render/%2Fetc%2Fpasswd", "/voila/render/~root",
    "/voila/files/course/en/01_one.ipynb", "/voila/files/course/en/picture.png", "/voila/files/words.sqlite3",
    "/voila/files/..%2fpyproject.toml", "/files/course/en/01_one.ipynb", "/course/en/01_one.ipynb",
    "/api/contents", "/api/contents/course/en/01_one.ipynb", "/voila/api/contents", "/voila/api/contents/course",
    "/api/kernels", "/api/kernelspecs", "/api/sessions", "/api/terminals", "/api/status", "/api/me", "/api/config/x",
    "/terminals/websocket/1", "/metrics", "/login", "/logout", "/voila/execution/x", "/voila/query/x",
    "/voila/templates/lab/static/index.css", "/voila/templates/../static/x", "/voila/api/themes/x/index.css",
    "/voila/labextensions/", "/voila/labextensions/jupyterlab_pygments/package.json",
    "/voila/labextensions/anywidget/../../../../etc/passwd", "/voila/labextensions/anywidget/%2e%2e/%2e%2e/x",
    "/voila/static/0/", "/voila/static/0/../../../../../../etc/passwd", "/voila/static/0/%2fetc%2fpasswd",
    "/voila/static/0/..%2f..%2f..%2fbase%2f404.html", "/voila/assets/0/..%2fframe.html.j2",
    "/voila/assets/0/../frame.html.j2", "/voila/assets/0/en.toml", "/voila/assets/0/",
]  # fmt: skip


@pytest.mark.parametrize("path", NOWHERE)
def test_other_addresses_lead_nowhere(server, path):
    answer = ask(server, path)
    assert answer.status in (403, 404), answer.text[:300]
    assert "SECRET" not in answer.text and "SOURCE OF ONE" not in answer.text and "root:" not in answer.text
    assert not server.kernels()


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "OPTIONS"])
@pytest.mark.parametrize("path", ["/api/contents/x", "/api/kernels", "/api/sessions", "/api/terminals", ONE, "/"])
def test_nothing_can_be_made_changed_or_removed(server, path, method):
    assert ask(server, path, method).status in (403, 404, 405)
    assert not server.kernels()


def test_a_link_out_of_the_course_is_no_page(server, small_course, tmp_path):
    outside = tmp_path / "outside.ipynb"
    outside.write_bytes((small_course / "course/en/01_one.ipynb").read_bytes())
    link = small_course / "course" / "en" / "09_link.ipynb"
    try:
        os.symlink(outside, link)
    except OSError:
        pytest.skip("this computer makes no symbolic links")
    try:
        assert ask(server, "/voila/render/course/en/09_link.ipynb").status == 404
    finally:
        link.unlink()


def test_no_visitor_chooses_a_template_or_sees_sources(server):
    answer = ask(server, ONE + "?template=lab&theme=dark&voila-template=lab")
    assert answer.status == 200
    assert 'class="mi-page mi-frame"' in answer.text and "jsdelivr" not in answer.text
    assert "SOURCE OF ONE" in answer.text  # its output ...
    assert "&#39;SOURCE" not in answer.text and "'SOURCE" not in answer.text.replace("\\u0027", "^")  # ... only
    stop(server, answer)


def test_a_page_forbids_itself_every_other_host(server):
    answer = ask(server, HOME.format("nl"))
    policy = answer.getheader("Content-Security-Policy")
    assert "default-src 'self'" in policy
    assert not re.search(r"https?:|\*|unsafe-eval|script-src[^;]*unsafe-inline", policy)
    assert answer.getheader("Cache-Control") == "no-store"
    assert not re.search(r"""(?:src|href)=["']?(?:https?:)?//""", answer.text)
    stop(server, answer)


def test_only_this_computer_is_answered(server):
    """A page elsewhere that points its own name at this computer gets nothing (DNS rebinding)."""
    for path in ("/", ONE):
        answer = ask(server, path, Host="evil.example")
        assert answer.status == 403
        assert "One" not in answer.text
    assert ask(server, "/", Host="localhost").status == 302
    assert not server.kernels()


def test_a_kernel_is_seen_but_not_touched_from_outside(server):
    answer = ask(server, ONE)
    kernel = kernel_of(answer)
    assert json.loads(ask(server, f"/api/kernels/{kernel}").text)["id"] == kernel
    for method in ("DELETE", "POST", "PATCH"):
        assert ask(server, f"/api/kernels/{kernel}", method).status in (403, 405)
    for action in ("restart", "interrupt"):
        assert ask(server, f"/api/kernels/{kernel}/{action}", "POST").status in (403, 404)
    assert ask(server, f"/voila/api/shutdown/{kernel}", "POST").status == 403, "without the cookie"
    assert len(server.kernels()) == 1
    stop(server, answer)
    assert wait_for(lambda: ask(server, f"/api/kernels/{kernel}").status == 404)
    assert "Traceback" not in server.log()


def test_a_missing_page_speaks_the_readers_language(server):
    answer = ask(server, "/voila/render/course/nl/55_weg.ipynb")
    assert answer.status == 404 and '<html lang="nl">' in answer.text
    assert '<html lang="nl">' in ask(server, "/nothing", Accept_Language="nl").text
    assert '<html lang="en">' in ask(server, "/nothing").text


def kernel_of(answer) -> str:
    return re.search(r'"kernelId": "([\w-]+)"', answer.text)[1]


def stop(server, answer) -> None:
    """Leave a page as a closing browser does."""
    token = re.search(r"_xsrf=([^;]+)", answer.getheader("Set-Cookie"))[1]
    form = {"Cookie": f"_xsrf={token}", "Content_Type": "application/x-www-form-urlencoded"}
    path = f"/voila/api/shutdown/{kernel_of(answer)}"
    assert ask(server, path, "POST", f"_xsrf={token}".encode(), **form).status == 204
    assert wait_for(lambda: not server.kernels())
