"""Count how far words lean: make ``mi_helpers/coder/weights/<lang>.tsv`` from labelled replies.

    pip install -e ".[fit]"
    python benchmarks/weigh.py en            # writes the weights anew
    python benchmarks/weigh.py en --try 5    # writes nothing: five parts, each read with weights from the other four

The replies stand in ``benchmarks/replies/<lang>*.tsv``, one a line: what the reply does, what the client said, the reply.
What it does is a code for each act, in order, with " // " between the acts in the reply where there are several; or only
``consistent``, ``neutral`` or ``inconsistent`` where nobody said more. A sentence is weighed as a whole, so a push in it
decides. Which sentence of a reply holds the one act that was named, and which code a bare ``inconsistent`` stands for, is
settled in a few rounds by the weights themselves (expectation maximisation, hard assignments).

The rules were made looking at the replies in ``*_known.tsv`` and in the exercises, so there a rule hits more often than it would elsewhere: these are
counted half as they are, and half as if no rule had fired.

With ``--annomi CSV --ids FILE.json`` the turns of those AnnoMI transcripts are counted too, each for a third.
"""

from __future__ import annotations

import argparse
import sys
from collections import defaultdict
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

from mi_helpers.cases import lesson_items
from mi_helpers.coder import match, rules, weigh
from mi_helpers.coder.model import CONSISTENT
from mi_helpers.coder.weigh import CODES, PUSHES

sys.path.insert(0, str(Path(__file__).parent))
from fitting import rows_of, table_of, write  # noqa: E402 - beside this file

HERE = Path(__file__).parent
#: What a bare verdict may stand for.
VERDICTS = {
    "consistent": {c for c in CODES if CONSISTENT.get(c)},
    "reflection": set(weigh.REFLECTIONS),
    "inconsistent": {*PUSHES, "reassure"},
    "neutral": {*weigh.NEITHER, "open_question"},
    "nothing": {"support", "structure", "facilitate", "other"},
}
#: Strength of the pull toward 0 (the C of scikit-learn), rounds of settling, how often a sign must be seen.
PULL, ROUNDS, SEEN = 1.0, 4, 3
ANNOMI_SHARE, KNOWN_SHARE = 0.33, 0.5


@dataclass
class Reply:
    """One labelled reply and what is weighed in it: the signs of each sentence, and the codes each may have."""

    acts: list[str]
    client: str
    text: str
    share: float = 1.0
    by_rules: bool = True
    signs: list[dict[str, float]] = field(default_factory=list)
    may_be: list[set[str] | None] = field(default_factory=list)


def read_replies(path: Path) -> list[Reply]:
    """The replies of one file.

    Raises
    ------
    SystemExit
        If a line has not three columns or names an unknown code; says which.
    """
    found = []
    for place, (code, client, text) in rows_of(path, 3):
        acts = code.split("|")
        unknown = [a for a in acts if a not in CONSISTENT and a not in VERDICTS]
        if unknown or len(acts) > 1 and len(acts) != text.count(" // ") + 1:
            raise SystemExit(f"{place}: unknown code {unknown}" if unknown else f"{place}: {len(acts)} codes, other number of acts")
        found.append(Reply(acts, client, text))
    return found


def of_the_course(lang: str) -> list[Reply]:
    """What the course says of its own replies: righting reflexes, models, and replies written to order."""
    found = []
    for item in (item for lesson in range(1, 11) for item in lesson_items(lesson)):
        words = item.text(lang)
        if item.kind == "rewrite":
            found.append(Reply(["inconsistent"], words.client, words.reflex))
            found += [Reply(["consistent"], words.client, model.text) for model in words.models]
        elif item.kind == "write":
            wanted = [next((c for c in codes if c in CONSISTENT), "neutral") for codes in item.wants]
            found += [Reply([code], words.client, text) for model in words.models for code, text in zip(wanted, model.texts)]
    return found


def look(reply: Reply, lang: str) -> None:
    """Find the signs of each sentence, and what each sentence may be."""
    acts = reply.text.split(" // ")
    turn = match.Turn.of(" ".join(acts), reply.client, rules.load(lang))
    hits, cues = match.acts(turn) if reply.by_rules else [], match.fire(turn, "cue")
    ends = np.cumsum([len(a) + 1 for a in acts])
    for i, (start, end) in enumerate(turn.sentences):
        here = [h for h in hits if h.sentence == i]
        reply.signs.append(weigh.signs(turn, start, end, here, [c for c in cues if c.sentence == i]))
        codes = [c for c, e, length in zip(reply.acts, ends, map(len, acts)) if e - length - 1 < end and e - 1 > start]
        reply.may_be.append(_one(codes) if len(acts) > 1 else None)
    if len(acts) == 1 and (len(reply.signs) == 1 or reply.acts == ["summary"]):  # a summary is one in all its sentences
        reply.may_be = [_allowed(reply.acts[0])] * len(reply.signs)


def _allowed(act: str) -> set[str]:
    return VERDICTS.get(act) or ({act} if act in CODES else set(weigh.alike(act)))


def _one(codes: list[str]) -> set[str] | None:
    """A push decides how a sentence is heard, else what it ends on."""
    pushes = [c for c in codes if c in PUSHES or c == "reassure"]
    return _allowed((pushes or codes)[0 if pushes else -1]) if codes else None


