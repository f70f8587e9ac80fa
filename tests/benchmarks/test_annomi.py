"""The AnnoMI benchmark, on a session of our own in that file's format (AnnoMI itself is not part of the project)."""

import csv
import subprocess
import sys
from pathlib import Path

import pytest

SCRIPT = Path(__file__).parents[2] / "benchmarks" / "annomi.py"
SESSION = [
    ("therapist", "What brings you here today?"),
    ("client", "I want to drink less, my liver is bad."),
    ("therapist", "So you want your liver to-"),
    ("client", "Mm-hmm."),
    ("therapist", "-to get better, and drinking less is the way."),
    ("client", "[sighs] Yeah."),
    ("therapist", "You should throw the bottles out."),
    ("client", "I don't want to stop."),
]


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "sessions.csv"
    with open(path, "w", newline="", encoding="utf-8") as out:
        writer = csv.writer(out)
        writer.writerow(["transcript_id", "topic", "utterance_id", "interlocutor", "utterance_text", "annotator_id"])
        for annotator in ("1", "2"):
            for number, (who, text) in enumerate(SESSION):
                writer.writerow(["7", "reducing alcohol consumption", number, who, text, annotator])
    return path


def test_every_turn_is_coded_once_into_all_columns(file, tmp_path, annomi):
    ids, out = tmp_path / "ids.json", tmp_path / "out.csv"
    ids.write_text('{"tune": [7]}', encoding="utf-8")
    subprocess.run([sys.executable, SCRIPT, file, "--ids", f"{ids}:tune", "--out", out], check=True)
    rows = list(csv.DictReader(open(out, encoding="utf-8")))
    assert tuple(rows[0]) == annomi.COLUMNS
    assert [r["utterance_id"] for r in rows] == [str(n) for n in range(len(SESSION))]
    main = [r["main_therapist_behaviour"] or r["client_talk_type"] for r in rows]
    assert main[0] == "question"
    assert (rows[0]["question_subtype"], rows[0]["reflection_exists"]) == ("open", "False")
    assert main[1] == "change"
    assert main[2] == main[4] == "reflection"
    assert (main[6], rows[6]["therapist_input_subtype"]) == ("therapist_input", "advice")
    assert main[7] == "sustain"


def test_an_unknown_transcript_is_an_error(file, tmp_path):
    ids = tmp_path / "ids.txt"
    ids.write_text("7, 8", encoding="utf-8")
    call = [sys.executable, SCRIPT, file, "--ids", ids, "--out", tmp_path / "o"]
    run = subprocess.run(call, capture_output=True, text=True)
    assert run.returncode and "no such transcript: 8" in run.stderr


@pytest.mark.parametrize(
    ("said", "clean"),
    [
        ("Wh-what do, um, you- you think? [laughs]", "what do, you think?"),
        ("It-it sounds hard, hard to do.", "it sounds hard to do."),
        ("Mm-hmm. A well-known thing.", "Mm-hmm. A well-known thing."),
    ],
)
def test_false_starts_and_remarks_are_left_out(annomi, said, clean):
    assert annomi.spoken(said) == clean


def test_the_target_comes_from_the_topic(annomi):
    assert annomi.target_of("smoking cessation") == {"behaviour": "smoking", "direction": "less"}
    assert annomi.target_of("more exercise / increasing activity; weight loss")["direction"] == "more"
