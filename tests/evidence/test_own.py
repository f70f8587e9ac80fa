"""A learner's own studies: what is understood, what is said of the rest, and what is kept."""

from __future__ import annotations

import math
import string

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mi_helpers import evidence
from mi_helpers.evidence import LIMITS, Studies, pool, read_rows, read_studies, to_csv


def codes(studies: Studies) -> list[tuple]:
    for problem in studies.problems:
        said = {lang: problem.text(lang) for lang in ("en", "nl")}
        assert said["en"] != said["nl"] and "{" not in said["en"] + said["nl"]
        if problem.row:
            assert str(problem.row) in said["en"] and str(problem.row) in said["nl"]
    return [(p.row, p.column, p.code) for p in studies.problems]


DUTCH = """studie;jaar;schaal;schatting;laag;hoog
Jansen en De Vries;2019;OR;1,40;0,90;2,18
Bakker;2021;or;0,8;0,5;1,28
"""
ENGLISH = """study,year,scale,estimate,low,high
Jansen en De Vries,2019,OR,1.40,0.90,2.18
Bakker,2021,OR,.8,0.5,1.28
"""


@pytest.mark.parametrize(
    "data",
    [
        DUTCH, ENGLISH, ENGLISH.replace(",", "\t"), "\ufeff" + DUTCH, DUTCH.encode("utf-16"), DUTCH.encode("cp1252"),
        DUTCH.replace("\n", "\r\n").encode(), "sep=;\n" + DUTCH, "\n\n" + DUTCH, DUTCH.replace("schaal", "maat"),
        ENGLISH.replace("1.40", '"1,40"'), ENGLISH.replace("low", "CI_low").replace("high", "CI high"),
        "study,year,OR,low,high\nJansen en De Vries,2019,1.40,0.90,2.18\nBakker,2021,0.80,0.5,1.28\n",
    ],
)
def test_the_same_studies_however_they_are_written(data):
    found = read_studies(data)
    assert codes(found) == [] and found.scales == ("OR",)
    assert [e.label for e in found.estimates] == ["Jansen en De Vries, 2019", "Bakker, 2021"]
    figures = [(e.value, e.low, e.high, e.year) for e in found.estimates]
    assert figures == [(1.4, 0.9, 2.18, 2019), (0.8, 0.5, 1.28, 2021)]
    assert pool(found.of("OR"), "OR").k == 2


def test_each_kind_of_row_in_one_file():
    found = read_studies(evidence.template_csv("nl"))
    assert codes(found) == [] and found.scales == ("OR", "SMD")
    assert codes(read_studies(evidence.template_csv("en"))) == []
    english = read_studies(evidence.template_csv("en")).estimates
    assert [round(e.value, 9) for e in english] == [round(e.value, 9) for e in found.estimates]
    assert found.estimates[1].counts.events_mi == 24 and found.estimates[2].n == 82


def test_accents_survive_windows_bytes():
    found = read_studies("studie;schaal;schatting;laag;hoog\nCafé Zoë;SMD;−0,2;-0,5;0,1\n".encode("utf-8"))
    assert found.estimates[0].label == "Café Zoë" and found.estimates[0].value == -0.2
    assert read_studies("studie;r;n\nZoë;0,3;50\n".encode("cp1252")).estimates[0].label == "Zoë"


def test_correlations_and_outcomes_where_lower_is_better():
    found = read_studies("study;r;n\nA;0.3;50\nB;-0.1;80\n")
    assert [e.n for e in found.estimates] == [50, 80] and found.scales == ("r",)
    plain, turned = read_studies(
        "study,better,mean_mi,sd_mi,n_mi,mean_control,sd_control,n_control\n"
        "A,higher,10,4,30,12,4,30\nB,lower,10,4,30,12,4,30\n"
    ).estimates
    assert turned.value == -plain.value > 0 and turned.low == -plain.high


def test_good_rows_stay_and_bad_rows_are_named():
    found = read_studies(
        "study;year;scale;estimate;low;high;events_mi;n_mi;events_control;n_control\n"
        "A;2020;OR;1.2;0.9;1.6;;;;\n"
        ";2020;OR;1.2;0.9;1.6;;;;\n"
        "C;MMXX;OR;1.2;0.9;1.6;;;;\n"
        "D;2020;HR;1.2;0.9;1.6;;;;\n"
        "E;2020;OR;much;0.9;1.6;;;;\n"
        "F;2020;OR;1.2;;1.6;;;;\n"
        "G;2020;OR;1.7;0.82;1.67;;;;\n"
        "H;2020;;;;;0;20;3;20\n"
        "I;2020;;;;;25;20;3;20\n"
        "J;2020;;;;;2.5;20;3;20\n"
        "K;2020;;;;;5;20;3;\n"
        "L;2020;;1.2;0.9;1.6;;;;\n"
        "M;2020;;;;;;;;\n"
        "N;2020;OR;1.234,5;0.9;1.6;;;;\n"
        "O;2020;SMD;;;;5;20;3;20\n"
        "P;2020;OR;-1.2;0.9;1.6;;;;\n"
        "Q;2020;;;;;5;20;3;20\n"
        "R;2020;;;;;5;1.000;3;20\n"
    )
    assert [e.label for e in found.estimates] == ["A, 2020", "Q, 2020"]
    assert codes(found) == [
        (3, "study", "missing"), (4, "year", "bad-year"), (5, "scale", "unknown-scale"),
        (6, "estimate", "not-a-number"), (7, "low", "missing"), (8, "", "interval-not-around"), (9, "", "zero-events"),
        (10, "", "more-events-than-people"), (11, "events_mi", "not-whole"), (12, "n_control", "missing"),
        (13, "scale", "scale-missing"), (14, "", "nothing"), (15, "estimate", "two-marks"),
        (16, "", "scale-not-for-counts"), (17, "", "off-the-scale"),
        (19, "n_mi", "not-whole"),
    ]
    assert found.problems[3].text("nl").startswith("Rij 6, kolom ‘schatting’: ‘much’")
    assert found.problems[3].text("en").startswith("Row 6, column “estimate”: “much”")


