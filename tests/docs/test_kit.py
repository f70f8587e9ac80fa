"""The kit for two human raters: its files belong together, its figures are right, its errors say where."""

import csv
import importlib.util
import re
from pathlib import Path

import pytest

from mi_helpers.coder import COUNSELLOR_CODES
from mi_helpers.feedback import code_label

KIT = Path(__file__).resolve().parents[2] / "docs" / "kit"
spec = importlib.util.spec_from_file_location("kit_agreement", KIT / "agreement.py")
kit = importlib.util.module_from_spec(spec)
spec.loader.exec_module(kit)


def rows(name):
    with (KIT / name).open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file, delimiter=";"))


def fill(path, *, change=None, drop=(), extra=(), encoding="utf-8-sig", separator=";"):
    """A filled sheet as a rater would send it; ``change`` is id → column → words."""
    with path.open("w", encoding=encoding, newline="") as file:
        table = csv.writer(file, delimiter=separator)
        names = list(rows("sheet_nl.csv")[0])
        table.writerow(names)
        for row in rows("sheet_nl.csv"):
            row |= {"code": "Open vraag", "consistent": "passend", "verdict": "deels"}
            row |= (change or {}).get(row["id"], {})
            if row["id"] not in drop:
                table.writerow([row[name] for name in names])
        table.writerows(extra)
    return path


IDS = [row["id"] for row in rows("replies_nl.csv")]


# --------------------------------------------------------------------------------------------------------- the files
def test_a_hundred_replies_and_none_twice():
    replies = rows("replies_nl.csv")
    assert len(replies) == 100 == len({r["id"] for r in replies}) == len({r["reply"] for r in replies})
    assert list(replies[0]) == ["id", "client", "reply"]  # and so no labels
    assert all(r["client"].strip() and r["reply"].strip() for r in replies)


def test_the_sheet_has_the_same_rows_and_is_empty():
    sheet = rows("sheet_nl.csv")
    assert [(r["id"], r["client"], r["reply"]) for r in sheet] == [tuple(r.values()) for r in rows("replies_nl.csv")]
    assert list(sheet[0])[3:] == ["code", "consistent", "verdict", "remark"]
    assert not any(r[name] for r in sheet for name in ("code", "consistent", "verdict", "remark"))


@pytest.mark.parametrize("name", ["replies_nl.csv", "sheet_nl.csv"])
def test_a_spreadsheet_with_dutch_settings_opens_it(name):
    raw = (KIT / name).read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf")
    assert raw.decode("utf-8-sig").split("\n")[0].count(";") >= 2
    cells = [cell for row in rows(name) for cell in row.values()]
    assert not [cell for cell in cells if cell.startswith(tuple("=+-@"))]  # a spreadsheet would take it for a formula


def test_the_answers_are_those_of_the_coder_and_of_the_course():
    assert set(kit.ANSWERS["code"]) == set(COUNSELLOR_CODES)
    for code in COUNSELLOR_CODES:
        assert kit.read_answer("code", code) == kit.read_answer("code", code_label(code, "nl")) == code


def test_the_page_explains_every_answer():
    page = (KIT / "README.md").read_text(encoding="utf-8")
    for code, written in kit.ANSWERS["code"].items():
        assert re.search(rf"^\| {written.split('|')[0]} \|", page, re.M) and re.search(rf"^\| {code} \|", page, re.M)


# ------------------------------------------------------------------------------------------------------- the figures
def pairs(**counts):
    return [tuple(key) for key, n in counts.items() for _ in range(n)]


def test_two_answers_by_hand():
    # 20 yy, 5 yn, 10 ny, 15 nn: po = .70, kappa's chance = .5 * .6 + .5 * .4 = .50
    found = pairs(yy=20, yn=5, ny=10, nn=15)
    assert kit.percentage(found) == pytest.approx(0.70)
    assert kit.cohen_kappa(found) == pytest.approx(0.40)
    # mean shares .55 and .45: chance = (.55 * .45 + .45 * .55) / 1 = .495
    assert kit.gwet_ac1(found, 2) == pytest.approx((0.70 - 0.495) / 0.505)


def test_three_answers_by_hand():
    # po = .7; A: a .5, b .3, c .2; B: a .4, b .4, c .2; chance = .20 + .12 + .04 = .36
    found = pairs(aa=4, ab=1, bb=2, bc=1, cc=1, cb=1)
    assert kit.percentage(found) == pytest.approx(0.7)
    assert kit.cohen_kappa(found) == pytest.approx(0.34 / 0.64)
    # mean shares .45, .35, .20: chance = (.2475 + .2275 + .16) / 2 = .3175
    assert kit.gwet_ac1(found, 3) == pytest.approx((0.7 - 0.3175) / 0.6825)


