"""``mi-course serve``: who comes in and how, what is said where, and how it stops."""

from __future__ import annotations

import http.client
import json
import re
import signal
import sys
import zlib

import psutil
import pytest
from serving import Server, wait_for, write_notebook
from team import ONE, PASSWORD, Visitor, team_server
from typer.testing import CliRunner

from mi_helpers.app.cli import app
from mi_helpers.app.codes import read_secret
from mi_helpers.app.words import words


@pytest.fixture(scope="module")
def server(small_course, tmp_path_factory):
    server = team_server(tmp_path_factory.mktemp("team"), content=small_course)
    yield server
    server.stop()


@pytest.fixture(autouse=True)
def nothing_left_open(request):
    yield
    if "server" in request.fixturenames:
        server = request.getfixturevalue("server")
        assert wait_for(lambda: not server.kernels())


# -- starting ---------------------------------------------------------------------------------------------------------


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


# -- password and code ------------------------------------------------------------------------------------------------


def test_a_stranger_is_led_to_the_entry_and_then_to_the_page(server):
    visitor = Visitor(server, Accept_Language="nl")
    answer = visitor.ask(ONE + "?item=x")
    assert answer.status == 302
    entry = answer.getheader("Location")
    assert entry == "/enter?next=%2Fvoila%2Frender%2Fcourse%2Fen%2F01_one.ipynb%3Fitem%3Dx"
    form = visitor.ask(entry)
    assert form.status == 200 and '<html lang="en">' in form.text, "the language of the page that was asked for"
    assert '<html lang="nl">' in visitor.ask("/enter").text
    there = ONE + "?item=x"
    assert visitor.post("/enter", password=PASSWORD, next=there).status == 200
    code = visitor.enter(next=there)
    assert re.fullmatch(r"(?:[0-9A-Z]{4}-){3}[0-9A-Z]{4}", code)
    again = Visitor(server)
    assert again.post("/enter", password=PASSWORD, code=code.lower(), next=there).getheader("Location") == there
    assert visitor.ask("/enter").status == 302, "who is in needs no form"


@pytest.mark.parametrize("there", [
    "https://evil.example/", "//evil.example/voila/render/course/en/01_one.ipynb", "/\\evil.example", "javascript:1",
    "/voila/render/../../x", "/enter", "/voila/render/course/en/01_one.ipynb@evil.example", "\r\nX: y", "/leave",
])  # fmt: skip
def test_the_way_on_stays_in_the_course(there, server):
    visitor = Visitor(server)
    code = visitor.enter()
    answer = Visitor(server).post("/enter", password=PASSWORD, code=code, next=there, lang="nl")
    assert answer.getheader("Location") == "/voila/render/course/nl/00_home.ipynb"


def test_the_same_code_is_the_same_learner_and_another_is_not(server):
    first, again, other = Visitor(server), Visitor(server), Visitor(server)
    again.enter(first.enter())
    other.enter()
    kernel = first.open()
    assert again.ask(f"/api/kernels/{kernel}").status == 200
    assert other.ask(f"/api/kernels/{kernel}").status == 404
    first.close(kernel)


@pytest.mark.parametrize(("fields", "key", "status"), [
    ({"password": "wrong wrong"}, "wrong_password", 403), ({"password": ""}, "wrong_password", 403), ({}, "wrong_password", 403),
    ({"password": PASSWORD, "code": "0000-0000-0000-0000"}, "wrong_code", 403),
    ({"password": PASSWORD, "code": "<script>alert(1)</script>"}, "wrong_code", 403),
    ({"sealed": "2|1:0|10:1795305827|4:code|4:eHh4|00"}, "expired", 403),
])  # fmt: skip
def test_what_is_wrong_is_said_and_nobody_comes_in(fields, key, status, server):
    visitor = Visitor(server)
    answer = visitor.post("/enter", **fields)
    assert answer.status == status
    assert words("en", "enter")[key] in answer.text
    assert "<script>alert" not in answer.text
    assert set(visitor.cookies) == {"_xsrf"}


def test_a_code_that_was_not_written_down_is_nobodys(server):
    visitor = Visitor(server)
    assert visitor.post("/enter", password=PASSWORD).status == 200
    assert visitor.ask(ONE).status == 302


