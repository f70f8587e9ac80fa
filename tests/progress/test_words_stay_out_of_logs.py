"""What the store says of an error holds nothing of what a learner wrote, whatever raised it."""

import sqlite3

import pydantic
import pytest

from mi_helpers.cases.loader import CaseError, read_items
from mi_helpers.progress.server import Server
from mi_helpers.progress.troubles import describe, told

SAID = "Zo heb ik dat nog nooit gezegd"


class Answer(pydantic.BaseModel):
    text: int


def pydantic_error():
    Answer.model_validate({"text": SAID})


def no_number():
    int(SAID)


def no_such_key():
    {}[SAID]


def half_a_character():
    (SAID + "\ud83d").encode()


def words_that_no_column_takes():
    with Server("sqlite://").connect(writing=True, patience=1) as link:
        link.run("CREATE TABLE draft (text TEXT CHECK (text = ''))")
        link.run("INSERT INTO draft (text) VALUES (:text)", text=SAID)


def words_in_a_kind_that_no_driver_takes():
    with Server("sqlite://").connect(writing=True, patience=1) as link:
        link.run("SELECT :text, :other", text=SAID, other=object())


def words_without_a_value():
    with Server("sqlite://").connect(writing=True, patience=1) as link:
        link.run("SELECT :text, :other", text=SAID)


def sqlite_itself():
    with sqlite3.connect(":memory:") as link:
        link.execute("CREATE TABLE draft (text TEXT UNIQUE)")
        link.executemany("INSERT INTO draft VALUES (?)", [(SAID,), (SAID,)])


@pytest.mark.parametrize("fails", [
    pydantic_error, no_number, no_such_key, half_a_character, words_that_no_column_takes,
    words_in_a_kind_that_no_driver_takes, words_without_a_value, sqlite_itself,
])  # fmt: skip
def test_no_trouble_quotes_what_was_written(fails):
    with pytest.raises(Exception) as caught:  # noqa: PT011 - each its own
        fails()
    trouble = describe(caught.value, "here", None)
    assert SAID not in f"{trouble.detail} {trouble.message} {told(caught.value, 'here', None)}"
    assert type(getattr(caught.value, "orig", None) or caught.value).__name__ in trouble.detail or "SQLITE" in trouble.detail


@pytest.mark.parametrize("fails", [
    words_that_no_column_takes, words_in_a_kind_that_no_driver_takes, words_without_a_value,
])  # fmt: skip
def test_no_error_of_a_database_quotes_them_even_in_a_traceback(fails):
    with pytest.raises(Exception) as caught:  # noqa: PT011 - each its own
        fails()
    assert SAID not in str(caught.value) and SAID not in str(caught.value.__cause__)


def test_an_error_in_a_file_of_items_does_not_quote_the_file(tmp_path):
    path = tmp_path / "l01.yaml"
    path.write_text(f"items:\n  - {{kind: rewrite, id: l01-x, lesson: 1, core: '{SAID}', en: '{SAID}'}}\n", encoding="utf-8")
    with pytest.raises(CaseError) as caught:
        read_items(path)
    assert "field core" in str(caught.value) and SAID not in str(caught.value)


def test_a_full_disk_is_still_named():
    trouble = describe(OSError(28, "No space left on device"), "here", None)
    assert trouble.kind == "full" and "No space left" in trouble.detail
