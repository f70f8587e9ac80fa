"""What breaks while somebody writes, and what is left of the words afterwards.

Each test counts the tries it made and the words that were lost; 0 is the only number that passes. ``MI_FAULTS`` says
how often each fault is made (a few times without it).
"""

from __future__ import annotations

import os
import random
import signal
import socket
import sys
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from playwright.sync_api import expect
from serving import ELSEWHERE, Server, wait_for
from team import ONE, PASSWORD, Visitor, team_server
from test_serve_entry import come_in

pytestmark = pytest.mark.slow
TIMES = int(os.environ.get("MI_FAULTS", "4"))
KILL = getattr(signal, "SIGKILL", signal.SIGTERM)
BOX, ASK = ".mi-exercise textarea", ".mi-ask"


def exercise(server, new_page):
    page = new_page(errors=True)
    page.goto(server.page("exercises", "en", "01_righting_reflex"))
    come_in(page, "en")
    expect(page.locator(BOX).first).to_be_editable(timeout=60_000)
    return page


def write(page, text: str) -> None:
    """Write a reply, ask for feedback, and do not wait for it."""
    page.evaluate(
        """([box, ask, text]) => {
            const area = document.querySelector(box);
            area.value = text;
            area.dispatchEvent(new Event("input", {bubbles: true}));
            document.querySelector(ask).click();
        }""",
        [BOX, ASK, text],
    )


def lost(page, text: str) -> bool:
    """Whether the words are gone when the page is opened anew."""
    page.reload()
    expect(page.locator(BOX).first).to_be_editable(timeout=60_000)
    try:
        expect(page.locator(BOX).first).to_have_value(text, timeout=60_000)
    except AssertionError:
        held = page.evaluate("JSON.stringify(localStorage)")
        print(f"lost: {text!r}; in the box: {page.locator(BOX).first.input_value()!r}; in the browser: {held}")
        return True
    return False


def test_a_kernel_killed_between_click_and_feedback(chromium, tmp_path, new_page):
    server = team_server(tmp_path)
    chance = random.Random(6)
    try:
        page, gone = exercise(server, new_page), 0
        for number in range(TIMES):
            text = f"You are worried about the pain, number {number}."
            write(page, text)
            page.wait_for_timeout(chance.choice([0, 0, 1, 5, 20, 50, 150]))
            for kernel in server.kernels():
                kernel.send_signal(KILL)
            gone += lost(page, text)
        assert (gone, TIMES) == (0, TIMES)
    finally:
        server.stop()


def test_a_server_killed_between_click_and_feedback(chromium, tmp_path, new_page):
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = str(free.getsockname()[1])
    env = {"MI_COURSE_PASSWORD": PASSWORD, "MI_COURSE_SECRET_FILE": str(tmp_path / "secret")}

    def start():
        return Server(tmp_path, begin=("serve", "--port", port), **env)

    server, chance = start(), random.Random(6)
    times = max(2, TIMES // 10)
    try:
        page, gone = exercise(server, new_page), 0
        for number in range(times):
            text = f"You are worried about the pain, server {number}."
            write(page, text)
            page.wait_for_timeout(chance.choice([0, 1, 5, 20, 50, 150]))
            kernels = server.kernels()
            server.process.send_signal(KILL)
            server.process.wait(30)
            assert wait_for(lambda kernels=kernels: not any(kernel.is_running() for kernel in kernels), 30)
            server = start()
            gone += lost(page, text)
        assert (gone, times) == (0, times)
    finally:
        server.stop()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows knows no such signal")
def test_a_server_stopped_in_order_right_after_a_click(chromium, tmp_path, new_page):
    """Without the browser's help: what was sent has been kept when the server is gone."""
    server = team_server(tmp_path)
    page = exercise(server, new_page)
    text = "You are worried about the pain, and then it stopped."
    write(page, text)
    page.wait_for_timeout(100)
    server.process.send_signal(signal.SIGTERM)
    assert server.process.wait(60) == 0
    assert text.encode() in b"".join(path.read_bytes() for path in tmp_path.glob("words.sqlite3*"))


class Line:
    """Stands between browsers and the server, and can be cut."""

    def __init__(self, to: str):
        self._to = to.split("/")[2].split(":")
        self._open: set[socket.socket] = set()
        self.is_cut = False
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self._listening.getsockname()[1]}/"
        threading.Thread(target=self._accept, daemon=True).start()

    def _accept(self):
        while True:
            try:
                near, _ = self._listening.accept()
            except OSError:
                return
            if self.is_cut:
                near.close()
                continue
            far = socket.create_connection((self._to[0], int(self._to[1])))
            self._open |= {near, far}
            for one, other in ((near, far), (far, near)):
                threading.Thread(target=self._carry, args=(one, other), daemon=True).start()

    def _carry(self, one, other):
        try:
            while piece := one.recv(65536):
                other.sendall(piece)
        except OSError:
            pass
        self._shut(one, other)

    def _shut(self, *lines):
        for line in lines:
            self._open.discard(line)
            try:
                line.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass
            line.close()

    def cut(self):
        self.is_cut = True
        self._shut(*self._open)

    def mend(self):
        self.is_cut = False

    def close(self):
        self.cut()
        self._listening.close()


