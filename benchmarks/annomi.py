"""Code an AnnoMI file (or one of its format) session by session, for the scorer's columns.

    python benchmarks/annomi.py AnnoMI-full.csv --ids ids.json --out predictions.csv

AnnoMI (Wu et al. 2022, 2023) is not part of this project: it states no licence. Every turn is coded from what stands
before it in its session, never from what comes after. Nothing is learned from the codes in the file; they are not read.
"""

from __future__ import annotations

import argparse
import csv
import json
import re
import sys
from collections import Counter, defaultdict
from dataclasses import dataclass
from pathlib import Path

from mi_helpers.coder import code_turn
from mi_helpers.coder.model import Act, Coding

COLUMNS = (
    "transcript_id", "utterance_id", "main_therapist_behaviour", "question_exists", "question_subtype",
    "reflection_exists", "reflection_subtype", "therapist_input_exists", "therapist_input_subtype", "client_talk_type",
)  # fmt: skip
NEEDED = ("transcript_id", "utterance_id", "interlocutor", "utterance_text", "topic")
QUESTIONS = {"open_question": "open", "closed_question": "closed", "seek_permission": "closed"}
REFLECTIONS = {"simple_reflection": "simple", "complex_reflection": "complex", "summary": "complex"}
INPUT = {
    "advise_without_permission": "advice", "advise_with_permission": "advice", "direct": "advice",
    "warn": "information", "confront": "information", "give_information": "information",
}  # fmt: skip
#: Topics that name what there is to be less of.
LESS = re.compile(r"\b(?:reduc\w*|cessation|quit\w*|stop\w*|not|avoid\w*|less|cut\w*)\b")
#: With fewer words a client's turn says too little to stand alone.
SHORT = 20
EARLIER = 5
#: From this share of turns with advice or information on, a session is a lecture rather than a conversation.
LECTURE = 0.25
REMARK = re.compile(r"\[[^\]]*\]")
PAUSE = re.compile(r"(?<![\w-])(?:um+|uh+|er|erm)\b[,.]*(?!-)", re.I)
AGAIN = re.compile(r"\b([\w']+(?: [\w']+)?)(?:-+ ?|, | )(?=\1\b)|\b(\w{1,3})-+ ?(?=\2)", re.I)
SMALL = re.compile(r"(?:\W*(?:yeah|yep|yes|right|okay|ok|all right|alright|mm|hmm|mm-hmm|huh|oh|no|really))+\W*", re.I)
SO = re.compile(r"\W*(?:(?:okay|yeah|right|mm|mm-hmm|and|oh|hmm|yes)\W+)*so\b", re.I)
#: Rules whose affirmation or sympathy gives back what the client said; rules whose questions need no question mark.
AFFIRMS = (".effort", ".trait", ".support.hard")
SURE_QUESTIONS = (".open-invite", ".fact", ".scale", ".scale-why")
CUT_OFF = re.compile(r"\s*[-–—]+\s*$")


@dataclass
class Turn:
    """One utterance: who says what, where it stands in the file."""

    session: str
    number: str
    client: bool
    text: str
    topic: str


def read_sessions(path: Path, ids: set[str] | None) -> dict[str, list[Turn]]:
    """The utterances of each transcript in their order, each once however many annotators it has."""
    found: dict[str, dict[int, Turn]] = defaultdict(dict)
    with open(path, newline="", encoding="utf-8-sig") as file:
        reader = csv.DictReader(file)
        missing = [c for c in NEEDED if c not in (reader.fieldnames or ())]
        if missing:
            raise SystemExit(f"{path}: missing column(s): {', '.join(missing)}")
        for row in reader:
            session, number = row["transcript_id"], row["utterance_id"]
            if ids is None or session in ids:
                client = row["interlocutor"] == "client"
                turn = Turn(session, number, client, row["utterance_text"], row["topic"])
                found[session].setdefault(int(number), turn)
    lost = (ids or set()) - set(found)
    if lost:
        raise SystemExit(f"{path}: no such transcript: {', '.join(sorted(lost))}")
    return {session: [turns[n] for n in sorted(turns)] for session, turns in found.items()}


def read_ids(given: str | None) -> set[str] | None:
    """Transcript ids from a JSON list, from ``FILE.json:KEY``, or from a text file."""
    if given is None:
        return None
    path, _, key = given.partition(".json:")
    path = path + ".json" if key else given
    text = Path(path).read_text(encoding="utf-8")
    if not path.endswith(".json"):
        return set(text.replace(",", " ").split())
    data = json.loads(text)
    return {str(i) for i in (data[key] if key else data)}


def target_of(topic: str) -> dict | None:
    """The behaviour a session is about, and whether there is to be more or less of it."""
    first = topic.split(";")[0].lower().strip()
    if not first:
        return None
    return {"behaviour": LESS.sub(" ", first).strip(), "direction": "less" if LESS.search(first) else "more"}


def heard(turns: list[Turn], at: int) -> str:
    """What the client said before this turn: the last words, and earlier ones where those say too little."""
    said: list[str] = []
    for turn in reversed(turns[:at]):
        if turn.client:
            said.insert(0, turn.text)
            if len(" ".join(said).split()) >= SHORT or len(said) == EARLIER:
                break
    return spoken(" ".join(said))


