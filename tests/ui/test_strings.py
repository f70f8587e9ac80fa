import string

import pytest

from mi_helpers.ui.strings import read, strings


def flat(table: dict, prefix: str = "") -> dict:
    found = {}
    for key, value in table.items():
        found |= flat(value, f"{prefix}{key}.") if isinstance(value, dict) else {prefix + key: value}
    return found


def places(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


@pytest.fixture
def both():
    return [flat(read(lang)) for lang in ("en", "nl")]


def test_both_languages_have_the_same_keys(both):
    en, nl = both
    assert set(en) == set(nl)


def test_both_languages_have_the_same_placeholders(both):
    en, nl = both
    for key, text in en.items():
        if isinstance(text, list):
            assert len(text) == len(nl[key]), key
        else:
            assert places(text) == places(nl[key]), key


def test_nothing_is_empty_or_left_untranslated(both):
    en, nl = both
    same_in_both = {"feedback.title", "exercises.address_u", "exercise.hint", "fields.psychotherapy"}
    for key, text in en.items():
        assert text
        if isinstance(text, str) and len(text) > 12 and key not in same_in_both | {"exercise.date"}:
            assert text != nl[key], key


def test_values_may_hold_braces():
    assert strings("en")("box.label", name="{x}") == "Your reply to {x}"


def test_an_unknown_key_is_an_error():
    with pytest.raises(KeyError):
        strings("en")("box.nonsense")
    assert not strings("en").has("box.nonsense")


def test_every_trouble_of_the_store_has_a_sentence():
    from mi_helpers.progress import SENTENCES

    for lang in ("en", "nl"):
        assert set(strings(lang).get("trouble")) == set(SENTENCES)
