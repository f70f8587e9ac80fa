"""In no table that can be taken along is anything taken for a formula, and the words stay readable."""

import csv
import doctest
import io
import re

import pytest

from mi_helpers import evidence, spreadsheet
from mi_helpers.progress import Try, open_store
from mi_helpers.progress.csvtable import as_csv
from mi_helpers.spreadsheet import harmless
from mi_helpers.ui.plots.plot import table_csv

FORMULAS = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", " =1", '"=1', "＝1", "＋1", "−1", "'=1", "=cmd|' /C calc'!A0"]
BEFORE = ["", "well; ", "well, ", "well\n", "well\t", "a;;", "well;\n ", "a|"]


def learners_table(text: str) -> str:
    """What "take along" and ``mi-course data export`` write."""
    store = open_store("sqlite://")
    one = Try(item_id=text, item_version=1, rules_version="r", lang="en", text=text, self_check=text)
    store.add_try(one)
    store.set_coding(one.id, {"main": text}, text)
    store.save_draft(text, text, lang="en")
    store.add_review(one.id, text)
    store.mark_done(text, lang="nl")
    return as_csv(store.export())


#: Every table that a learner can take along, with a text in each place where somebody's text can stand.
TABLES = {
    "a learner's words": learners_table,
    "own studies, English": lambda text: evidence.to_csv([evidence.from_counts(5, 20, 3, 20, label=text)], "en"),
    "own studies, Dutch": lambda text: evidence.to_csv([evidence.from_counts(5, 20, 3, 20, label=text)], "nl"),
    "a figure's table, English": lambda text: table_csv((text, "b"), [(text, text), ("x", text)], "en"),
    "a figure's table, Dutch": lambda text: table_csv((text, "b"), [(text, text), ("x", text)], "nl"),
}


def test_examples_in_the_docstrings():
    assert doctest.testmod(spreadsheet).failed == 0


@pytest.mark.parametrize("formula", FORMULAS)
@pytest.mark.parametrize("before", BEFORE)
def test_no_cell_begins_with_a_formula_whatever_separates_cells(formula, before):
    for separator in ",;\t|":
        cut = re.split(rf"[\r\n{separator}]", harmless(before + formula))
        assert not [cell for cell in cut if re.match(r"""[\s"]*[=+\-@＝＋－＠−]""", cell)]


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize("formula", FORMULAS)
def test_no_table_holds_a_formula_whatever_separates_cells(table, formula):
    for before in ("", "well; ", "well\n"):
        written = TABLES[table](before + formula).removeprefix("\ufeff")
        for separator in ",;\t|":
            for cell in [*re.split(rf"[\r\n{separator}]", written), *_read(written, separator)]:
                begins = re.match(r"""[\s"]*[=+\-@＝＋－＠−]""", cell)
                assert not begins or re.match(r"-\d+([.,]\d+)?(?![^,;\t|\r\n])", cell), "no number either"


def _read(written: str, separator: str) -> list[str]:
    return [cell for row in csv.reader(io.StringIO(written, newline=""), delimiter=separator) for cell in row]


@pytest.mark.parametrize("text", ["Je twijfelt nog, hè?", "a well-meant reply", "1 + 1 = 2", "ja — nee", "it's -1"])
def test_ordinary_words_stay_as_they_are(text):
    assert harmless(text) == text


@pytest.mark.parametrize("formula", FORMULAS)
def test_twice_is_as_good_as_once(formula):
    for before in BEFORE:
        assert harmless(harmless(before + formula)) == harmless(before + formula)
