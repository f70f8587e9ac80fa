"""Numbers, forest plots as data, downloads and the simulation."""

from __future__ import annotations

import csv
import io
import statistics
import subprocess
import sys
from dataclasses import asdict, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mi_helpers import evidence
from mi_helpers.evidence import EvidenceError, check, evidence_set, forest, number, simulate_sites
from mi_helpers.spreadsheet import harmless


def test_numbers_in_each_language():
    assert number(-0.16, "en") == "−0.16" and number(-0.16, "nl") == "−0,16"
    assert number(-0.001, "en") == "0.00" and number(None, "nl") == ""
    assert number(1234.5, "en", 1) == "1,234.5" and number(1234.5, "nl", 1) == "1.234,5"
    assert evidence.whole(16803, "en") == "16,803" and evidence.whole(16803, "nl") == "16.803"
    assert evidence.interval(-0.16, 0.28, "en") == "−0.16 to 0.28"
    assert evidence.interval(-0.16, 0.28, "nl") == "−0,16 tot 0,28" and evidence.interval(None, 1, "nl") == ""
    assert evidence.percent(0.528, "nl") == "53%" and evidence.percent(0.528, "nl", 1) == "52,8%"
    assert evidence.p_value(0.0004, "nl") == "p < 0,001" and evidence.p_value(0.03, "en") == "p = 0.03"


@given(st.floats(-1e6, 1e6), st.integers(0, 4))
def test_a_number_can_be_read_back(value, digits):
    said = number(value, "nl", digits).replace(".", "").replace(",", ".").replace("−", "-")
    assert float(said) == pytest.approx(value, abs=0.51 * 10**-digits)
    assert said not in ("-0", "-0.0", "-0.00")


@pytest.mark.parametrize("found", evidence.sets(), ids=lambda s: s.id)
@pytest.mark.parametrize("lang", ["en", "nl"])
def test_every_set_as_a_forest(found, lang):
    plot = forest(found.estimates, found.scale, lang, sort="size")
    assert check.differences(map(asdict, plot.rows), found.id) == [] == check.missing(map(asdict, plot.rows), found.id)
    assert len({row.label for row in plot.rows}) == len(plot.rows)
    assert (plot.pooled is None) == bool(found.refused) == bool(plot.refused)
    assert {len(row) for row in plot.table.rows} == {len(plot.table.columns)}
    values = [row.value for row in plot.rows if row.value is not None]
    assert values == sorted(values, reverse=True) and all(row.value is None for row in plot.rows[len(values):])
    for row in plot.rows:
        if row.value is not None:
            assert number(row.value, lang) in row.hover[1] and f"{row.label}: {row.hover[1]}" in plot.alt
    shown = " ".join(cell for cells in plot.table.rows for cell in cells)
    for estimate in found.estimates:
        assert number(estimate.value, lang) in shown and estimate.read_label(lang) in shown


def test_the_table_says_what_the_file_says():
    plot = forest(evidence_set("heckman-4-8").estimates, "OR", "nl")
    row = dict(zip(plot.table.columns, plot.table.rows[0], strict=True))
    assert row["Studie"] == "Stotts et al., 2002"
    assert row["Schatting"] == "0,92" and row["95%-interval"] == "0,51 tot 1,66"
    assert row["Aantallen"] == "27 van 134 met MGV, 29 van 135 zonder" and row["Mensen"] == "269"


def test_weights_and_the_row_that_is_left_out():
    whole = forest(evidence_set("heckman-4-8").estimates, "OR", "en")
    assert sum(row.weight for row in whole.rows if row.weight) == pytest.approx(1)
    assert [row.id for row in whole.rows if row.out] == ["colby-2005-4-8"]
    assert "1.23 (0.93 to 1.63)" in whole.summary and "1.23 (0.93 to 1.63)" in whole.alt
    less = forest(evidence_set("heckman-4-8").estimates, "OR", "en", without="glasgow-2000-4-8")
    assert [row.id for row in less.rows if row.out] == ["glasgow-2000-4-8", "colby-2005-4-8"]
    assert less.pooled.k == 6 and len(less.rows) == 8


def test_sorting():
    rows = evidence_set("heckman-10-12").estimates
    years = [row.year for row in forest(rows, "OR", "en", sort="year", with_pool=False).rows]
    assert years == sorted(years, reverse=True)
    names = [row.label for row in forest(rows, "OR", "en", sort="name", with_pool=False).rows]
    assert names == sorted(names, key=str.casefold)
    precise = forest(rows, "OR", "en", sort="precision", with_pool=False).rows
    assert precise[0].id == "stein-2006-10-12" or precise[0].id == "baker-2006-10-12"
    assert [row.value for row in precise[-2:]] == [None, None]
    assert [row.id for row in forest(rows, "OR", "en", with_pool=False).rows] == [e.id for e in rows]


def test_two_scales_never_stand_in_one_plot():
    mixed = [*evidence_set("decay").estimates, *evidence_set("reviews-or").estimates]
    with pytest.raises(EvidenceError) as error:
        forest(mixed, "SMD", "en")
    assert error.value.code == "mixed-scales"


def test_one_study_is_no_sum():
    plot = forest([evidence.from_r(0.3, 40, label="Mine")], "r", "nl")
    assert plot.pooled is None and "2 studies" in plot.refused and plot.refused in plot.alt