def test_one_answer_far_more_common_than_the_rest():
    found = pairs(yy=95, yn=3, ny=2)
    assert kit.cohen_kappa(found) < 0 < 0.9 < kit.gwet_ac1(found, 2)


def test_one_and_the_same_answer_throughout():
    found = pairs(yy=10)
    assert kit.cohen_kappa(found) is None
    assert kit.gwet_ac1(found, 3) == 1
    assert kit.intervals(found, 3)["kappa"] == (None, None, None)


def test_an_interval_holds_its_figure_and_stays_the_same():
    found = kit.intervals(pairs(yy=40, yn=10, ny=10, nn=40), 2)
    assert found == kit.intervals(pairs(yy=40, yn=10, ny=10, nn=40), 2)
    value, low, high = found["agreement"]
    assert value == pytest.approx(0.8)
    assert 0.68 < low < 0.76 and 0.84 < high < 0.92  # plus and minus two times √(.8 × .2 / 100)


# -------------------------------------------------------------------------------------------------------- the sheets
SAVED = [("utf-8-sig", ";"), ("utf-8", ","), ("cp1252", ";"), ("utf-16", "\t")]


@pytest.mark.parametrize(("encoding", "separator"), SAVED)
def test_sheets_as_spreadsheets_save_them(tmp_path, encoding, separator):
    sheet = fill(tmp_path / "a.csv", encoding=encoding, separator=separator, extra=[[""] * 7])
    found = kit.read_sheet(sheet, IDS)
    assert found["k001"] == {"code": "open_question", "consistent": "consistent", "verdict": "partly"}


def test_every_fault_names_file_row_and_column(tmp_path):
    change = {
        "k001": {"code": ""},
        "k002": {"code": "opne vraag"},
        "k003": {"consistent": "geen"},
        "k004": {"verdict": "neutraal"},
    }
    extra = [["k007", "", "", "steun", "neutraal", "deels", ""], ["k999", "", "", "", "", "", ""]]
    sheet = fill(tmp_path / "a.csv", change=change, drop=("k100",), extra=extra)
    with pytest.raises(kit.SheetError) as fault:
        kit.read_sheet(sheet, IDS)
    said = str(fault.value).splitlines()
    assert all(line.startswith(str(sheet)) for line in said) and len(said) == 7
    assert "row 2 (k001), column code: is empty" in said[0]
    assert "row 3 (k002), column code: 'opne vraag' is not an answer; meant 'open vraag'?" in said[1]
    assert "row 4 (k003), column consistent: 'geen' goes with 'niet te lezen'" in said[2]
    assert "row 5 (k004), column verdict" in said[3]
    assert "row 101, column id: k007 stands in row 8 already" in said[4]
    assert "row 102, column id: 'k999'" in said[5]
    assert "no row for k100" in said[6]


def test_a_file_that_is_no_sheet(tmp_path):
    headless = b"id;code\nk001;steun\n"
    for content, said in ((b"PK\x03\x04", "workbook"), (b"", "no rows"), (headless, "no column consistent, verdict")):
        (tmp_path / "x.csv").write_bytes(content)
        with pytest.raises(kit.SheetError, match=said):
            kit.read_sheet(tmp_path / "x.csv", IDS)
    with pytest.raises(kit.SheetError, match="nowhere"):
        kit.read_sheet(tmp_path / "nowhere.csv", IDS)


def test_the_report(tmp_path, capsys):
    a = fill(tmp_path / "a.csv")
    other = {"code": "niet te lezen", "consistent": "geen", "verdict": "niet te zeggen"}
    b = fill(tmp_path / "b.csv", change={"k005": other})
    assert kit.main([str(a), str(b), "--coder"]) == 0
    said = capsys.readouterr().out
    assert "1 × A: open_question | B: uncodable" in said
    assert "== coder and A ==" in said and "== coder and B ==" in said
    assert "== coder and A and B where they agree ==\ncode, 99 items" in said
    assert "Rules of the coder: " in said and "\nk005  C: " in said


def test_a_broken_sheet_ends_with_2(tmp_path, capsys):
    a = fill(tmp_path / "a.csv", drop=("k001",))
    assert kit.main([str(a), str(tmp_path / "none.csv")]) == 2
    said = capsys.readouterr().err
    assert "no row for k001" in said and "none.csv" in said
