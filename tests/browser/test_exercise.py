"""The rewriting exercise in a real browser: the whole way of a learner, in both languages."""

from __future__ import annotations

import re
import signal
import sqlite3

import pytest
from playwright.sync_api import expect
from serving import wait_for

from mi_helpers.cases import item
from mi_helpers.ui.strings import strings

NAME, FIRST, SECOND = "01_righting_reflex", "l01-physio-homework", "l01-youth-bedtime"
BOX, ASK = ".mi-writing-box textarea", ".mi-ask"
both = pytest.mark.parametrize("lang", ["en", "nl"])
one_quick = pytest.mark.parametrize("lang", ["en", pytest.param("nl", marks=pytest.mark.slow)])


@pytest.fixture
def exercise(server, open_page):
    """Open the exercises at one item and wait for the box: ``exercise("nl", FIRST, width=320)``."""

    def go(lang: str, item_id: str = "", **options):
        page = open_page(server.page("exercises", lang, NAME, f"?item={item_id}" if item_id else ""), **options)
        expect(page.locator(BOX)).to_be_editable()
        return page

    return go


def ask(page, text: str) -> None:
    """Write a reply and ask for feedback on it."""
    page.fill(BOX, text)
    page.click(ASK)
    expect(page.locator(".mi-feedback .mi-marked")).to_contain_text(
        text.split(".")[0].split("?")[0][:30], timeout=15_000
    )


def kept(page, lang: str):
    """Wait until the words are with the store."""
    expect(page.locator(".mi-kept").first).to_have_text(strings(lang)("box.kept"))


@both
def test_the_whole_way(lang, server, open_page, axe):
    say, text = strings(lang), item(FIRST).text(lang)
    page = open_page(server.page("course", lang, "00_home"))
    page.get_by_role("link", name=say("home.read")).first.click()
    page.get_by_role("link", name=say("links.exercise")).last.click()
    page.wait_for_url(f"**/exercises/{lang}/{NAME}.ipynb*")
    expect(page.locator(".mi-exercise .mi-item-title")).to_have_text(text.title)
    expect(page.locator(".mi-exercise s")).to_have_text(text.reflex)
    expect(page.locator(".mi-privacy")).to_contain_text(server.database.as_posix().split("/")[-1])
    axe(page)

    page.click(ASK)
    expect(page.locator(".mi-box-notice")).to_have_text(say("exercise.empty", name=text.client_name))
    expect(page.get_by_role("button", name=say("exercise.models_show"))).to_have_count(0)

    ask(page, text.reflex)
    feedback = page.locator(".mi-feedback")
    expect(feedback.locator(".mi-mark-push").first).to_be_visible()
    expect(feedback.locator(".mi-label-push").first).to_be_visible()
    assert feedback.locator(".mi-part h4").all_inner_texts() == [say("feedback.strength"), say("feedback.priority")]
    expect(page.locator(".mi-client-next .mi-says")).to_have_text(text.next.push)
    expect(page.locator("[aria-live]").first).to_contain_text(say("feedback.below"))

    for number, hint in enumerate(text.hints, 1):
        page.locator(".mi-hint-button").click()
        expect(page.locator(".mi-hint")).to_have_count(number)
        expect(page.locator(".mi-hint").last).to_contain_text(hint)
    page.get_by_role("button", name=say("exercise.models_show")).click()
    for model in text.models:
        expect(page.locator(".mi-models")).to_contain_text(model.text)

    page.locator(".mi-check select").select_option("open_question")
    ask(page, text.models[-1].text)
    expect(page.locator(".mi-enough")).to_have_text(say("feedback.enough"))
    followed_or_evoked = re.compile("|".join(re.escape(words) for words in (text.next.followed, text.next.evoked)))
    expect(page.locator(".mi-client-next .mi-says")).to_have_text(followed_or_evoked)
    expect(page.locator(".mi-compared")).to_be_visible()
    expect(page.locator(f"[data-mi-item={FIRST}]")).to_contain_text(say("exercises.state_done"))

    page.get_by_role("button", name=say("exercise.differ")).click()
    own = page.get_by_label(say("exercise.differ_label"))
    own.fill("I meant it kindly.")
    page.get_by_role("button", name=say("exercise.differ_keep")).click()
    expect(page.get_by_text(say("exercise.differ_kept")).first).to_be_visible()
    axe(page)

    page.fill(BOX, "And something new")
    kept(page, lang)
    page.reload()
    expect(page.locator(BOX)).to_have_value("And something new")
    expect(page.locator(".mi-feedback .mi-marked")).to_contain_text(text.models[-1].text[:20])
    expect(page.locator(".mi-hint")).to_have_count(3)
    page.locator(".mi-history summary").click()
    expect(page.locator(".mi-history li")).to_have_count(2)
    expect(page.locator(".mi-history li").first).to_contain_text(say("exercise.history_view"))

    page.locator(".mi-go-on").click()
    expect(page.locator(".mi-exercise .mi-item-title")).to_have_text(item(SECOND).text(lang).title)
    expect(page).to_have_url(re.compile(f"item={SECOND}"))
    expect(page.locator(BOX)).to_have_value("")


