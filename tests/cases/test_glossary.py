"""The glossary: whole in both languages, and every term belongs to a lesson."""

from collections import Counter

import pytest

from mi_helpers.cases import glossary
from mi_helpers.cases.glossary import terms
from mi_helpers.cases.loader import CaseError
from mi_helpers.resources import LANGUAGES


def test_every_lesson_has_its_terms():
    assert set(Counter(term.lesson for term in terms())) == set(range(1, 11))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_term_stands_twice_and_no_meaning_only_repeats_it(lang):
    names = [term.text(lang).term.casefold() for term in terms()]
    assert len(set(names)) == len(names)
    for term in terms():
        assert len(term.text(lang).meaning.split()) >= 6


def test_the_languages_name_the_same_editions():
    for term in terms():
        assert bool(term.en.editions) == bool(term.nl.editions), term.id


@pytest.mark.parametrize(("change", "said"), [("lesson: 1", "field lesson"), ("id: a", "an id stands there twice")])
def test_a_broken_glossary_says_where(tmp_path, monkeypatch, change, said):
    one = "  - id: {}\n    lesson: 1\n    en: {{term: t, meaning: m}}\n    nl: {{term: t, meaning: m}}\n"
    text = "terms:\n" + one.format("a") + one.format("b")
    text = text.replace("lesson: 1", "lesson: 0", 1) if "lesson" in change else text.replace("id: b", "id: a")
    (tmp_path / "glossary.yaml").write_text(text, encoding="utf-8")
    monkeypatch.setattr(glossary, "cases_folder", lambda: tmp_path)
    terms.cache_clear()
    with pytest.raises(CaseError, match=said):
        terms()
    monkeypatch.undo()
    terms.cache_clear()
