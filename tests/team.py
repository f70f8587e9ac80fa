"""A server for a team, and learners who ask it things one by one, exactly as they are spelled."""

from __future__ import annotations

import asyncio
import http.client
import json
import re
import uuid
from concurrent.futures import ThreadPoolExecutor
from http.cookies import SimpleCookie
from pathlib import Path
from urllib.parse import urlencode, urlsplit

from serving import Server
from tornado.httpclient import HTTPRequest
from tornado.websocket import websocket_connect

PASSWORD = "blauwe fiets"
ONE = "/voila/render/course/en/01_one.ipynb"


def team_server(folder: Path, *options: str, content: Path | None = None, **env: str) -> Server:
    """``mi-course serve`` with a password, unless the options name a proxy."""
    login = {} if "--proxy-header" in options else {"MI_COURSE_PASSWORD": PASSWORD}
    env = {"MI_COURSE_SECRET_FILE": str(folder / "secret")} | login | env
    return Server(folder, *options, content=content, begin=("serve", "--port", "0"), **env)


class Visitor:
    """A browser of one learner, without a screen.

    Parameters
    ----------
    server : Server
    source : str, optional
        The address of this computer to ask from.
    headers : str
        Sent with every request; underscores stand for hyphens.
    """

    def __init__(self, server: Server, *, source: str | None = None, **headers: str):
        self.server, self.source = server, source
        self.headers = {name.replace("_", "-"): value for name, value in headers.items()}
        self.cookies: dict[str, str] = {}

    def ask(self, path: str, method: str = "GET", body: bytes | None = None, **headers):
        """Ask for an address; the answer has ``status``, ``text`` and ``getheader``."""
        sent = self.headers | {name.replace("_", "-"): value for name, value in headers.items()}
        if self.cookies:
            sent.setdefault("Cookie", self.cookie())
        line = http.client.HTTPConnection(
            urlsplit(self.server.url).netloc, timeout=60, source_address=(self.source, 0) if self.source else None
        )
        line.request(method, path, body=body, headers=sent)
        answer = line.getresponse()
        answer.text = answer.read().decode("utf-8", "replace")
        line.close()
        for said in answer.headers.get_all("Set-Cookie", []):
            for name, morsel in SimpleCookie(said).items():
                self.cookies[name] = morsel.coded_value
                if not morsel.value:
                    del self.cookies[name]
        return answer

    def cookie(self) -> str:
        """The header that brings the cookies."""
        return "; ".join(f"{name}={value}" for name, value in self.cookies.items())

    def post(self, path: str, **fields: str):
        """Send a form, as a page of the course would."""
        if "_xsrf" not in self.cookies:
            self.ask("/enter")
        form = urlencode({"_xsrf": self.cookies.get("_xsrf", "")} | fields).encode()
        return self.ask(path, "POST", form, Content_Type="application/x-www-form-urlencoded")

    def enter(self, code: str = "", password: str = PASSWORD, **fields: str) -> str:
        """Come in; the code with which one comes back."""
        answer = self.post("/enter", password=password, code=code, **fields)
        if not code:
            assert answer.status == 200, answer.text
            code = re.search(r'<output[^>]*>([\w-]+)</output>', answer.text)[1]
            sealed = re.search(r'name="sealed" value="([^"]+)"', answer.text)[1].replace("&#34;", '"')
            answer = self.post("/enter", sealed=sealed, **fields)
        assert answer.status == 303, answer.text
        return code

    def open(self, path: str = ONE) -> str:
        """Open a page; the id of its kernel."""
        answer = self.ask(path)
        assert answer.status == 200, answer.text
        return re.search(r'"kernelId": "([\w-]+)"', answer.text)[1]

    def close(self, kernel: str):
        """Leave a page, as a closing browser does."""
        return self.post(f"/voila/api/shutdown/{kernel}")

    async def channel(self, kernel: str, **headers: str):
        """The line to a kernel."""
        url = f"ws{self.server.url[4:]}api/kernels/{kernel}/channels?session_id={uuid.uuid4()}"
        sent = self.headers | {name.replace("_", "-"): value for name, value in headers.items()}
        request = HTTPRequest(url, headers={"Cookie": self.cookie()} | sent, request_timeout=30)
        return await websocket_connect(request)


def message(kind: str, content: dict, channel: str = "shell") -> str:
    """A message to a kernel, in the older of the two protocols."""
    header = {"msg_id": uuid.uuid4().hex, "msg_type": kind, "session": "x", "username": "", "version": "5.3"}
    whole = {"header": header, "parent_header": {}, "metadata": {}, "content": content, "channel": channel}
    return json.dumps(whole | {"buffers": []})


def run(work):
    """Run a coroutine to its end, in a thread: a browser of other tests may keep this one's loop."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(lambda: asyncio.run(asyncio.wait_for(work, 60))).result()
