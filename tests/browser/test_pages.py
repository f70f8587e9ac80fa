"""Every page of the course, as a browser sees it."""

from __future__ import annotations

import json

import pytest
from playwright.sync_api import expect

from mi_helpers.app.site import NO_LESSONS, Page, lessons
from mi_helpers.resources import FOLDERS, LANGUAGES

PAGES = [Page("course", lang, name) for lang in LANGUAGES for name in NO_LESSONS] + [
    Page(folder, lang, lesson.name)
    for lang in LANGUAGES
    for lesson in lessons(lang)
    for folder in FOLDERS
    if Page(folder, lang, lesson.name).exists()
]
#: The quick tier looks at the home page and at the first lesson.
QUICK = ("00", "01")
every_page = pytest.mark.parametrize(
    "page",
    [pytest.param(page, marks=[] if page.name.startswith(QUICK) else pytest.mark.slow) for page in PAGES],
    ids=lambda page: f"{page.folder}-{page.lang}-{page.name}",
)


def test_there_are_pages_in_both_languages():
    by_language = [{(page.folder, page.name) for page in PAGES if page.lang == lang} for lang in LANGUAGES]
    assert by_language[0] == by_language[1]
    assert len(by_language[0]) >= 4


@every_page
def test_page(page, course_server, new_page, axe):
    """Title, language, landmarks, nothing of the notebook's code, what axe-core finds, and a narrow screen."""
    shown = new_page()
    html = shown.goto(course_server.url + page.address).text()
    expect(shown.locator("[aria-busy]")).to_have_count(0, timeout=30_000)
    assert shown.title().startswith(page.title())
    assert shown.get_attribute("html", "lang") == page.lang
    for landmark in ("header", "main", "footer"):
        assert shown.locator(f"body > {landmark}").count() == 1
    assert shown.locator("h1").count() == 1
    assert not shown.locator(".mi-notice:visible, #mi-connection-banner:visible").count()
    for line in code_lines(page):
        assert line not in html
    axe(shown)

    shown.set_viewport_size({"width": 320, "height": 800})  # and so 400 % of 1280 px
    shown.emulate_media(color_scheme="dark")
    assert shown.evaluate("document.documentElement.scrollWidth") <= 320
    axe(shown)


def code_lines(page: Page) -> list[str]:
    """The lines of a notebook's code cells."""
    cells = json.loads(page.path.read_text(encoding="utf-8"))["cells"]
    sources = ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "code"]
    return [line for source in sources for line in source.splitlines() if line.strip()]


def test_skip_link_is_the_first_stop(course_server, open_page):
    shown = open_page(course_server.page("course", "en", "00_home"))
    shown.keyboard.press("Tab")
    skip = shown.locator(":focus")
    assert skip.get_attribute("href") == "#mi-main"
    assert skip.bounding_box()["y"] >= 0
    shown.keyboard.press("Enter")
    assert shown.evaluate("document.activeElement.id") == "mi-main"


def test_the_other_language_keeps_the_place(course_server, open_page):
    """Also where the address was changed after the page was made."""
    shown = open_page(course_server.page("exercises", "en", PAGES[-1].name, "?item=one"))
    shown.evaluate("history.replaceState(null, '', '?item=two')")
    shown.get_by_role("link", name="Nederlands").first.click()
    shown.wait_for_url("**/exercises/nl/*.ipynb?item=two")
    assert shown.get_attribute("html", "lang") == "nl"


def test_the_text_is_there_before_the_kernel(course_server, new_page):
    """The static text does not wait: it comes with the first piece of the page."""
    shown = new_page()
    shown.goto(course_server.page("course", "nl", PAGES[-1].name), wait_until="commit")
    shown.locator("h1").wait_for()
    assert shown.locator("[aria-busy]").count()
