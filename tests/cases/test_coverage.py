"""What the sources hold is taught: every point of the inventory, in both languages."""

import pytest

from mi_helpers.app.coverage import coverage, inventory, run, unknown
from mi_helpers.cases import lesson_items

EVERY_LESSON = all(lesson_items(number) for number in range(1, 11))


def test_the_inventory_is_whole():
    count = {source: sum(point.startswith(source) for point in inventory()) for source in ("S000", "S001", "S002", "S003", "S004")}
    assert count == {"S000": 88, "S001": 13, "S002": 9, "S003": 17, "S004": 10}
    assert len(inventory()) == 137


def test_nothing_is_covered_that_is_not_there():
    assert unknown() == set()


@pytest.mark.skipif(not EVERY_LESSON, reason="not all lessons have their items yet")
def test_every_point_is_covered_in_both_languages():
    assert [row.id for row in coverage() if not row.covered] == []


def test_the_table_names_lessons_and_items(capsys):
    run()
    said = capsys.readouterr().out
    row = next(line for line in said.splitlines() if line.startswith("S003-2 "))
    assert "en 01" in row and "nl 01" in row and "l01-first-reply" in row
    assert "of 137 covered" in said
