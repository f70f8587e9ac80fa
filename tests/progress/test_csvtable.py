"""A learner's words as a table for a spreadsheet."""

import csv
import io

from mi_helpers.progress.csvtable import as_csv


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
