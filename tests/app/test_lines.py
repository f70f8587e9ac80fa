"""``mi-course code`` and ``mi-course feedback``: the formats of the command line."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys

import pytest

from mi_helpers.app import code as lines

MODULE = [sys.executable, "-m", "mi_helpers.app.cli"]


@pytest.fixture
def answers(monkeypatch, capfdbinary):
    """Run the lines of a text through a function; give back exit status, answers and complaints."""

    def run(text: str | bytes, answer=lambda record: {"said": record.get("text")}, **options):
        given = text if isinstance(text, bytes) else text.encode("utf-8")
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(given), encoding="cp1252"))
        status = lines.run("-", answer, **options)
        out, err = capfdbinary.readouterr()
        return status, [json.loads(line) for line in out.decode("utf-8").splitlines()], err.decode("utf-8")

    return run


def test_one_answer_a_line_in_the_same_order(answers):
    given = '{"id": "b", "text": "één"}\n\n{"id": 2, "text": "🙂 \\u2028 \\ud800", "new": 1}\r\n'
    status, said, complaints = answers(given)
    assert status == 0 and not complaints
    assert said == [{"id": "b", "said": "één"}, {"id": 2, "said": "🙂 \u2028 \ud800"}]


def test_a_byte_order_mark_does_no_harm(answers):
    assert answers('\ufeff{"id": 1, "text": "a"}')[:2] == (0, [{"id": 1, "said": "a"}])


BROKEN = ["{", "[1]", '"text"', "{'id': 1}", '{"text": "no id"}', b'{"id": 1, "text": "\xe9"}', "[" * 100_000]


@pytest.mark.parametrize("broken", BROKEN, ids=range(len(BROKEN)))
def test_a_broken_line_is_an_error_with_its_number(answers, broken):
    broken = broken if isinstance(broken, bytes) else broken.encode("utf-8")
    text = b'{"id": 1, "text": "a"}\n\n' + broken + b'\n{"id": 2, "text": "b"}\n'
    status, said, complaints = answers(text)
    assert status == 2
    assert [record["id"] for record in said] == [1]
    assert complaints.startswith("mi-course: line 3: ")
    status, said, complaints = answers(text, keep_going=True)
    assert status == 2
    assert [record["id"] for record in said] == [1, 2]
    assert complaints.count("line 3") == 1


@pytest.mark.parametrize(
    "wrong",
    [
        {}, {"text": 1}, {"text": None}, {"text": "a", "speaker": "nobody"}, {"text": "a", "previous": 1},
        {"text": "a", "target": "walking"}, {"text": "a", "target": {"behaviour": "walking"}},
        {"text": "a", "target": {"behaviour": "walking", "direction": "sideways"}},
    ],
)  # fmt: skip
def test_what_a_record_may_hold(wrong):
    with pytest.raises(lines.BrokenLine):
        lines.code({"id": 1} | wrong, "en")


@pytest.mark.parametrize("lang", ["en", "nl"])
def test_code(lang):
    text = {"en": "You feel torn about it.", "nl": "Je twijfelt erover."}[lang]
    said = lines.code({"text": text, "previous": None, "target": None}, lang)
    assert set(said) == {"main", "mi_consistent", "certainty", "codes", "risk"}
    for act in said["codes"]:
        assert set(act) == {"code", "start", "end", "rule", "certainty"}
        assert 0 <= act["start"] < act["end"] <= len(text)
    assert lines.code({"text": text, "speaker": "client"}, lang)["main"]
    assert lines.code({"text": "", "previous": ""}, lang)["main"] == "uncodable"


@pytest.mark.parametrize("lang", ["en", "nl"])
def test_feedback(lang):
    record = {
        "text": {"en": "Why don't you just walk?", "nl": "Waarom ga je niet gewoon wandelen?"}[lang],
        "client": {"en": "I know I should walk more.", "nl": "Ik weet dat ik meer moet wandelen."}[lang],
        "target": {"behaviour": "walking", "direction": "more"},
    }
    said = lines.feedback(record, lang)
    assert set(said) == {"verdict", "level", "issues", "message", "risk"}
    assert said["verdict"] == "inconsistent" and said["issues"] and said["message"]
    assert set(said["issues"][0]) == {"kind", "start", "end", "rule"}
    assert lines.feedback({"text": record["text"], "client": "", "reflex": None, "register": ""}, lang)["verdict"]


def test_the_command_streams_and_speaks_utf8_on_any_console():
    """An answer comes before the input ends; the console's own encoding does not matter."""
    env = {"PYTHONIOENCODING": "cp1252", "PYTHONUTF8": "0"}
    process = subprocess.Popen(
        [*MODULE, "code", "--lang", "nl"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=os.environ | env
    )
    process.stdin.write('{"id": "é🙂", "text": "Hoe gaat het?"}\n'.encode())
    process.stdin.flush()
    assert json.loads(process.stdout.readline().decode("utf-8"))["id"] == "é🙂"
    process.stdin.close()
    assert process.wait(20) == 0
    process.stdout.close()


def test_a_file_and_its_absence(tmp_path):
    file = tmp_path / "één.jsonl"
    file.write_text('{"id": 1, "text": "Hm."}\nbroken\n', encoding="utf-8")
    said = subprocess.run([*MODULE, "code", "--lang", "en", str(file)], capture_output=True)
    assert said.returncode == 2 and said.stdout.count(b"\n") == 1 and b"line 2" in said.stderr
    said = subprocess.run([*MODULE, "feedback", "--lang", "en", str(tmp_path / "none")], capture_output=True)
    assert said.returncode == 2 and b"none" in said.stderr and b"Traceback" not in said.stderr


def test_the_language_is_asked_for():
    said = subprocess.run([*MODULE, "code"], input=b"", capture_output=True)
    assert said.returncode == 2 and b"--lang" in said.stderr
