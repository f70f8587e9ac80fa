"""The notebooks as files: level in both languages, clean, and pointing only at what exists."""

import ast
import json
import re
from itertools import groupby

import pytest

from mi_helpers.cases.loader import lesson_items
from mi_helpers.cases.schema import NoteItem, RewriteItem
from mi_helpers.resources import FOLDERS, LANGUAGES, content_root, notebook
from mi_helpers.ui.figures import NAMES
from mi_helpers.ui.lab import NAMES as PARTS
from mi_helpers.ui.links import BESIDE

ROOT = content_root()
FILES = sorted(p for folder in FOLDERS for lang in LANGUAGES for p in (ROOT / folder / lang).glob("*.ipynb"))
PAIRS = sorted({(p.parent.parent.name, p.stem) for p in FILES})
LESSONS = sorted({p.stem for p in FILES if p.parent.parent.name == "course" and ("course", p.stem) not in BESIDE})

#: What of the inventory of the sources a lesson has to teach.
TAUGHT = {
    "01_righting_reflex": {
        *(f"S000-{n}" for n in (*range(1, 13), 37, 38, 39)),
        *(f"S001-{n}" for n in range(1, 6)),
        *(f"S003-{n}" for n in (1, 2, 3, 4, 5, 6, 10, 12)),
        *(f"S004-{n}" for n in (1, 2, 8)),
    },
}
DUTCH, ENGLISH = re.compile(r"\b(de|het|een|je|niet|wat|dat)\b"), re.compile(r"\b(the|a|you|not|what|that)\b")

files = pytest.mark.parametrize("path", FILES, ids=lambda p: p.relative_to(ROOT).as_posix())


def read(path) -> dict:
    return json.loads(path.read_text(encoding="utf-8"))


def source(cell) -> str:
    return "".join(cell["source"])


def calls(nb) -> list[tuple[str, list[str]]]:
    """The widget calls of a notebook: name and arguments."""
    found = []
    for cell in nb["cells"][1:]:
        if cell["cell_type"] == "code":
            call = ast.parse(source(cell), mode="eval").body
            assert call.func.value.id == "here", "one call on the page per cell"
            found.append((call.func.attr, [a.value for a in call.args]))
    return found


def test_there_is_a_home_and_a_first_lesson_in_every_folder():
    assert ("course", "00_home") in PAIRS
    assert {(folder, "01_righting_reflex") for folder in FOLDERS} <= set(PAIRS)


@pytest.mark.parametrize(("folder", "name"), PAIRS)
def test_both_languages_have_the_same_cells(folder, name):
    english, dutch = (read(notebook(folder, lang, name)) for lang in ("en", "nl"))
    shape = [[(c["id"], c["cell_type"], c["metadata"]) for c in nb["cells"]] for nb in (english, dutch)]
    assert shape[0] == shape[1]
    assert calls(english) == calls(dutch)


@files
def test_a_notebook_holds_no_outputs_and_is_written_plainly(path):
    nb = read(path)
    for cell in nb["cells"]:
        if cell["cell_type"] == "code":
            assert cell["outputs"] == []
            assert cell["execution_count"] is None
    assert (nb["nbformat"], nb["nbformat_minor"]) == (4, 5)
    assert path.read_text(encoding="utf-8") == json.dumps(nb, ensure_ascii=False, indent=1) + "\n"


@files
def test_the_first_cell_sets_up_the_page_that_the_path_names(path):
    folder, lang = path.parent.parent.name, path.parent.name
    first = read(path)["cells"][0]
    assert first["cell_type"] == "code"
    assert first["metadata"]["tags"] == ["setup"]
    assert source(first) == f'from mi_helpers.ui import page\n\nhere = page("{folder}", "{path.stem}", "{lang}")'


