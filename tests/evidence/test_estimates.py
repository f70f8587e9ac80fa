"""One study's result from what it reports, beside statsmodels' own formulas."""

from __future__ import annotations

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mi_helpers import evidence
from mi_helpers.evidence import EvidenceError, from_counts, from_interval, from_means, from_r, turned_round

COUNTS = st.integers(2, 400).flatmap(lambda n: st.tuples(st.integers(1, n - 1), st.just(n)))


def code(error: pytest.ExceptionInfo) -> str:
    assert error.value.text("en") != error.value.text("nl")
    return error.value.code


def test_a_risk_and_an_odds_ratio_by_hand():
    odds = from_counts(20, 100, 10, 100, label="Example, 2020")
    assert odds.value == pytest.approx(2.25)
    assert odds.se == pytest.approx(math.sqrt(1 / 20 + 1 / 80 + 1 / 10 + 1 / 90))
    assert odds.n == 200 and odds.kind == "own" and odds.trial == "example, 2020"
    risk = from_counts(20, 100, 10, 100, "RR")
    assert risk.value == pytest.approx(2.0)
    assert risk.se == pytest.approx(math.sqrt(1 / 20 - 1 / 100 + 1 / 10 - 1 / 100))


@settings(deadline=None)
@given(COUNTS, COUNTS)
def test_counts_as_statsmodels_has_them(mi, control):
    from statsmodels.stats.meta_analysis import effectsize_2proportions

    for scale, statistic in (("OR", "odds-ratio"), ("RR", "risk-ratio")):
        middle, variance = effectsize_2proportions(mi[0], mi[1], control[0], control[1], statistic=statistic)
        made = from_counts(*mi, *control, scale)
        assert math.log(made.value) == pytest.approx(float(middle), abs=1e-9)
        assert made.se == pytest.approx(math.sqrt(float(variance)), rel=1e-9)


@given(COUNTS, COUNTS)
def test_changing_places_turns_a_ratio_round(mi, control):
    here, there = from_counts(*mi, *control), from_counts(*control, *mi)
    assert turned_round(here).value == pytest.approx(there.value)
    assert turned_round(here).low == pytest.approx(there.low) and turned_round(here).high == pytest.approx(there.high)
    assert turned_round(turned_round(here)).value == pytest.approx(here.value)


def test_hedges_g_by_hand_and_as_statsmodels_has_it():
    from statsmodels.stats.meta_analysis import effectsize_smd

    made = from_means(14.2, 5.1, 40, 12.6, 5.4, 42)
    pooled = math.sqrt((39 * 5.1**2 + 41 * 5.4**2) / 80)
    assert made.value == pytest.approx((14.2 - 12.6) / pooled * (1 - 3 / (4 * 80 - 1)))
    tiny = from_means(1.0, 1.0, 4, 0.0, 1.0, 4)
    assert tiny.se == pytest.approx((1 - 3 / 23) * math.sqrt(8 / 16 + 1 / 16))
    g, variance = effectsize_smd(14.2, 5.1, 40, 12.6, 5.4, 42)
    assert made.value == pytest.approx(float(g), rel=1e-3)
    assert made.se == pytest.approx(math.sqrt(float(variance)), rel=0.01)
    assert made.low < 0 < made.high and made.printed == "g"


GROUP = st.tuples(st.floats(-50, 50), st.floats(1.5, 20), st.integers(2, 500))


@given(GROUP, GROUP)
def test_means_far_away_shift_nothing(mi, control):
    (m1, s1, n1), (m2, s2, n2) = mi, control
    here, there = from_means(m1, s1, n1, m2, s2, n2), from_means(m1 + 100, s1, n1, m2 + 100, s2, n2)
    assert here.value == pytest.approx(there.value, abs=1e-6)
    assert from_means(m2, s2, n2, m1, s1, n1).value == pytest.approx(-here.value, abs=1e-9)