@one_quick
def test_a_killed_kernel_costs_no_words(lang, server, exercise):
    say = strings(lang)
    page = exercise(lang, FIRST, errors=True)
    page.fill(BOX, "The first words.")
    kept(page, lang)
    page.locator(BOX).press_sequentially(" Typed just before", delay=15)
    for kernel in server.kernels():
        kernel.send_signal(getattr(signal, "SIGKILL", signal.SIGTERM))
    page.locator(BOX).press_sequentially(" and after the kill.", delay=15)
    banner = page.get_by_role("alert")
    expect(banner).to_be_visible(timeout=30_000)
    page.click(ASK)
    expect(page.locator(".mi-box-notice")).to_have_text(say("box.no_connection"))
    banner.get_by_role("button").click()
    expect(page.locator(BOX)).to_have_value("The first words. Typed just before and after the kill.", timeout=20_000)
    expect(page.locator(".mi-box-notice")).to_have_text(say("box.restored"))
    expect(page.locator("#mi-connection-banner")).to_be_hidden()
    page.wait_for_timeout(500)
    assert page.evaluate("localStorage.length") == 0, "what the store has is not left in the browser"
    page.reload()
    expect(page.locator(BOX)).to_have_value("The first words. Typed just before and after the kill.")


@one_quick
def test_with_the_keyboard_alone(lang, exercise):
    say, text = strings(lang), item(FIRST).text(lang)
    page = exercise(lang, FIRST)

    def tab_to(description: str, name: str, presses: int = 60):
        for _ in range(presses):
            page.keyboard.press("Tab")
            if name in page.evaluate("[document.activeElement].map(e => e.className + e.tagName + e.textContent)[0]"):
                return page.locator(":focus")
        raise AssertionError(f"Tab never came to {description}")

    tab_to("the box", "TEXTAREA")
    page.keyboard.type("A first line")
    page.keyboard.press("Enter")
    page.keyboard.type("and a second.")
    assert page.input_value(BOX) == "A first line\nand a second."
    page.keyboard.press("Control+Enter")
    expect(page.locator(".mi-feedback")).to_be_visible(timeout=15_000)
    assert page.evaluate("document.activeElement.tagName") == "TEXTAREA", "the focus stays where it was"
    expect(page.locator("[aria-live]").first).to_contain_text(say("feedback.below"))
    tab_to("the self-check", "SELECT", 2)
    page.keyboard.press("ArrowDown")
    assert tab_to("the button", "mi-ask", 2).evaluate("e => getComputedStyle(e).outlineStyle") == "solid"
    tab_to("the hint", say("exercise.hint_first"), 2)
    page.keyboard.press("Enter")
    expect(page.locator(".mi-hint")).to_contain_text(text.hints[0])
    tab_to("the model replies", "mi-models-button")
    page.keyboard.press("Space")
    expect(page.locator(".mi-models")).to_be_visible()
    tab_to("one's own view", "mi-differ", 2)
    page.keyboard.press("Enter")
    expect(page.locator(BOX)).to_have_count(2)
    tab_to("the box for it", "TEXTAREA", 3)


