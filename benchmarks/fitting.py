"""What the scripts that make ``mi_helpers/coder/weights`` share: fit a logistic regression, and write it as a table."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

from mi_helpers.coder import leaning

OUT = Path(leaning.__file__).parent / "weights"
#: A smaller weight than this is left out.
LEAST = 0.09
#: Strength of the pull toward 0 (the C of scikit-learn), how often a sign must be seen, rounds of settling.
PULL, SEEN, ROUNDS = 1.0, 2, 3


@dataclass
class Example:
    """Signs, the codes it may be, how much it counts, and the statement it comes from."""

    signs: dict[str, float]
    may_be: set[str]
    share: float
    number: int


def rows_of(path: Path, columns: int) -> Iterator[tuple[str, list[str]]]:
    """The lines of a file of examples, cut at the tabs, each with its place in words.

    Raises
    ------
    SystemExit
        If a line has another number of columns; says which.
    """
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        parts = line.split("\t")
        if len(parts) != columns:
            raise SystemExit(f"{path}:{number}: {len(parts)} columns instead of {columns}")
        yield f"{path}:{number}", parts


def fit(found: list[Example], codes: tuple[str, ...]) -> tuple[LogisticRegression, DictVectorizer]:
    """Weights, and what they are weights of; where several codes are possible, the likeliest by the weights before counts.

    The classes of the model are places in ``codes``.
    """
    seen = Counter(sign for e in found for sign in e.signs)
    vectorizer = DictVectorizer()
    table = vectorizer.fit_transform([{s: v for s, v in e.signs.items() if seen[s] >= SEEN} for e in found])
    may_be = np.array([[code in e.may_be for code in codes] for e in found])
    share, use = np.array([e.share for e in found]), may_be.sum(axis=1) == 1
    label = may_be.argmax(axis=1)
    for _ in range(ROUNDS):
        model = LogisticRegression(C=PULL, max_iter=400).fit(table[use], label[use], sample_weight=share[use])
        chance = np.zeros(may_be.shape)
        chance[:, model.classes_] = model.predict_proba(table)
        label, use = np.where(may_be, chance, -1).argmax(axis=1), np.ones(len(found), bool)
    return model, vectorizer


def table_of(model: LogisticRegression, vectorizer: DictVectorizer, codes: tuple[str, ...]) -> dict[str, list[int]]:
    """Sign to its weight for each code, in hundredths; the empty sign is where sums begin.

    Parameters
    ----------
    model : LogisticRegression
        Its classes are places in ``codes``.
    """
    weights = np.zeros((len(codes), len(vectorizer.feature_names_)))
    weights[model.classes_] = model.coef_
    start = np.full(len(codes), -9.0)
    start[model.classes_] = model.intercept_
    weights[np.abs(weights) < LEAST] = 0
    found = {"": [round(100 * x) for x in start]}
    for sign, column in zip(vectorizer.get_feature_names_out(), weights.T):
        if column.any():
            found[sign] = [round(100 * x) for x in column]
    return found


def write(rows: dict[str, list[int]], name: str, codes: tuple[str, ...]) -> None:
    """Write a table of weights."""
    lines = ["\t".join(["sign", *codes]), *("\t".join([sign, *map(str, row)]) for sign, row in sorted(rows.items()))]
    (OUT / f"{name}.tsv").write_text("\n".join(lines) + "\n", encoding="utf-8")
