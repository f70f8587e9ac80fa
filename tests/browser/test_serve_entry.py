"""Coming in to a team's server, two learners on it, and what they type shown as they typed it."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect
from serving import wait_for
from team import PASSWORD, team_server
from test_exercise_kinds_in_pages import ITEMS

from mi_helpers.app.words import words
from mi_helpers.ui.strings import strings

LESSON = ("exercises", "01_righting_reflex")
BOX = ".mi-exercise textarea"


@pytest.fixture(scope="module")
def server(chromium, tmp_path_factory):
    """The course, served to a team."""
    server = team_server(tmp_path_factory.mktemp("team"))
    yield server
    server.stop()


def come_in(page, lang: str, code: str = "") -> str:
    """Fill in the entry page; the code."""
    said = words(lang, "enter")
    page.get_by_label(said["password"]).fill(PASSWORD)
    page.get_by_label(said["code"], exact=True).fill(code)
    page.get_by_role("button", name=said["go"]).click()
    if not code:
        code = page.locator("#mi-new-code").inner_text()
        page.get_by_role("button", name=said["written"]).click()
    return code


@pytest.mark.parametrize("lang", ["en", pytest.param("nl", marks=pytest.mark.slow)])
def test_the_first_time_and_the_next(lang, server, new_page, axe):
    said, label = words(lang, "enter"), words(lang, "page")
    where = server.page(LESSON[0], lang, LESSON[1])
    page = new_page(errors=True)  # a refused password is an answer of 403, which a browser notes as an error
    page.goto(where)
    expect(page.get_by_role("heading", level=1)).to_have_text(said["title"])
    assert page.get_attribute("html", "lang") == lang
    axe(page)
    page.get_by_label(said["password"]).fill("not the password")
    page.get_by_label(said["code"], exact=True).fill('"><img src=x>')
    page.get_by_role("button", name=said["go"]).click()
    expect(page.get_by_role("alert")).to_have_text(said["wrong_password"])
    expect(page.get_by_label(said["password"])).to_be_focused()
    expect(page.get_by_label(said["code"], exact=True)).to_have_value('"><img src=x>')
    axe(page)
    page.get_by_label(said["password"]).fill(PASSWORD)
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_have_text(said["wrong_code"])
    page.get_by_label(said["code"], exact=True).fill("")
    page.get_by_label(said["password"]).fill(PASSWORD)
    page.keyboard.press("Enter")
    code = page.locator("#mi-new-code").inner_text()
    page.get_by_role("button", name=said["copy"]).click()
    expect(page.get_by_role("button", name=said["copied"])).to_be_visible()
    axe(page)
    page.set_viewport_size({"width": 320, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    page.get_by_role("button", name=said["written"]).click()
    page.wait_for_url(f"**/{LESSON[0]}/{lang}/{LESSON[1]}.ipynb*")
    expect(page.locator(BOX).first).to_be_editable(timeout=60_000)
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    assert code not in page.content()
    page.locator(BOX).first.fill("Kept under my code.")
    expect(page.locator(".mi-kept").first).to_have_text(strings(lang)("box.kept"))
    page.get_by_role("button", name=label["leave"]).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(said["title"])

    back = new_page()
    back.goto(where)
    come_in(back, lang, code.lower().replace("-", " "))
    expect(back.locator(BOX).first).to_have_value("Kept under my code.", timeout=60_000)


@pytest.mark.slow
def test_without_scripts_one_can_come_in_and_read(server, new_page):
    page = new_page(java_script_enabled=False)
    page.goto(server.page("course", "nl", "01_righting_reflex"))
    come_in(page, "nl")
    expect(page.locator(".mi-text").first).to_be_visible(timeout=60_000)
    page.get_by_role("button", name=words("nl", "page")["leave"]).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(words("nl", "enter")["title"])


@pytest.mark.slow
def test_an_open_page_notices_that_its_learner_left(server, new_page):
    page = new_page(errors=True)
    page.goto(server.page(LESSON[0], "en", LESSON[1]))
    come_in(page, "en")
    expect(page.locator(BOX).first).to_be_editable(timeout=60_000)
    other = page.context.new_page()
    other.goto(server.page("course", "en", "00_home"))
    other.get_by_role("button", name=words("en", "page")["leave"]).click()
    expect(page.get_by_role("alert")).to_contain_text(words("en", "page")["lost_team"], timeout=30_000)
    page.get_by_role("alert").get_by_role("button").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(words("en", "enter")["title"])


# -- what is typed is shown as it was typed ---------------------------------------------------------------------------

HOSTILE = (
    "<img src=x onerror=\"window.hacked='img'\"><script>window.hacked='script'</script>"
    "<svg onload=\"window.hacked='svg'\"></svg><b class=hacked>bold</b>\"'></textarea><i class=hacked>{{7*7}}</i>"
)
NOT_THERE = "img[src='x'], [onerror], svg[onload], .hacked, iframe"


@pytest.fixture(scope="module")
def sample_server(chromium, samples, tmp_path_factory):
    server = team_server(tmp_path_factory.mktemp("sampled"), content=samples)
    yield server
    server.stop()


def harmless(page) -> None:
    """Nothing that was typed has become part of the page."""
    assert page.evaluate("window.hacked ?? null") is None
    assert page.locator(NOT_THERE).count() == 0


def fill_everything(page) -> int:
    """Type the hostile words into every field that takes words, and ask for feedback; how many fields there were."""
    fields = page.locator("main textarea:visible, main input[type=text]:visible, main input[type=search]:visible")
    for number in range(fields.count()):
        fields.nth(number).fill(HOSTILE)
    for number in range(page.locator(".mi-ask:visible").count()):
        page.locator(".mi-ask:visible").nth(number).click()
    page.wait_for_timeout(1500)
    return fields.count()


@pytest.mark.slow
@pytest.mark.parametrize("item_id", [it for it, item in ITEMS.items() if item.kind in ("write", "ruler", "agenda", "plan", "predict")])
def test_markup_in_an_exercise_is_shown_as_typed(item_id, sample_server, new_page):
    page = new_page(errors=True)
    page.goto(sample_server.page("exercises", "nl", "02_samples", f"?item={item_id}"))
    come_in(page, "nl")
    expect(page.locator(".mi-exercise .mi-item-title")).to_be_visible(timeout=60_000)
    typed = 0
    for _ in range(3):  # an answer may bring more boxes
        typed = max(typed, fill_everything(page))
        harmless(page)
    page.reload()
    expect(page.locator(".mi-exercise .mi-item-title")).to_be_visible(timeout=60_000)
    if typed:
        expect(page.locator(BOX).first).to_have_value(HOSTILE)
    harmless(page)


@pytest.mark.slow
def test_markup_in_a_reply_a_remark_a_note_and_a_search_is_shown_as_typed(server, new_page):
    page = new_page(errors=True)
    page.goto(server.page(LESSON[0], "en", LESSON[1]))
    come_in(page, "en")
    reply = f"You are worried about the pain. {HOSTILE}"
    expect(page.locator(BOX).first).to_be_editable(timeout=60_000)
    page.locator(BOX).first.fill(reply)
    page.locator(".mi-ask").first.click()
    expect(page.locator(".mi-feedback .mi-marked")).to_contain_text("<img src=x onerror=", timeout=30_000)
    harmless(page)
    for number in range(page.locator("main details").count()):
        page.locator("main details").nth(number).evaluate("it => it.open = true")
    assert fill_everything(page) >= 1
    harmless(page)
    page.reload()
    expect(page.locator(BOX).first).to_be_editable(timeout=60_000)
    harmless(page)
    for folder, name in (("course", "01_righting_reflex"), ("course", "90_glossary"), ("course", "00_home"), ("solutions", "01_righting_reflex")):
        page.goto(server.page(folder, "en", name))
        expect(page.locator("[aria-busy]")).to_have_count(0, timeout=60_000)
        fill_everything(page)
        harmless(page)
        page.reload()
        expect(page.locator("[aria-busy]")).to_have_count(0, timeout=60_000)
        harmless(page)


@pytest.mark.slow
@pytest.mark.parametrize("query", [
    "?item=<img src=x onerror=window.hacked=1>", "?item=%22%3E%3Cscript%3Ewindow.hacked=1%3C/script%3E", "?<b class=hacked>",
    "?item=l01-physio-homework%22%3E%3Cb%20class=hacked%3E", "#<img src=x onerror=window.hacked=1>",
])  # fmt: skip
def test_markup_in_the_address_is_not_part_of_the_page(query, server, new_page):
    page = new_page(errors=True)
    page.goto(server.page(LESSON[0], "en", LESSON[1], query))
    harmless(page)
    come_in(page, "en")
    page.wait_for_url(re.compile(r"01_righting_reflex"))
    expect(page.locator("[aria-busy]")).to_have_count(0, timeout=60_000)
    harmless(page)


@pytest.mark.slow
def test_a_page_is_light_and_lighter_the_next_time(server, new_page):
    """Bytes over the wire for lesson 1's exercises: at most 1.6 MB, then 30 KB (stock Voila: 10.2 MB)."""
    page, weighed = new_page(), []
    page.goto(server.page(LESSON[0], "en", LESSON[1]))
    come_in(page, "en")
    expect(page.locator(BOX).first).to_be_editable(timeout=60_000)
    fresh = new_page()
    fresh.context.add_cookies(page.context.cookies())
    browser = fresh.context.new_cdp_session(fresh)
    browser.send("Network.enable")
    browser.on("Network.loadingFinished", lambda it: weighed.append(it["encodedDataLength"]))
    for most in (1_600_000, 30_000):
        weighed.clear()
        fresh.goto(server.page(LESSON[0], "en", LESSON[1]))
        expect(fresh.locator(BOX).first).to_be_editable(timeout=60_000)
        fresh.wait_for_timeout(1500)
        assert 0 < sum(weighed) < most


def test_no_kernel_is_left_behind(server):
    assert wait_for(lambda: not server.kernels(), 30)
