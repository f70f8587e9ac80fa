"""The frame around a page: its words, its neighbours, the language it begins in."""

from __future__ import annotations

import doctest
import tomllib

import pytest

from mi_helpers.app import site
from mi_helpers.app import words as words_module
from mi_helpers.app.words import TEMPLATE, words
from mi_helpers.resources import FOLDERS, LANGUAGES

CELLS = [{"metadata": {}}, {"metadata": {"mi": {"part": "core"}}}, {"metadata": {"mi": {"part": "extra"}}}, {}]


def test_both_languages_say_the_same_things_with_the_same_places():
    def shape(lang):
        parts = tomllib.loads((TEMPLATE / f"{lang}.toml").read_text(encoding="utf-8"))
        return {
            (part, key): sorted(set(filter(None, (piece.split("}")[0] for piece in said.split("{")[1:]))))
            for part, all_said in parts.items()
            for key, said in all_said.items()
        }

    assert shape("en") == shape("nl")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_terminal_needs_no_special_letters(lang):
    assert all(said.isascii() for said in words(lang, "terminal").values())


def test_examples_in_the_docstrings():
    assert doctest.testmod(words_module).failed == 0


def test_home_has_no_lesson_around_it():
    page = site.home("nl")
    frame = site.frame(page, {"mi_course": {"title": "Thuis"}}, CELLS)
    assert frame["title"] == "Thuis"
    assert frame["sections"] == [] and frame["around"] == {} and frame["at_home"]


def test_parts_are_grouped():
    frame = site.frame(site.home("en"), {}, CELLS)
    assert frame["groups"] == [
        {"part": None, "cells": [0, 1]}, {"part": "extra", "cells": [2]}, {"part": None, "cells": [3]},
    ]  # fmt: skip


def test_every_lesson_has_its_three_pages_and_knows_its_neighbours():
    for lang in LANGUAGES:
        row = site.lessons(lang)
        assert row
        for lesson in row:
            frame = site.frame(lesson, {"mi_course": {"title": lesson.title()}}, [], base="/base/", query="item=x")
            assert [it["url"].split("/")[4] for it in frame["sections"]] == list(FOLDERS)
            assert [it["current"] for it in frame["sections"]] == [True, False, False]
            other = next(it for it in frame["languages"] if not it["current"])
            assert other["url"].startswith("/base/voila/render/course/") and other["url"].endswith("?item=x")


@pytest.mark.parametrize(
    "address", ["course/en/00_home.ipynb\n", "course/en/../en/00_home.ipynb", "course/en/00_HOME.ipynb"]
)
def test_only_plain_addresses_are_pages(address):
    assert site.page_at("course/en/00_home.ipynb")
    assert site.page_at(address) is None
