"""Trying to break in: what a stranger, or a learner who means ill, gets from a server of a team.

Two learners, Anna and Bram, each with a page open. Each row of the tables is a way in that must be shut.
"""

from __future__ import annotations

import asyncio
import base64
import contextlib
import http.client
import json
import re
import sys

import psutil
import pytest
from serving import write_notebook
from team import ONE, PASSWORD, Visitor, message, run, team_server
from test_addresses import NOWHERE
from tornado.httpclient import HTTPClientError, HTTPRequest
from tornado.web import create_signed_value
from tornado.websocket import WebSocketClosedError, websocket_connect

MB = 1024 * 1024
TELL = "import os; from IPython.display import HTML; HTML(os.environ['MI_COURSE_LEARNER'])"


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    """A page of which each learner sees only their own."""
    root = tmp_path_factory.mktemp("attacked")
    for lang in ("en", "nl"):
        write_notebook(root, "course", lang, "00_home", [("markdown", "# Home")])
        write_notebook(root, "course", lang, "01_one", [("markdown", "# One"), ("code", TELL)])
    for folder in ("exercises", "solutions"):
        (root / folder).mkdir()
    (root / "words.sqlite3").write_text("SECRET", encoding="utf-8")
    (root / ".hidden").write_text("SECRET", encoding="utf-8")
    (root / "course" / "en" / "picture.png").write_bytes(b"SECRET")
    return root


@pytest.fixture(scope="module")
def server(course, tmp_path_factory):
    server = team_server(tmp_path_factory.mktemp("team"), content=course)
    yield server
    server.stop()


@pytest.fixture(scope="module")
def anna(server):
    anna = Visitor(server)
    anna.code = anna.enter()
    anna.kernel = anna.open()
    return anna


@pytest.fixture(scope="module")
def bram(server):
    bram = Visitor(server)
    bram.enter()
    bram.kernel = bram.open()
    return bram


@pytest.fixture
def stranger(server):
    return Visitor(server)


# -- other people's data ----------------------------------------------------------------------------------------------


def test_each_sees_their_own_page(anna, bram):
    pages = [visitor.ask(ONE).text for visitor in (anna, bram, anna)]
    names = [re.search(r"<div class=\"jp-RenderedHTMLCommon\">([0-9a-f]{32})</div>", page)[1] for page in pages]
    assert names[0] == names[2] != names[1]


KERNELS = [
    ("GET", "/api/kernels/{kernel}"), ("GET", "/api/kernels/{kernel}?x=1"), ("HEAD", "/api/kernels/{kernel}"),
    ("DELETE", "/api/kernels/{kernel}"), ("POST", "/api/kernels/{kernel}"), ("PATCH", "/api/kernels/{kernel}"),
    ("POST", "/api/kernels/{kernel}/restart"), ("POST", "/api/kernels/{kernel}/interrupt"),
    ("GET", "/api/kernels/{kernel}/channels"), ("POST", "/api/kernels/{kernel}/channels"),
    ("POST", "/api/kernels"), ("GET", "/api/kernels"), ("GET", "/api/sessions"), ("GET", "/api/kernels/"),
    ("GET", "/api/kernels/{kernel}/../{kernel}"), ("GET", "//api/kernels/{kernel}"), ("GET", "/API/KERNELS/{kernel}"),
]  # fmt: skip


@pytest.mark.parametrize(("method", "path"), KERNELS)
@pytest.mark.parametrize("who", ["stranger", "bram"])
def test_the_kernel_of_another_is_not_there(method, path, who, anna, request):
    visitor = request.getfixturevalue(who)
    answer = visitor.ask(path.format(kernel=anna.kernel), method, X_Xsrftoken=visitor.cookies.get("_xsrf", ""))
    assert answer.status in (302, 400, 403, 404, 405), answer.text
    assert answer.status != 302 or answer.getheader("Location").startswith("/enter")
    assert '"execution_state"' not in answer.text
    assert anna.ask(f"/api/kernels/{anna.kernel}").status == 200


@pytest.mark.parametrize("who", ["stranger", "bram"])
def test_nobody_closes_the_page_of_another(who, anna, request):
    visitor = request.getfixturevalue(who)
    assert visitor.close(anna.kernel).status == (403 if who == "stranger" else 204)
    run(asyncio.sleep(1))
    assert anna.ask(f"/api/kernels/{anna.kernel}").status == 200


