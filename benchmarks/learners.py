"""Many learners at once, against a bare page of Voila: until the last can type, memory, from click to feedback.

Learners are websocket clients that say what a browser would say; both servers are measured in the same run. See
README.md beside this file; `chart.py` draws what this prints.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import platform
import random
import re
import statistics
import sys
import tempfile
import time
import uuid
from contextlib import ExitStack
from pathlib import Path

from jupyter_server.services.kernels.connection.base import deserialize_msg_from_ws_v1, serialize_msg_to_ws_v1
from servers import REPLIES, Served, bare_page, course_page, descendants, memory
from tornado.httpclient import AsyncHTTPClient, HTTPRequest
from tornado.websocket import websocket_connect

from mi_helpers.cases import lesson_items

#: As the page does.
PING_EVERY = 4.0
PATIENCE = 240
ITEMS = [item.id for item in lesson_items(1) if item.kind == "rewrite"]


class Learner:
    """One learner on one page: opens it, and clicks now and then.

    Attributes
    ----------
    can_type_s : float
        From asking for the page until the box to write in (bare: the text area) is known.
    answers_ms : list of float
        From each click until the feedback (bare: the line of text) has arrived.
    """

    def __init__(self, served: Served, replies: list[str], number: int = 0):
        self.served, self.replies, self.number = served, replies, number
        self.can_type_s, self.answers_ms = 0.0, []
        self._session, self._line, self._box = uuid.uuid4().hex, None, ""
        self._kernel, self._cookies = "", []
        self._words, self._heard, self._reading = b"", None, None

    async def open(self) -> None:
        """Get the page, lay the line to its kernel, ask for the widgets."""
        begin = time.perf_counter()
        # all write into one store, so at least on different exercises
        item = f"?item={ITEMS[self.number % len(ITEMS)]}" if self.served.name == "course" else ""
        asked = HTTPRequest(self.served.url + item, request_timeout=PATIENCE, headers={"Accept-Encoding": "gzip"})
        answer = await AsyncHTTPClient().fetch(asked)
        page, self._cookies = answer.body.decode(), [c.split(";")[0] for c in answer.headers.get_list("Set-Cookie")]
        self._kernel = kernel = re.search(r'"kernelId":\s*"([0-9a-f-]{36})"', page)[1]
        address = self.served.url.split("/", 3)[2]
        channels = f"ws://{address}/api/kernels/{kernel}/channels?session_id={self._session}"
        self._line = await websocket_connect(
            HTTPRequest(channels, request_timeout=PATIENCE),
            subprotocols=["v1.kernel.websocket.jupyter.org"],
        )
        self._reading = asyncio.ensure_future(self._read())
        control = uuid.uuid4().hex
        self._say("comm_open", {"comm_id": control, "target_name": "jupyter.widget.control", "data": {}})
        self._say("comm_msg", {"comm_id": control, "data": {"method": "request_states"}})
        states = json.loads(await self._hear(b'"update_states"'))["data"]["states"]
        self._box = self._find(states)
        self.can_type_s = time.perf_counter() - begin
        if self.served.name == "course":
            self._custom({"kind": "ready", "text": "", "copy": None})

    def _find(self, states: dict) -> str:
        """The model that takes the click."""
        for name, model in states.items():
            state = model["state"]
            if state.get("_model_name") == "ButtonModel" if self.served.name == "bare" else "check_label" in state:
                return name
        raise LookupError("the page has no box to write in")

    async def click(self, number: int) -> None:
        """Ask for feedback on a reply and wait for it."""
        begin = time.perf_counter()
        if self.served.name == "bare":
            self._custom({"event": "click"})
            await self._hear(b"hello, ")
        else:
            # the same words again are not stored again
            text = self.replies[number % len(self.replies)] + " " * self.number
            self._custom({"kind": "draft", "text": text, "seq": number})
            self._custom({"kind": "ask", "id": uuid.uuid4().hex, "text": text, "check": ""})
            await self._hear(b'"say"')  # what is read out to those who cannot see comes last
        self.answers_ms.append((time.perf_counter() - begin) * 1000)

    async def practise(self, clicks: int, think: float) -> None:
        """Click so many times, with pauses of ``think`` seconds on average; the heart beats meanwhile."""
        beating = asyncio.ensure_future(self._beat())
        for number in range(clicks):
            await asyncio.sleep(random.uniform(think / 3, think * 5 / 3))
            await self.click(number)
        beating.cancel()

    async def _beat(self) -> None:
        while self.served.name == "course":
            self._custom({"kind": "ping"})
            await asyncio.sleep(PING_EVERY)

    def _custom(self, content: dict) -> None:
        self._say("comm_msg", {"comm_id": self._box, "data": {"method": "custom", "content": content}})

    def _say(self, kind: str, content: dict) -> None:
        header = {"msg_id": uuid.uuid4().hex, "msg_type": kind, "session": self._session}
        header |= {"username": "", "version": "5.2"}
        message = {"header": header, "parent_header": {}, "metadata": {"version": "1.0.0"}, "content": content}
        self._line.write_message(serialize_msg_to_ws_v1(message, "shell", lambda it: json.dumps(it).encode()), True)

    async def _read(self) -> None:
        """All that arrives is read at once, as in a browser: a line that nobody reads from is cut."""
        while (said := await self._line.read_message()) is not None:
            if self._heard and self._words in said and not self._heard.done():
                self._heard.set_result(deserialize_msg_from_ws_v1(said)[1][3])
        if self._heard and not self._heard.done():
            self._heard.set_exception(ConnectionError("the line was cut"))

    async def _hear(self, words: bytes) -> bytes:
        """The content of the next message that holds these words."""
        self._words, self._heard = words, asyncio.get_running_loop().create_future()
        return await asyncio.wait_for(self._heard, PATIENCE)

    async def say_goodbye(self) -> None:
        """What a browser does when a page is left; then the line is cut."""
        token = next((cookie.partition("=")[2] for cookie in self._cookies if cookie.startswith("_xsrf=")), "")
        address = "/".join(self.served.url.split("/", 3)[:3])
        headers = {"Cookie": "; ".join(self._cookies), "Content-Type": "application/x-www-form-urlencoded"}
        await AsyncHTTPClient().fetch(
            HTTPRequest(f"{address}/voila/api/shutdown/{self._kernel}", "POST", headers, f"_xsrf={token}", request_timeout=60)
        )
        self.leave()

    def leave(self) -> None:
        """Cut the line."""
        if self._line:
            self._line.close()


async def crowd(served: Served, count: int, clicks: int, think: float, replies: list[str]) -> dict:
    """So many learners at once on one server.

    Returns
    -------
    dict
        Times in s and ms, memory in MB: of all processes but the server itself, divided by the learners.
    """
    AsyncHTTPClient.configure(None, max_clients=count + 10)
    await asyncio.sleep(3)  # the server's own start is over
    before = descendants(served.server.pid)
    early = Learner(served, replies)
    await early.open()  # warms the server up, and is not counted
    await early.click(0)
    early.leave()
    early_kernel = descendants(served.server.pid) - before
    learners = [Learner(served, replies, number) for number in range(1, count + 1)]
    await asyncio.gather(*(learner.open() for learner in learners))
    opened = [learner.can_type_s for learner in learners]
    await asyncio.sleep(2)
    weight = memory(descendants(served.server.pid) - early_kernel)
    await asyncio.gather(*(learner.practise(clicks, think) for learner in learners))
    answers = sorted(answer for learner in learners for answer in learner.answers_ms)
    after = memory(descendants(served.server.pid) - early_kernel)
    found = {
        "page": served.name,
        "learners": count,
        "last_can_type_s": max(opened),
        "median_can_type_s": statistics.median(opened),
        "memory_mb": weight / count,
        "memory_answered_mb": after / count,
        "server_mb": memory({served.server.pid}),
        "answer_ms": statistics.median(answers),
        "answer_p95_ms": answers[int(len(answers) * 0.95)],
    }
    for learner in learners:
        learner.leave()
    return {name: round(value, 2) if isinstance(value, float) else value for name, value in found.items()}


def main() -> None:
    """Measure, print a table, and one line of JSON for each crowd."""
    asked = _arguments()
    lines = []
    for count in asked.learners:
        pair = {}
        for serve in (bare_page, course_page):
            with ExitStack() as stack:
                folder = Path(stack.enter_context(tempfile.TemporaryDirectory(ignore_cleanup_errors=True)))
                more = () if serve is bare_page else ("01_righting_reflex", asked.lang)
                served = stack.enter_context(serve(folder, *more))
                found = asyncio.run(crowd(served, count, asked.clicks, asked.think, REPLIES[asked.lang]))
            pair[found["page"]] = found
            about = {"benchmark": "learners", "cores": os.cpu_count(), "python": platform.python_version()}
            lines.append(json.dumps(about | found))
        report(count, pair["bare"], pair["course"])
    print("\n".join(lines))


def report(count: int, bare: dict, course: dict) -> None:
    """One table for one crowd."""
    rows = [
        ("last_can_type_s", "until the last can type, s"),
        ("median_can_type_s", "until half can type, s"),
        ("memory_mb", "memory per open page (PSS), MB"),
        ("memory_answered_mb", "the same after the last answer, MB"),
        ("server_mb", "the server itself, MB"),
        ("answer_ms", "from a click to the answer, median, ms"),
        ("answer_p95_ms", "from a click to the answer, 95th percentile, ms"),
    ]
    print(f"{str(count) + ' at once':48}{'bare':>9}{'course':>9}{'ratio':>7}", file=sys.stderr)
    for key, title in rows:
        ratio = f"{course[key] / bare[key]:7.2f}" if bare[key] else ""
        print(f"{title:48}{bare[key]:9.1f}{course[key]:9.1f}{ratio}", file=sys.stderr)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    numbers = lambda said: [int(number) for number in said.split(",")]  # noqa: E731
    parser.add_argument("--learners", type=numbers, default=[1, 10, 50], help="sizes of crowds, e.g. 1,10,50,100")
    parser.add_argument("--clicks", type=int, default=4, help="clicks of each learner")
    parser.add_argument("--think", type=float, default=15, help="seconds before each click, on average")
    parser.add_argument("--lang", choices=sorted(REPLIES), default="en")
    return parser.parse_args()


if __name__ == "__main__":
    main()
