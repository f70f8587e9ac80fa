"""A store in a temporary folder, an item, and feedback whose outcome the test decides."""

from __future__ import annotations

import pytest
from made_to_order import an_item, feedback_for

import mi_helpers.coder
import mi_helpers.feedback
from mi_helpers.progress import open_store
from mi_helpers.ui.strings import strings
from mi_helpers.ui.writing_box import WritingBox


@pytest.fixture
def item():
    return an_item()


@pytest.fixture
def store(tmp_path):
    return open_store(f"sqlite:///{(tmp_path / 'words.sqlite3').as_posix()}")


@pytest.fixture
def say():
    return strings("en")


@pytest.fixture
def readings(monkeypatch):
    """The calls of ``on_rewrite``; ``readings.changes`` changes what it answers, ``readings.fail`` lets it fail."""

    class Readings(list):
        changes: dict = {}
        fail = False

    calls = Readings()

    def on_rewrite(item, text, lang, *, earlier=()):
        calls.append((item.id, text, lang, list(earlier)))
        if calls.fail:
            raise RuntimeError("feedback is broken")
        return feedback_for(text, **calls.changes)

    monkeypatch.setattr(mi_helpers.feedback, "on_rewrite", on_rewrite)
    monkeypatch.setattr(mi_helpers.feedback, "code_label", lambda code, lang: code.replace("_", " "))
    monkeypatch.setattr(mi_helpers.coder, "rules_version", lambda: "test-rules")
    return calls


@pytest.fixture
def sent(monkeypatch):
    """What the kernel sent to the browser, as (place, message)."""
    messages = []
    monkeypatch.setattr(WritingBox, "send", lambda self, content, buffers=None: messages.append((self.place, content)))
    return messages