def test_a_line_that_is_cut_for_a_minute(chromium, tmp_path, new_page):
    server = team_server(tmp_path)
    line = Line(server.url)
    try:
        page = new_page(errors=True)
        page.goto(server.page("exercises", "en", "01_righting_reflex").replace(server.url, line.url))
        come_in(page, "en")
        expect(page.locator(BOX).first).to_be_editable(timeout=60_000)
        [kernel] = server.kernels()
        line.cut()
        page.locator(BOX).first.fill("Written while the line was cut.")
        expect(page.locator("#mi-connection-banner")).to_be_visible(timeout=30_000)
        page.wait_for_timeout(int(os.environ.get("MI_CUT_SECONDS", "60")) * 1000)
        line.mend()
        expect(page.locator("#mi-connection-banner")).to_be_hidden(timeout=90_000)
        assert server.kernels() == [kernel], "the same kernel, so nothing on the page was lost"
        page.locator(BOX).first.press_sequentially(" And after.")
        page.locator(ASK).first.click()
        expect(page.locator(".mi-feedback .mi-marked").first).to_contain_text("Written while", timeout=30_000)
        assert not lost(page, "Written while the line was cut. And after.")
    finally:
        line.close()
        server.stop()


def test_many_closed_tabs_leave_no_kernel(small_pages, tmp_path):
    """A third of them say goodbye, a third break off while the page is made, a third just vanish."""
    many = int(os.environ.get("MI_TABS", "18"))
    soon = ELSEWHERE.replace(
        "from mi_helpers.app.cli", "from mi_helpers.app import server\nslow = server.configuration\n"
        "server.configuration = lambda **_: slow(cull_after=3)\nfrom mi_helpers.app.cli",
    )  # fmt: skip
    env = {"MI_COURSE_PASSWORD": PASSWORD, "MI_COURSE_SECRET_FILE": str(tmp_path / "secret")}
    begin = ("serve", "--port", "0", "--pages-each", "0", "--pages", "0")
    server = Server(tmp_path, content=small_pages, code=soon, begin=begin, **env)
    try:
        learners = [Visitor(server) for _ in range(3)]
        for learner in learners:
            learner.enter()

        def tab(number: int) -> None:
            learner = learners[number % 3]
            if number % 3 == 1:
                with socket.create_connection(server.url.split("/")[2].split(":")) as line:
                    line.sendall(f"GET {ONE} HTTP/1.1\r\nHost: localhost\r\nCookie: {learner.cookie()}\r\n\r\n".encode())
                    line.recv(1000)
                return
            kernel = learner.open()
            if number % 3 == 0:
                assert learner.close(kernel).status == 204

        with ThreadPoolExecutor(6) as pool:
            list(pool.map(tab, range(many)))
        assert wait_for(lambda: not server.kernels(), 60 + many)
        assert wait_for(lambda: '"pages": 0, "kernels": 0' in learners[0].ask("/health").text)
        assert "Traceback" not in server.log()
    finally:
        server.stop()


@pytest.fixture
def small_pages(tmp_path_factory):
    from serving import write_notebook

    root = tmp_path_factory.mktemp("small")
    for lang in ("en", "nl"):
        write_notebook(root, "course", lang, "00_home", [("markdown", "# Home")])
        write_notebook(root, "course", lang, "01_one", [("markdown", "# One"), ("code", "'one'")])
    for folder in ("exercises", "solutions"):
        (root / folder).mkdir()
    return root
