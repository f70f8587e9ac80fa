"""Hold every rule to its own examples: fires at the marked place, silent on the rest, known misses kept honestly."""

from __future__ import annotations

from mi_helpers.coder import match
from mi_helpers.coder.match import Turn
from mi_helpers.coder.rules import Rule, RuleSet, load

BETWEEN = " => "


def split_example(example: str) -> tuple[str, str, tuple[int, int] | None]:
    """Take an example apart: what the client said, the text without marks, and the marked span (or None)."""
    previous, _, text = example.rpartition(BETWEEN)
    start = text.find("«")
    if start < 0:
        return previous, text, None
    end = text.index("»") - 1
    return previous, text.replace("«", "").replace("»", ""), (start, end)


def fires(rule: Rule, text: str, previous: str, rules: RuleSet) -> list[tuple[int, int]]:
    """The spans in which one rule fires on a text, scopes of reported and denied words respected."""
    turn = Turn.of(text, previous, rules)
    hits = match.acts(turn) if rule.kind == "act" else match.fire(turn, rule.kind)
    return [turn.place(h.start, h.end) for h in hits if h.rule is rule]


def problems(lang: str) -> list[str]:
    """Everything that the examples of one language's rules show to be wrong; empty when all is well."""
    rules, found = load(lang), []
    for rule in rules.rules:
        for pattern in (rule.pattern, *rule.unless, rule.needs_previous, rule.unless_previous):
            if pattern:
                pattern.compile()
        at = f"{rule.file}, {rule.id}"
        if not rule.fires_on:
            found.append(f"{at}: no example in fires_on")
        if not rule.source:
            found.append(f"{at}: no source")
        for example in rule.fires_on:
            previous, text, span = split_example(example)
            got = fires(rule, text, previous, rules)
            if span is None:
                found.append(f"{at}: mark the words with « » in fires_on {example!r}")
            elif got != [span]:
                seen = ", ".join(repr(text[s:e]) for s, e in got) or "nothing"
                found.append(f"{at}: on {example!r} it marks {seen}")
        for example in rule.silent_on:
            previous, text, _ = split_example(example)
            for s, e in fires(rule, text, previous, rules):
                found.append(f"{at}: fires on {text[s:e]!r} in silent_on {example!r}")
        for example in rule.known_miss:
            previous, text, _ = split_example(example)
            if fires(rule, text, previous, rules):
                found.append(f"{at}: no longer misses {example!r}: move it to fires_on")
    return found


def unlevel() -> list[str]:
    """Rule ids that only one language has, without an ``exempt`` reason."""
    ids = {lang: {r.id.split(".", 1)[1]: r for r in load(lang).rules} for lang in ("en", "nl")}
    alone = [(lang, i) for lang, other in (("en", "nl"), ("nl", "en")) for i in ids[lang] if i not in ids[other]]
    return [f"{lang}.{i} has no twin and no reason in 'exempt'" for lang, i in alone if not ids[lang][i].exempt]
