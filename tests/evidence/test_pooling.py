"""Pooled estimates: beside what was published, beside a second implementation, and what may not be pooled."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest
import second
from hypothesis import given, settings
from hypothesis import strategies as st

from mi_helpers.evidence import (
    EvidenceError,
    check_poolable,
    evidence_set,
    from_counts,
    from_interval,
    from_r,
    leave_one_out,
    pool,
    poolable_part,
    sets,
)

Z = 1.959963984540054
STUDIES = st.lists(st.tuples(st.floats(-2, 2), st.floats(0.02, 2)), min_size=2, max_size=12)


def smd(studies) -> list:
    return [from_interval(y, y - Z * se, y + Z * se, "SMD", label=f"Study {n}") for n, (y, se) in enumerate(studies)]


def block(set_id: str) -> tuple:
    return poolable_part(evidence_set(set_id).estimates)[0]


@pytest.mark.parametrize(
    ("set_id", "k", "value", "low", "high", "i2"),
    [("heckman-4-8", 7, 1.23, 0.93, 1.63, 0.0), ("heckman-10-12", 9, 1.66, 0.94, 2.92, 0.53)],
)
def test_the_two_complete_blocks(set_id, k, value, low, high, i2):
    pooled = pool(block(set_id), "OR")
    assert pooled.k == k and pooled.df == k - 1
    assert [round(x, 2) for x in (pooled.value, pooled.low, pooled.high)] == [value, low, high]
    assert round(pooled.i2, 2) == i2


@pytest.mark.parametrize("set_id", ["heckman-4-8", "heckman-10-12"])
def test_printed_ratios_and_counts_lead_to_the_same_sum(set_id):
    printed = block(set_id)
    c = [e.counts for e in printed]
    counted = [from_counts(x.events_mi, x.n_mi, x.events_control, x.n_control, label=str(n)) for n, x in enumerate(c)]
    one, other = pool(printed, "OR"), pool(counted, "OR")
    assert one.value == pytest.approx(other.value, rel=0.01) and one.i2 == pytest.approx(other.i2, abs=0.01)


@pytest.mark.parametrize("method", ["DL", "PM"])
@pytest.mark.parametrize("set_id", ["heckman-4-8", "heckman-10-12"])
def test_beside_the_second_implementation(set_id, method):
    estimates = block(set_id)
    effects, variances = [math.log(e.value) for e in estimates], [e.se**2 for e in estimates]
    tau2 = {"DL": second.dersimonian_laird, "PM": second.paule_mandel}[method](effects, variances)
    mean, se = second.average(effects, variances, tau2)
    pooled = pool(estimates, "OR", method=method)
    assert pooled.tau2 == pytest.approx(tau2, abs=1e-5)
    assert math.log(pooled.value) == pytest.approx(mean, abs=1e-5)
    assert math.log(pooled.low) == pytest.approx(mean - Z * se, abs=1e-5)
    assert pooled.q == pytest.approx(second.heterogeneity(effects, variances))
    assert sum(pooled.weights.values()) == pytest.approx(1)
    for e in estimates:
        assert pooled.weights[e.id] == pytest.approx(se**2 / (e.se**2 + tau2), abs=1e-5)


@settings(deadline=None, max_examples=60)
@given(STUDIES)
def test_any_studies_beside_the_second_implementation(studies):
    effects, variances = [y for y, _ in studies], [se**2 for _, se in studies]
    for method, tau2_of in (("DL", second.dersimonian_laird), ("PM", second.paule_mandel)):
        pooled = pool(smd(studies), "SMD", method=method)
        tau2 = tau2_of(effects, variances)
        mean, se = second.average(effects, variances, tau2)
        assert pooled.tau2 == pytest.approx(tau2, rel=1e-3, abs=1e-4)
        assert pooled.value == pytest.approx(mean, abs=1e-3) and pooled.high == pytest.approx(mean + Z * se, abs=2e-3)
        assert 0 <= pooled.i2 < 1 and 0 <= pooled.p_q <= 1


@settings(deadline=None, max_examples=60)
@given(STUDIES, st.floats(-50, 50))
def test_the_sum_moves_along_and_its_spread_stays(studies, shift):
    here, there = pool(smd(studies), "SMD"), pool(smd([(y + shift, se) for y, se in studies]), "SMD")
    assert there.value == pytest.approx(here.value + shift, abs=1e-6)
    assert there.tau2 == pytest.approx(here.tau2, abs=1e-6) and there.q == pytest.approx(here.q, rel=1e-6, abs=1e-6)


@settings(deadline=None, max_examples=60)
@given(STUDIES, st.randoms())
def test_the_order_makes_no_difference(studies, random):
    estimates = smd(studies)
    here = pool(estimates, "SMD")
    random.shuffle(estimates)
    there = pool(estimates, "SMD")
    assert there.value == pytest.approx(here.value, abs=1e-9)
    assert there.weights == pytest.approx(here.weights)


@settings(deadline=None, max_examples=60)
@given(STUDIES)
def test_the_sum_lies_among_the_studies_and_in_its_intervals(studies):
    pooled = pool(smd(studies), "SMD")
    assert min(y for y, _ in studies) - 1e-9 <= pooled.value <= max(y for y, _ in studies) + 1e-9
    assert pooled.low < pooled.value < pooled.high
    wider = pool(smd(studies), "SMD", interval="hartung-knapp")
    assert wider.low <= pooled.low and wider.high >= pooled.high and wider.value == pooled.value
    if len(studies) == 2:
        assert pooled.prediction_low is pooled.prediction_high is None
    else:
        assert pooled.prediction_low <= pooled.low + 1e-9 and pooled.prediction_high >= pooled.high - 1e-9


def test_prediction_interval_by_hand():
    pooled = pool(block("heckman-10-12"), "OR")
    se = (math.log(pooled.high) - math.log(pooled.low)) / (2 * Z)
    t_7 = 2.364624  # 0.975 quantile of t with 7 degrees of freedom
    reach = t_7 * math.sqrt(pooled.tau2 + se**2)
    assert math.log(pooled.prediction_high) == pytest.approx(math.log(pooled.value) + reach, abs=1e-5)


def test_hartung_knapp_by_hand():
    estimates = smd([(0.1, 0.1), (0.5, 0.2), (1.2, 0.2)])
    pooled = pool(estimates, "SMD", interval="hartung-knapp")
    weights = [1 / (e.se**2 + pooled.tau2) for e in estimates]
    squares = sum(w * (e.value - pooled.value) ** 2 for w, e in zip(weights, estimates, strict=True))
    se = max(math.sqrt(squares / 2 / sum(weights)), sum(weights) ** -0.5)
    assert pooled.high == pytest.approx(pooled.value + 4.302653 * se, abs=1e-5)


def test_equal_studies_have_no_variance_between_them():
    pooled = pool(smd([(0.3, 0.1)] * 4), "SMD")
    assert pooled.tau2 == 0 and pooled.i2 == 0 and pooled.q == pytest.approx(0, abs=1e-12)
    assert pooled.value == pytest.approx(0.3) and pooled.high - pooled.value == pytest.approx(Z * 0.05)
    assert set(map(lambda w: round(w, 9), pooled.weights.values())) == {0.25}


def test_correlations_are_pooled_as_fishers_z():
    pooled = pool([from_r(0.2, 53, label="a"), from_r(0.6, 103, label="b")], "r", method="DL")
    assert 0.2 < pooled.value < 0.6 and -1 < pooled.low and pooled.high < 1
    same = pool([from_r(0.5, 53, label="a"), from_r(0.5, 103, label="b")], "r")
    assert same.value == pytest.approx(0.5)
    assert math.atanh(same.high) - math.atanh(0.5) == pytest.approx(Z / math.sqrt(150))


def test_extreme_figures_stay_finite():
    wide = [from_interval(1.0, 1e-6, 1e6, "OR", label=str(n)) for n in range(3)]
    apart = [from_interval(v, v * 0.9, v * 1.1, "OR", label=str(v)) for v in (1e-5, 1, 1e5)]
    for pooled in (pool(wide, "OR"), pool(apart, "OR")):
        numbers = (pooled.value, pooled.low, pooled.high, pooled.prediction_low, pooled.prediction_high, pooled.tau2)
        assert all(map(math.isfinite, numbers)) and pooled.prediction_low > 0


def test_a_variance_that_was_not_found_is_an_error_and_no_number():
    """Paule and Mandel's steps end before they arrive where studies are sharp and far apart."""
    apart = [from_interval(y, y - 1e-7, y + 1e-7, "SMD", label=str(y)) for y in (0, 90)]
    assert pool(apart, "SMD").tau2 == pytest.approx(4050)
    with pytest.raises(EvidenceError) as error:
        pool(apart, "SMD", method="PM")
    assert error.value.code == "not-converged"