def spoken(text: str) -> str:
    """What was said, without the transcriber's remarks, false starts and repeated beginnings ("wh- what", "it-it")."""
    text = REMARK.sub(" ", text)
    text = PAUSE.sub(" ", text)
    for _ in range(2):
        text = AGAIN.sub("", text)
    return " ".join(text.split())


def begun(turns: list[Turn], at: int) -> tuple[str, int]:
    """The words that this turn goes on with where the client's "mm-hmm" came in between, and their place."""
    words, place = [], at
    while place >= 2 and len(words) < 3:
        before, between = turns[place - 2], turns[place - 1]
        if before.client or not between.client or len(between.text.split()) > 3 or not CUT_OFF.search(before.text):
            break
        place -= 2
        words.insert(0, CUT_OFF.sub("", before.text))
    return spoken(" ".join(words)), place


def code_counsellor(turns: list[Turn], at: int, so_far: Counter) -> dict[str, str]:
    """The scorer's columns for one turn of the counsellor; ``so_far`` counts what the session has held."""
    before, place = begun(turns, at)
    new = spoken(turns[at].text.lstrip(" -–—"))
    whole = f"{before} {new}" if before else new
    coding = code_turn(whole, previous=heard(turns, place), target=target_of(turns[at].topic), lang="en")
    lecture = so_far["turns"] >= 4 and so_far["input"] > LECTURE * so_far["turns"]
    found = columns(coding, len(whole) - len(new), lecture)
    so_far["turns"] += 1
    so_far["input"] += found["therapist_input_exists"] == "True"
    return found


def columns(coding: Coding, begin: int = 0, lecture: bool = False) -> dict[str, str]:
    """AnnoMI's columns from the acts of a turn that stand behind ``begin``.

    AnnoMI's coders heard the voice: its transcripts have a question mark where it rose, and "You found us okay?" is a
    question there; our coder reads that as a reflection with a check. A reflection
    must be the surer, the more speaks against one: a question, advice or information in the same turn, or a session
    in which much of that came before (``lecture``).
    """
    acts = [a for a in coding.acts if a.end > begin]
    new = coding.text[begin:]
    last = begin + max(new.rfind(mark, 0, len(new) - 1) for mark in ".?!")
    asked = [a for a in acts if a.code in QUESTIONS]
    given = [a for a in acts if a.code in INPUT]
    sure = {"clear"} if given or lecture else {"clear", "likely"} if asked else {"clear", "likely", "unsure"}
    heard_as = [a for a in acts if _hears(a) and a.certainty in sure]
    if asked and "?" not in new and not new.endswith("-") and not any(a.rule.endswith(SURE_QUESTIONS) for a in asked):
        heard_as, asked = heard_as + asked, []
    question = next((QUESTIONS[c] for c in QUESTIONS if any(a.code == c for a in asked)), "")
    if not asked and new.endswith("?") and not SMALL.fullmatch(new):
        question = "closed"
        heard_as = [a for a in heard_as if a.start < last or SO.match(new[last - begin + 1 :])]
    reflection = ""
    if heard_as:
        reflection = "complex" if any(REFLECTIONS.get(a.code) == "complex" for a in heard_as) else "simple"
    inputs = [INPUT[a.code] for a in given]
    advice = "advice" if "advice" in inputs else inputs[0] if inputs else ""
    if advice and (not question or coding.main in INPUT):
        main = "therapist_input"
    elif reflection and not asked:
        main = "reflection"
    else:
        main = "question" if question else "therapist_input" if advice else "reflection" if reflection else "other"
    return {
        "main_therapist_behaviour": main,
        "question_exists": str(bool(question)), "question_subtype": question,
        "reflection_exists": str(bool(reflection)), "reflection_subtype": reflection,
        "therapist_input_exists": str(bool(advice)), "therapist_input_subtype": advice,
    }  # fmt: skip


def _hears(act: Act) -> bool:
    """Is this a reflection in AnnoMI's sense, which has no class for what is affirmed or felt with ("That's hard")?"""
    return act.code in REFLECTIONS or act.rule.endswith(AFFIRMS)


def code_client(turns: list[Turn], at: int) -> dict[str, str]:
    """The scorer's column for one turn of the client."""
    turn = turns[at]
    coding = code_turn(spoken(turn.text), speaker="client", previous=None, target=target_of(turn.topic), lang="en")
    codes = [a.code for a in coding.acts]
    if coding.main == "mixed":
        talk = "sustain" if codes and codes[-1] == "sustain" else "change"
    else:
        away = coding.main in ("sustain", "discord")
        talk = "change" if coding.main.startswith("change") else "sustain" if away else "neutral"
    return {"client_talk_type": talk}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("csv", type=Path)
    parser.add_argument("--ids", help="JSON list, FILE.json:KEY, or a text file of transcript ids (all without it)")
    parser.add_argument("--out", type=Path, required=True)
    given = parser.parse_args()
    sessions = read_sessions(given.csv, read_ids(given.ids))
    with open(given.out, "w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, COLUMNS, restval="")
        writer.writeheader()
        for turns in sessions.values():
            so_far: Counter = Counter()
            for at, turn in enumerate(turns):
                found = code_client(turns, at) if turn.client else code_counsellor(turns, at, so_far)
                writer.writerow({"transcript_id": turn.session, "utterance_id": turn.number, **found})
    print(f"{len(sessions)} sessions, {sum(map(len, sessions.values()))} turns", file=sys.stderr)


if __name__ == "__main__":
    main()
