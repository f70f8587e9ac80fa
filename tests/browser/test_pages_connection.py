"""What happens to kernels and pages when a tab is closed, a server stops or a cell fails."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect
from serving import ELSEWHERE, Server, wait_for, write_notebook

from mi_helpers.app.words import words

BUTTON = """
import ipywidgets
button, said = ipywidgets.Button(description="Press"), ipywidgets.HTML("")
button.on_click(lambda _: setattr(said, "value", "<p>pressed</p>"))
ipywidgets.VBox([button, said])
"""
PAGE = ("course", "en", "01_one")


@pytest.fixture(scope="module")
def notebooks(tmp_path_factory):
    """A few notebooks: with a button, with cells that fail, with parts that are set apart."""
    root = tmp_path_factory.mktemp("notebooks")
    for lang in ("en", "nl"):
        write_notebook(root, "course", lang, "00_home", [("markdown", "# Home")])
        write_notebook(root, "course", lang, "01_one", [("markdown", "# One"), ("code", BUTTON)], "One")
        broken = [
            ("markdown", "# Two"),
            ("code", "1 / 0  # not for your eyes"),
            ("code", "import os; os._exit(1)"),
            ("markdown", "The end."),
        ]
        write_notebook(root, "course", lang, "02_two", broken)
        parts = [
            ("code", "secret = 'never shown'", {"tags": ["setup"]}),
            ("markdown", "# Three"),
            ("markdown", "## Deeper", {"mi": {"part": "extra"}}),
            ("markdown", "For the trainer", {"mi": {"part": "instructors"}}),
            ("code", "from IPython.display import HTML\nHTML('<p>Straight away</p>')"),
        ]
        write_notebook(root, "course", lang, "03_three", parts)
    for folder in ("exercises", "solutions"):
        (root / folder).mkdir()
    write_notebook(root, "exercises", "en", "01_one", [("markdown", "# Exercise one")], "Exercise one")
    return root


@pytest.fixture
def server(chromium, notebooks, tmp_path):
    """A server of each test's own: kernels are counted, and one test's count is not another's."""
    server = Server(tmp_path, content=notebooks)
    yield server
    server.stop()


def test_a_widget_works_and_a_closed_tab_stops_its_kernel(server, open_page):
    page = open_page(server.page(*PAGE))
    page.get_by_role("button", name="Press").click()
    expect(page.get_by_text("pressed")).to_be_visible()
    assert len(server.kernels()) == 1
    page.close(run_before_unload=True)
    assert wait_for(lambda: not server.kernels())


@pytest.mark.parametrize("after", [0, 700])
def test_a_reload_and_a_visit_that_was_broken_off_leave_no_kernel(after, server, open_page, new_page):
    page = open_page(server.page(*PAGE))
    page.reload()
    expect(page.get_by_role("button", name="Press")).to_be_visible()
    hasty = new_page(errors=True)
    hasty.goto(server.page(*PAGE), wait_until="commit")
    hasty.wait_for_timeout(after)
    hasty.close(run_before_unload=True)
    assert wait_for(lambda: len(server.kernels()) == 1 or None), server.kernels()
    assert "Traceback" not in server.log()


def test_a_stopped_server_is_noticed_and_leaves_no_kernel(notebooks, tmp_path, open_page):
    server = Server(tmp_path, content=notebooks)
    page = open_page(server.page(*PAGE), errors=True)
    kernels = server.kernels()
    assert kernels
    assert server.stop() == 0
    assert wait_for(lambda: not any(kernel.is_running() for kernel in kernels))
    for _ in range(2):  # the page looks every few seconds, and when it is shown again
        page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
        page.wait_for_timeout(300)
    banner = page.get_by_role("alert")
    expect(banner).to_contain_text(words("en", "page")["lost"])
    expect(banner.get_by_role("button", name="Reload the page")).to_be_visible()