def test_ids_cannot_be_guessed_from_ones_own(bram, anna):
    own = bram.kernel
    near = [own[:-1] + letter for letter in "0123456789abcdef" if letter != own[-1]]
    odd = ["0" * 36, own.upper(), own + "0", own[:-1], "../" + own, "%2e", "*", "null"]
    assert {bram.ask(f"/api/kernels/{guess}").status for guess in near + odd} == {404}


def cookies_of(anna, bram):
    """Cookies that are nobody's: each is (what was done to it, the cookie)."""
    real = anna.cookies["mi-course-learner"].strip('"')
    parts = real.split("|")
    account = base64.b64decode(parts[4].split(":")[1])
    theirs = bram.cookies["mi-course-learner"].strip('"').split("|")
    long = parts[:3] + ["4:long"] + parts[4:]
    later = [*parts[:2], "10:" + str(int(parts[2].split(":")[1]) + 5), *parts[3:]]
    signed = [create_signed_value(key, "short", account).decode() for key in (b"", b"x", PASSWORD.encode())]
    return {
        "empty": "", "only the account": account.decode(), "base64": base64.b64encode(account).decode(),
        "without its signature": "|".join(parts[:-1]) + "|", "with another's signature": "|".join([*parts[:-1], theirs[-1]]),
        "with another's account": "|".join([*theirs[:-1], parts[-1]]), "made to last": "|".join(long),
        "made younger": "|".join(later), "signed with no key": signed[0], "signed with a guess": signed[1],
        "signed with the password": signed[2], "cut": real[:-1], "longer": real + "0", "old format": f"{account.decode()}|1|x",
        "the code": anna.code, "json": json.dumps({"username": account.decode()}), "very long": "2|" * 5000,
        "two": f'x"; mi-course-learner="{account.decode()}',
    }  # fmt: skip


def test_no_made_up_cookie_opens_anything(anna, bram, stranger):
    for name, cookie in cookies_of(anna, bram).items():
        for known in ("mi-course-learner", "username-127-0-0-1-8866", "token"):
            answer = stranger.ask(ONE, Cookie=f'{known}="{cookie}"')
            assert answer.status == 302, name
        answer = stranger.ask(f"/api/kernels/{anna.kernel}", Cookie=f'mi-course-learner="{cookie}"')
        assert answer.status == 403, name


@pytest.mark.parametrize("header", [
    "X-Remote-User", "X-Forwarded-User", "Remote-User", "X-Forwarded-For", "X-Real-Ip", "Forwarded", "X-Original-Url",
    "X-Rewrite-Url", "X-Http-Method-Override", "X-Scheme",
])  # fmt: skip
def test_a_header_makes_nobody_anybody(header, anna, stranger):
    name = header.replace("-", "_")
    assert stranger.ask(ONE, **{name: "anna"}).status == 302
    assert stranger.ask(f"/api/kernels/{anna.kernel}", **{name: "127.0.0.1"}).status == 403
    assert stranger.ask(ONE, Authorization="token x").status == stranger.ask(ONE + "?token=").status == 302


# -- the line to a kernel ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("who", "headers"),
    [
        ("stranger", {}), ("bram", {}),
        ("anna", {"Origin": "http://evil.example"}), ("anna", {"Origin": "null"}), ("anna", {"Origin": "http://localhost"}),
        ("anna", {"Origin": "http://127.0.0.1.evil.example"}), ("anna", {"Host": "evil.example"}),
        ("anna", {"Origin": "http://evil.example", "X_Forwarded_Host": "evil.example"}),
    ],
)  # fmt: skip
def test_the_line_of_another_is_not_laid(who, headers, anna, request):
    visitor = request.getfixturevalue(who)
    with pytest.raises(HTTPClientError) as refused:
        run(visitor.channel(anna.kernel, **headers))
    assert refused.value.code in (403, 404)


def test_ones_own_line_is_laid(anna):
    async def talk():
        line = await anna.channel(anna.kernel, Origin=anna.server.url.rstrip("/"))
        await line.write_message(message("kernel_info_request", {}))
        kinds = []
        while "kernel_info_reply" not in kinds:
            kinds.append(json.loads(await line.read_message())["header"]["msg_type"])
        line.close()

    run(talk())


