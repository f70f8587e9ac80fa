"""The evidence lab in a real browser: drawn, usable by keyboard, narrow, taken along, and only where it is asked for."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from mi_helpers import evidence
from mi_helpers.app.site import BESIDE, PLOTS
from mi_helpers.ui.strings import strings

LAB = BESIDE["lab"]
both = pytest.mark.parametrize("lang", ["en", "nl"])
one_quick = pytest.mark.parametrize("lang", ["en", pytest.param("nl", marks=pytest.mark.slow)])


@pytest.fixture(autouse=True)
def patience():
    """Plots are drawn after a way to the kernel and back."""
    expect.set_options(timeout=20_000)
    yield
    expect.set_options(timeout=5_000)


@pytest.fixture
def lab(server, open_page):
    """Open the lab and wait for its first plot: ``lab("nl", width=320)``."""

    def go(lang: str, **options):
        page = open_page(server.page("course", lang, LAB), **options)
        expect(page.locator(".mi-lab-forest .main-svg").first).to_be_visible(timeout=30_000)
        return page

    return go


def texts(page, part: str) -> str:
    """What is written in the plot of one part."""
    return " ".join(page.locator(f".mi-lab-{part} .main-svg text").all_text_contents())


@one_quick
def test_the_forest_plot_follows_the_choices(lang, lab, axe):
    say = strings(lang)
    page = lab(lang)
    assert page.locator(".mi-lab-forest .mi-sheet").get_attribute("role") == "img"
    axe(page)
    select = page.get_by_label(say("lab.forest_set"))
    select.select_option(label=evidence.evidence_set("lundahl-2013").title(lang))
    expect(page.locator(".mi-lab-forest h3").first).to_have_text(evidence.evidence_set("lundahl-2013").title(lang))
    number = evidence.number(2.31, lang)
    expect(page.locator(".mi-lab-forest .main-svg text", has_text=number).first).to_be_visible()
    page.locator(".mi-lab-forest summary", has_text=say("lab.in_numbers")).click()
    expect(page.locator(".mi-lab-forest th[scope=col]").first).to_be_visible()
    assert page.locator(".mi-lab-forest tbody tr").count() == len(evidence.evidence_set("lundahl-2013").estimates)


@pytest.mark.slow
def test_a_choice_by_keyboard_keeps_the_focus(lab):
    page = lab("en")
    select = page.get_by_label(strings("en")("lab.forest_set"))
    select.focus()
    page.keyboard.press("ArrowDown")
    expect(page.locator(".mi-lab-forest h3").first).to_have_text(evidence.evidence_set("heckman-4-8").title("en"))
    expect(select).to_be_focused()


@both
@pytest.mark.slow
def test_guess_draw_and_see_with_the_keyboard_alone(lang, lab):
    say = strings(lang)
    page = lab(lang, width=320)
    decay = page.locator(".mi-lab-decay")
    later = evidence.evidence_set("decay").estimates[1:]
    assert evidence.number(later[0].value, lang) not in texts(page, "decay")
    slider = decay.get_by_role("slider", name=later[-1].follow_up(lang))
    slider.focus()
    page.keyboard.press("Home")
    expect(slider).to_have_attribute("aria-valuetext", evidence.number(-0.2, lang))
    guess = say("lab.your_guess", value=evidence.number(-0.2, lang))
    expect(decay.locator(".main-svg text", has_text=guess)).to_be_visible()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(decay.locator(".main-svg text", has_text=evidence.number(0.06, lang)).first).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


@both
@pytest.mark.slow
def test_an_arrow_is_a_button_and_says_what_is_known(lang, lab, axe):
    page = lab(lang, width=360)
    arrows = page.locator(".mi-lab-model .mi-arrow")
    assert arrows.count() == len(evidence.arrows())
    for n, arrow in enumerate(evidence.arrows()[:2]):
        arrows.nth(n).focus()
        page.keyboard.press("Enter")
        expect(page.locator(".mi-arrow-known h4")).to_have_text(arrow.text(lang))
        expect(arrows.nth(n)).to_have_attribute("aria-pressed", "true")
        expect(page.locator(".mi-lab-model .js-plotly-plot")).to_have_count(1 if arrow.samples else 0)
    boxes = [arrows.nth(n).bounding_box() for n in range(arrows.count())]
    assert all(box["height"] >= 24 and box["width"] >= 44 for box in boxes)
    page.emulate_media(color_scheme="dark")
    axe(page)


@pytest.mark.slow
def test_own_studies_are_drawn_and_come_back(lab):
    say = strings("en")
    page = lab("en")
    own = page.locator(".mi-lab-own")
    table = own.get_by_label(say("lab.own_table"))
    table.fill("study,scale,estimate,low,high\nFirst 2001,OR,1.4,0.9,2.18\nSecond 2002,OR,1.1,0.7,1.73\nThird,OR,x,1,2\n")
    expect(own.locator(".main-svg text", has_text="First 2001").first).to_be_visible()
    expect(own.locator(".mi-problems li")).to_contain_text("4")
    own.get_by_label(say("lab.own_field.study")).fill("Fourth")
    for key, value in (("estimate", "0,8"), ("low", "0,5"), ("high", "1,28")):
        own.get_by_label(say(f"lab.own_field.{key}"), exact=True).fill(value)
    own.get_by_label(say("lab.own_field.scale"), exact=True).select_option("OR")
    own.get_by_role("button", name=say("lab.own_add")).click()
    expect(own.locator(".main-svg text", has_text="Fourth").first).to_be_visible()
    page.reload()
    expect(table).to_have_value("study,scale,estimate,low,high\nFirst 2001,OR,1.4,0.9,2.18\nSecond 2002,OR,1.1,0.7,1.73\n"
                                'Third,OR,x,1,2\nFourth,OR,"0,8","0,5","1,28"\n', timeout=30_000)  # fmt: skip
    expect(own.locator(".main-svg text", has_text="Fourth").first).to_be_visible()


@pytest.mark.slow
def test_a_file_is_read(lab, tmp_path):
    path = tmp_path / "mine.csv"
    path.write_bytes("studie;schaal;schatting;laag;hoog\nGénie 2001;OR;1,4;0,9;2,18\n".encode("cp1252"))
    page = lab("nl")
    own = page.locator(".mi-lab-own")
    own.get_by_label(strings("nl")("lab.own_file")).set_input_files(path)
    expect(own.locator(".main-svg text", has_text="Génie 2001").first).to_be_visible()


@both
@pytest.mark.slow
def test_a_figure_can_be_taken_along(lang, lab, tmp_path, new_page):
    say = strings(lang)
    page = lab(lang)
    forest = page.locator(".mi-lab-forest")
    forest.locator(".mi-keep summary").click()
    kept = {}
    for key in ("csv", "svg", "png", "html"):
        with page.expect_download() as download:
            forest.get_by_role("button", name=say(f"lab.{key}")).click()
        kept[key] = tmp_path / download.value.suggested_filename
        download.value.save_as(kept[key])
        assert kept[key].name == f"heckman-10-12.{key}"
    assert kept["csv"].read_bytes().startswith(b"\xef\xbb\xbf") and b"Heckman" in kept["csv"].read_bytes()
    svg = kept["svg"].read_text(encoding="utf-8")
    assert "McCambridge" in svg and "Heckman" in svg and "var(" not in svg
    assert kept["png"].read_bytes().startswith(b"\x89PNG") and kept["png"].stat().st_size > 20_000
    alone = new_page()
    alone.goto(kept["html"].as_uri())
    expect(alone.locator(".main-svg text", has_text="McCambridge").first).to_be_visible(timeout=15_000)
    assert alone.locator("th[scope=col]").count() > 3


@pytest.mark.parametrize(("folder", "name", "wanted"), [("exercises", "10_evidence_limits", False), ("course", LAB, True)])
def test_what_draws_plots_comes_only_with_pages_that_plot(folder, name, wanted, course_server, new_page):
    page, asked = new_page(), []
    page.on("request", lambda request: asked.append(request.url))
    html = page.goto(course_server.page(folder, "en", name)).text()
    expect(page.locator("[aria-busy]")).to_have_count(0, timeout=30_000)
    assert any(f"/{PLOTS}/" in url for url in asked) is wanted
    assert (PLOTS in html) is wanted
    assert ("lab.css" in html) is wanted


@both
@pytest.mark.slow
def test_in_the_lesson_the_figure_comes_after_the_prediction(lang, course_server, open_page):
    page = open_page(course_server.page("course", lang, "10_evidence_limits"))
    expect(page.locator(".js-plotly-plot")).to_have_count(0)
    exercise = page.locator(".mi-kind-predict").first
    exercise.locator("input[type=number]").fill("0.4")
    exercise.locator(".mi-ask").click()
    guess = strings(lang)("lab.your_guess", value=evidence.number(0.4, lang))
    expect(page.locator(".mi-lab-decay .main-svg text", has_text=guess)).to_be_visible()


@pytest.mark.slow
def test_on_paper_the_plots_and_their_numbers_are_there(lab, tmp_path):
    page = lab("en")
    page.emulate_media(media="print")
    tables = page.locator(".mi-lab-forest .mi-plot-under .mi-table")
    assert tables.first.is_visible()
    assert not page.locator(".mi-keep").first.is_visible()