@given(st.floats(-0.99, 0.99), st.integers(4, 5000))
def test_a_correlation_lies_in_its_interval(r, n):
    made = from_r(r, n)
    assert -1 < made.low < r < made.high < 1
    assert math.atanh(made.high) - math.atanh(r) == pytest.approx(1.959964 / math.sqrt(n - 3), rel=1e-4)


@given(st.sampled_from(["OR", "RR", "SMD"]), st.floats(-3, 3), st.floats(0.01, 2))
def test_an_interval_gives_back_its_standard_error(scale, middle, se):
    low, value, high = (middle + z * se for z in (-1.959963984540054, 0, 1.959963984540054))
    if scale != "SMD":
        low, value, high = map(math.exp, (low, value, high))
    made = from_interval(value, low, high, scale, label="x")
    assert made.se == pytest.approx(se) and (made.value, made.low, made.high) == (value, low, high)


def test_a_correction_for_empty_cells_is_only_made_when_asked_for():
    with pytest.raises(EvidenceError) as error:
        from_counts(0, 42, 1, 43, label="Colby et al., 2005")
    assert code(error) == "zero-events" and error.value.where == "Colby et al., 2005"
    corrected = from_counts(1, 43, 0, 42, correction=0.5)
    assert corrected.value == pytest.approx((1.5 / 42.5) / (0.5 / 42.5))
    assert from_counts(5, 40, 5, 50, correction=0.5).value == from_counts(5, 40, 5, 50).value
    for nobody in ((0, 30, 0, 33), (30, 30, 33, 33)):
        with pytest.raises(EvidenceError):
            from_counts(*nobody, correction=0.5)


def test_everybody_recovers_in_one_group():
    with pytest.raises(EvidenceError) as error:
        from_counts(40, 40, 30, 40, "OR")
    assert code(error) == "zero-events"
    assert from_counts(40, 40, 30, 40, "RR").value == pytest.approx(4 / 3)


def test_an_error_writes_numbers_as_its_language_does():
    with pytest.raises(EvidenceError) as error:
        from_interval(-0.5, -1, 2, "OR", label="A")
    assert error.value.text("nl").startswith("A: −0,5 ") and error.value.text("en").startswith("A: −0.5 ")


@pytest.mark.parametrize(
    ("make", "expected"),
    [
        (lambda: from_counts(5, 4, 1, 4), "more-events-than-people"),
        (lambda: from_counts(-1, 4, 1, 4), "not-a-count"),
        (lambda: from_counts(1.5, 4, 1, 4), "not-a-count"),
        (lambda: from_counts(math.nan, 4, 1, 4), "not-a-count"),
        (lambda: from_counts(1, 10**9, 1, 4), "not-a-count"),
        (lambda: from_counts(1, 4, 1, 4, "SMD"), "scale-not-for-counts"),
        (lambda: from_means(1, 0, 10, 1, 1, 10), "no-spread"),
        (lambda: from_means(1, 1, 1, 1, 1, 10), "group-too-small"),
        (lambda: from_means(math.inf, 1, 10, 1, 1, 10), "not-finite"),
        (lambda: from_r(1.0, 20), "off-the-scale"),
        (lambda: from_r(0.5, 3), "sample-too-small"),
        (lambda: from_interval(1.7, 0.82, 1.67, "OR"), "interval-not-around"),
        (lambda: from_interval(3.22, 2.14, 2.79, "OR"), "interval-not-around"),
        (lambda: from_interval(1.0, 1.0, 1.0, "OR"), "no-width"),
        (lambda: from_interval(0.5, -0.1, 0.9, "OR"), "off-the-scale"),
        (lambda: from_interval(0.5, math.nan, 0.9, "SMD"), "not-finite"),
        (lambda: from_interval(0.5, 0.1, 0.9, "Cohen"), "unknown-scale"),
        (lambda: evidence.scale_info(None), "unknown-scale"),
    ],
)
def test_what_cannot_be_is_refused(make, expected):
    with pytest.raises(EvidenceError) as error:
        make()
    assert code(error) == expected
