"""Trying to break in: whose line is laid, and what a message over one's own line can do."""

from __future__ import annotations

import asyncio
import json

import pytest
from lines import kind_of, lay_line, written
from team import message, run
from tornado.httpclient import HTTPClientError


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
            line = await lay_line(bram, newer)
            for kind, content in ORDERS:
                filled = json.loads(json.dumps(content).replace(json.dumps(CODE)[1:-1], CODE.format(path=str(path))))
                await line.write_message(*written(kind, filled, channel, newer))
            for trick in _tricks(CODE.format(path=str(path)), channel):
                if not newer:
                    await line.write_message(trick)
            await line.write_message(*written("kernel_info_request", {}, "shell", newer))
            while "kernel_info_reply" not in replies:
                replies.add(kind_of(await line.read_message()))
            replies.discard("kernel_info_reply")
            line.close()
        return replies

    replies = run(talk())
    assert not {it for it in replies if it.endswith("_reply")} and "execute_input" not in replies
    assert not path.exists()
    assert bram.ask(f"/api/kernels/{bram.kernel}").status == 200


def _tricks(code: str, channel: str):
    """Messages that pass for a widget's at first sight."""
    order = json.loads(message("execute_request", {"code": code, "silent": False}, channel))
    innocent = json.loads(message("comm_msg", {"comm_id": "x", "data": {}}, channel))
    yield json.dumps(innocent | {"msg_type": "execute_request", "content": order["content"]})
    yield json.dumps(order | {"msg_type": "comm_msg", "parent_header": innocent["header"]})
    yield json.dumps(innocent | {"header": innocent["header"] | {"msg_type": ["comm_msg", "execute_request"]}})
    twice = json.dumps(innocent["header"])[:-1] + ', "msg_type": "execute_request"}'
    yield json.dumps(order).replace(json.dumps(order["header"]), twice)


def test_made_up_widgets_do_no_harm(bram):
    """A page may open a line to a widget of its own making; it stays in the learner's own kernel and runs nothing."""
    targets = ["jupyter.widget", "jupyter.widget.control", "nothing", "builtins.eval", "../x", ""]
    state = {"_model_name": "OutputModel", "_model_module": "@jupyter-widgets/output", "outputs": [{"x": "<script>"}]}

    async def talk():
        line = await lay_line(bram, False)
        for target in targets:
            for data in ({"state": state}, {"method": "request_states"}, {"method": "custom", "content": "x" * 9999}, {}, 7):
                content = {"comm_id": f"made-{target}", "target_name": target, "data": data}
                await line.write_message(message("comm_open", content))
                await line.write_message(message("comm_msg", content))
        await line.write_message(message("kernel_info_request", {}))
        while kind_of(await line.read_message()) != "kernel_info_reply":
            pass
        line.close()

    run(talk())
    assert bram.ask(f"/api/kernels/{bram.kernel}").status == 200


@pytest.mark.parametrize("said", [b"", b"\0", b"\xff" * 100, b"\x05" + b"\0" * 60, b"\xff\xff\xff\xff\xff\xff\xff\x7f" * 4, "", "{}", "[]", "null", "x"])
def test_broken_messages_do_no_harm(said, bram):
    async def talk():
        line = await lay_line(bram, isinstance(said, bytes))
        await line.write_message(said, isinstance(said, bytes))
        await asyncio.sleep(0.1)
        line.close()

    run(talk())
    assert bram.ask(f"/api/kernels/{bram.kernel}").status == 200
