"""A table for a spreadsheet: nothing in it is taken for a formula, and the words stay readable."""

import csv
import doctest
import io
import re

import pytest

from mi_helpers.progress import csvtable
from mi_helpers.progress.csvtable import as_csv, harmless

FORMULAS = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", " =1", '"=1', "＝1", "＋1", "'=1"]


def test_examples_in_the_docstrings():
    assert doctest.testmod(csvtable).failed == 0


@pytest.mark.parametrize("formula", FORMULAS)
@pytest.mark.parametrize("before", ["", "well; ", "well, ", "well\n", "well\t", "a;;", "well;\n "])
def test_no_cell_begins_with_a_formula_whatever_separates_cells(formula, before):
    for separator in ",;\t|":
        cut = re.split(rf"[\r\n{separator}]", harmless(before + formula))
        assert not [cell for cell in cut if re.match(r"""[\s"]*[=+\-@＝＋－＠]""", cell)]


@pytest.mark.parametrize("text", ["Je twijfelt nog, hè?", "a well-meant reply", "1 + 1 = 2", "ja — nee"])
def test_ordinary_words_stay_as_they_are(text):
    assert harmless(text) == text


def test_the_whole_table(store, attempt):
    one = attempt("=HYPERLINK(\"x\"); -1\n@b", lang="nl")
    store.add_try(one)
    store.set_coding(one.id, {"main": "+code"}, "partly")
    store.add_review(one.id, "=2")
    store.save_draft("-l01-b", "half", lang="en")
    store.mark_done("l01-a", lang="nl")
    written = as_csv(store.export())
    rows = list(csv.DictReader(io.StringIO(written, newline="")))
    assert [(r["kind"], r["lang"]) for r in rows] == [("try", "nl"), ("remark", ""), ("draft", "en"), ("done", "nl")]
    assert rows[0]["text"] == "'=HYPERLINK(\"x\"); '-1\n'@b"
    assert (rows[0]["main_code"], rows[0]["verdict"], rows[1]["of_try"]) == ("'+code", "partly", one.id)
    assert rows[1]["text"] == "'=2" and rows[2]["item"] == "'-l01-b"
