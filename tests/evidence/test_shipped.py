"""The figures that come with the course: whole, as printed, cited, and without what may not be shown."""

from __future__ import annotations

import math
import re
from pathlib import Path

import pytest

from mi_helpers import evidence
from mi_helpers.evidence import check, shipped

PACKAGE = Path(evidence.__file__).parent


def figures(set_id: str) -> list[tuple]:
    return [(e.value, e.low, e.high) for e in evidence.evidence_set(set_id).estimates]


def test_the_decay_points():
    assert figures("decay") == [(0.79, 0.48, 1.09), (0.17, 0.09, 0.26), (0.15, 0.04, 0.25), (0.06, -0.16, 0.28)]
    assert all(e.n is e.k is None for e in evidence.evidence_set("decay").estimates)


def test_reviews():
    assert figures("reviews-or") == [(1.45, 1.14, 1.83), (1.55, 1.40, 1.71)]
    assert figures("reviews-rr") == [(1.26, 1.16, 1.36), (3.49, 1.53, 7.94)]
    assert (0.19, 0.06, 0.32) in figures("reviews-smd") and (0.60, 0.36, 0.83) in figures("reviews-smd")
    lundahl = evidence.evidence_set("lundahl-2013").estimates
    assert sum(e.value is not None for e in lundahl) == 12
    assert [e.significant for e in lundahl if e.value is not None].count("yes") == 10
    assert {e.keys["outcome"] for e in lundahl if e.value is None} == {"blood-glucose", "cannabis-amount"}


def test_training_and_contrast():
    assert [v for v, _, _ in figures("training")] == [0.76, -0.30, 0.03, -0.29, 0.12]
    assert all(low is high is None for _, low, high in figures("training"))
    assert figures("contrast") == [(0.29, 0.22, 0.36), (0.27, 0.22, 0.32)]
    assert [e.k for e in evidence.evidence_set("contrast").estimates] == [17, 89]


def test_arrows():
    found = {a.id: (a.r_2014, a.r_2018, a.status) for a in evidence.arrows()}
    assert found == {
        "skills-change": (0.26, 0.55, "held"), "skills-sustain": (0.10, 0.40, "turned"),
        "inconsistent-change": (-0.17, None, "failed"), "inconsistent-sustain": (0.07, 0.16, "held"),
        "change-outcome": (0.06, None, "failed"), "sustain-outcome": (-0.24, 0.19, "held"),
        "balance-outcome": (0.12, -0.16, "held"), "share-balance": (None, 0.11, "held"),
        "spirit-outcome": (None, None, "failed"),
    }
    for arrow in evidence.arrows():
        assert arrow.status == (arrow.found_2018 or arrow.found_2014)
        assert not arrow.samples or evidence.evidence_set(arrow.samples).kind == "samples"


def test_sets_are_as_large_as_they_say():
    sizes = {s.id: len(s.estimates) for s in evidence.sets()}
    assert sizes["heckman-4-8"] == 8 and sizes["heckman-10-12"] == 11 and sizes["heckman-22-26"] == 9
    assert sizes["magill-skills"] == sizes["magill-outcome"] == 18
    assert [s.id for s in evidence.sets() if s.poolable] == ["heckman-4-8", "heckman-10-12"]
    assert [s.id for s in evidence.sets() if s.truncated] == ["heckman-22-26"]


@pytest.mark.parametrize("found", evidence.sets(), ids=lambda s: s.id)
def test_every_row_is_sound(found):
    ids = [e.id for e in found.estimates]
    assert len(ids) == len(set(ids))
    for e in found.estimates:
        assert e.scale == found.scale and e.set_id == found.id and e.refused == found.refused
        assert e.publication in evidence.publications()
        assert (e.low is None) == (e.high is None)
        if e.value is None:
            assert e.low is None and e.note("en")
        elif e.low is not None:
            assert e.low <= e.value <= e.high and e.se > 0


