"""Both engines read a pattern alike: what a short text is searched with, and what a long one is."""

import pytest

from mi_helpers.coder import check, rules
from mi_helpers.coder import text as read
from mi_helpers.coder.pattern import ORDINARY, Nothing, Pattern, RuleError, alternatives

LISTS = {"sad": frozenset({"sad", "fed up", "fed"})}


def spans(pattern, text):
    """With the engine for short texts, and with the one for long texts."""
    filler = "\n" + "." * ORDINARY
    return [m and m.span() for m in (pattern.search(text), pattern.search(text + filler))]


@pytest.mark.parametrize(
    ("source", "text", "span"),
    [
        (r"you are {sad}", "and you are fed up", (4, 18)),
        (r"(?:^so |\band )\Kyou\b", "and you", (4, 7)),
        (r"so\K (?:and \K)?you", "so and you", (7, 10)),
        (r"(?<!not |never )sad", "very sad", (5, 8)),
        (r"(o)\1\K", "look", (3, 3)),
        (r"\bhim\b", "look", None),
    ],
)
def test_both_engines_find_the_same_words(source, text, span):
    assert spans(Pattern(source, LISTS, {}, "here"), text) == [span, span]


@pytest.mark.parametrize("lang", ["en", "nl"])
def test_both_engines_agree_on_every_example(lang):
    unlike = []
    for rule in rules.load(lang).rules:
        for example in (*rule.fires_on, *rule.silent_on):
            flat = read.flatten(check.split_example(example)[1])
            short, long = (rule.pattern.search(flat), rule.pattern._long or rule.pattern._compile_long())
            found = long.search(flat)
            if (short and short.span()) != (found and found.span()):
                unlike.append((rule.id, example))
    assert unlike == []


@pytest.mark.parametrize(
    ("source", "parts"),
    [
        (r"\b(?:a|b(?:c|d))e", [r"\b(?:a)e", r"\b(?:b(?:c|d))e"]),
        (r"a|[|(]b|\|c", [r"a", r"[|(]b", r"\|c"]),
        (r"(?:a|b)?c", [r"(?:a|b)?c"]),
        (r"x*(?:a|b)", [r"x*(?:a|b)"]),
        (r"(?:^x|\by)\K(?:p|q)r", [r"(?:^x)\K(?:p|q)r", r"(?:\by)\K(?:p|q)r"]),
        (r"(?:a|b)|c", ["(?:a)", "(?:b)", "c"]),
    ],
)
def test_a_pattern_is_taken_apart_where_its_order_allows(source, parts):
    assert alternatives(source) == parts


def test_a_broken_pattern_is_named():
    with pytest.raises(RuleError, match="en/advice.toml"):
        Pattern("(you", LISTS, {}, "en/advice.toml").compile()
    with pytest.raises(RuleError, match="lonely"):
        Pattern("{lonely}", LISTS, {}, "en/advice.toml")


def test_a_pattern_that_is_found_nowhere_answers_every_question():
    nothing = Nothing()
    assert nothing.search("any text") is None
    assert nothing.search_among("any text", [0]) is None
    assert nothing.finditer("any text") == []
