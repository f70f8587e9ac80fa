"""Trying to break in: more than anybody sends."""

from __future__ import annotations

import contextlib
import http.client

import psutil
import pytest
from lines import lay_line
from team import ONE, message, run
from tornado.websocket import WebSocketClosedError

MB = 1024 * 1024


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
        line = await lay_line(bram, False)
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