class Fit:
    """Weights for one language from some replies."""

    def __init__(self, replies: list[Reply]):
        self.replies = [r for r in replies if r.signs]
        rows = [s for r in self.replies for s in r.signs]
        seen: dict[str, int] = defaultdict(int)
        for row in rows:
            for sign in row:
                seen[sign] += 1
        self.vectorizer = DictVectorizer()
        self.table = self.vectorizer.fit_transform([{s: v for s, v in row.items() if seen[s] >= SEEN} for row in rows]).tocsr()
        self.model = self._settle()

    def _settle(self) -> LogisticRegression:
        at = {code: i for i, code in enumerate(CODES)}
        label = np.full(self.table.shape[0], -1)
        share = np.concatenate([[r.share] * len(r.signs) for r in self.replies])
        first = np.cumsum([0, *(len(r.signs) for r in self.replies)])
        for r, start in zip(self.replies, first):
            for i, may_be in enumerate(r.may_be):
                if may_be and len(may_be) == 1:
                    label[start + i] = at[next(iter(may_be))]
        fixed = label >= 0
        for _ in range(ROUNDS):
            use = label >= 0
            model = LogisticRegression(C=PULL, max_iter=400).fit(self.table[use], label[use], sample_weight=share[use])
            chance = np.full((len(label), len(CODES)), 1e-9)
            chance[:, model.classes_] = model.predict_proba(self.table)
            for r, start in zip(self.replies, first):
                rows = np.arange(start, start + len(r.signs))
                if fixed[rows].any() or len(r.acts) > 1:
                    continue
                codes = [at[c] for c in _allowed(r.acts[0])]
                row, code = max(((i, c) for i in rows for c in codes), key=lambda pair: chance[pair])
                label[rows] = -1
                label[row] = code
                if r.acts[0] not in PUSHES and r.acts[0] not in ("inconsistent", "reassure"):
                    harmless = [at[c] for c in CODES if c not in PUSHES and c != "reassure"]
                    for other in rows[rows != row]:
                        label[other] = max(harmless, key=lambda c: chance[other, c])
        return model


def annomi(path: Path, ids: str) -> list[Reply]:
    """The counsellor's turns of AnnoMI transcripts with one behaviour each, and what the experts called them."""
    import csv

    from annomi import heard, read_ids, read_sessions, spoken  # beside this file

    coded = {}
    with open(path, newline="", encoding="utf-8-sig") as file:
        for row in csv.DictReader(file):
            coded.setdefault((row["transcript_id"], row["utterance_id"]), row)
    found = []
    for turns in read_sessions(path, read_ids(ids)).values():
        for i, turn in enumerate(turns):
            row = coded[turn.session, turn.number]
            exist = [row[f"{name}_exists"] == "True" for name in ("question", "reflection", "therapist_input")]
            text = spoken(turn.text)
            if turn.client or sum(exist) > 1 or not 0 < len(text.split()) <= 60:
                continue
            found.append(Reply([_behaviour(row, exist)], heard(turns, i), text, ANNOMI_SHARE))
    return found


def _behaviour(row: dict[str, str], exist: list[bool]) -> str:
    question, reflection, given = exist
    if question:
        return "open_question" if row["question_subtype"] == "open" else "closed_question"
    if reflection:
        return f"{row['reflection_subtype']}_reflection"
    if given:
        return "give_information" if row["therapist_input_subtype"] == "information" else "advise_without_permission"
    return "nothing"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("lang", choices=("en", "nl"))
    parser.add_argument("--try", dest="parts", type=int, default=0, help="how many parts to try in turn; writes nothing")
    parser.add_argument("--annomi", type=Path)
    parser.add_argument("--ids")
    asked = parser.parse_args()
    replies, more = [], annomi(asked.annomi, asked.ids) if asked.annomi else []
    known = 3 * of_the_course(asked.lang)
    for path in sorted((HERE / "replies").glob(f"{asked.lang}*.tsv")):
        (known if path.stem.endswith("_known") else replies).extend(read_replies(path))
    for reply in known:
        reply.share = KNOWN_SHARE
        more += [reply, replace(reply, by_rules=False, signs=[], may_be=[])]
    for reply in (*replies, *more):
        look(reply, asked.lang)
    if not asked.parts:
        fit = Fit([*replies, *more])
        rows = table_of(fit.model, fit.vectorizer, CODES)
        write(rows, asked.lang, CODES)
        print(f"{len(replies)} replies, {len(rows) - 1} signs")
        return
    right, pushes = [], []
    for part in range(asked.parts):
        fit = Fit([*(r for i, r in enumerate(replies) if i % asked.parts != part), *more])
        for r in replies[part :: asked.parts]:
            chances = fit.model.predict_proba(fit.vectorizer.transform(r.signs)) if r.signs else []
            for may_be, chance in zip(r.may_be, chances):
                if may_be and len(may_be) == 1:
                    codes = [CODES[c] for c in fit.model.classes_]
                    right.append(codes[chance.argmax()] in may_be)
                    pushes.append((codes[chance.argmax()] in PUSHES, bool(may_be & set(PUSHES))))
    said = np.array(pushes)
    print(f"{len(right)} sentences: code right {np.mean(right):.3f}, pushes seen {said[said[:, 1], 0].mean():.3f}, "
          f"taken for a push {said[~said[:, 1], 0].mean():.3f}")  # fmt: skip


if __name__ == "__main__":
    main()
