"""The figures: well-formed, told in words too, and free of fixed sizes and outside addresses."""

import re
from xml.etree import ElementTree

import pytest

from mi_helpers.resources import LANGUAGES
from mi_helpers.ui import figures

SVG = "{http://www.w3.org/2000/svg}"
every = pytest.mark.parametrize(("name", "lang"), [(n, lang) for n in figures.NAMES for lang in LANGUAGES])


@every
def test_a_figure_scales_and_has_a_text_alternative(name, lang):
    root = ElementTree.fromstring(figures.svg(name, lang))
    assert root.tag == f"{SVG}svg"
    assert root.get("role") == "img"
    assert root.get("lang") == lang
    assert root.get("viewBox").startswith(f"0 0 {figures.WIDTH} ")
    assert root.get("width") is None and root.get("height") is None
    by_id = {e.get("id"): e for e in root if e.get("id")}
    title, desc = by_id[root.get("aria-labelledby")], by_id[root.get("aria-describedby")]
    assert (title.tag, desc.tag) == (f"{SVG}title", f"{SVG}desc")
    assert len(desc.text) > len(title.text) > 10


@every
def test_what_is_drawn_stays_inside_the_figure(name, lang):
    root = ElementTree.fromstring(figures.svg(name, lang))
    height = float(root.get("viewBox").split()[3])
    for line in root.iter(f"{SVG}tspan"):
        assert abs(float(line.get("x"))) <= figures.WIDTH
        assert float(line.get("y")) < height
    for size in root.iter(f"{SVG}text"):
        assert int(size.get("font-size")) >= 13


@every
def test_colours_come_from_the_page_with_a_fallback(name, lang):
    for colour in re.findall(r'(?:fill|stroke)="([^"]+)"', figures.svg(name, lang)):
        assert colour == "none" or re.fullmatch(r"var\(--mi-[a-z-]+, #[0-9a-f]{6}\)", colour)


def test_a_figure_shown_twice_has_different_ids():
    ids = [re.search(r'aria-labelledby="([^"]+)"', figures.svg("seesaw", "en"))[1] for _ in range(2)]
    assert ids[0] != ids[1]


@every
def test_the_words_have_the_same_keys_in_both_languages(name, lang):
    words = figures._words()[name]
    assert set(words[lang]) == set(words["en"])
    assert {"title", "desc"} <= set(words[lang])
    assert all(words[lang].values())
    if lang == "nl":
        assert words["nl"]["desc"] != words["en"]["desc"]


@every
def test_no_request_to_another_host(name, lang):
    said = figures.svg(name, lang).replace('xmlns="http://www.w3.org/2000/svg"', "")
    assert "http" not in said
    assert "href" not in said


@pytest.mark.parametrize(("name", "lang"), [("nothing", "en"), ("seesaw", "fr")])
def test_an_unknown_figure_is_refused(name, lang):
    with pytest.raises(ValueError, match=name):
        figures.svg(name, lang)
