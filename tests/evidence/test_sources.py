"""The data files beside the tables they were made from, where those stand beside the checkout.

They are not part of the project (some of their rows may not be passed on), so elsewhere this file is skipped.
"""

from __future__ import annotations

import csv
import math
import os
from pathlib import Path

import pytest
import second

from mi_helpers import evidence
from mi_helpers.evidence import shipped

BESIDE = Path(__file__).resolve().parents[3] / "shared" / "evidence"
SOURCES = Path(os.environ.get("MI_EVIDENCE_SOURCES", BESIDE))

pytestmark = pytest.mark.skipif(not SOURCES.is_dir(), reason="the source tables are not beside this checkout")

#: Row of the source table behind each row of reviews.csv, where the id does not follow from it.
ROWS = {
    "smedslund-feedback-short": "smedslund2011_af_short", "smedslund-feedback-medium": "smedslund2011_af_medium",
    "smedslund-usual": "smedslund2011_tau", "smedslund-active": "smedslund2011_active", "ohalloran": "ohalloran2014",
    "vasilaki": "vasilaki2006_notx", "vasilaki-3-months": "vasilaki2006_le3m", "vasilaki-other": "vasilaki2006_other",
    "lundahl-2010-weak": "lundahl2010_weak", "lundahl-2010-specific": "lundahl2010_specific",
    "burke-low": "burke2003_low", "burke-high": "burke2003_high", "heckman": "heckman2010",
    "lundahl-2013-all": "lundahl2013", "lundahl-2013-blood-glucose": "lundahl2013_glucose",
    "cochrane-smoking": "lai2010_update2015", "cochrane-smoking-physicians": "lai2010_update2015_gp",
    "schwalbe-gain": "schwalbe2014_gain", "schwalbe-without": "schwalbe2014_nofb", "schwalbe-with": "schwalbe2014_fb",
    "schwalbe-high-attrition": "schwalbe2014_highattr", "schwalbe-low-attrition": "schwalbe2014_lowattr",
}


