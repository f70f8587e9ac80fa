"""Check files of items: ``python -m mi_helpers.cases exercises/cases/l02.yaml``; without files, all of them."""

import sys
from collections import Counter
from pathlib import Path

from mi_helpers.cases.loader import CaseError, read_items
from mi_helpers.resources import cases_folder


def main(names: list[str]) -> int:
    """Say what each file holds, or what is wrong with it; 1 where something is."""
    wrong = 0
    for path in [Path(name) for name in names] or sorted(cases_folder().glob("l[0-9][0-9].yaml")):
        try:
            items = read_items(path)
        except (CaseError, OSError) as e:
            print(e, file=sys.stderr)
            wrong = 1
            continue
        kinds = ", ".join(f"{kind} {n}" for kind, n in sorted(Counter(i.kind for i in items).items()))
        print(f"{path.name}: {len(items)} items ({kinds}); core {sum(i.core for i in items)}, hard {sum(i.hard for i in items)}")
    return wrong


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
