"""``mi-course serve``: its log holds nothing of what learners wrote."""

from __future__ import annotations

import json
import re

import pytest
from serving import write_notebook
from team import ONE, PASSWORD, Visitor, message, run, team_server

from mi_helpers.app.codes import read_secret


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


#: What a page that is not as it should be might send its box; ``None`` stands for a message without content.
ODD = [
    "SAID", ["SAID"], None, {"kind": "SAID"}, {"kind": "ask", "id": ["SAID"], "text": {"SAID": "SAID"}, "check": ["SAID"]},
    {"kind": "ask", "id": "SAID", "text": "SAID " * 5000, "check": "SAID"}, {"kind": "draft", "text": {"SAID": 1}},
    {"kind": "ready", "text": "SAID", "copy": {"text": "SAID", "at": "SAID"}}, {"kind": "go", "item": ["SAID"]},
    {"kind": "ask", "id": "\0SAID", "text": "SAID\0", "check": "\0"},
]  # fmt: skip
STATES = [{name: "SAID"} for name in ("checks", "words", "first", "layout", "nothing")] + [{"value": ["SAID"]}, {"SAID": 1}]


@pytest.mark.parametrize("kernels", ["warm", pytest.param("off", marks=pytest.mark.slow)])
def test_what_a_broken_page_sends_is_in_no_log(kernels, tmp_path):
    server = team_server(tmp_path, MI_COURSE_WARM="off" if kernels == "off" else "")
    try:
        visitor = Visitor(server)
        visitor.enter()
        kernel = visitor.open("/voila/render/exercises/nl/01_righting_reflex.ipynb")
        run(_send_what_makes_no_sense(visitor, kernel))
        visitor.close(kernel)
    finally:
        server.stop()
    assert "a callback failed: WritingBox._receive" in server.log() and "ERROR Channels" not in server.log()
    assert "a library said something at " in server.log()
    assert "SAID" not in server.log()
    assert b"SAID" in server.database.read_bytes(), "what was written is kept all the same"


async def _send_what_makes_no_sense(visitor: Visitor, kernel: str) -> None:
    line = await visitor.channel(kernel)

    async def say(kind: str, content: dict, version: str = "2.1.0") -> None:
        await line.write_message(message(kind, content).replace('"metadata": {}', f'"metadata": {{"version": "{version}"}}'))

    async def hear(part: str) -> dict:
        while part not in (heard := await line.read_message()):
            pass
        return json.loads(heard)["content"]

    await say("comm_open", {"comm_id": "c", "target_name": "jupyter.widget.control", "data": {}}, "1.0.0")
    await say("comm_msg", {"comm_id": "c", "data": {"method": "request_states"}})
    states = (await hear('"update_states"'))["data"]["states"]
    box = next(name for name, model in states.items() if "check_label" in model["state"])
    for model in states:
        for state in STATES:
            await say("comm_msg", {"comm_id": model, "data": {"method": "update", "state": state}})
    for content in ODD:
        await say("comm_msg", {"comm_id": box, "data": {"method": "custom", "content": content}})
    for content in (
        {"comm_id": "SAID", "data": {"method": "SAID"}}, {"comm_id": box, "data": {"method": "SAID", "state": "SAID"}},
        {"comm_id": box, "data": "SAID"}, {"SAID": "SAID"}, {"comm_id": ["SAID"], "data": {}},
        {"comm_id": box, "data": {"method": "update", "state": {"value": "SAID"}, "buffer_paths": [["SAID", 1]]}},
    ):  # fmt: skip
        await say("comm_msg", content)
        await say("comm_open", content | {"target_name": "SAID"})
    await say("SAID", {"SAID": "SAID"})
    await say("kernel_info_request", {})
    await hear('"kernel_info_reply"')  # all before it was answered
    without_channel = json.loads(message("comm_msg", {"comm_id": box, "data": {"text": "SAID"}}))
    del without_channel["channel"]
    await line.write_message(json.dumps(without_channel))
    await line.write_message(json.dumps({"SAID": "SAID"}))
    while await line.read_message() is not None:
        pass
