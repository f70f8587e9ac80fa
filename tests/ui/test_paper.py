"""Exercises on paper: every kind has its task and all its options there, its answers not, and any words are escaped."""

import sys
from html import escape
from pathlib import Path

import pytest
from made_to_order import an_item

from mi_helpers.cases import item, read_items
from mi_helpers.cases.kinds import KINDS
from mi_helpers.ui.page import page
from mi_helpers.ui.paper import on_paper, set_on_paper
from mi_helpers.ui.strings import strings

SAMPLES = [*read_items(Path(__file__).parents[1] / "samples.yaml"), an_item(), item("l01-first-reply"), item("l10-erik-again")]
#: What is said after an answer, and so must not be on paper; and what serves the coder.
AFTER = {"why", "hints", "models", "next", "after", "see", "source", "discuss", "elsewhere", "behaviour"}
EVIL = "<i>&"

both = pytest.mark.parametrize("lang", ["en", "nl"])


def leaves(block, name=""):
    """The texts of a language block, with the name of the field in which each stands."""
    if isinstance(block, dict):
        for key, value in block.items():
            yield from leaves(value, name if name in AFTER or key not in AFTER and len(key) < 3 else key)
    elif isinstance(block, list | tuple):
        for value in block:
            yield from leaves(value, name)
    elif block:
        yield name, block


def hostile(block):
    """The same texts, each beginning with markup."""
    if isinstance(block, dict):
        return {key: value if key == "depth" else hostile(value) for key, value in block.items()}
    if isinstance(block, list | tuple):
        return [hostile(value) for value in block]
    return f"{EVIL}{block}" if block else block


def hostile_item(sample):
    record = sample.model_dump(by_alias=True, exclude_none=True)
    return type(sample).model_validate(record | {lang: hostile(record[lang]) for lang in ("en", "nl")})


def test_every_kind_is_among_the_samples():
    assert {sample.kind for sample in SAMPLES} == set(KINDS)


@both
@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample.id)
def test_task_and_all_options_are_on_paper_and_no_answers(sample, lang, store):
    made = hostile_item(sample)
    html = on_paper(made, store, strings(lang))
    assert EVIL not in html
    answers = []
    for name, text in leaves(made.text(lang).model_dump()):
        if name in AFTER:
            answers += [text] if name != "next" else []  # a second step may begin with it
            continue
        for part in text.replace("«", "|").replace("»", "|").replace("{n}", "|").replace("{lower}", "|").split("|"):
            assert escape(part.strip()) in html, f"{name}: {part}"
    for text in answers:
        assert escape(text) not in html


@both
def test_there_is_room_to_write_and_what_was_written_stands_in_it(lang, store):
    rooms = {"rewrite": 1, "write": 2, "ruler": 3, "agenda": 3, "note": 1}
    for sample in SAMPLES:
        html = on_paper(sample, store, strings(lang))
        if sample.kind in rooms and sample.id != "l10-erik-again":
            assert html.count("mi-room") == rooms[sample.kind], sample.id
        if "mi-room" in html:
            assert "<hr>" in html
    write = next(sample for sample in SAMPLES if sample.kind == "write")
    store.save_draft(f"{write.id}:1", "My <own> words", lang=lang)
    html = set_on_paper(SAMPLES, store, strings(lang))
    assert f'data-mi-own="{write.id}:1">My &lt;own&gt; words</p>' in html


def test_a_page_of_exercises_prints_all_of_them(store, monkeypatch):
    shown = []
    monkeypatch.setattr(sys.modules["mi_helpers.ui.page"], "display", shown.append)
    monkeypatch.setattr("mi_helpers.progress.open_store", lambda: store)
    here = page("exercises", "08_sustain_talk_discord", "nl")
    here.exercises()
    paper = shown[-1].data
    for one in here._exercises():
        assert escape(one.nl.title) in paper
    shown.clear()
    page("course", "01_righting_reflex", "en").note("l01-first-reply")
    assert 'data-mi-own="l01-first-reply"' in shown[-1].data