@one_quick
def test_choosing_items(lang, exercise):
    say = strings(lang)
    page = exercise(lang, SECOND)
    expect(page.locator(f"[data-mi-item={SECOND}]")).to_have_attribute("aria-current", "true")
    page.locator("[data-mi-item=l01-work-deadline]").click()
    title = page.locator(".mi-exercise .mi-item-title")
    expect(title).to_have_text(item("l01-work-deadline").text(lang).title)
    expect(title).to_be_focused()
    expect(page).to_have_url(re.compile("item=l01-work-deadline"))

    field = page.get_by_label(say("exercises.field"))
    field.select_option(label=say("fields.youth"))
    extra = page.locator(".mi-items").last.locator("a")
    expect(extra).to_have_count(1)
    assert page.get_by_label(say("exercises.address")).count() == (1 if lang == "nl" else 0)

    ask(page, "<img src=x onerror=\"document.title='broken in'\"> What matters to you?")
    assert page.title() != "broken in"
    assert page.locator(".mi-feedback img, .mi-history img").count() == 0

    page.get_by_role("link", name="Nederlands" if lang == "en" else "English").first.click()
    other = "nl" if lang == "en" else "en"
    expect(page.locator(".mi-exercise .mi-item-title")).to_have_text(item("l01-work-deadline").text(other).title)


@one_quick
def test_words_about_risk_are_not_judged(lang, exercise):
    text = {"en": "Are you saying that you want to kill yourself?", "nl": "Denkt u op dit moment aan zelfdoding?"}
    page = exercise(lang, FIRST)
    page.fill(BOX, text[lang])
    page.click(ASK)
    risk = page.locator(".mi-risk")
    expect(risk).to_contain_text("113", timeout=15_000)
    assert page.locator(".mi-mark, .mi-client-next, .mi-enough, .mi-sure").count() == 0
    expect(page.locator(".mi-go-on")).to_be_visible()


@pytest.mark.slow
@both
@pytest.mark.parametrize(("width", "scheme"), [(320, "light"), (320, "dark"), (640, "dark")])
def test_feedback_on_a_narrow_screen(lang, width, scheme, exercise, axe):
    """320 px, and 200 % of a screen of 1280 px."""
    text = item(SECOND).text(lang)
    page = exercise(lang, SECOND, width=width, color_scheme=scheme)
    ask(page, f"{text.models[0].text} {text.reflex}")
    page.locator(".mi-hint-button").click()
    page.locator(".mi-models-button").click()
    page.locator(".mi-differ").click()
    expect(page.locator(".mi-models")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    for button in page.locator(".mi-exercise button:visible, .mi-exercise select:visible, .mi-items a:visible").all():
        assert button.bounding_box()["height"] >= 44
    axe(page)


@pytest.mark.slow
@both
def test_a_locked_file_is_told_and_nothing_is_lost(lang, server, exercise):
    say, text = strings(lang), item(FIRST).text(lang)
    page = exercise(lang, FIRST)
    page.fill(BOX, "Before the lock.")
    kept(page, lang)
    other = sqlite3.connect(server.database, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    page.fill(BOX, text.reflex)
    expect(page.locator(".mi-trouble").first).to_have_text(say("trouble.store_locked"), timeout=30_000)
    page.click(ASK)
    expect(page.locator(".mi-feedback")).to_be_visible(timeout=60_000)
    other.execute("ROLLBACK")
    page.locator(BOX).press_sequentially(" More.")
    expect(page.locator(".mi-trouble").first).to_be_empty(timeout=30_000)
    kept(page, lang)
    assert wait_for(lambda: other.execute('SELECT text FROM "try"').fetchall() == [(text.reflex,)])
    other.close()


@pytest.mark.slow
@both
def test_a_note_in_the_lesson_is_kept(lang, server, open_page):
    text = item("l01-first-reply").text(lang)
    page = open_page(server.page("course", lang, NAME))
    note = page.locator(".mi-note").first
    expect(note.locator("textarea")).to_be_editable()
    assert page.locator(".mi-privacy").count() == 1, "the long note stands at the first box only"
    note.locator("textarea").fill("What would you like?")
    note.locator(ASK).click()
    expect(note).to_contain_text(text.after[:40])
    page.reload()
    expect(note.locator("textarea")).to_have_value("What would you like?")
    expect(note).to_contain_text(text.after[:40])
