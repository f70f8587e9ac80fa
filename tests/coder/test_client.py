"""Client speech: what a statement says about the change, relative to the behaviour it is about."""

from __future__ import annotations

import time

import pytest

from mi_helpers.coder import client, targets
from mi_helpers.coder.match import Turn
from mi_helpers.coder.model import CLIENT_CODES
from mi_helpers.coder.rules import load

DRINK = {"behaviour": "drinking alcohol", "direction": "less"}
SMOKE = {"behaviour": "smoking", "direction": "less"}
PILLS = {"behaviour": "taking the medication", "direction": "more"}
EXERCISE = {"behaviour": "doing the exercises", "direction": "more"}


def main(text: str, lang: str, target: dict | None = None) -> str:
    return client.code_client(Turn.of(text, None, load(lang)), target)[0]


@pytest.mark.parametrize(
    ("lang", "text", "target", "code"),
    [
        ("en", "I want to stop.", DRINK, "change_desire"),
        ("en", "I want to keep drinking.", DRINK, "sustain"),
        ("en", "I want to stop taking them.", PILLS, "sustain"),
        ("en", "I can enjoy myself without a drink.", DRINK, "change_ability"),
        ("en", "I can't relax without a drink.", DRINK, "sustain"),
        ("en", "I can't go on drinking like this.", DRINK, "change_need"),
        ("en", "I won't buy cigarettes any more.", SMOKE, "change_commitment"),
        ("en", "I'm ready to give the exercises a go.", EXERCISE, "change_activation"),
        ("en", "I called the quitline yesterday.", SMOKE, "change_steps"),
        ("en", "Smoking has ruined my lungs.", SMOKE, "change_reason"),
        ("en", "Those tablets make me drowsy.", PILLS, "sustain"),
        ("nl", "Ik wil stoppen.", DRINK, "change_desire"),
        ("nl", "Ik wil gewoon blijven drinken.", DRINK, "sustain"),
        ("nl", "Ik wil met die pillen stoppen.", PILLS, "sustain"),
        ("nl", "Ik kan best een feestje zonder wijn.", DRINK, "change_ability"),
        ("nl", "Zonder wijn kan ik niet ontspannen.", DRINK, "sustain"),
        ("nl", "Ik ga geen sigaretten meer kopen.", SMOKE, "change_commitment"),
        ("nl", "Ik ben bereid die oefeningen te proberen.", EXERCISE, "change_activation"),
        ("nl", "Ik heb gisteren de stopcoach gebeld.", SMOKE, "change_steps"),
        ("nl", "Het roken heeft mijn longen kapot gemaakt.", SMOKE, "change_reason"),
        ("nl", "Van die tabletten word ik suf.", PILLS, "sustain"),
    ],
)
def test_direction_is_relative_to_the_target(lang, text, target, code):
    assert main(text, lang, target) == code


@pytest.mark.parametrize(
    ("lang", "text", "code"),
    [
        ("en", "You never listen to a word I say.", "discord"),
        ("en", "Why should I tell you anything?", "discord"),
        ("en", "Where can I park next time?", "neutral"),
        ("en", "My brother is a plumber in Leeds.", "neutral"),
        ("nl", "Jullie luisteren nooit naar wat ik zeg.", "discord"),
        ("nl", "Ik zit hier alleen omdat het van de rechter moet.", "discord"),
        ("nl", "Waar kan ik de volgende keer parkeren?", "neutral"),
        ("nl", "Mijn broer is loodgieter in Zwolle.", "neutral"),
    ],
)
def test_discord_and_neutral_need_no_target(lang, text, code):
    assert main(text, lang) == code
    assert main(text, lang, DRINK) == code


@pytest.mark.parametrize(
    ("lang", "text", "half"),
    [
        ("en", "I love a cold beer, but I can't go on like this.", "I can't go on like this"),
        ("en", "I'd like to cut down. Evenings without wine are so boring.", "I'd like to cut down"),
        ("nl", "Een biertje is lekker, maar zo kan het niet langer.", "zo kan het niet langer"),
        ("nl", "Ik wil wel minderen, alleen vind ik het zo gezellig met wijn.", "Ik wil wel minderen"),
    ],
)
def test_the_change_half_of_a_mixed_statement_is_found(lang, text, half):
    code, acts, _, _ = client.code_client(Turn.of(text, None, load(lang)), DRINK)
    assert code == "mixed"
    assert {a.code.split("_")[0] for a in acts} == {"change", "sustain"}
    start, end = client.change_half(text, DRINK, lang)
    assert text[start:end] == half


def test_no_change_talk_has_no_change_half():
    assert client.change_half("I like my pint.", DRINK, "en") is None


@pytest.mark.parametrize(("lang", "text"), [("nl", "kga stoppen me drinken, beloofd"), ("en", "im gonna stop drinkin, promise")])
def test_sloppy_spelling_is_understood(lang, text):
    assert main(text, lang, DRINK) == "change_commitment"


@pytest.mark.parametrize("text", ["", "   ", "...", "🙂", "12 34"])
def test_without_words_there_is_nothing_to_code(text):
    assert client.code_client(Turn.of(text, None, load("en")), None)[0] == "uncodable"


def test_without_a_target_the_answer_is_never_clear():
    code, _, certainty, why = client.code_client(Turn.of("I promise I will stop.", None, load("en")), None)
    assert code == "change_commitment" and certainty != "clear" and "en.client." in why


@pytest.mark.parametrize("lang", ["en", "nl"])
def test_every_known_behaviour_has_words_in_both_languages(lang):
    other = {"en": "nl", "nl": "en"}[lang]
    assert set(targets._lexicon(lang)) == set(targets._lexicon(other))


def test_an_unknown_behaviour_falls_back_to_its_own_words():
    dance = {"behaviour": "practising the violin", "direction": "more"}
    assert targets.target_of(dance, "en").name == "other"
    assert main("I don't want to practise the violin.", "en", dance) == "sustain"


def test_a_behaviour_to_let_go_of_is_turned():
    assert targets.target_of({"behaviour": "letting go of worrying", "direction": "more"}, "en").sign == -1
    assert targets.target_of({"behaviour": "stoppen met roken", "direction": "more"}, "nl").sign == -1


@pytest.mark.parametrize("lang", ["en", "nl"])
@pytest.mark.parametrize("unit", ["a, ", "i can't ", "ik heb gedronken, ", "but i want to and ", "als ik stop, "])
def test_long_texts_are_read_in_time(lang, unit):
    text = (unit * 20_000)[:20_000]
    started = time.perf_counter()
    code, acts, _, _ = client.code_client(Turn.of(text, None, load(lang)), EXERCISE)
    assert time.perf_counter() - started < 5
    assert code in CLIENT_CODES and all(0 <= a.start < a.end <= len(text) for a in acts)