def test_leave_one_out():
    estimates = block("heckman-4-8")
    without = leave_one_out(estimates, "OR")
    assert [one.id for one in without] == [e.id for e in estimates]
    glasgow = next(one for one in without if one.id.startswith("glasgow"))
    assert glasgow.pooled == pool([e for e in estimates if e.id != glasgow.id], "OR") and glasgow.pooled.k == 6
    with pytest.raises(EvidenceError) as error:
        leave_one_out(estimates[:2], "OR")
    assert error.value.code == "too-few"


def refused(estimates, scale="OR") -> str:
    with pytest.raises(EvidenceError) as error:
        pool(estimates, scale)
    assert error.value.text("nl") != error.value.text("en") == str(error.value)
    with pytest.raises(EvidenceError):
        check_poolable(estimates, scale)
    return error.value.code


@pytest.mark.parametrize("found", [s for s in sets() if s.refused], ids=lambda s: s.id)
def test_what_the_notes_forbid_is_refused(found):
    assert refused(found.estimates, found.scale) == found.refused
    assert refused(poolable_part(found.estimates)[0] or found.estimates[:1], found.scale) == found.refused


def test_two_time_points_and_other_mixtures_are_refused():
    early, late = block("heckman-4-8"), block("heckman-10-12")
    kelly = [e for e in (*early, *late) if e.trial == "kelly-lapworth-2006"]
    assert len(kelly) == 2 and refused(kelly) == "two-sets"
    assert refused([replace(e, set_id="own") for e in kelly]) == "same-trial"
    assert refused([*early, *late]) == "two-sets"
    own = from_counts(5, 20, 6, 22, label="Mine, 2024")
    assert refused([*early, own]) == "two-sets"
    assert refused([own, own]) == "same-trial"
    assert refused([own, replace(own, label="mine,  2024", id="other")]) == "same-trial"
    assert refused([own, replace(own, trial="another")]) == "same-id"


