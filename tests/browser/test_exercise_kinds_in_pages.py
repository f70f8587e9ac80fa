"""Every kind of exercise in a real browser, worked with the keyboard alone, and looked at by axe."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import expect
from serving import Server

from mi_helpers.cases import read_items
from mi_helpers.ui.strings import strings

ITEMS = {item.id: item for item in read_items(Path(__file__).parents[1] / "samples.yaml")}
NAME = "02_samples"

pytestmark = pytest.mark.slow
both = pytest.mark.parametrize("lang", ["en", "nl"])


@pytest.fixture
def server(chromium, samples, tmp_path):
    """That course, served to somebody who is new to it."""
    server = Server(tmp_path, content=samples)
    yield server
    server.stop()


@pytest.fixture
def exercise(server, open_page):
    """Open one sample: ``exercise("nl", "l02-sort")``."""

    def go(lang, item_id, **options):
        page = open_page(server.page("exercises", lang, NAME, f"?item={item_id}"), **options)
        expect(page.locator(".mi-exercise .mi-item-title")).to_have_text(ITEMS[item_id].text(lang).title)
        expect(page.locator(".mi-ask").last).to_be_visible()
        return page

    return go


def reach(page, locator, presses=80):
    """Press Tab until the focus is there."""
    for _ in range(presses):
        if locator.evaluate("e => e === document.activeElement"):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"Tab never came to {locator}")


def pick(page, group: int, value: str):
    """Choose in a group of radio buttons: Tab into the group, arrows within it."""
    radios = page.locator(".mi-exercise fieldset").nth(group).locator("input")
    values = radios.evaluate_all("all => all.map((e) => e.value)")
    checked = radios.evaluate_all("all => all.findIndex((e) => e.checked)")
    reach(page, radios.nth(max(checked, 0)))
    page.keyboard.press("Space")
    for _ in range((values.index(value) - max(checked, 0)) % len(values)):
        page.keyboard.press("ArrowDown")
    assert radios.nth(values.index(value)).is_checked()


def ask(page, n=-1):
    buttons = page.locator(".mi-exercise .mi-ask")
    reach(page, buttons.nth(n) if n >= 0 else buttons.last)
    page.keyboard.press("Enter")


def explained(page, lang):
    """Wait for the feedback, and for it to be read out."""
    expect(page.locator(".mi-feedback")).to_be_visible(timeout=20_000)
    spoken = page.locator(".mi-exercise [aria-live]").filter(has_text=strings(lang)("feedback.below"))
    expect(spoken).to_have_count(1)


def solve_sort(page, lang):
    for n, value in enumerate(["change", "sustain", "neutral"]):
        pick(page, n, value)
    ask(page)


def solve_mark(page, lang):
    words = page.locator(".mi-word")
    first = {"en": 4, "nl": 5}[lang]
    count = {"en": 5, "nl": 5}[lang]
    reach(page, words.nth(0))
    for _ in range(first):
        page.keyboard.press("ArrowRight")
    page.keyboard.press("Space")
    for _ in range(count - 1):
        page.keyboard.press("Shift+ArrowRight")
    expect(page.locator(".mi-word[aria-pressed=true]")).to_have_count(count)
    ask(page)


def solve_choose(page, lang):
    pick(page, 0, "b")
    ask(page, 0)
    explained(page, lang)
    expect(page.locator(".mi-exercise fieldset")).to_have_count(2)
    pick(page, 1, "y")
    ask(page, 1)


def solve_match(page, lang):
    for n, value in enumerate(["r1", "r2"]):
        reach(page, page.locator(".mi-pick summary").nth(n))
        page.keyboard.press("Enter")
        pick(page, n, value)
        page.keyboard.press("Enter")
    expect(page.locator(".mi-pick[open]")).to_have_count(0)
    ask(page)


def solve_order(page, lang):
    text = ITEMS["l02-order"].text(lang)
    rows = page.locator(".mi-order-list li")
    for place, step in enumerate(ITEMS["l02-order"].order):
        up = page.get_by_role("button", name=f"{strings(lang)('choice.up')}: {text.steps[step]}")
        while rows.nth(place).locator(".mi-order-text").inner_text() != text.steps[step]:
            up.focus()
            page.keyboard.press("Enter")
            assert up.evaluate("e => e === document.activeElement"), "the focus goes along"
    ask(page)


def solve_myth(page, lang):
    pick(page, 0, "no")
    ask(page)


def solve_predict(page, lang):
    reach(page, page.locator(".mi-number input"))
    page.keyboard.type("70")
    ask(page)


def solve_predict_choice(page, lang):
    pick(page, 0, "b")
    ask(page)


def solve_write(page, lang):
    text = ITEMS["l02-write"].text(lang)
    for n, words in enumerate(text.models[0].texts):
        reach(page, page.locator(".mi-exercise textarea").nth(n))
        page.keyboard.type(words)
    page.keyboard.press("Control+Enter")


def solve_ruler(page, lang):
    pick(page, 0, "6")
    pick(page, 1, "3")
    ask(page, 0)
    boxes = page.locator(".mi-exercise textarea")
    expect(boxes).to_have_count(3)
    expect(page.locator(".mi-exercise .mi-writing-box label").first).to_contain_text("6")
    reach(page, boxes.nth(0))
    page.keyboard.type("I miss it.")
    ask(page)


def solve_agenda(page, lang):
    reach(page, page.locator(".mi-exercise textarea").first)
    page.keyboard.type("money")
    page.keyboard.press("Control+Enter")
    expect(page.locator(".mi-exercise .mi-map")).to_contain_text("money")
    expect(page.locator(".mi-exercise fieldset")).to_contain_text("money")
    pick(page, 0, "client2")
    ask(page)


def solve_plan(page, lang):
    text = ITEMS["l02-plan"].text(lang)
    for n, key in enumerate(text.fields):
        reach(page, page.locator(".mi-exercise textarea").nth(n))
        page.keyboard.type(getattr(text.models[0], key))
    ask(page)


SOLVE = {item_id: globals()[f"solve_{item_id[4:].replace('-', '_')}"] for item_id in ITEMS}


@both
@pytest.mark.parametrize("item_id", ITEMS)
def test_with_the_keyboard_alone(lang, item_id, exercise, axe):
    say = strings(lang)
    page = exercise(lang, item_id)
    axe(page)
    SOLVE[item_id](page, lang)
    explained(page, lang)
    expect(page.locator(".mi-enough")).to_have_text(say("feedback.enough"), timeout=20_000)
    expect(page.locator(f"[data-mi-item={item_id}]")).to_contain_text(say("exercises.state_done"))
    axe(page)
    assert page.evaluate("document.activeElement !== document.body"), "the focus is not lost"

    page.reload()
    expect(page.locator(".mi-enough")).to_be_visible(timeout=30_000)
    expect(page.locator(".mi-history summary")).to_be_visible()


@both
def test_marking_with_the_pointer(lang, exercise):
    page = exercise(lang, "l02-mark")
    words = page.locator(".mi-word")
    for marked in page.locator(".mi-word[aria-pressed=true]").all()[::-1]:
        marked.click()
    words.nth(4).click()
    words.nth(7).click(modifiers=["Shift"])
    expect(page.locator(".mi-word[aria-pressed=true]")).to_have_count(4)
    words.nth(5).click()
    expect(page.locator(".mi-word[aria-pressed=true]")).to_have_count(3)


def drag(page, thing, target, *, steps=8):
    """Take hold of something by its dots, and leave the pointer down at the middle of the target."""
    hold = thing.locator(".mi-grip")
    hold.scroll_into_view_if_needed()
    box = hold.bounding_box()
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.mouse.down()
    page.mouse.move(box["x"] + 20, box["y"] + box["height"] / 2 + 10, steps=3)
    box = target.bounding_box()
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] - 2, steps=steps)


@both
def test_a_card_dragged_to_a_group(lang, exercise):
    page = exercise(lang, "l02-sort")
    group = ITEMS["l02-sort"].text(lang).groups["sustain"]
    card = page.locator(".mi-card-text").nth(1)
    drag(page, card, page.locator("[data-mi-group=sustain]"))
    page.mouse.up()
    expect(page.locator(".mi-tray")).to_have_count(0)
    expect(page.locator(".mi-exercise fieldset").nth(1).get_by_label(group)).to_be_checked()
    expect(page.locator(".mi-exercise [aria-live]")).to_contain_text(group)
    drag(page, card, page.locator("[data-mi-group=change]"))
    page.keyboard.press("Escape")
    page.mouse.up()
    expect(page.locator(".mi-tray")).to_have_count(0)
    expect(page.locator(".mi-exercise fieldset").nth(1).get_by_label(group)).to_be_checked()


def test_a_step_dragged_to_its_place(exercise):
    page = exercise("nl", "l02-order")
    rows, texts = page.locator(".mi-order-list li"), page.locator(".mi-order-text")
    before = texts.all_inner_texts()
    drag(page, rows.first, rows.last)
    assert texts.all_inner_texts() == [*before[1:], before[0]]
    page.keyboard.press("Escape")
    page.mouse.up()
    assert texts.all_inner_texts() == before
    drag(page, rows.first, rows.last)
    page.mouse.up()
    expect(page.locator(".mi-exercise [aria-live]")).to_contain_text(before[0])
    page.wait_for_timeout(400)
    page.reload()
    expect(texts.last).to_have_text(before[0], timeout=30_000)


def test_on_paper_all_exercises_stand_with_the_words_that_were_just_written(exercise):
    page = exercise("nl", "l02-write")
    assert not page.locator(".mi-paper").is_visible()
    page.locator(".mi-exercise textarea").first.fill("Wat zou <wandelen> je brengen?")
    page.emulate_media(media="print")
    expect(page.locator(".mi-exercises")).to_be_hidden()
    expect(page.locator(".mi-paper-item:visible")).to_have_count(len(ITEMS))
    expect(page.locator("[data-mi-own='l02-write:0']")).to_have_text("Wat zou <wandelen> je brengen?")
    assert not page.locator(".mi-paper :is(button, input, textarea, select, .mi-feedback)").count()


@pytest.mark.parametrize("item_id", ITEMS)
def test_on_a_narrow_screen_in_the_dark(item_id, exercise, axe, width=320):
    page = exercise("nl", item_id, width=width, color_scheme="dark")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    for thing in page.locator(".mi-exercise :is(button:not(.mi-word), summary, .mi-option):visible").all():
        assert thing.bounding_box()["height"] >= 44
    SOLVE[item_id](page, "nl")
    expect(page.locator(".mi-feedback")).to_be_visible(timeout=20_000)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    axe(page)


@both
def test_the_page_of_solutions(lang, server, open_page, axe):
    page = open_page(server.page("solutions", lang, NAME))
    for item in ITEMS.values():
        expect(page.locator(f"section#{item.id}")).to_contain_text(item.text(lang).title)
    axe(page)
    page.set_viewport_size({"width": 320, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


def test_choices_come_back_and_a_dead_kernel_is_told(server, exercise):
    page = exercise("en", "l02-sort", errors=True)
    page.get_by_label("Change talk").nth(0).check()
    page.wait_for_timeout(400)
    page.reload()
    expect(page.get_by_label("Change talk").nth(0)).to_be_checked(timeout=30_000)
    for kernel in server.kernels():
        kernel.kill()
    expect(page.get_by_role("alert")).to_be_visible(timeout=40_000)
    page.locator(".mi-ask").click()
    expect(page.locator(".mi-box-notice")).to_have_text(re.compile("no connection"))