def test_the_cookie_is_for_this_browser_only_and_says_nothing(server):
    visitor = Visitor(server)
    code = visitor.enter()
    for remember, lasting in (("", False), ("yes", True)):
        answer = Visitor(server).post("/enter", password=PASSWORD, code=code, remember=remember)
        said = next(it for it in answer.headers.get_all("Set-Cookie") if it.startswith("mi-course-learner="))
        assert "HttpOnly" in said and "SameSite=Lax" in said and "Path=/" in said
        assert ("expires=" in said.lower()) == lasting
        assert code not in said and code.replace("-", "") not in said


@pytest.mark.slow
def test_a_cookie_of_another_server_or_password_is_worth_nothing(server, small_course, tmp_path):
    visitor = Visitor(server)
    visitor.enter()
    other = team_server(tmp_path, content=small_course)
    try:
        stranger = Visitor(other)
        stranger.cookies = dict(visitor.cookies)
        assert stranger.ask(ONE).status == 302
        code = stranger.enter()
    finally:
        other.stop()
    again = team_server(tmp_path, content=small_course)
    try:
        back = Visitor(again)
        back.cookies = dict(stranger.cookies)
        back.close(back.open())
        assert Visitor(again).enter(code) == code, "codes outlive a restart"
    finally:
        again.stop()
    changed = team_server(tmp_path, content=small_course, MI_COURSE_PASSWORD="een nieuw wachtwoord")
    try:
        back = Visitor(changed)
        back.cookies = dict(stranger.cookies)
        assert back.ask(ONE).status == 302
        assert back.enter(code, password="een nieuw wachtwoord") == code
    finally:
        changed.stop()


@pytest.mark.slow
def test_whoever_guesses_has_to_wait(small_course, tmp_path):
    server = team_server(tmp_path, content=small_course)
    try:
        visitor = Visitor(server)
        said = [visitor.post("/enter", password=f"wrong {number}").status for number in range(22)]
        assert said[:20] == [403] * 20 and said[-1] == 429
        assert visitor.post("/enter", password=PASSWORD).status == 429, "also with the right one"
    finally:
        server.stop()


def test_who_leaves_is_forgotten_and_the_pages_stop(server):
    visitor, other = Visitor(server), Visitor(server)
    visitor.enter(), other.enter()
    mine, others = visitor.open(), other.open()
    cookies = dict(visitor.cookies)
    assert visitor.ask("/leave").status in (403, 405), "a link does not log out"
    assert visitor.ask("/leave", "POST").status == 403, "nor does a form of another site"
    assert visitor.post("/leave").status == 303
    assert "mi-course-learner" not in visitor.cookies and "mi-course-learner" in cookies
    assert visitor.ask(ONE).status == 302
    assert wait_for(lambda: len(server.kernels()) == 1)
    assert other.ask(f"/api/kernels/{others}").status == 200 != other.ask(f"/api/kernels/{mine}").status
    other.close(others)


# -- a proxy that knows who is there ----------------------------------------------------------------------------------


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


# -- watching, limits, stopping ---------------------------------------------------------------------------------------


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


