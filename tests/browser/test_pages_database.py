"""A whole page while the team's database falls over, and the page that says what is kept."""

from __future__ import annotations

import json

import pytest
from playwright.sync_api import expect
from serving import Server, wait_for

from mi_helpers.progress import open_store
from mi_helpers.ui.strings import strings

ITEM = "l01-physio-homework"
#: What a page of ``mi-course serve`` is given in its environment.
SERVED = """
import os
os.environ |= {settings!r}
from mi_helpers.app.cli import main
main()
"""


@pytest.fixture
def serve(chromium, tmp_path):
    """Start the course with a team's settings; stops after the pages have left."""
    started = []

    def start(**settings) -> Server:
        started.append(Server(tmp_path, code=SERVED.format(settings=settings)))
        return started[-1]

    yield start
    for server in started:
        server.stop()


@pytest.fixture
def postgres():
    """A server that this test may kill."""
    from postgres import Postgres, needed

    needed()
    server = Postgres()
    yield server
    server.close()


@pytest.mark.slow
def test_a_database_that_is_killed_in_the_middle_of_a_try(postgres, serve, open_page):
    address = postgres.database()
    server = serve(MI_COURSE_DATABASE=address, MI_COURSE_LEARNER="anna")
    page, say = open_page(server.page("exercises", "en", "01_righting_reflex", f"?item={ITEM}")), strings("en")
    box = page.locator("textarea").first
    box.fill("You are torn about it.")
    expect(page.locator(".mi-kept").first).to_have_text(say("box.kept"), timeout=15_000)
    postgres.kill()
    box.fill("You are torn about it, and you came all the same.")
    page.locator(".mi-ask").first.click()
    expect(page.locator(".mi-feedback-title").first).to_be_visible(timeout=20_000)
    expect(page.locator(".mi-trouble").first).to_have_text(say("trouble.store_missing"))
    postgres.start()
    expect(page.locator(".mi-trouble").first).to_have_text("", timeout=60_000)
    (kept,) = open_store(address, account="anna").tries(ITEM, lang="en")
    assert kept.text == "You are torn about it, and you came all the same."
    assert kept.coding and kept.verdict
    assert open_store(address, account="bob").tries(ITEM, lang="en") == []


@pytest.mark.slow
@pytest.mark.parametrize(("lang", "width"), [("nl", 360)])
def test_words_that_stay_in_the_browser_and_the_page_that_says_so(serve, open_page, axe, lang, width):
    say = strings(lang)
    server = serve(MI_COURSE_KEEP_TEXT="no", MI_COURSE_LEARNER="anna", MI_COURSE_RETENTION_DAYS="90")
    page = open_page(server.page("exercises", lang, "01_righting_reflex", f"?item={ITEM}"), width=width)
    page.locator("textarea").first.fill("wOrDs of my own")
    expect(page.locator(".mi-kept").first).to_have_text(say("box.kept_only_here"), timeout=15_000)
    for _ in range(2):
        page.reload()
        expect(page.locator("textarea").first).to_have_value("wOrDs of my own", timeout=30_000)
    assert b"wOrDs" not in server.database.read_bytes()

    page.get_by_role("link", name=say("privacy.link")).last.click()
    expect(page.locator("[aria-busy]")).to_have_count(0, timeout=30_000)
    expect(page.get_by_text(say("privacy.what_codes"))).to_be_visible()
    expect(page.get_by_text(say("privacy.long_days", days=90))).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    axe(page)
    page.get_by_role("button", name=say("privacy.copy"), exact=True).click()
    with page.expect_download() as taken:
        page.get_by_role("link", name=say("privacy.copy_save")).click()
    assert json.loads(open(taken.value.path(), encoding="utf-8").read())["complete"]
    page.get_by_label(say("privacy.erase_sure")).check()
    page.get_by_role("button", name=say("privacy.erase")).click()
    expect(page.get_by_text(say("privacy.erased")).first).to_be_visible()
    assert wait_for(lambda: page.evaluate("Object.keys(localStorage).every((k) => !k.startsWith('mi-course:'))"))
