"""``mi-course rules``: what is wrong, what changed, and why."""

import json
import re
import tomllib
from pathlib import Path

import pytest
from typer.testing import CliRunner

from mi_helpers.app import rules as command
from mi_helpers.app.cli import app
from mi_helpers.coder.check import split_example
from mi_helpers.coder.rules import HERE, RuleError, load, parse_rule

DOCS = Path(__file__).resolve().parents[2] / "docs"


def run(*words):
    return CliRunner().invoke(app, ["rules", *words])


@pytest.fixture
def examples(tmp_path, monkeypatch):
    """Two example replies per language, of our own, and rules with nothing wrong in them."""
    monkeypatch.setattr(command, "EXAMPLES", tmp_path)
    monkeypatch.setattr(command, "problems", lambda lang: [])
    monkeypatch.setattr(command, "unlevel", lambda: [])
    own = {"en": ["You must stop.", "What would you like?"], "nl": ["Je moet stoppen.", "Wat zou je willen?"]}
    for lang, texts in own.items():
        lines = [json.dumps({"client": "", "text": text}) + "\n" for text in texts]
        (tmp_path / f"{lang}.jsonl").write_text("".join(lines), encoding="utf-8")
    return tmp_path


def test_it_says_how_much_was_checked(examples):
    got = run("check", "--lang", "nl")
    assert got.exit_code == 0
    assert re.search(rf"Nothing wrong: {len(load('nl').rules)} rules, \d\d+ examples", got.output)
    assert "en.jsonl" not in got.output


def test_every_problem_is_printed_and_the_end_is_1(examples, monkeypatch):
    monkeypatch.setattr(command, "problems", lambda lang: [f"{lang}/a.toml, {lang}.a.b: fires on 'x'"])
    monkeypatch.setattr(command, "unlevel", lambda: ["en.a.c has no twin", "nl.a.d has no twin"])
    got = run("check")
    assert got.exit_code == 1
    assert "en.a.b: fires" in got.output and "nl.a.b: fires" in got.output and "4 wrong" in got.output
    got = run("check", "--lang", "nl")
    assert "nl.a.d" in got.output and "en.a" not in got.output and "2 wrong" in got.output


def test_a_rule_file_that_cannot_be_read(examples, monkeypatch):
    def broken(lang):
        raise RuleError("nl/advice.toml, rule nl.a.b: pattern is missing")

    monkeypatch.setattr(command, "problems", broken)
    got = run("check")
    assert got.exit_code == 1
    assert got.output.strip() == "nl/advice.toml, rule nl.a.b: pattern is missing"


def test_readings_are_new_then_stored_then_as_before(examples):
    assert "nl.jsonl, line 1: “” => “Je moet stoppen.”\n    new: direct, consistent: no" in run("check").output
    assert "nl: new readings stored: 2" in run("check", "--accept").output
    assert "nl: all 2 example replies are read as before" in run("check").output
    assert b"\r" not in (examples / "nl.jsonl").read_bytes()


def test_a_changed_reading_is_shown_and_is_not_an_error(examples):
    run("check", "--accept")
    path = examples / "nl.jsonl"
    path.write_text(path.read_text(encoding="utf-8").replace('"main": "direct"', '"main": "warn"'), encoding="utf-8")
    got = run("check")
    assert got.exit_code == 0
    assert "    main: warn -> direct\n" in got.output
    assert "nl: example replies read otherwise: 1" in got.output and "en: all 2" in got.output
    assert '"main": "warn"' in path.read_text(encoding="utf-8")  # nothing is stored without being asked


@pytest.mark.parametrize(("line", "said"), [("{", "line 3: no JSON"), ('{"client": "x"}', 'needs "client" and "text"')])
def test_a_broken_example_names_its_line(examples, line, said):
    with (examples / "en.jsonl").open("a", encoding="utf-8") as file:
        file.write(line + "\n")
    got = run("check")
    assert got.exit_code == 1
    assert said in got.output and "en.jsonl, line 3" in got.output


def test_why_says_what_fired():
    got = run("why", "Je moet gewoon beginnen.", "--lang", "nl", "--previous", "Ik zie ertegenop.")
    assert got.exit_code == 0
    assert "main code: direct" in got.output and "fired: nl.direct." in got.output


def test_why_reads_a_client_too():
    got = run("why", "I want to stop.", "--lang", "en", "--speaker", "client")
    assert "main code: change_" in got.output and "fired: en.client." in got.output


def test_why_asks_for_a_language():
    assert run("why", "Hm.").exit_code == 2


@pytest.mark.parametrize("lang", ["en", "nl"])
def test_the_stored_readings_are_those_of_the_rules(lang):
    kept = (HERE / "examples" / f"{lang}.jsonl").read_text(encoding="utf-8")
    records = [json.loads(line) for line in kept.splitlines()]
    assert len(records) >= 60 and len({(r["client"], r["text"]) for r in records}) == len(records)
    assert not command.changes(lang), "look at `mi-course rules check`, and --accept what is meant"


def test_the_rule_on_the_contributor_page_does_what_the_page_says():
    first, last = re.findall(r"```toml\n(.*?)```", (DOCS / "mending-a-rule.md").read_text(encoding="utf-8"), re.S)
    wide, right = (parse_rule(tomllib.loads(text)["rule"][0], {}, {}, "page") for text in (first, last))
    for rule, alarms in ((wide, 1), (right, 0)):
        (example,), (silent,) = rule.fires_on, rule.silent_on
        _, text, span = split_example(example)
        assert rule.pattern.search(text.lower()).span() == span
        assert len(rule.pattern.finditer(silent.lower())) == alarms
