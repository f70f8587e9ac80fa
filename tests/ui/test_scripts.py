"""The browser code of a box is taken from where a server keeps it, and sent along where none does."""

import re
from pathlib import Path

import pytest

from mi_helpers.app.server import ASSETS as SERVED
from mi_helpers.ui.choice_box import ChoiceBox
from mi_helpers.ui.lab.model import Arrows
from mi_helpers.ui.lab.view import Under
from mi_helpers.ui.scripts import ASSETS
from mi_helpers.ui.writing_box import WritingBox

KINDS = (WritingBox, ChoiceBox, Arrows, Under)
IMPORT = re.compile(r'^import \{ ([^}]*) \} from "\./(\w+\.js)";$', re.MULTILINE)


@pytest.mark.parametrize("kind", KINDS)
def test_in_jupyterlab_the_code_comes_whole_with_the_box(kind, monkeypatch):
    monkeypatch.delenv(ASSETS, raising=False)
    code = str(kind._esm)
    assert "export default { render }" in code and not re.search(r"^import |await import", code, re.MULTILINE)
    names = re.findall(r"^(?:export )?(?:async )?(?:function|const|let|class) (\w+)", code, re.MULTILINE)
    assert len(names) == len(set(names)), "one name in two files"
    for file in _files():
        for wanted, _ in IMPORT.findall(file.read_text(encoding="utf-8")):
            if file.read_text(encoding="utf-8").split("*/")[-1] in code:
                assert set(wanted.split(", ")) <= set(names), file.name


@pytest.mark.parametrize("kind", KINDS)
def test_a_page_of_the_server_takes_what_the_browser_keeps(kind, monkeypatch):
    monkeypatch.setenv(ASSETS, "/base/voila/assets/0123")
    sent = str(kind._esm)
    name = re.search(r'"/base/voila/assets/0123/(\w+\.js)"', sent)[1]
    assert len(sent) < 200 and any((Path(it) / name).is_file() for it in SERVED)


def test_what_a_box_has_is_decided_when_it_is_made(store, say, monkeypatch):
    def made():
        return WritingBox(store, say, place="l01-a", label="label", placeholder="")._esm

    monkeypatch.delenv(ASSETS, raising=False)
    assert len(made()) > 5000
    monkeypatch.setenv(ASSETS, "/voila/assets/0123")
    assert len(made()) < 200


def test_each_file_imports_what_is_there():
    for file in _files():
        for wanted, name in IMPORT.findall(file.read_text(encoding="utf-8")):
            there = (file.parent / name).read_text(encoding="utf-8")
            assert set(wanted.split(", ")) <= set(re.findall(r"^export function (\w+)", there, re.MULTILINE)), file.name


def _files() -> list[Path]:
    return sorted(Path(SERVED[1]).glob("*.js"))
