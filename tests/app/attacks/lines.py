"""The line to a kernel, in both of its protocols."""

from __future__ import annotations

import json

from team import message
from tornado.httpclient import HTTPRequest
from tornado.websocket import websocket_connect


async def lay_line(visitor, newer: bool):
    """The line to a visitor's kernel, in the older or the newer protocol."""
    url = f"ws{visitor.server.url[4:]}api/kernels/{visitor.kernel}/channels?session_id=x{newer}"
    protocols = ["v1.kernel.websocket.jupyter.org"] if newer else None
    return await websocket_connect(HTTPRequest(url, headers={"Cookie": visitor.cookie()}), subprotocols=protocols)


def written(kind: str, content: dict, channel: str, newer: bool):
    """A message as the line takes it: what to give to ``write_message``."""
    old = json.loads(message(kind, content, channel))
    if not newer:
        return (json.dumps(old),)
    parts = [channel.encode(), *(json.dumps(old[name]).encode() for name in ("header", "parent_header", "metadata", "content"))]
    offsets = [8 * (len(parts) + 2)]
    for part in parts:
        offsets.append(offsets[-1] + len(part))
    return b"".join(number.to_bytes(8, "little") for number in (len(offsets), *offsets)) + b"".join(parts), True


def kind_of(said) -> str:
    """The kind of a message that came, in either protocol."""
    if isinstance(said, str):
        return json.loads(said)["header"]["msg_type"]
    first, second = (int.from_bytes(said[8 * at : 8 * at + 8], "little") for at in (2, 3))
    return json.loads(said[first:second])["msg_type"]