@pytest.mark.parametrize("found", evidence.sets(), ids=lambda s: s.id)
def test_what_is_loaded_equals_the_file(found):
    shown = [{"id": e.id, "value": e.value, "low": e.low, "high": e.high, "n": e.n, "k": e.k} for e in found.estimates]
    assert check.differences(shown, found.id) == [] == check.missing(shown, found.id)


def test_the_checker_sees_a_difference():
    shown = [{"id": "smedslund-post", "value": 0.78, "low": 0.48}, {"id": "nobody"}, {"id": "smedslund-post"}]
    said = check.differences(shown, "decay")
    assert len(said) == 3 and "0.78" in said[0]
    assert check.missing(shown, "decay") == ["smedslund-short", "smedslund-medium", "smedslund-long"]


def trials():
    return [e for s in evidence.sets() if s.kind == "trials" for e in s.estimates]


def test_odds_ratios_follow_from_the_counts():
    for e in trials():
        c = e.counts
        if e.value is None:
            assert 0 in (c.events_mi, c.events_control)
            continue
        ratio = c.events_mi * (c.n_control - c.events_control) / (c.events_control * (c.n_mi - c.events_mi))
        assert ratio == pytest.approx(e.value, rel=0.0125), e.id


def test_counts_follow_from_the_percentages():
    for row in shipped.rows("trials"):
        for arm in ("mi", "control"):
            share = 100 * int(row[f"events_{arm}"]) / int(row[f"n_{arm}"])
            assert share == pytest.approx(float(row[f"percent_{arm}"]), abs=0.051), row["id"]


@pytest.mark.parametrize("set_id", ["magill-skills", "magill-outcome"])
def test_the_intervals_of_the_samples_are_fishers(set_id):
    for e in evidence.evidence_set(set_id).estimates:
        if e.value is not None:
            half = 1.959964 / math.sqrt(e.n - 3)
            assert e.low == pytest.approx(math.tanh(math.atanh(e.value) - half), abs=0.0051), e.id
            assert e.high == pytest.approx(math.tanh(math.atanh(e.value) + half), abs=0.0051), e.id


def test_only_looked_up_dois_and_no_address():
    for path in PACKAGE.rglob("*"):
        if path.suffix in (".csv", ".toml", ".py"):
            text = path.read_text(encoding="utf-8")
            assert not re.search(r"https?:|www\.|PMC\d|pubmed|cochranelibrary|ncbi", text), path.name
    assert {p.doi for p in evidence.publications().values()} == {
        "", "10.1002/14651858.CD008063.pub2", "10.1002/14651858.CD006936.pub3", "10.1093/alcalc/agl016",
    }


def test_interventions_that_may_not_be_shipped_are_not():
    michie = [row for row in shipped.rows("reviews") if row["publication"] == "michie2009"]
    assert len(michie) == 2
    assert not any("ALDANA" in path.read_text(encoding="utf-8") for path in (PACKAGE / "data").iterdir())


def test_every_publication_is_used_and_says_how_it_was_read():
    used = {e.publication for s in evidence.sets() for e in s.estimates} | {v.publication for v in evidence.variation()}
    used |= {id for found in (*evidence.arrows(), *evidence.claims()) for id in found.publications}
    used |= {row["via"] for row in shipped.rows("reviews")}
    assert set(evidence.publications()) <= used
    for publication in evidence.publications().values():
        assert publication.cite("en").endswith("]") and str(publication.year) in publication.cite("nl")


def test_citations_are_sorted_and_never_double():
    decay = evidence.evidence_set("decay").estimates
    assert len(evidence.citations(decay, "en")) == 1
    both = evidence.citations([*decay, "ball2007", "ball2007"], "nl")
    assert [line[:4] for line in both] == ["Ball", "Smed"]


def test_claims_have_one_of_four_answers_and_a_source():
    assert {c.answer for c in evidence.claims()} == set(evidence.ANSWERS) == set(evidence.answer_labels("nl"))
    for claim in evidence.claims():
        assert claim.publications and set(claim.publications) <= set(evidence.publications())