CODE = "open({path!r}, 'w').write('done')"
#: Messages that would make a kernel do something else than widgets do.
ORDERS = [
    ("execute_request", {"code": CODE, "silent": False, "store_history": False, "user_expressions": {}, "allow_stdin": False}),
    ("execute_request", {"code": "", "silent": True, "user_expressions": {"x": CODE}, "allow_stdin": False}),
    ("complete_request", {"code": "__import__('os').sys", "cursor_pos": 5}),
    ("inspect_request", {"code": "here", "cursor_pos": 2, "detail_level": 1}),
    ("history_request", {"raw": True, "output": True, "hist_access_type": "tail", "n": 10}),
    ("is_complete_request", {"code": "1"}), ("debug_request", {"type": "request", "command": "evaluate"}),
    ("create_subshell_request", {}), ("interrupt_request", {}), ("usage_request", {}), ("input_reply", {"value": CODE}),
    ("apply_request", {}), ("connect_request", {}),
]  # fmt: skip


@pytest.mark.parametrize("channel", ["shell", "control", "stdin", "iopub", "hb", ""])
def test_learners_cannot_run_code(channel, bram, tmp_path):
    """Neither in the older protocol nor in the newer, nor with a message that calls itself two things."""
    path = tmp_path / "made"

    async def talk():
        replies = set()
        for newer in (False, True):
            line = await _line(bram, newer)
            for kind, content in ORDERS:
                filled = json.loads(json.dumps(content).replace(json.dumps(CODE)[1:-1], CODE.format(path=str(path))))
                await line.write_message(*_written(kind, filled, channel, newer))
            for trick in _tricks(CODE.format(path=str(path)), channel):
                if not newer:
                    await line.write_message(trick)
            await line.write_message(*_written("kernel_info_request", {}, "shell", newer))
            while "kernel_info_reply" not in replies:
                replies.add(_kind(await line.read_message()))
            replies.discard("kernel_info_reply")
            line.close()
        return replies

    replies = run(talk())
    assert not {it for it in replies if it.endswith("_reply")} and "execute_input" not in replies
    assert not path.exists()
    assert bram.ask(f"/api/kernels/{bram.kernel}").status == 200


async def _line(visitor, newer: bool):
    url = f"ws{visitor.server.url[4:]}api/kernels/{visitor.kernel}/channels?session_id=x{newer}"
    protocols = ["v1.kernel.websocket.jupyter.org"] if newer else None
    return await websocket_connect(HTTPRequest(url, headers={"Cookie": visitor.cookie()}), subprotocols=protocols)


def _written(kind: str, content: dict, channel: str, newer: bool):
    old = json.loads(message(kind, content, channel))
    if not newer:
        return (json.dumps(old),)
    parts = [channel.encode(), *(json.dumps(old[name]).encode() for name in ("header", "parent_header", "metadata", "content"))]
    offsets = [8 * (len(parts) + 2)]
    for part in parts:
        offsets.append(offsets[-1] + len(part))
    return b"".join(number.to_bytes(8, "little") for number in (len(offsets), *offsets)) + b"".join(parts), True


def _tricks(code: str, channel: str):
    """Messages that pass for a widget's at first sight."""
    order = json.loads(message("execute_request", {"code": code, "silent": False}, channel))
    innocent = json.loads(message("comm_msg", {"comm_id": "x", "data": {}}, channel))
    yield json.dumps(innocent | {"msg_type": "execute_request", "content": order["content"]})
    yield json.dumps(order | {"msg_type": "comm_msg", "parent_header": innocent["header"]})
    yield json.dumps(innocent | {"header": innocent["header"] | {"msg_type": ["comm_msg", "execute_request"]}})
    twice = json.dumps(innocent["header"])[:-1] + ', "msg_type": "execute_request"}'
    yield json.dumps(order).replace(json.dumps(order["header"]), twice)


def _kind(said) -> str:
    if isinstance(said, str):
        return json.loads(said)["header"]["msg_type"]
    first, second = (int.from_bytes(said[8 * at : 8 * at + 8], "little") for at in (2, 3))
    return json.loads(said[first:second])["msg_type"]


