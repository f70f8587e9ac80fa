"""A file of items made to hang, fill the memory or run something is refused at once, with its line."""

import pytest

from mi_helpers.cases import loader
from mi_helpers.cases.loader import MAX_BYTES, MAX_DEPTH, CaseError, read_items

LAUGHS = "items:\n  - &a [ha, ha]\n" + "".join(
    f"  - &{new} [{', '.join([f'*{old}'] * 10)}]\n" for old, new in zip("abcdefgh", "bcdefghi", strict=True)
)
BLOCKS = "items:\n" + "".join(f"{'  ' * n}- k:\n" for n in range(1, 400))
BOMBS = {
    "a billion laughs": (LAUGHS, "line 2: anchors and aliases"),
    "a list that holds itself": ("items: &all [*all]\n", "line 1: anchors and aliases"),
    "merged without end": ("items:\n  - &a {x: 1}\n  - {<<: *a}\n", "line 2: anchors and aliases"),
    "lists in lists": ("items:\n  - " + "[" * 400_000, f"line 2: nested more than {MAX_DEPTH} deep"),
    "mappings in mappings": ("items:\n  - " + "{a: " * 200_000, f"line 2: nested more than {MAX_DEPTH} deep"),
    "blocks in blocks": (BLOCKS, f"nested more than {MAX_DEPTH} deep"),
    "a tag that runs something": ("items:\n  - !!python/object/apply:os.system [ls]\n", "line 2: tags are not used here"),
    "a tag that makes a set": ("items:\n  - !!set {a, b}\n", "line 2: tags are not used here"),
    "a tag that fits nothing": ("items:\n  - !!timestamp never\n", "line 2: tags are not used here"),
    "a number without end": ("items:\n  - " + "9" * 900_000 + "\n", "l01.yaml, line 2"),
    "a number of sixties": ("items:\n  - 1" + ":59" * 200_000 + "\n", "l01.yaml, line 2"),
    "a day that is none": ("items:\n  - 2026-02-31\n", "l01.yaml, line 2"),
    "many documents": ("--- []\n" * 10_000, "l01.yaml: "),
    "keys without end": ("items:\n  - {" + ", ".join(f"k{n}: 1" for n in range(20_000)) + "}\n", "l01.yaml, line 2"),
    "one word without end": ("items:\n  - " + "x" * 900_000 + "\n", "l01.yaml, line 2"),
    "too large": ("#" * (MAX_BYTES + 1), "larger than"),
}


@pytest.mark.parametrize("parser", ["CSafeLoader", "SafeLoader"])
@pytest.mark.parametrize("bomb", BOMBS)
def test_a_bomb_is_refused(bomb, parser, tmp_path, monkeypatch):
    monkeypatch.setattr(loader, "_Base", getattr(loader.yaml, parser, loader.yaml.SafeLoader))
    text, said = BOMBS[bomb]
    path = tmp_path / "l01.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(CaseError) as refused:
        read_items(path)
    assert said in str(refused.value)
