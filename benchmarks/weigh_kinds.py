"""Count how the kinds of push are worded: make ``mi_helpers/coder/weights/kinds_<lang>.tsv`` from named pushes.

    pip install -e ".[fit]"
    python benchmarks/weigh_kinds.py en            # writes the weights anew
    python benchmarks/weigh_kinds.py en --try 5    # writes nothing: five parts, each read with weights from the other four

The pushes stand in ``benchmarks/pushes/<lang>*.tsv``, one a line: the kind, what the client said, the reply. Run it after
``weigh.py``: what the coder makes of a reply is among the signs.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from mi_helpers.cases import lesson_items
from mi_helpers.coder import decide, naming, rules
from mi_helpers.coder.match import Turn
from mi_helpers.coder.model import ISSUE_KINDS

sys.path.insert(0, str(Path(__file__).parent))
from fitting import Example, fit, rows_of, table_of, write  # noqa: E402 - beside this file

HERE = Path(__file__).parent


def read(path: Path, lang: str) -> list[Example]:
    """The pushes of one file.

    Raises
    ------
    SystemExit
        If a line has not three columns or names an unknown kind; says which.
    """
    found = []
    for line, (place, (kind, client, reply)) in enumerate(rows_of(path, 3), 1):
        if kind not in ISSUE_KINDS:
            raise SystemExit(f"{place}: unknown kind {kind!r}")
        found.append(example({kind}, client, reply, lang, line))
    return found


def example(kinds: set[str], client: str, reply: str, lang: str, number: int = -1) -> Example:
    """What one push teaches: one kind of it is what it is."""
    turn = Turn.of(reply, client, rules.load(lang))
    acts, named, _ = decide.read_acts(turn)
    return Example(naming.signs(turn, acts, named), kinds, 1.0, number)


def of_the_course(lang: str) -> list[Example]:
    """The righting reflexes of the course, each with the kinds that its item names."""
    items = [item for lesson in range(1, 11) for item in lesson_items(lesson) if item.kind == "rewrite"]
    return [example(set(item.reflex_issues), item.text(lang).client, item.text(lang).reflex, lang) for item in items]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("lang", choices=("en", "nl"))
    parser.add_argument("--try", dest="parts", type=int, default=0, help="how many parts to try in turn; writes nothing")
    asked = parser.parse_args()
    found = [e for path in sorted((HERE / "pushes").glob(f"{asked.lang}*.tsv")) for e in read(path, asked.lang)]
    more = 3 * of_the_course(asked.lang)
    if not asked.parts:
        model, vectorizer = fit([*found, *more], ISSUE_KINDS)
        rows = table_of(model, vectorizer, ISSUE_KINDS)
        write(rows, f"kinds_{asked.lang}", ISSUE_KINDS)
        print(f"{len(found)} pushes, {len(rows) - 1} signs")
        return
    right = 0
    for part in range(asked.parts):
        model, vectorizer = fit([*(e for e in found if e.number % asked.parts != part), *more], ISSUE_KINDS)
        here = [e for e in found if e.number % asked.parts == part]
        said = model.predict(vectorizer.transform([e.signs for e in here]))
        right += sum(ISSUE_KINDS[place] in e.may_be for place, e in zip(said, here))
    print(f"{len(found)} pushes: kind right {right / len(found):.3f}")


if __name__ == "__main__":
    main()
