"""A gate may only save time: what it turns away, the pattern would not have found."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mi_helpers.coder import check, gate, rules, sieve
from mi_helpers.coder import text as read

LISTS = {"sad": frozenset({"sad", "fed up", "don't"})}


def asked(source):
    found = gate.of(source, LISTS)
    return {tuple(sorted("/".join(sorted(demand)) for demand in alternative)) for alternative in found or ()}


@pytest.mark.parametrize(
    ("source", "alternatives"),
    [
        (r"\bgo (?:home|away)\b", {("^go$ ^away$",), ("^go$ ^home$",)}),
        (r"(?:stop|quit)\s+now", {("^now", "stop$"), ("^now", "quit$")}),
        (r"\w+ing\b", {("ing$",)}),
        (r"\bmark\d{1,2}\b", {("^mark#$",), ("^mark##$",)}),
        (r"\b\L<sad>\b", {("^sad$",), ("^fed$ ^up$",), ("^don$ ^t$",)}),
        (r"\byou (?:\w+ )?ought", {("^ought", "^you$")}),
        (r"(?:a|b)?then", {("then",), ("athen",), ("bthen",)}),
        (r"ha(?=rd)", {("ha", "rd")}),
    ],
)
def test_what_a_pattern_needs(source, alternatives):
    assert asked(source) == alternatives


@pytest.mark.parametrize("source", [r"\w+", r"(?:go)?", r"(?:go|\w+)x?", r"[?!]$", r"(?i)go", r"(?!go)"])
def test_a_pattern_that_needs_nothing_has_no_gate(source):
    assert gate.of(source, LISTS) is None


def test_a_word_meets_its_own_pieces():
    assert {"^going$", "^go", "ing$", "oin"} <= set(gate.atoms("going"))


def flattened(text, lang):
    return read.plain(read.flatten(text), rules.load(lang).variants)[0]


@pytest.mark.parametrize("lang", ["en", "nl"])
def test_every_rule_gets_its_own_examples_through(lang):
    shut = []
    for rule in rules.load(lang).rules:
        for example in rule.fires_on:
            flat = flattened(check.split_example(example)[1], lang)
            if not any(rule is found for s in rules.load(lang).sieves.values() for found, _ in s.likely(flat)):
                shut.append((rule.id, example))
    assert shut == []


@settings(max_examples=60, deadline=None)
@given(st.data(), st.sampled_from(["en", "nl"]))
def test_what_is_turned_away_would_not_have_been_found(data, lang):
    examples = [check.split_example(e)[1] for r in rules.load(lang).rules for e in (*r.fires_on, *r.silent_on)]
    joint = data.draw(st.sampled_from([" ", ". ", "-", " x", "'"]))
    flat = flattened(joint.join(data.draw(st.lists(st.sampled_from(examples), min_size=1, max_size=3))), lang)
    let_through = {rule: among for s in rules.load(lang).sieves.values() for rule, among in s.likely(flat)}
    for rule in rules.load(lang).rules:
        if rule.pattern.search(flat):
            assert rule in let_through, rule.id
            assert rule.pattern.search_among(flat, let_through[rule]).span() == rule.pattern.search(flat).span(), rule.id


def test_what_an_earlier_run_kept_is_used_for_the_same_rules_only(tmp_path):
    kept, made = tmp_path / "cache" / "rules.sieve", rules.load("en").rules[:5]
    first, again, other = (sieve.Sieve(part) for part in (made, made, made[:2]))
    sieve.prepare({"all": first}, frozenset(), kept, "a")
    sieve.prepare({"all": again}, frozenset(), kept, "a")
    assert (again.needs, again.single, again.pairs) == (first.needs, first.single, first.pairs)
    sieve.prepare({"all": other}, frozenset(), kept, "b")
    assert {rule for rule, *_ in other.needs} <= {0, 1}
    kept.write_bytes(b"no sieve")
    sieve.prepare({"all": again}, frozenset(), kept, "a")
    assert again.needs == first.needs