@files
def test_the_metadata_agree_with_the_path(path):
    meta = read(path)["metadata"]
    title = meta["mi_course"].pop("title")
    plots = meta["mi_course"].pop("plots", False)
    assert plots is any(name == "lab" for name, _ in calls(read(path))), "what draws plots loads where there are any"
    assert meta["mi_course"] == {
        "folder": path.parent.parent.name,
        "name": path.stem,
        "lesson": int(path.stem[:2]),
        "lang": path.parent.name,
    }
    assert title.strip() == title != ""
    assert meta["kernelspec"]["name"] == "python3"


def test_every_page_of_a_language_has_its_own_title():
    titles = sorted((p.parent.name, read(p)["metadata"]["mi_course"]["title"]) for p in FILES)
    assert [t for t, group in groupby(titles) if len(list(group)) > 1] == []


@files
def test_cell_ids_are_readable_and_tags_tell_the_kind(path):
    cells = read(path)["cells"]
    ids = [c["id"] for c in cells]
    assert len(set(ids)) == len(ids)
    assert all(re.fullmatch(r"[a-z][a-z0-9-]{1,40}", i) for i in ids)
    for cell in cells[1:]:
        assert cell["metadata"].get("tags") == (["widget"] if cell["cell_type"] == "code" else None)


@files
def test_every_call_points_at_something_that_exists(path):
    nb = read(path)
    items = {i.id: i for i in lesson_items(nb["metadata"]["mi_course"]["lesson"])}
    for name, args in calls(nb):
        if name == "note":
            assert isinstance(items[args[0]], NoteItem)
        elif name == "rewrite":
            assert isinstance(items[args[0]], RewriteItem)
        elif name == "item":
            assert not isinstance(items[args[0]], NoteItem)
        elif name == "figure":
            assert args[0] in NAMES
        elif name == "lab":
            assert args[0] in PARTS
            assert all(i in items for i in args[1:])
        else:
            assert name in {"home", "exercises", "solutions", "next", "glossary", "privacy", "search"}
            assert args == []


@pytest.mark.parametrize("name", LESSONS)
def test_a_lesson_uses_all_its_notes_once_and_ends_in_a_way_on(name):
    used = calls(read(notebook("course", "en", name)))
    notes = [args[0] for call, args in used if call == "note"]
    assert sorted(notes) == sorted(i.id for i in lesson_items(int(name[:2])) if isinstance(i, NoteItem))
    assert used[0][0] == "note"
    assert used[-1] == ("next", [])


@pytest.mark.parametrize("name", LESSONS)
def test_a_lesson_teaches_what_it_should(name):
    cells = read(notebook("course", "en", name))["cells"]
    taught = {seed for c in cells for seed in c["metadata"].get("covers", ())}
    assert TAUGHT.get(name, set()) - taught == set()
    parts = [c["metadata"]["mi"]["part"] for c in cells[1:]]
    assert set(parts) == {"core", "extra", "instructors"}
    assert parts[-1] == "instructors"


@files
def test_the_text_is_in_the_language_of_its_folder(path):
    text = " ".join(source(c) for c in read(path)["cells"] if c["cell_type"] == "markdown")
    dutch, english = len(DUTCH.findall(text)), len(ENGLISH.findall(text))
    assert (dutch > 4 * english) if path.parent.name == "nl" else (english > 4 * dutch)


@files
def test_the_text_opens_with_one_heading_closes_its_folds_and_asks_nothing_of_the_web(path):
    cells = [source(c) for c in read(path)["cells"] if c["cell_type"] == "markdown"]
    assert [bool(re.search(r"^# ", c, re.M)) for c in cells] == [True] + [False] * (len(cells) - 1)
    for text in cells:
        assert text.count("<details>") == text.count("</details>") == text.count("<summary>") == text.count("</summary>")
        # what stands in a fold is read as Markdown only after an empty line
        assert not re.search(r"</summary>\n(?!\n)|[^\n>]\n</details>", text)
        assert not re.search(r"https?://|<script|<img|<iframe", text)
