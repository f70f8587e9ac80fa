"""``mi-course serve``: files and pages go out small, and are kept by the browser."""

from __future__ import annotations

import http.client
import re
import zlib

import pytest
from team import ONE, Visitor


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
