"""The browser code of a box is fetched where a server keeps it, and sent along where none does."""

import json
import re
from pathlib import Path

from mi_helpers.app.server import ASSETS as SERVED
from mi_helpers.ui.choice_box import ChoiceBox
from mi_helpers.ui.lab.model import Arrows
from mi_helpers.ui.lab.view import Under
from mi_helpers.ui.scripts import ASSETS, Script
from mi_helpers.ui.writing_box import WritingBox


def box(store, say):
    return WritingBox(store, say, place="l01-a", label="label", placeholder="")


def test_in_jupyterlab_the_code_comes_with_the_box(store, say, monkeypatch):
    monkeypatch.delenv(ASSETS, raising=False)
    assert "function heartbeat(" in box(store, say)._esm and "export default { render }" in box(store, say)._esm


def test_a_page_of_the_server_fetches_what_the_browser_keeps(store, say, monkeypatch):
    monkeypatch.setenv(ASSETS, "/base/voila/assets/0123")
    sent = box(store, say)._esm
    assert len(sent) < 600
    addresses = json.loads(re.search(r"\[.*?\]", sent)[0])
    assert addresses == ["/base/voila/assets/0123/shared.js", "/base/voila/assets/0123/writing_box.js"]


def test_the_server_has_each_of_them(monkeypatch):
    monkeypatch.setenv(ASSETS, "here")
    for kind in (WritingBox, ChoiceBox, Arrows, Under):
        script = kind.__dict__["_esm"]
        assert isinstance(script, Script)
        for address in json.loads(re.search(r"\[.*?\]", str(script))[0]):
            name = address.removeprefix("here/")
            assert re.fullmatch(r"\w+\.js", name) and any((Path(it) / name).is_file() for it in SERVED)