def cells(text: str, lang: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text.removeprefix("\ufeff")), delimiter=";" if lang == "nl" else ","))


@pytest.mark.parametrize("bad", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", " =cmd|' /C calc'!A0", "＝1+1", "−1"])
@pytest.mark.parametrize("lang", ["en", "nl"])
def test_nothing_in_a_download_is_a_formula(bad, lang):
    own = evidence.from_counts(5, 20, 3, 20, label=bad)
    row = cells(evidence.to_csv([own], lang), lang)[1]
    assert row[1].startswith("'") and row[1].replace("'", "") == bad.replace("'", "")
    for cell in row:
        assert harmless(cell) == cell


def test_downloads_hold_the_figures_and_the_sources():
    found = evidence_set("heckman-10-12")
    pooled = forest(found.estimates, "OR", "nl").pooled
    table = cells(evidence.to_csv(found.estimates, "nl", pooled), "nl")
    assert {len(row) for row in table} == {len(table[0])} and len(table) == 1 + 11 + 1
    first = dict(zip(table[0], table[1], strict=True))
    assert first["schatting"] == "0,37" and first["aantal_mgv"] == "7" and "Heckman" in first["bron"]
    last = dict(zip(table[0], table[-1], strict=True))
    assert last["soort"] == "samengevoegd" and last["schatting"].startswith("1,65") and last["i2"].startswith("0,52")
    text = evidence.citations_text([*found.estimates, evidence.from_r(0.1, 9, label="x")], "nl")
    assert text.startswith("Bronnen\n") and text.count("Heckman") == 1 and "Je eigen studies" in text
    assert "Je eigen" not in evidence.citations_text(found.estimates, "nl")


def test_a_simulation_says_so_and_can_be_repeated():
    once, again = simulate_sites(0.35, seed=7), simulate_sites(0.35, seed=7)
    assert once == again != simulate_sites(0.35, seed=8)
    for lang, word in (("en", "simulation"), ("nl", "simulatie")):
        said = once.assumptions(lang)
        assert word in said[0] and len(said) == 8 and not any("{" in line for line in said)
        assert number(0.35, lang) in " ".join(said) and "11%" in said[-1]
    assert once.above + once.across + once.below == len(once.sites) == 12
    assert once.spread == pytest.approx(statistics.stdev(site.estimate for site in once.sites))


def test_therapists_who_differ_more_stretch_the_same_draws():
    none, some, much = (simulate_sites(sd, sites=40) for sd in (0.0, 0.4, 0.8))
    assert all(set(site.therapists) == {0.2} for site in none.sites)
    for a, b, c in zip(none.sites, some.sites, much.sites, strict=True):
        assert c.estimate - a.estimate == pytest.approx(2 * (b.estimate - a.estimate))
        assert c.high - c.low == pytest.approx(a.high - a.low)
    assert none.expected_below == 0 < some.expected_below < much.expected_below


def test_the_expected_spread_is_what_many_places_show():
    many = simulate_sites(0.5, sites=200, seed=3)
    assert many.spread == pytest.approx(many.expected_spread, rel=0.15)
    assert many.expected_spread == pytest.approx((0.25 / 3 + 2 / 60) ** 0.5)
    below = sum(statistics.fmean(site.therapists) < 0 for site in many.sites) / 200
    assert below == pytest.approx(many.expected_below, abs=0.08)


def test_share_of_the_therapist():
    assert evidence.therapist_sd_for(0.11) == pytest.approx(0.3516, abs=1e-4)
    assert evidence.therapist_share(evidence.therapist_sd_for(0.3)) == pytest.approx(0.3)


@pytest.mark.parametrize(
    "wrong",
    [
        {"therapist_sd": -0.1}, {"therapist_sd": float("nan")}, {"effect": 9}, {"sites": 1}, {"therapists": 0},
        {"clients": 1}, {"seed": -1},
    ],
)
def test_a_simulation_refuses_what_makes_no_sense(wrong):
    with pytest.raises(EvidenceError) as error:
        simulate_sites(**({"therapist_sd": 0.3} | wrong))
    assert error.value.where == next(iter(wrong)) and error.value.text("nl") != error.value.text("en")


def test_an_unknown_language_is_an_error():
    with pytest.raises(ValueError, match="'de'"):
        evidence_set("decay").title("de")


def test_nothing_heavy_is_loaded_before_it_is_needed():
    code = (
        "import sys; from mi_helpers import evidence as e; s = e.evidence_set('decay'); "
        "e.forest(s.estimates, 'SMD', 'nl'); e.read_studies(e.template_csv('nl')); e.to_csv(s.estimates, 'nl'); "
        "[c.why('nl') for c in e.claims()]; heavy = {'numpy', 'scipy', 'pandas', 'statsmodels', 'plotly', 'IPython', "
        "'ipywidgets', 'pydantic', 'yaml'}; print(sorted(heavy & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_labels_of_one_study_are_told_apart():
    decay = evidence_set("decay").estimates
    plot = forest(decay, "SMD", "nl", with_pool=False)
    assert [row.label for row in plot.rows][0] == "Smedslund et al., 2011: meteen erna"
    twice = [replace(decay[0], id="a"), replace(decay[0], id="b")]
    assert len(forest(twice, "SMD", "nl", with_pool=False).rows) == 2
