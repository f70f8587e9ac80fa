"""Both languages say the same, with the same numbers, and have a word for everything in the data."""

from __future__ import annotations

import ast
import re
import string
import tomllib
from pathlib import Path

import pytest

from mi_helpers import evidence
from mi_helpers.evidence import check, shipped
from mi_helpers.evidence.texts import FOLDER, tables

NUMBER = re.compile(r"[−-]?(?:\d+(?:[.,]\d+)*|\.\d+)")


def flat(table: dict, prefix: str = "") -> dict[str, str]:
    found = {}
    for key, value in table.items():
        found |= flat(value, f"{prefix}{key}.") if isinstance(value, dict) else {prefix + key: value}
    return found


def places(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


def numbers(text: str, lang: str) -> list[float]:
    """The numbers in a text; "95%-interval" and the like included."""
    found = []
    for said in NUMBER.findall(text.replace("–", " ")):
        said = said.replace("−", "-").rstrip(".,")
        thousands, decimal = (",", ".") if lang == "en" else (".", ",")
        found.append(float(said.replace(thousands, "").replace(decimal, ".")))
    return sorted(found)


@pytest.fixture(scope="module")
def both() -> tuple[dict, dict]:
    return flat(tables("en")), flat(tables("nl"))


def test_same_files_keys_and_places(both):
    assert {p.name for p in (FOLDER / "en").iterdir()} == {p.name for p in (FOLDER / "nl").iterdir()}
    en, nl = both
    assert set(en) == set(nl)
    for key, text in en.items():
        assert places(text) == places(nl[key]), key


def test_no_file_hides_a_table_of_another():
    for lang in ("en", "nl"):
        files = [tomllib.loads(path.read_text(encoding="utf-8")) for path in (FOLDER / lang).glob("*.toml")]
        tops = [key for file in files for key in file]
        assert len(tops) == len(set(tops))


def test_nothing_is_empty_or_left_untranslated(both):
    en, nl = both
    same_in_both = {"arrow_studies.y2014_six", "forest.alt_row"}
    for key, text in en.items():
        assert text.strip() and nl[key].strip(), key
        if len(text) > 14 and key not in same_in_both:
            assert text != nl[key], key


def test_both_languages_hold_the_same_numbers(both):
    en, nl = both
    written_as_words = {"column.year"}
    for key, text in en.items():
        if key.startswith(("problem.", "column.")) or key in written_as_words:
            continue
        assert numbers(text, "en") == numbers(nl[key], "nl"), key


def test_dutch_speaks_to_you_and_writes_decimal_commas(both):
    for key, text in both[1].items():
        assert not re.search(r"\b(u|uw)\b", text), key
        if not key.startswith("problem."):
            assert not re.search(r"\d\.\d{1,2}\b(?!\d)", text), key


def test_every_key_of_the_data_has_its_words():
    for lang in ("en", "nl"):
        for found in evidence.sets():
            assert found.title(lang) and found.caption(lang)
            for e in found.estimates:
                assert e.name(lang) and e.read_label(lang)
                for said in (e.outcome(lang), e.comparison(lang), e.follow_up(lang), e.note(lang)):
                    assert isinstance(said, str)
        for arrow in evidence.arrows():
            assert arrow.text(lang) and arrow.found(lang) and arrow.status_label(lang) and arrow.studies(lang)
            assert {arrow.start, arrow.end} <= set(evidence.nodes(lang))
        for claim in evidence.claims():
            assert claim.statement(lang) and claim.source(lang) and claim.why(lang) and claim.answer_label(lang)
        for finding in evidence.variation():
            assert finding.text(lang)
        for publication in evidence.publications().values():
            assert publication.cite(lang)
        for key, name, help in evidence.column_help(lang):
            assert key and name and help


def test_no_words_without_data(both):
    """A text for which the data have no key is a text that nobody sees."""
    reviews = shipped.rows("reviews")
    keys = {
        "outcome": {row["outcome"] for row in reviews} | {"skills-change", "change-outcome"},
        "comparison": {row["comparison"] for row in reviews},
        "note": {row["note"] for row in (*reviews, *shipped.rows("trials"))} | {"no-figure"},
        "qualifier": {row["qualifier"] for name in ("trials", "paths") for row in shipped.rows(name)},
        "set": set(shipped.toml("sets")), "claim": set(shipped.toml("claims")),
        "variation": set(shipped.toml("variation")), "arrow": {row["id"] for row in shipped.rows("arrows")},
    }
    for group, known in keys.items():
        assert set(tables("en")[group]) == known - {""}, group


def test_the_numbers_of_a_claim_are_its_figures():
    for claim in evidence.claims():
        for lang in ("en", "nl"):
            assert set(numbers(claim.why(lang), lang)) == set(claim.figures), (claim.id, lang)


def test_the_effects_in_the_claims_stand_in_the_data_files():
    drawn = [figures for s in evidence.sets() for figures in check.in_file(s.id).values()]
    known = {abs(figures[key]) for figures in drawn for key in ("value", "low", "high") if figures[key] is not None}
    known |= {abs(r) for a in evidence.arrows() for r in (a.r_2014, a.r_2018) if r is not None}
    known |= {0.65}  # Gollwitzer & Sheeran, 2006: in words only, it is drawn nowhere
    for claim in evidence.claims():
        for figure in claim.figures:
            assert float(figure).is_integer() or abs(figure) in known, (claim.id, figure)


def test_the_numbers_in_the_words_of_variation_come_from_its_figures():
    for finding in evidence.variation():
        template = tables("en")["variation"][finding.id]["text"]
        assert not numbers(template, "en") and places(template) <= set(finding.figures)
        assert places(template) == set(finding.figures), finding.id


def test_the_effects_in_the_captions_stand_in_the_data_files():
    known = {f["value"] for s in evidence.sets() for f in check.in_file(s.id).values()}
    known |= {r for arrow in evidence.arrows() for r in (arrow.r_2014, arrow.r_2018)}
    for found in evidence.sets():
        for figure in numbers(found.caption("en"), "en"):
            assert figure.is_integer() or figure in known, (found.id, figure)


def test_the_library_knows_no_other_floor():
    package = Path(evidence.__file__).parent
    for path in package.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("mi_helpers"):
                assert node.module == "mi_helpers" or node.module.startswith("mi_helpers.evidence"), path.name
