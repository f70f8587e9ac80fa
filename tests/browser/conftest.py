"""A real browser on a real server.

Pages keep their content security policy, so ``page.wait_for_function`` does not work on them; ``page.evaluate``,
locators and ``expect`` do.
"""

from __future__ import annotations

import contextlib
import importlib.util
import shutil
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from serving import Server, write_notebook

SAMPLES = Path(__file__).parents[1] / "samples.yaml"
SETUP = """\
from pathlib import Path
from mi_helpers import resources
resources.content_root = lambda: Path({root!r})
from mi_helpers.cases import loader
loader.lesson_items.cache_clear()  # a warm kernel has read the course's own
from mi_helpers.ui import page
here = page("{folder}", "02_samples", "{lang}")"""


def pytest_collection_modifyitems(items):
    here = Path(__file__).parent
    for item in items:
        if here in Path(item.path).parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def course_server(chromium, tmp_path_factory):
    """The course, served for all tests of this run, with a store of its own."""
    server = Server(tmp_path_factory.mktemp("course"))
    yield server
    server.stop()


@pytest.fixture
def server(chromium, tmp_path):
    """The course, served to somebody who is new to it: with a store of its own."""
    server = Server(tmp_path)
    yield server
    server.stop()


@pytest.fixture(scope="session")
def samples(tmp_path_factory):
    """A course of one lesson: a sample of every kind."""
    root = tmp_path_factory.mktemp("samples")
    for lang in ("en", "nl"):
        write_notebook(root, "course", lang, "00_home", [("markdown", "# Home")])
        for folder, call in (("course", "here.next()"), ("exercises", "here.exercises()"), ("solutions", "here.solutions()")):
            setup = SETUP.format(root=str(root), folder=folder, lang=lang)
            cells = [("code", setup, {"tags": ["setup"]}), ("markdown", "# Samples"), ("code", call)]
            write_notebook(root, folder, lang, "02_samples", cells)
    (root / "exercises" / "cases").mkdir()
    shutil.copy(SAMPLES, root / "exercises" / "cases" / "l02.yaml")
    return root


@pytest.fixture
def new_page(browser):
    """Open pages with ``new_page(width=1280, ...)``; more options go to Playwright's ``new_context``.

    When the test ends, a request to another host, an error on the console or an uncaught error fails it.
    ``new_page(errors=True)`` allows errors, for tests that break something on purpose.
    """
    from playwright.sync_api import Error

    contexts, faults = [], []

    def make(*, width: int = 1280, height: int = 900, errors: bool = False, **options):
        context = browser.new_context(viewport={"width": width, "height": height}, **options)
        contexts.append(context)
        page = context.new_page()

        def asked(request):
            if urlsplit(request.url).hostname not in (None, "127.0.0.1"):
                faults.append(f"request to another host: {request.url}")

        context.on("request", asked)
        page.on("websocket", lambda socket: asked(socket))
        if not errors:
            page.on("console", lambda said: said.type == "error" and faults.append(f"console: {said.text}"))
            page.on("pageerror", lambda error: faults.append(f"uncaught: {error}"))
        return page

    yield make
    for context in contexts:
        for page in context.pages:
            with contextlib.suppress(Error):  # a test may be closing it right now
                page.goto("about:blank")  # leaving a page stops its kernel
        context.close()
    assert not faults


@pytest.fixture
def open_page(new_page):
    """Open an address and wait until all of the page is there: ``open_page(server.page(...), width=360)``."""
    from playwright.sync_api import expect

    def go(url: str, **options):
        page = new_page(**options)
        page.goto(url)
        expect(page.locator("[aria-busy]")).to_have_count(0, timeout=30_000)
        return page

    return go


@pytest.fixture(scope="session")
def axe():
    """``axe(page)`` fails on anything that axe-core calls serious or critical."""
    folder = Path(importlib.util.find_spec("axe_playwright_python").origin).parent
    script = (folder / "axe.min.js").read_text(encoding="utf-8")

    at_rest = """Promise.allSettled(document.getAnimations()
        .filter((it) => it.effect.getComputedTiming().endTime < Infinity).map((it) => it.finished))"""

    def check(page) -> None:
        page.evaluate(script)
        page.evaluate(at_rest)  # a colour in transition has no contrast to speak of
        found = page.evaluate("axe.run({resultTypes: ['violations']})")["violations"]
        grave = [
            f"{fault['id']} ({fault['impact']}): {fault['help']}\n    "
            + "\n    ".join(node["html"][:200] for node in fault["nodes"][:5])
            for fault in found
            if fault["impact"] in ("serious", "critical")
        ]
        assert not grave, "\n".join(grave)

    return check
