"""A gate may only save time: what it turns away, the pattern would not have found."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mi_helpers.coder import check, gate, rules
from mi_helpers.coder import text as read

LISTS = {"sad": frozenset({"sad", "fed up", "don't"})}


@pytest.mark.parametrize(
    ("source", "words", "pieces"),
    [
        (r"\bgo (?:home|away)\b", set(), {"go "}),
        (r"(?:stop|quit)\s+now", set(), {"now"}),
        (r"\w+ing\b", set(), {"ing"}),
        (r"you are \b\L<sad>\b", set(), {"you are "}),
        (r"\b\L<sad>\b", {"sad"}, {"fed up", "don't"}),
        (r"(?:a|b)?then", set(), {"then"}),
    ],
)
def test_what_a_pattern_needs(source, words, pieces):
    found = gate.of(source, LISTS)
    assert (set(found.words), set(found.pieces)) == (words, pieces)


@pytest.mark.parametrize("source", [r"\w+", r"(?:go)?", r"(?:go|\w+)x", r"[?!]$"])
def test_a_pattern_that_needs_nothing_has_no_gate(source):
    assert gate.of(source, LISTS) is None


@pytest.mark.parametrize("lang", ["en", "nl"])
def test_every_rule_gets_its_own_examples_through(lang):
    shut = []
    for rule in rules.load(lang).rules:
        for example in rule.fires_on:
            _, text, _ = check.split_example(example)
            flat, _ = read.plain(read.flatten(text), rules.load(lang).variants)
            if rule.pattern.gate and not rule.pattern.gate.lets(flat, set(read.words(flat))):
                shut.append((rule.id, example))
    assert shut == []


@settings(max_examples=60, deadline=None)
@given(st.data(), st.sampled_from(["en", "nl"]))
def test_what_is_turned_away_would_not_have_been_found(data, lang):
    examples = [check.split_example(e)[1] for r in rules.load(lang).rules for e in (*r.fires_on, *r.silent_on)]
    text = " ".join(data.draw(st.lists(st.sampled_from(examples), min_size=1, max_size=3)))
    flat, _ = read.plain(read.flatten(text), rules.load(lang).variants)
    words = set(read.words(flat))
    for rule in rules.load(lang).rules:
        if rule.pattern.gate and not rule.pattern.gate.lets(flat, words):
            assert not rule.pattern.search(flat), rule.id