def test_the_log_holds_no_words_no_names_and_no_codes(small_course, tmp_path):
    file = tmp_path / "service.log"
    server = team_server(tmp_path, "--log-file", str(file), content=small_course)
    try:
        visitor = Visitor(server)
        code = visitor.enter()
        visitor.post("/enter", password="SAID", code="SAID")
        kernel = visitor.open(ONE + "?said=SAID")
        for path in ("/SAID", "/voila/render/SAID", f"/api/kernels/{kernel}?SAID", "/?SAID", "/voila/static/0/SAID.js"):
            visitor.ask(path, Referer="http://SAID/", User_Agent="SAID")
        Visitor(server).post("/enter", password="x\nFORGED", lang="SAID", next="/SAID")
        visitor.ask("/voila/api/shutdown/" + kernel, "POST", b"SAID", Content_Type="application/x-www-form-urlencoded")
        secret = read_secret(tmp_path / "secret")
        account = secret.account("code", secret.read_code(code))
        visitor.close(kernel)
    finally:
        server.stop()
    log = file.read_text(encoding="utf-8")
    assert "GET 200 CoursePage course/en/01_one" in log and "POST 303 Enter" in log and "a wrong password" in log
    assert all(re.match(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ [A-Z]+ ", line) for line in log.splitlines()), log
    for secret in ("SAID", "FORGED", code, code.replace("-", ""), account, PASSWORD, *visitor.cookies.values()):
        assert secret not in log and secret not in server.log()


def test_what_fails_in_a_page_is_logged_without_words(tmp_path):
    fails = (
        "from mi_helpers.ui.guard import guarded, log_to_server\nlog_to_server()\n"
        "def callback(): raise ValueError('SAID in a callback')\nguarded(callback, lambda said: None, '')()\n"
        "raise KeyError('SAID in a cell')"
    )
    for lang in ("en", "nl"):
        write_notebook(tmp_path / "content", "course", lang, "00_home", [("markdown", "# Home")])
        write_notebook(tmp_path / "content", "course", lang, "01_one", [("code", fails)])
    for folder in ("exercises", "solutions"):
        (tmp_path / "content" / folder).mkdir()
    server = team_server(tmp_path, content=tmp_path / "content")
    try:
        visitor = Visitor(server)
        visitor.enter()
        visitor.open()
    finally:
        server.stop()
    assert "cell 0 failed: KeyError" in server.log() and "a callback failed: callback\\n[ValueError < " in server.log()
    assert "SAID" not in server.log()


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


# -- files ------------------------------------------------------------------------------------------------------------


def script_of(visitor) -> str:
    return re.search(r'src="(/voila/static/[^"]+/voila\.js)"', visitor.ask(ONE).text)[1]


def test_files_are_sent_small_and_kept(server):
    visitor = Visitor(server)
    visitor.enter()
    path = script_of(visitor)
    plain = visitor.ask(path)
    packed = visitor.ask(path, Accept_Encoding="br, gzip;q=0.8")
    assert plain.getheader("Content-Encoding") is None and packed.getheader("Content-Encoding") == "gzip"
    for answer in (plain, packed):
        assert answer.getheader("Cache-Control") == "public, max-age=31536000, immutable"
        assert answer.getheader("Vary") == "Accept-Encoding"
        assert answer.getheader("Content-Type").startswith(("text/javascript", "application/javascript"))
        assert answer.getheader("X-Content-Type-Options") == "nosniff"
    assert int(packed.getheader("Content-Length")) < 0.6 * int(plain.getheader("Content-Length"))
    assert plain.getheader("Etag") != packed.getheader("Etag")
    again = visitor.ask(path, Accept_Encoding="gzip", If_None_Match=packed.getheader("Etag"))
    assert again.status == 304 and not again.text
    head = visitor.ask(path, "HEAD", Accept_Encoding="gzip")
    assert head.getheader("Content-Length") == packed.getheader("Content-Length")
    visitor.post("/leave")


@pytest.mark.parametrize(("headers", "packed"), [
    ({}, False), ({"Accept_Encoding": "identity"}, False), ({"Accept_Encoding": "br, gzip"}, True),
    ({"Accept_Encoding": "gzip", "Range": "bytes=0-9"}, True), ({"Range": "bytes=0-9"}, False),
])  # fmt: skip
def test_a_browser_gets_what_it_can_read(headers, packed, server):
    assets = re.search(r'href="(/voila/assets/[^"]+/course\.css)"', Visitor(server).ask("/enter").text)[1]
    answer = Visitor(server).ask(assets, **headers)
    assert (answer.getheader("Content-Encoding") == "gzip") == packed
    assert answer.status == 200


def test_a_page_is_sent_small_and_still_bit_by_bit(server):
    visitor = Visitor(server)
    visitor.enter()
    line = http.client.HTTPConnection(server.url.split("/")[2], timeout=60)
    line.request("GET", ONE, headers={"Cookie": visitor.cookie(), "Accept-Encoding": "gzip"})
    answer = line.getresponse()
    assert answer.getheader("Content-Encoding") == "gzip" and answer.getheader("Cache-Control") == "no-store"
    unpack, text = zlib.decompressobj(31), b""
    while b"</main>" not in text:
        text += unpack.decompress(answer.read1())
    assert b"SOURCE OF ONE" not in text, "the text does not wait for the kernel"
    assert b"SOURCE OF ONE" in unpack.decompress(answer.read())
    line.close()
    visitor.post("/leave")
