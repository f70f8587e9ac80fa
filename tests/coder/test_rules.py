"""Every rule lives by its own examples, and both languages are level."""

import pytest

from mi_helpers.coder import check, rules
from mi_helpers.coder.rules import RuleError


@pytest.mark.parametrize("lang", ["en", "nl"])
def test_examples(lang):
    assert check.problems(lang) == []


def test_languages_are_level():
    assert check.unlevel() == []


@pytest.mark.parametrize("lang", ["en", "nl"])
def test_ids_name_their_language(lang):
    loaded = rules.load(lang).rules
    assert len(loaded) > 100
    assert [r.id for r in loaded if not r.id.startswith(f"{lang}.")] == []


def _parse(**raw):
    whole = {"id": "en.x.y", "kind": "act", "code": "direct", "pattern": "go"} | raw
    return rules.parse_rule({k: v for k, v in whole.items() if v is not None}, {"feeling": frozenset({"sad"})}, {"you": "you|ye"}, "en/x.toml")


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        ({"patern": "x"}, "unknown key patern"),
        ({"pattern": None}, "pattern is missing"),
        ({"kind": "nonsense"}, "kind 'nonsense'"),
        ({"code": "nonsense"}, "code 'nonsense'"),
        ({"issue": "nonsense"}, "issue 'nonsense'"),
        ({"certainty": "sure"}, "certainty 'sure'"),
        ({"pattern": "{feelings}"}, "'feelings'"),
        ({"pattern": "(go"}, "not a regular expression"),
    ],
)
def test_a_bad_rule_names_file_rule_and_key(raw, said):
    with pytest.raises(RuleError) as e:
        _parse(**raw).pattern.compile()
    assert "en/x.toml, rule en.x.y" in str(e.value)
    assert said in str(e.value)


def test_word_lists_and_fragments_expand():
    rule = _parse(pattern="{you} are {feeling}")
    assert rule.pattern.search("ye are sad")
    assert not rule.pattern.search("ye are sadly")
