"""The parts of the evidence lab, without a browser: what they draw, keep and say."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest

from mi_helpers import evidence
from mi_helpers.evidence import check
from mi_helpers.resources import LANGUAGES
from mi_helpers.ui.html import esc
from mi_helpers.ui.lab import NAMES, Later, part
from mi_helpers.ui.lab.claims import place
from mi_helpers.ui.plots.forest import set_plot
from mi_helpers.ui.plots.plot import table_csv
from mi_helpers.ui.strings import strings

both = pytest.mark.parametrize("lang", LANGUAGES)
SETS = [found.id for found in evidence.sets()]
OWN = "study,scale,estimate,low,high\nOne 2001,OR,1.4,0.9,2.18\nTwo 2002,OR,1.1,0.7,1.73\n"


def drawn(plot) -> list[dict]:
    """What a figure draws of published rows: id, value, low and high as they lie on the axis."""
    rows = []
    for trace in plot.figure["data"]:
        if trace["name"] in ("pooled", "prediction", "guess", "mean"):
            continue
        error = trace.get("error_x", {})
        for n, (key, value) in enumerate(zip(trace["ids"], trace["x"], strict=True)):
            row = {"id": key, "value": value}
            if error and error["array"][n] is not None:
                row |= {"low": round(value - error["arrayminus"][n], 9), "high": round(value + error["array"][n], 9)}
            rows.append(row)
    return rows


@both
@pytest.mark.parametrize("set_id", SETS)
def test_every_point_is_the_number_in_the_data_file(set_id, lang):
    plot = set_plot(evidence.evidence_set(set_id), strings(lang), with_pool=False)
    rows = drawn(plot)
    assert check.differences(rows, set_id) == []
    assert check.missing(rows, set_id) == []
    written = [note["text"] for note in plot.figure["layout"]["annotations"]]
    for row in rows:
        assert any(text.startswith(evidence.number(row["value"], lang)) for text in written), row


def test_a_wrong_point_would_be_seen():
    plot = set_plot(evidence.evidence_set("decay"), strings("en"), with_pool=False)
    rows = drawn(plot)
    rows[1]["low"] += 0.01
    assert len(check.differences(rows, "decay")) == 1


@both
def test_figures_are_what_plotly_knows(lang):
    import plotly.graph_objects as go

    for set_id in SETS:
        figure = set_plot(evidence.evidence_set(set_id), strings(lang)).figure
        go.Figure(data=figure["data"], layout=figure["layout"])  # raises at a name it doesn't know
        json.dumps(figure, allow_nan=False)


@both
def test_numbers_are_written_as_the_language_does(lang):
    figure = set_plot(evidence.evidence_set("decay"), strings(lang)).figure
    written = " ".join(note["text"] for note in figure["layout"]["annotations"])
    assert ("0,79" if lang == "nl" else "0.79") in written
    assert ("0.79" if lang == "nl" else "0,79") not in written
    assert ("0,5" if lang == "nl" else "0.5") in figure["layout"]["xaxis"]["ticktext"]


def test_a_ratio_stands_on_a_log_axis_and_a_difference_does_not():
    kinds = {key: set_plot(evidence.evidence_set(key), strings("en")).figure for key in ("heckman-4-8", "decay")}
    assert kinds["heckman-4-8"]["layout"]["xaxis"]["type"] == "log"
    assert kinds["heckman-4-8"]["layout"]["shapes"][0]["x0"] == 1
    assert kinds["decay"]["layout"]["xaxis"]["type"] == "linear"
    assert kinds["decay"]["layout"]["shapes"][0]["x0"] == 0


def test_the_diamond_and_the_dotted_line_are_the_pooled_numbers():
    found = evidence.evidence_set("heckman-10-12")
    pooled = evidence.pool(evidence.poolable_part(found.estimates)[0], "OR")
    traces = {trace["name"]: trace for trace in set_plot(found, strings("en")).figure["data"]}
    assert traces["pooled"]["x"][:3] == [pooled.low, pooled.value, pooled.high]
    assert traces["prediction"]["x"] == [pooled.prediction_low, pooled.prediction_high]
    sizes = dict(zip(traces["study"]["ids"], traces["study"]["marker"]["size"], strict=True))
    assert sorted(sizes, key=sizes.get) == sorted(pooled.weights, key=pooled.weights.get)


def test_reviews_have_no_diamond_and_say_why():
    plot = set_plot(evidence.evidence_set("reviews-smd"), strings("en"))
    assert not [trace for trace in plot.figure["data"] if trace["name"] == "pooled"]
    assert evidence.forest(evidence.evidence_set("reviews-smd").estimates, "SMD", "en").refused in plot.caption


def test_no_line_joins_the_points_of_the_decay():
    plot = set_plot(evidence.evidence_set("decay"), strings("en"), with_pool=False)
    assert {trace["mode"] for trace in plot.figure["data"]} == {"markers"}


@both
def test_every_part_is_made_in_both_languages(lang, store):
    for name in NAMES:
        assert "mi-page" in part(name)(store, strings(lang)).root._dom_classes


def test_an_unknown_part_is_refused():
    with pytest.raises(ValueError, match="nonsense"):
        part("nonsense")


# -- forest -----------------------------------------------------------------------------------------------------------


def test_leaving_one_out_changes_the_sum_and_keeps_the_row(store, say):
    forest = part("forest")(store, say)
    forest.draw({"set": "heckman-10-12", "sort": "given"})
    before = {trace["name"]: trace for trace in forest.view.plot.figure["data"]}
    forest.draw({"set": "heckman-10-12", "sort": "given", "without": before["study"]["ids"][0]})
    after = {trace["name"]: trace for trace in forest.view.plot.figure["data"]}
    assert after["pooled"]["x"] != before["pooled"]["x"]
    assert after["out"]["ids"] == before["study"]["ids"][:1]


def test_sorting_changes_the_order_of_the_rows(store, say):
    forest = part("forest")(store, say)

    def order(sort):
        forest.draw({"set": "heckman-10-12", "sort": sort})
        [trace] = [trace for trace in forest.view.plot.figure["data"] if trace["name"] == "study"]
        return [value for _, value in sorted(zip(trace["y"], trace["x"], strict=True))]

    assert order("size") == sorted(order("size"), reverse=True)
    assert order("given") != order("size")


def test_a_choice_that_is_not_offered_counts_as_none(store, say):
    forest = part("forest")(store, say)
    forest.draw({"set": "heckman-22-26", "sort": 3, "without": ["x"]})
    assert forest.view.plot.name == "heckman-10-12"


def test_a_plot_waits_until_the_page_stands(store, say):
    """Drawing blocks the browser, which gives up on widgets that it finds later than two seconds."""
    view = part("training")(store, say).view
    assert view._sheet.outputs == ()
    view._under._receive(None, {"kind": "ready"}, [])
    assert view._sheet.outputs == (view.plot.output(),)


# -- guess first ------------------------------------------------------------------------------------------------------


def test_the_truncated_block_is_kept_back_until_something_was_said(store, say):
    missing = part("missing")(store, say)
    assert missing.view.plot.caption == ()
    assert missing.view._under.about["keep"] is False
    missing.first._ask("try-1", {"answer": "harm"})
    assert evidence.evidence_set("heckman-22-26").caption("en") in missing.view.plot.caption
    assert say("lab.missing.harm") in missing.after.value
    assert part("missing")(store, say).view._under.about["keep"] is True, "it comes back on the next visit"


def test_nothing_of_the_decay_shows_before_the_guess(store, say):
    decay = part("decay")(store, say)
    shown = json.dumps(decay.view.plot.figure) + decay.view.plot.told_html(say)
    assert "0.79" in shown
    assert not any(f"{moment.value:.2f}" in shown for moment in evidence.evidence_set("decay").estimates[1:])
    decay.first._ask("try-1", {})
    assert store.tries("lab-decay", lang="en") == []
    decay.first._ask("try-2", {decay.later[0].id: 0.5})
    [trace] = [trace for trace in decay.view.plot.figure["data"] if trace["name"] == "guess"]
    assert trace["x"] == [0.5, 0.79, 0.79]
    assert check.differences(drawn(decay.view.plot), "decay") == []
    assert json.loads(store.tries("lab-decay", lang="en")[-1].text) == {decay.later[0].id: 0.5}


def test_in_a_lesson_the_figure_waits_for_the_exercise(store, say, monkeypatch):
    from mi_helpers.ui import page

    monkeypatch.setattr("mi_helpers.progress.open_store", lambda: store)
    shown = []
    monkeypatch.setattr(sys.modules["mi_helpers.ui.page"], "display", shown.append)
    here = page("course", "10_evidence_limits", "en")
    shown.clear()
    here.item("l10-decay")
    here.lab("decay", "l10-decay")
    later = here._watching[0].__self__
    assert isinstance(later, Later) and later.part is None
    box = next(it for it in shown[0].children if hasattr(it, "_on_ask"))
    box._on_ask("try-1", {"answer": 0.3})
    [trace] = [trace for trace in later.part.view.plot.figure["data"] if trace["name"] == "guess"]
    assert trace["x"] == [0.3]


def test_in_a_lesson_the_figure_can_be_seen_without_a_guess(store, say):
    later = Later(store, say, "l10-decay", part("decay"))
    later.button.click()
    assert not [trace for trace in later.part.view.plot.figure["data"] if trace["name"] == "guess"]


# -- model, sites, claims ---------------------------------------------------------------------------------------------


@both
def test_every_arrow_shows_both_years_and_says_what_is_known(lang, store):
    say = strings(lang)
    model = part("model")(store, say)
    for arrow in evidence.arrows():
        label = next(it["label"] for it in model.drawing.arrows if it["id"] == arrow.id)
        model.choose(arrow.id)
        for r in (arrow.r_2014, arrow.r_2018):
            said = say("lab.no_figure") if r is None else evidence.number(r, lang)
            assert said in label and said in model.known.value
        assert arrow.studies(lang)[-2] in model.known.value
        assert bool(model.place.children) == bool(arrow.samples)
    model.choose("skills-change")
    assert f"p &lt; 0{say('lab.decimal')}001" in model.known.value


def test_the_slider_spreads_the_places_and_says_that_it_is_a_simulation(store, say):
    sites = part("sites")(store, say)

    def width(spread):
        sites.draw({"spread": spread, "seed": 3})
        [trace] = [trace for trace in sites.view.plot.figure["data"] if trace["name"] == "point"]
        return max(trace["x"]) - min(trace["x"])

    assert width(1.0) > width(0.0)
    assert say("lab.sites_caption") in sites.view.plot.caption
    assert evidence.simulate_sites(1.0, sites=8).assumptions("en")[0].split()[0] in sites.words.value
    sites.draw({"spread": "much", "seed": None})  # no number: as at the start


def test_a_claim_is_rated_before_it_is_answered_and_the_rating_is_kept(store, say):
    claims = part("claims")(store, say)
    first = claims.claims[0]
    assert first.why("en")[:40] not in claims.after.value
    claims.first._ask("try-1", {"answer": "excellent"})
    assert store.tries(place(first.id), lang="en") == []
    claims.first._ask("try-2", {"answer": "supported"})
    assert first.why("en")[:40] in claims.after.value
    [kept] = store.tries(place(first.id), lang="en")
    assert json.loads(kept.text) == {"answer": "supported"}
    assert part("claims")(store, say).at == 1, "the next visit begins at the first that is open"


# -- own studies ------------------------------------------------------------------------------------------------------


def test_a_table_is_drawn_and_pooled_and_comes_back(store, say):
    own = part("own")(store, say)
    own.table._receive(None, {"kind": "draft", "values": {"table": OWN}}, [])
    assert [len(trace["ids"]) for trace in own.view.plot.figure["data"] if trace["name"] == "study"] == [2]
    again = part("own")(store, say)
    again.draw()
    assert again.view.plot.rows == own.view.plot.rows


def test_a_bad_cell_is_told_with_row_and_column_and_the_rest_is_drawn(store, say):
    own = part("own")(store, say)
    own._typed({"table": OWN + "Three,OR,1.2,<b>low</b>,1.9\n"})
    assert "4" in own.problems.value and "low" in own.problems.value
    assert "<b>low" not in own.problems.value and "&lt;b&gt;low" in own.problems.value
    assert own.view.root.children


def test_never_two_scales_in_one_plot(store, say):
    own = part("own")(store, say)
    own._typed({"table": OWN + "Three,SMD,0.2,0.1,0.3\n"})
    assert len(own.view.plot.rows) == 2
    own._choose({"scale": "SMD"})
    assert len(own.view.plot.rows) == 1
    assert say("lab.own_scales") in own.view.plot.caption


def test_the_form_adds_a_row_to_whatever_table_there_is(store, say):
    own = part("own")(store, say)
    own._typed({"table": "study;schaal;schatting;laag;hoog;mine\nOne;OR;1,4;0,9;2,18;x\n"})
    own._add("id", {"way": "counts", "study": "New & <i>", "events_mi": "24", "n_mi": "110", "events_control": "17",
                    "n_control": "108"})  # fmt: skip
    assert len(own.view.plot.rows) == 2
    assert own._text().splitlines()[0].startswith("study;schaal;schatting;laag;hoog;mine;")
    assert "<i>" not in own.view.plot.told_html(say)
    assert "<i>" not in json.dumps(own.view.plot.figure)


def test_a_form_that_is_not_complete_adds_nothing(store, say, monkeypatch):
    own = part("own")(store, say)
    told = []
    monkeypatch.setattr(own.form, "tell", told.append)
    own._add("id", {"way": "estimate", "scale": "OR", "study": "One", "estimate": "1.2"})
    assert own._text() == ""
    assert "low" in told[-1]


# -- taking along -----------------------------------------------------------------------------------------------------


@both
def test_a_table_as_a_file_has_numbers_and_no_formulas(lang):
    rows = [("=1+1", evidence.number(-0.24, lang)), ("−x", evidence.number(2.0, lang))]
    text = table_csv(("a", "b"), rows, lang)
    mark, decimal = (";", ",") if lang == "nl" else (",", ".")
    assert text == f"\ufeffa{mark}b\r\n'=1+1{mark}-0{decimal}24\r\n'−x{mark}2{decimal}00\r\n"


@both
def test_a_page_of_its_own_needs_no_network_and_holds_numbers_and_sources(lang):
    say = strings(lang)
    plot = set_plot(evidence.evidence_set("heckman-4-8"), say)
    html = plot.page(say)
    own = html[: html.index("<script")] + html[html.rindex("</script>") :]
    assert "http" not in own and "src=" not in html[:5000] + own and len(html) > 1_000_000
    assert esc(plot.sources[0]) in own and plot.rows[0][0] in own


@pytest.mark.parametrize("call", ["here.item('l10-decay')", "here.figure('ambivalence')", "here.exercises()"])
def test_pages_without_plots_load_nothing_heavy(call, tmp_path):
    code = (
        "import sys; from mi_helpers.ui import page; here = page('exercises', '10_evidence_limits', 'en')\n"
        f"{call}\n"
        "print(sorted({'pandas', 'plotly', 'statsmodels', 'numpy', 'mi_helpers.evidence'} & set(sys.modules)))"
    )
    said = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True,
        env={**os.environ, "MI_COURSE_DATABASE": f"sqlite:///{(tmp_path / 'w.sqlite3').as_posix()}"},
    )  # fmt: skip
    assert said.stdout.splitlines()[-1] == "[]"
