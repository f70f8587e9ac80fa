"""The sentences: level in both languages, complete, and free of words that grade."""

import re
import string
from pathlib import Path

import pytest

from mi_helpers.coder.model import COUNSELLOR_CODES, ISSUE_KINDS
from mi_helpers.feedback import code_label, issue_label
from mi_helpers.feedback.remarks import LISTENING, NEUTRAL, PRIORITY, UNCODABLE
from mi_helpers.feedback.words import FOLDER, messages, pick, shorten

LANGUAGES = ("en", "nl")
#: Words that grade, scold or name the measures behind the screen.
BANNED = {
    "en": (
        r"competen\w*|scor\w+|grade\w*|wrong|incorrect|mistake\w*|fail\w*|bad|good answer|correct answer|verdict|"
        r"consistent|inconsistent|partly|unsure|level|well done|should have|must|forgot"
    ),
    "nl": (
        r"competent\w*|bekwaam\w*|score\w*|scoor\w*|fout|fouten|onjuist\w*|slecht|goed antwoord|juiste antwoord|"
        r"beoordeling|cijfer\w*|punten|niveau|helaas|had moeten|vergeten|consistent|inconsistent|onvoldoende|voldoende"
    ),
}
#: Formulas that the course does not reward and so does not offer.
FORMULAS = {
    "en": r"it sounds like|what i hear you say",
    "nl": r"het klinkt alsof|dus als ik het goed begrijp|wat ik je hoor zeggen",
}


def flat(table, path=()):
    for key, value in table.items():
        if isinstance(value, dict):
            yield from flat(value, (*path, key))
        elif isinstance(value, list):
            yield from (((*path, key, n), text) for n, text in enumerate(value))
        else:
            yield (*path, key), value


def fields(text):
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


ALL = {lang: dict(flat(messages(lang))) for lang in LANGUAGES}


def test_both_languages_hold_the_same_keys():
    assert ALL["en"].keys() == ALL["nl"].keys()


def test_both_languages_hold_the_same_placeholders():
    differing = {key for key in ALL["en"] if key[-1] != "family" and fields(ALL["en"][key]) != fields(ALL["nl"][key])}
    assert not differing


def test_family_is_the_same_in_both_languages():
    keys = [k for k in ALL["en"] if k[-1] == "family"]
    assert keys and all(ALL["en"][k] == ALL["nl"][k] for k in keys)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_push_has_its_words(lang):
    push, family = messages(lang)["push"], messages(lang)["family"]
    assert set(push) == set(ISSUE_KINDS) == set(PRIORITY)
    for kind, say in push.items():
        assert len(say["text"]) == len(set(say["text"])) == 3, kind
        assert all(fields(t) <= {"quote"} for t in say["text"]), kind
        assert sum("{quote}" in t for t in say["text"]) == 3, kind
        assert say["why"] and say["source"] and "{client}" in say["alternative"], kind
        assert issue_label(kind, lang) == say["title"]
        assert say["family"] in family and say["family"] != "open"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_family_goes_deeper(lang):
    for name, say in messages(lang)["family"].items():
        assert len(say["deeper"]) == len(say["alternative"]) == 2, name
        assert "{client}" in say["alternative"][0] and "{draft}" in say["alternative"][1], name


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_reading_and_strength_has_its_words(lang):
    said = messages(lang)
    assert set(UNCODABLE) <= set(said["reading"])
    assert {*LISTENING, *NEUTRAL, "double_sided", "answers_change_half", "push_gone", "intent"} == set(said["strength"])
    for kind, say in {**said["reading"], **said["strength"]}.items():
        assert say["title"] and len(set(say["text"])) == 3, kind
        if say.get("family", "none") != "none":
            assert say["why"] and say["source"] and "{client}" in say["alternative"], kind
    assert set(said["sure"]) == {"clear", "likely", "unsure", "uncodable"}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_neutral_code_has_a_reading(lang):
    neutral = {"closed_question", "give_information", "facilitate", "structure", "support", "other", "reassure"}
    assert neutral <= set(messages(lang)["reading"])


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_code_has_a_plain_name(lang):
    assert set(messages(lang)["codes"]) == set(COUNSELLOR_CODES)
    assert all(code_label(code, lang) for code in COUNSELLOR_CODES)
    with pytest.raises(KeyError):
        code_label("persuade", lang)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_word_that_grades_and_no_formula(lang):
    banned = re.compile(rf"\b(?:{BANNED[lang]})\b|{FORMULAS[lang]}", re.I)
    found = {key: banned.findall(text) for key, text in ALL[lang].items()
             if key[-1] not in ("source", "family") and banned.search(text)}  # fmt: skip
    assert not found


@pytest.mark.parametrize("lang", LANGUAGES)
def test_simple_and_complex_are_only_readings(lang):
    how = {"en": "reads as", "nl": "zo te lezen"}[lang]
    for kind in ("simple_reflection", "complex_reflection"):
        say = messages(lang)["strength"][kind]
        assert how in say["title"].lower() and how in say["text"][0].lower()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_sentence_stands_there_twice(lang):
    left_out = {"source", "family", "draft", "codes"}
    texts = [t for key, t in ALL[lang].items() if not {key[0], key[-1]} & left_out]
    assert len(texts) == len(set(texts))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_marks_and_quotes_are_paired(lang):
    for key, text in ALL[lang].items():
        assert text.count("“") == text.count("”"), key
        assert '"' not in text and "  " not in text, key


def test_message_files_stay_readable():
    for path in FOLDER.rglob("*.toml"):
        assert len(Path(path).read_text(encoding="utf-8").splitlines()) < 300, path


def test_pick_goes_round():
    assert [pick(["a", "b", "c"], n) for n in range(5)] == ["a", "b", "c", "a", "b"]


@pytest.mark.parametrize(
    ("text", "short"),
    [
        ("Je moet nu echt stoppen.", "Je moet nu echt stoppen"),
        ("  two\n lines ", "two lines"),
        ("Why not?", "Why not?"),
        ("word " * 40, ("word " * 18).strip() + "…"),
        ("x" * 200, "x" * 90 + "…"),
    ],
)
def test_quotes_are_cut_to_fit(text, short):
    assert shorten(text) == short
