"""Count how far a client's words lean: make ``mi_helpers/coder/weights/client_<lang>.tsv`` from labelled statements.

    pip install -e ".[fit]"
    python benchmarks/weigh_client.py en            # writes the weights anew
    python benchmarks/weigh_client.py en --try 5    # writes nothing: five parts, each read with weights from the other four

The statements stand in ``benchmarks/statements/<lang>*.tsv``, one a line: the code, what there is to be more or less of
("less: smoking"), what the counsellor said before (may be empty), the statement. In a mixed one the half that speaks for
change stands between ``[[`` and ``]]``; the halves are counted too, as change (of the kind the weights themselves find
likeliest) and as sustain talk. With ``--annomi CSV --ids FILE.json`` the client turns of those AnnoMI transcripts count too.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from pathlib import Path

from mi_helpers.coder import client, client_weigh, rules
from mi_helpers.coder.client_weigh import CHANGE, CODES
from mi_helpers.coder.match import Turn
from mi_helpers.coder.targets import target_of

sys.path.insert(0, str(Path(__file__).parent))
from fitting import Example, fit, rows_of, table_of, write  # noqa: E402 - beside this file

HERE = Path(__file__).parent
HALF_SHARE, ANNOMI_SHARE = 0.5, 0.33


def read(path: Path, lang: str, number: int) -> list[Example]:
    """The statements of one file, the halves of mixed ones behind them.

    Raises
    ------
    SystemExit
        If a line has not four columns or names an unknown code; says which.
    """
    found = []
    for line, (place, (code, target, _, text)) in enumerate(rows_of(path, 4), 1):
        if code not in CODES or (code == "mixed") != ("[[" in text):
            raise SystemExit(f"{place}: not a code, a target, words before and a statement (with [[ ]] if mixed)")
        way, behaviour = target.split(": ", 1)
        found += examples(code, text, {"behaviour": behaviour, "direction": way}, lang, number + line)
    return found


def examples(code: str, text: str, target: dict | None, lang: str, number: int, share: float = 1.0) -> list[Example]:
    """What one statement teaches."""
    begin, end = text.find("[["), text.find("]]") - 2
    turn = Turn.of(text.replace("[[", "").replace("]]", ""), None, rules.load(lang), "client")
    clauses = client._read(turn, target_of(target, lang))
    if not clauses:
        return []
    signs = lambda part: client_weigh.signs(turn, part, client._decide(part)[0])  # noqa: E731
    found = [Example(signs(clauses), set(CHANGE) if code == "change" else {code}, share, number)]
    places = [turn.place(c.start, c.end) for c in clauses]
    inside = [min(e, end) - max(s, begin) > (e - s) / 2 for s, e in places]
    turns = [i for i in range(1, len(clauses)) if inside[i] != inside[i - 1]]
    if code == "mixed" and len(turns) == 1:
        for part, change in ((clauses[: turns[0]], inside[0]), (clauses[turns[0] :], inside[-1])):
            found.append(Example(signs(part), set(CHANGE) if change else {"sustain"}, HALF_SHARE, number))
    return found


def annomi(path: Path, ids: str) -> list[Example]:
    """The client's turns of AnnoMI transcripts, and whether the experts heard change talk, sustain talk or neither."""
    import csv

    from annomi import read_ids, read_sessions, spoken
    from annomi import target_of as behaviour_of

    with open(path, newline="", encoding="utf-8-sig") as file:
        coded = {(row["transcript_id"], row["utterance_id"]): row["client_talk_type"] for row in csv.DictReader(file)}
    turns = [t for session in read_sessions(path, read_ids(ids)).values() for t in session if t.client and 0 < len(t.text.split()) <= 60]
    return [e for t in turns for e in examples(coded[t.session, t.number], spoken(t.text), behaviour_of(t.topic), "en", -1, ANNOMI_SHARE)]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("lang", choices=("en", "nl"))
    parser.add_argument("--try", dest="parts", type=int, default=0, help="how many parts to try in turn; writes nothing")
    parser.add_argument("--annomi", type=Path)
    parser.add_argument("--ids")
    asked = parser.parse_args()
    found: list[Example] = []
    for path in sorted((HERE / "statements").glob(f"{asked.lang}*.tsv")):
        found += read(path, asked.lang, 100_000 * len(found))
    more = annomi(asked.annomi, asked.ids) if asked.annomi else []
    if not asked.parts:
        model, vectorizer = fit([*found, *more], CODES)
        rows = table_of(model, vectorizer, CODES)
        write(rows, f"client_{asked.lang}", CODES)
        print(f"{len({e.number for e in found})} statements, {len(rows) - 1} signs")
        return
    right = Counter()
    for part in range(asked.parts):
        model, vectorizer = fit([*(e for e in found if e.number % asked.parts != part), *more], CODES)
        for e in (e for e in found if e.number % asked.parts == part and e.share == 1):
            said = CODES[model.predict(vectorizer.transform([e.signs]))[0]]
            right["code"] += said in e.may_be
            right["way"] += said[:6] in {code[:6] for code in e.may_be}
            right["all"] += 1
    print(f"{right['all']} statements: code right {right['code'] / right['all']:.3f}, direction right {right['way'] / right['all']:.3f}")


if __name__ == "__main__":
    main()