def test_scales_are_never_mixed():
    odds, risk = from_counts(5, 20, 6, 22, label="a"), from_counts(5, 20, 6, 22, "RR", label="b")
    assert refused([odds, risk]) == "mixed-scales"
    assert refused([odds, odds], "SMD") == "mixed-scales"
    assert refused([odds, odds], "HR") == "unknown-scale"


def test_what_has_no_figure_is_named_not_dropped():
    estimates = evidence_set("heckman-10-12").estimates
    assert refused(estimates) == "zero-events"
    kept, left_out = poolable_part(estimates)
    assert len(kept) == 9 and [reason for _, reason in left_out] == ["zero-events", "zero-events"]
    own = from_counts(5, 20, 6, 22, label="a")
    assert refused([own, replace(own, id="b", trial="b", se=None, low=None, high=None)]) == "no-interval"
    assert refused([own, replace(own, id="b", trial="b", value=None, counts=None)]) == "no-figure"
    assert refused([own, replace(own, id="b", trial="b", value=math.nan)]) == "not-finite"
    assert refused([own, replace(own, id="b", trial="b", se=math.inf)]) == "not-finite"
    assert refused([own, replace(own, id="b", trial="b", se=0.0)]) == "no-width"
    assert refused([own, replace(own, id="b", trial="b", value=-1.0)]) == "off-the-scale"


def test_fewer_than_two():
    assert refused([]) == "too-few"
    assert refused([from_counts(5, 20, 6, 22)]) == "too-few"


@pytest.mark.parametrize("choice", [{"method": "REML"}, {"interval": "bootstrap"}])
def test_an_unknown_way_of_pooling(choice):
    with pytest.raises(EvidenceError) as error:
        pool(block("heckman-4-8"), "OR", **choice)
    assert error.value.code == "unknown-method"