def test_a_default_scale():
    data = "study,estimate,low,high\nA,1.2,0.9,1.6\n"
    assert codes(read_studies(data)) == [(2, "scale", "scale-missing")]
    assert read_studies(data, scale="RR").scales == ("RR",)
    with pytest.raises(evidence.EvidenceError):
        read_studies(data, scale="hazard")
    with pytest.raises(evidence.EvidenceError):
        read_rows([], scale="hazard")


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        ("", (0, "", "empty")), ("\n \n;;;\n", (0, "", "empty")), ("study;or\n", (0, "", "empty")),
        ("name of it;or;low\nA;1;2\n", (0, "", "no-study-column")),
        (b"PK\x03\x04rest", (0, "", "not-text")), (b"study\0;or\n", (0, "", "not-text")),
        (b"x" * 200_001, (0, "", "too-large")), ("study;" + "x;" * 50 + "\n", (0, "", "too-many-columns")),
        ("study;or;OR\nA;1;2\n", (1, "estimate", "double-column")),
        ('study;or;low;high\nA;"1;2;3\nB;1;0,5;2\n', (2, "", "bad-quotes")),
        ("study,estimate,low,high\nA,1,2,0,9,1,6\n", (2, "", "too-many-cells")),
        ("study;scale;or;low;high\n" + "A" * 121 + ";OR;1;0,5;2\n", (2, "study", "too-long")),
        ("study,scale,estimate\nA,OR,1.2\n", (2, "low", "missing-column")),
    ],
)
def test_files_that_cannot_be_read(data, expected):
    assert codes(read_studies(data)) == [expected]


def test_no_more_rows_than_the_limit():
    row = "S{n};OR;1,2;0,9;1,6\n"
    data = "studie;schaal;schatting;laag;hoog\n" + "".join(row.format(n=n) for n in range(LIMITS.rows + 5))
    found = read_studies(data)
    assert len(found.estimates) == LIMITS.rows and codes(found) == [(LIMITS.rows + 2, "", "too-many-rows")]
    many = read_rows([{"study": str(n), "scale": "r", "estimate": "0,1", "n": "9"} for n in range(LIMITS.rows + 1)])
    assert len(many.estimates) == LIMITS.rows and codes(many) == [(LIMITS.rows + 1, "", "too-many-rows")]


def test_a_form():
    found = read_rows([
        {"study": "A", "events_mi": "5", "n_mi": "20", "events_control": "3", "n_control": "20", "scale": "RR"},
        {"study": "", "estimate": ""}, {"study": "C", "estimate": "x", "scale": "OR"}, {"study": None},
    ])
    assert [e.id for e in found.estimates] == ["own-1"] and found.scales == ("RR",)
    assert codes(found) == [(3, "estimate", "not-a-number")]


def test_lines_are_counted_as_in_the_file():
    found = read_studies('study;scale;estimate;low;high\n"A\nB";OR;1,2;0,9;1,6\n\nC;OR;x;0,9;1,6\n')
    assert found.estimates[0].label == "A B"
    assert codes(found) == [(5, "estimate", "not-a-number")]


@pytest.mark.parametrize("lang", ["en", "nl"])
def test_what_is_downloaded_can_be_read_back(lang):
    for set_id in ("heckman-4-8", "reviews-rr", "decay"):
        found = evidence.evidence_set(set_id)
        kept = evidence.poolable_part(found.estimates)[0]
        pooled = pool(kept, found.scale) if found.poolable else None
        back = read_studies(to_csv(kept, lang, pooled).encode())
        assert codes(back) == []
        assert [(e.label, e.value, e.low, e.high) for e in back.estimates] == [
            (e.name(lang), e.value, e.low, e.high) for e in kept
        ]


@settings(deadline=None)
@given(st.text(max_size=400))
def test_any_text_is_read_or_refused(data):
    found = read_studies(data)
    codes(found)
    assert all(math.isfinite(e.value) for e in found.estimates)


@settings(deadline=None)
@given(st.binary(max_size=400))
def test_any_bytes_are_read_or_refused(data):
    codes(read_studies(data))


@settings(deadline=None)
@given(st.lists(st.text(st.sampled_from(string.digits + ",.;-+eE= \"'\t"), max_size=12), min_size=4, max_size=8))
def test_any_cells_are_read_or_refused(cells):
    data = "study;scale;estimate;low;high;n\nA;OR;" + ";".join(cells)
    found = read_studies(data)
    assert len(found.estimates) <= 1 and (found.estimates or found.problems)
    codes(found)