def table(name: str) -> list[dict[str, str]]:
    with (SOURCES / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def source_id(id: str, ids: list[str]) -> str:
    if id in ROWS:
        return ROWS[id]
    start = id.replace("smedslund-", "smedslund2011_")
    if id.startswith("lundahl-2013-"):
        start = "lundahl2013_" + id.removeprefix("lundahl-2013-").split("-")[0]
    [found] = [one for one in ids if one.startswith(start)]
    return found


def test_reviews():
    rows = {row["id"]: row for row in table("evidence")}
    checked = 0
    for ours in shipped.rows("reviews"):
        if ours["publication"] == "michie2009":
            continue
        theirs = rows[source_id(ours["id"], list(rows))]
        assert [ours[key] for key in ("estimate", "low", "high", "printed")] == [
            theirs[key] for key in ("estimate", "ci_low", "ci_high", "measure")
        ], ours["id"]
        assert ours["k"] in ("", theirs["k_studies"]) and ours["n"] in ("", theirs["n_participants"]), ours["id"]
        assert ours["significant"] == theirs["significant"].replace("n/a", ""), ours["id"]
        assert str(evidence.publications()[ours["publication"]].year) == theirs["year"]
        assert ours["read"] in theirs["confidence"], ours["id"]
        checked += 1
    assert checked == 39


def test_trials():
    ours, theirs = shipped.rows("trials"), table("heckman2010_trials")
    assert len(ours) == len(theirs) == 28
    pairs = {
        "events_mi": "mi_events_derived", "n_mi": "mi_n", "events_control": "control_events_derived",
        "n_control": "control_n", "percent_mi": "mi_pct", "percent_control": "control_pct", "estimate": "odds_ratio",
        "low": "ci_low", "high": "ci_high", "year": "year",
    }
    for one, other in zip(ours, theirs, strict=True):
        assert other["study"].startswith(one["study"]) and one["set"][8:] in other["follow_up"]
        assert {key: one[key] for key in pairs} == {key: other[name] for key, name in pairs.items()}, one["id"]


def test_samples():
    pairs = {
        "n": "n", "skills_change": "r_mico_to_change_talk", "skills_low": "ci_low", "skills_high": "ci_high",
        "inconsistent_change": "r_miin_to_change_talk", "change_outcome": "r_change_talk_to_outcome",
        "outcome_low": "b_ci_low", "outcome_high": "b_ci_high",
    }
    for one, other in zip(shipped.rows("paths"), table("magill2018_paths"), strict=True):
        assert other["study"].startswith(one["study"])
        assert {key: one[key] for key in pairs} == {key: other[name] for key, name in pairs.items()}, one["id"]


def test_arrows():
    rows = {row["id"]: row for row in table("evidence")}
    names = {
        "skills-change": ("magill2014_mico_ct", "magill2018_mico_ct"),
        "skills-sustain": ("magill2014_mico_st", "magill2018_mico_st"), "inconsistent-change": ("magill2014_miin_ct", ""),
        "inconsistent-sustain": ("magill2014_miin_st", "magill2018_miin_st"),
        "change-outcome": ("magill2014_ct_out", "magill2018_ct_out"),
        "sustain-outcome": ("magill2014_st_out", "magill2018_st_out"),
        "balance-outcome": ("magill2014_comp_out", "magill2018_pct_out"), "share-balance": ("", "magill2018_pmico_pct"),
        "spirit-outcome": ("", "magill2018_rel"),
    }
    for arrow in evidence.arrows():
        for name, r, p in zip(names[arrow.id], (arrow.r_2014, arrow.r_2018), (arrow.p_2014, arrow.p_2018), strict=True):
            said = (rows[name]["estimate"], rows[name]["p"]) if name else ("", "")
            assert (r, p) == (float(said[0]) if said[0] else None, said[1]), (arrow.id, name)


@pytest.mark.parametrize(
    ("label", "id", "i2"), [("1", "michie-with", 12), ("0", "michie-without", 62)], ids=["with MI", "without MI"]
)
def test_the_quoted_contrast(label, id, i2):
    """The two sums that are quoted follow from the rows that are not shipped, and so do the numbers in the note."""
    rows = [row for row in table("michie2009_interventions") if row["t25_motivational_interviewing"] == label]
    effects, variances = ([float(row[key]) for row in rows] for key in ("g", "vi"))
    tau2 = second.dersimonian_laird(effects, variances)
    mean, se = second.average(effects, variances, tau2)
    [ours] = [e for e in evidence.evidence_set("contrast").estimates if e.id == id]
    assert (ours.value, ours.low, ours.high) == tuple(round(mean + z * se, 2) for z in (0, -1.959964, 1.959964))
    assert ours.k == len(rows) and f"I² {i2}%" in ours.note("en")
    q = second.heterogeneity(effects, variances)
    assert round(100 * (1 - (len(rows) - 1) / q)) == i2
    if label == "1":
        across = sum(abs(y) <= 1.959964 * math.sqrt(v) for y, v in zip(effects, variances, strict=True))
        assert f"{across} of their {len(rows)} intervals" in ours.note("en")
        low, high = evidence.number(min(effects), "en"), evidence.number(max(effects), "en")
        assert f"from {low} to {high}" in ours.note("en")


def test_the_numbers_of_variation_stand_in_the_source():
    rows = {row["id"]: row for row in table("evidence")}
    for name, key in (("ball2007_ret", "sites-programmes"), ("carroll2006_ret", "sites-retention"),
                      ("carroll2009_spanish", "spanish-speaking"), ("miller2003", "one-session")):
        finding = next(one for one in evidence.variation() if one.id == key)
        assert str(finding.figures["clients"]) == rows[name]["n_participants"]
    three = next(one for one in evidence.variation() if one.id == "three-treatments").figures
    assert (str(three["outpatients"]), str(three["aftercare"])) == (
        rows["projectmatch_out"]["n_participants"], rows["projectmatch_after"]["n_participants"],
    )
    moyers = next(one for one in evidence.variation() if one.id == "therapists-drinking").figures
    assert rows["moyers2016_emp"]["n_participants"] == str(moyers["clients"])
    assert f"{moyers['therapists']} therapists; about {moyers['share']}%" in rows["moyers2016_emp"]["notes"]
