"""Read exercise items from YAML, safely, with errors that name file, line and field."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path

import yaml
from pydantic import TypeAdapter, ValidationError

from mi_helpers.cases.kinds import KINDS, AnyItem
from mi_helpers.cases.schema import Item
from mi_helpers.resources import cases_folder

MAX_BYTES = 1_000_000
#: Lists and mappings within each other; an item needs six.
MAX_DEPTH = 20
_ITEM = TypeAdapter(AnyItem)
_Base = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class CaseError(ValueError):
    """An item file cannot be used; the message names file, line and field."""


class _Loader(_Base):
    """Safe loader without doubled keys (no item lost in silence)."""

    def construct_mapping(self, node, deep=False):
        seen = set()
        for key, _ in node.value:
            if not isinstance(key, yaml.ScalarNode):
                raise yaml.YAMLError(f"line {key.start_mark.line + 1}: a key is one word, not a list or a mapping")
            if key.value in seen:
                raise yaml.YAMLError(f"line {key.start_mark.line + 1}: the key {key.value!r} stands here twice")
            seen.add(key.value)
        return super().construct_mapping(node, deep)


# only true and false are truth values and only a few digits a number: "no", 10:30 and 3-1 are what somebody says
_Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in found if not tag.endswith((":bool", ":int", ":float", ":timestamp"))]
    for first, found in _Base.yaml_implicit_resolvers.items()
}
_Loader.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile(r"^(?:true|false)$"), list("tf"))
_Loader.add_implicit_resolver("tag:yaml.org,2002:int", re.compile(r"^(?:0|[1-9][0-9]{0,8})$"), list("0123456789"))


def _refuse_bombs(text: str) -> None:
    """No anchors and aliases, no tags, nothing nested without end; said before anything is made of the text.

    Looks at the events, as the C parser composes nodes out of our sight.
    """
    depth = 0
    for event in yaml.parse(text, Loader=_Base):
        line = event.start_mark.line + 1
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            raise yaml.YAMLError(f"line {line}: anchors and aliases are not used here")
        if getattr(event, "tag", None):
            raise yaml.YAMLError(f"line {line}: tags are not used here ({event.tag})")
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > MAX_DEPTH:
            raise yaml.YAMLError(f"line {line}: nested more than {MAX_DEPTH} deep")


def _lines(node: yaml.Node, path: tuple = ()) -> dict[tuple, int]:
    """Map the path of every field to the line it stands on (counted from 1)."""
    found = {path: node.start_mark.line + 1}
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            found |= _lines(value, (*path, key.value))
            found[(*path, key.value)] = key.start_mark.line + 1
    elif isinstance(node, yaml.SequenceNode):
        for i, value in enumerate(node.value):
            found |= _lines(value, (*path, i))
    return found


def read_list(path: Path, name: str) -> tuple[str, list]:
    """Read a YAML file safely: a mapping with one key, which holds a list.

    Returns
    -------
    (text, list)
        The file as it stands, and what it holds under ``name``.

    Raises
    ------
    CaseError
        If the file is too large, no YAML, or of another shape.
    """
    if path.stat().st_size > MAX_BYTES:
        raise CaseError(f"{path.name}: larger than {MAX_BYTES} bytes; split the file")
    try:
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        raise CaseError(f"{path.name}: not saved as UTF-8; save the file again with that encoding") from None
    try:
        _refuse_bombs(text)
        data = yaml.load(text, Loader=_Loader)  # noqa: S506 - a SafeLoader
    except yaml.YAMLError as e:
        raise CaseError(f"{path.name}: {e}") from None
    if not isinstance(data, dict) or set(data) != {name} or not isinstance(data[name], list):
        raise CaseError(f"{path.name}, line 1: expected one key {name!r} with a list of records")
    return text, data[name]


def read_items(path: Path) -> tuple[Item, ...]:
    """Read and check one file of items.

    Parameters
    ----------
    path : pathlib.Path
        A YAML file: a mapping with the one key ``items``, a list of records.

    Raises
    ------
    CaseError
        If the file is too large, no YAML, or a record breaks the schema; names file, line and field.
    """
    text, records = read_list(path, "items")
    items, seen = [], set()
    for i, record in enumerate(records):
        try:
            item = _ITEM.validate_python(record)
        except ValidationError as e:
            raise CaseError(_say(path, text, i, record, e)) from None
        if item.id in seen:
            line = _lines(yaml.compose(text, Loader=_Loader))[("items", i, "id")]
            raise CaseError(f"{path.name}, line {line}, field id: the id {item.id!r} stands there twice")
        seen.add(item.id)
        items.append(item)
    return tuple(items)


def _say(path: Path, text: str, i: int, record, error: ValidationError) -> str:
    lines = _lines(yaml.compose(text, Loader=_Loader))
    name = record.get("id", f"number {i + 1}") if isinstance(record, dict) else f"number {i + 1}"
    said = []
    for problem in error.errors():
        # the discriminator stands in the location after validation; it is no field of the file
        loc = tuple(p for n, p in enumerate(problem["loc"]) if not (n == 0 and p in KINDS))
        if not loc and problem["type"].startswith("union_tag"):
            loc = ("kind",)
        at = ("items", i, *loc)
        while at not in lines:
            at = at[:-1]
        field = f"field {'.'.join(map(str, loc))}" if loc else "the record as a whole"
        said.append(f"{path.name}, line {lines[at]}, item {name}, {field}: {problem['msg']}")
    return "\n".join(said)


@lru_cache(maxsize=16)
def lesson_items(lesson: int) -> tuple[Item, ...]:
    """All items of one lesson (1 to 10), in the order of the file; empty where the lesson has none yet."""
    path = cases_folder() / f"l{lesson:02d}.yaml"
    return read_items(path) if path.exists() else ()


def item(item_id: str) -> Item:
    """One item by its id, e.g. ``"l01-physio-homework"``.

    Raises
    ------
    KeyError
        If no lesson has such an item.
    """
    lesson = int(item_id[1:3]) if item_id[1:3].isdigit() else 0
    for found in lesson_items(lesson):
        if found.id == item_id:
            return found
    raise KeyError(f"no item has the id {item_id!r}")