def test_a_culled_kernel_is_noticed_and_a_reload_mends_it(notebooks, tmp_path, new_page):
    """A page that lost its line (a laptop asleep) for long enough loses its kernel."""
    from_now = ELSEWHERE.replace(
        "from mi_helpers.app.cli", "from mi_helpers.app import server\nslow = server.configuration\n"
        "server.configuration = lambda: slow(cull_after=3)\nfrom mi_helpers.app.cli",
    )  # fmt: skip
    server = Server(tmp_path, content=notebooks, code=from_now)
    try:
        page = new_page(errors=True)
        lines = []
        page.route_web_socket("**/channels*", lambda line: lines.append((line, line.connect_to_server())))
        page.goto(server.page(*PAGE))
        expect(page.get_by_role("button", name="Press")).to_be_visible()
        page.wait_for_timeout(6000)
        assert len(server.kernels()) == 1, "an open page keeps its kernel"
        page.context.set_offline(True)
        for _, behind in lines:
            behind.close()
        assert wait_for(lambda: not server.kernels(), 20)
        page.context.set_offline(False)
        expect(page.get_by_role("alert")).to_be_visible(timeout=15_000)
        page.get_by_role("button", name="Reload the page").click()
        expect(page.get_by_role("button", name="Press")).to_be_visible()
        expect(page.locator("#mi-connection-banner")).to_be_hidden()
    finally:
        server.stop()


@pytest.mark.parametrize("lang", ["en", "nl"])
def test_a_failing_cell_shows_a_sentence_and_logs_the_traceback(lang, server, open_page):
    page = open_page(server.page("course", lang, "02_two"), errors=True)
    sentence = words(lang, "page")["failed"]
    expect(page.locator(".mi-notice")).to_have_text([sentence, sentence])
    expect(page.get_by_text("The end.")).to_be_visible()
    html = page.content()
    assert "ZeroDivisionError" not in html and "not for your eyes" not in html
    assert "ZeroDivisionError" in re.sub(r"\x1b\[[\d;]*m", "", server.log())


def test_parts_of_a_lesson_and_the_way_around(server, open_page, axe):
    page = open_page(server.page("course", "nl", "03_three"))
    assert page.locator("section.mi-extra h2").inner_text() == "Deeper"
    trainer = page.locator("details.mi-instructors")
    expect(trainer.locator("summary")).to_have_text(words("nl", "page")["instructors"])
    expect(trainer.get_by_text("For the trainer")).to_be_hidden()
    expect(page.get_by_text("Straight away")).to_be_visible()
    assert "never shown" not in page.content()
    expect(page.get_by_role("link", name="Vorige les 02_two nl")).to_be_visible()
    axe(page)

    page.goto(server.page(*PAGE))
    around = page.get_by_role("navigation", name="Course").get_by_role("link")
    expect(around).to_have_text(["All lessons", "Lesson", "Exercises"])
    expect(page.get_by_role("link", name="Next lesson 02_two en")).to_be_visible()


def test_a_missing_page_looks_like_the_course(server, new_page, axe):
    page = new_page(errors=True)
    answer = page.goto(server.page("course", "nl", "77_nothing"))
    assert answer.status == 404
    expect(page.get_by_role("heading", name=words("nl", "error")["missing_title"])).to_be_visible()
    assert page.get_attribute("html", "lang") == "nl"
    axe(page)
    page.get_by_role("link", name=words("nl", "error")["to_home"]).click()
    expect(page.get_by_role("heading", name="Home")).to_be_visible()


def test_going_back_gives_a_living_page(server, open_page):
    page = open_page(server.page(*PAGE))
    page.goto(server.page("course", "en", "00_home"))
    page.go_back()
    expect(page.get_by_role("button", name="Press")).to_be_visible()
    page.get_by_role("button", name="Press").click()
    expect(page.get_by_text("pressed")).to_be_visible()


def test_printing_leaves_out_what_only_works_on_a_screen(server, open_page):
    page = open_page(server.page("course", "en", "03_three"))
    page.emulate_media(media="print")
    expect(page.get_by_role("navigation")).to_have_count(0)
    expect(page.get_by_role("heading", name="Three")).to_be_visible()
