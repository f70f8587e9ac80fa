"""``mi-course rules``: hold rules to their examples, see what a change does, ask why a reply is read as it is."""

from __future__ import annotations

import json
from pathlib import Path

import typer

from mi_helpers.coder import code_turn
from mi_helpers.coder import rules as rule_files
from mi_helpers.coder.check import problems, unlevel
from mi_helpers.coder.explain import why as explain

#: Per language a file of replies, each with the reading it had when readings were last accepted.
EXAMPLES = rule_files.HERE / "examples"
LANGUAGES = ("en", "nl")


def check(*, lang: str | None, accept: bool) -> None:
    """Say what is wrong with the rules, and which example replies are read otherwise than before.

    Parameters
    ----------
    lang : {"en", "nl"} or None
        None for both.
    accept : bool
        Store the readings of now beside the example replies.

    Raises
    ------
    typer.Exit
        With 1 if something is wrong. A reading that changed is not wrong by itself.
    """
    try:
        wrong = [fault for one in _languages(lang) for fault in problems(one)]
        wrong += [fault for fault in unlevel() if lang is None or fault.startswith(f"{lang}.")]
        changed = {one: changes(one) for one in _languages(lang)}
        if accept:
            for one in _languages(lang):
                store(one)
    except (rule_files.RuleError, ExampleError) as fault:
        typer.echo(str(fault))
        raise typer.Exit(1) from None
    except OSError as trouble:
        typer.echo(f"{trouble.filename}: {trouble.strerror or trouble}")
        raise typer.Exit(1) from None
    for fault in wrong:
        typer.echo(fault)
    for one, lines in changed.items():
        _say_changes(one, lines, accept)
    if wrong:
        typer.echo(f"{len(wrong)} wrong in the rules")
        raise typer.Exit(1)
    rules = [rule for one in _languages(lang) for rule in rule_files.load(one).rules]
    examples = sum(len(rule.fires_on) + len(rule.silent_on) + len(rule.known_miss) for rule in rules)
    typer.echo(f"Nothing wrong: {len(rules)} rules, {examples} examples in them.")


def why(text: str, *, lang: str, previous: str | None, speaker: str) -> None:
    """Say which rules fired on a text, where, and why the main code won."""
    try:
        typer.echo(explain(text, lang=lang, previous=previous, speaker=speaker))
    except rule_files.RuleError as fault:
        typer.echo(str(fault))
        raise typer.Exit(1) from None


class ExampleError(ValueError):
    """A line of the example replies cannot be used; the message names file and line."""


def reading(client: str, text: str, lang: str) -> dict:
    """What is kept of a reading: enough to see that it changed, too little to change with every choice of words."""
    coding = code_turn(text, previous=client, lang=lang)
    return {
        "main": coding.main,
        "consistent": coding.mi_consistent,
        "certainty": coding.certainty,
        "acts": [act.code for act in coding.acts],
        "pushes": [issue.kind for issue in coding.issues],
    }


def changes(lang: str) -> list[str]:
    """A few lines for each example reply that is read otherwise than the stored reading says."""
    lines = []
    for number, record in enumerate(_examples(lang), 1):
        now, before = reading(record["client"], record["text"], lang), record.get("reads")
        if now == before:
            continue
        lines.append(f"{lang}.jsonl, line {number}: “{record['client']}” => “{record['text']}”")
        if before is None:
            lines.append(f"    new: {_shown(now['main'])}, consistent: {_shown(now['consistent'])}")
            continue
        different = [key for key in now if now[key] != before.get(key)]
        lines += [f"    {key}: {_shown(before.get(key))} -> {_shown(now[key])}" for key in different]
    return lines


def store(lang: str) -> None:
    """Write the readings of now beside the example replies of one language."""
    lines = []
    for record in _examples(lang):
        kept = {"client": record["client"], "text": record["text"]}
        lines.append(json.dumps(kept | {"reads": reading(**kept, lang=lang)}, ensure_ascii=False) + "\n")
    _file(lang).write_text("".join(lines), encoding="utf-8", newline="\n")


def _say_changes(lang: str, lines: list[str], accepted: bool) -> None:
    count = sum(not line.startswith(" ") for line in lines)
    for line in lines:
        typer.echo(line)
    if count and accepted:
        typer.echo(f"{lang}: new readings stored: {count}")
    elif count:
        typer.echo(f"{lang}: example replies read otherwise: {count}; if that is meant, --accept stores them")
    else:
        typer.echo(f"{lang}: all {len(_examples(lang))} example replies are read as before")


def _examples(lang: str) -> list[dict]:
    found = []
    for number, line in enumerate(_file(lang).read_text(encoding="utf-8-sig").splitlines(), 1):
        try:
            record = json.loads(line)
        except ValueError as fault:
            raise ExampleError(f"{_file(lang)}, line {number}: no JSON ({fault})") from None
        if not isinstance(record, dict) or not all(isinstance(record.get(key), str) for key in ("client", "text")):
            raise ExampleError(f'{_file(lang)}, line {number}: needs "client" and "text"')
        found.append(record)
    return found


def _file(lang: str) -> Path:
    return EXAMPLES / f"{lang}.jsonl"


def _languages(lang: str | None) -> tuple[str, ...]:
    return (lang,) if lang else LANGUAGES


def _shown(value: object) -> str:
    names = {None: "neutral", True: "yes", False: "no"}
    if isinstance(value, list):
        return ", ".join(value) or "none"
    return names.get(value) or str(value)