def test_made_up_widgets_do_no_harm(bram):
    """A page may open a line to a widget of its own making; it stays in the learner's own kernel and runs nothing."""
    targets = ["jupyter.widget", "jupyter.widget.control", "nothing", "builtins.eval", "../x", ""]
    state = {"_model_name": "OutputModel", "_model_module": "@jupyter-widgets/output", "outputs": [{"x": "<script>"}]}

    async def talk():
        line = await _line(bram, False)
        for target in targets:
            for data in ({"state": state}, {"method": "request_states"}, {"method": "custom", "content": "x" * 9999}, {}, 7):
                content = {"comm_id": f"made-{target}", "target_name": target, "data": data}
                await line.write_message(message("comm_open", content))
                await line.write_message(message("comm_msg", content))
        await line.write_message(message("kernel_info_request", {}))
        while _kind(await line.read_message()) != "kernel_info_reply":
            pass
        line.close()

    run(talk())
    assert bram.ask(f"/api/kernels/{bram.kernel}").status == 200


@pytest.mark.parametrize("said", [b"", b"\0", b"\xff" * 100, b"\x05" + b"\0" * 60, b"\xff\xff\xff\xff\xff\xff\xff\x7f" * 4, "", "{}", "[]", "null", "x"])
def test_broken_messages_do_no_harm(said, bram):
    async def talk():
        line = await _line(bram, isinstance(said, bytes))
        await line.write_message(said, isinstance(said, bytes))
        await asyncio.sleep(0.1)
        line.close()

    run(talk())
    assert bram.ask(f"/api/kernels/{bram.kernel}").status == 200


# -- sources, store, hidden files, templates --------------------------------------------------------------------------

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


# -- other sites, other names -----------------------------------------------------------------------------------------


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


# -- too much ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", ["/enter", ONE, "/voila/api/shutdown/{kernel}", "/nothing", "/health"])
@pytest.mark.parametrize("told", ["length", "chunks"])
def test_fifty_megabytes_are_not_taken_in(path, told, anna, server):
    process = psutil.Process(server.process.pid)
    before = process.memory_info().rss
    sent, refused = 0, False
    line = http.client.HTTPConnection(server.url.split("/")[2], timeout=30)
    line.putrequest("POST", path.format(kernel=anna.kernel))
    line.putheader("Cookie", anna.cookie())
    line.putheader(*(("Content-Length", str(50 * MB)) if told == "length" else ("Transfer-Encoding", "chunked")))
    line.endheaders()
    piece = b"x" * MB
    try:
        for _ in range(50):
            line.send(piece if told == "length" else b"100000\r\n" + piece + b"\r\n")
            sent += 1
        refused = line.getresponse().status in (400, 403, 404, 405, 413)
    except OSError:
        refused = True
    line.close()
    assert refused and sent < 50
    assert process.memory_info().rss - before < 20 * MB
    assert anna.ask("/health").status == 200


def test_a_message_of_many_megabytes_ends_the_line_and_nothing_else(bram, server):
    process = psutil.Process(server.process.pid)
    before = process.memory_info().rss

    async def talk():
        line = await _line(bram, False)
        with contextlib.suppress(WebSocketClosedError):
            await line.write_message(message("comm_msg", {"comm_id": "x", "data": {"x": "x" * 20 * MB}}))
        while await line.read_message() is not None:
            pass

    run(talk())
    assert process.memory_info().rss - before < 30 * MB
    assert bram.ask(f"/api/kernels/{bram.kernel}").status == 200


def test_headers_and_addresses_without_end(stranger):
    assert stranger.ask("/" + "x" * 5000).status in (400, 404)
    assert stranger.ask(ONE + "?" + "x" * 5000).status == 302
    assert stranger.ask("/enter", Accept_Language="nl," * 5000).status == 200
    assert stranger.ask("/enter", Cookie="; ".join(f"a{number}=b" for number in range(3000))).status in (200, 400)
    with pytest.raises((http.client.HTTPException, OSError)):
        answer = stranger.ask("/", X="x" * 100_000)
        assert answer.status in (400, 431)
        raise http.client.HTTPException


# -- what every answer says -------------------------------------------------------------------------------------------


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
