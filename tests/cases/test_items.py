"""The exercise items of lesson 1: what they must hold, in both languages."""

import re
from collections import Counter

import pytest

from mi_helpers.cases.loader import lesson_items
from mi_helpers.cases.schema import NoteItem, RewriteItem
from mi_helpers.resources import LANGUAGES

ITEMS = lesson_items(1)
REWRITES = [i for i in ITEMS if isinstance(i, RewriteItem)]
NOTES = [i for i in ITEMS if isinstance(i, NoteItem)]
TEXTS = [pytest.param(i, lang, id=f"{i.id}-{lang}") for i in REWRITES for lang in LANGUAGES]

#: The inventory of the sources: how many items each of the five has.
INVENTORY = {"S000": 88, "S001": 13, "S002": 9, "S003": 17, "S004": 10}
COMPETENCIES = {"C1", "C2", "C3", "C4", "C5", "C6", "C7", "C8", "K1", "E1"}
FIELDS = {"physiotherapy", "youth", "addiction", "psychotherapy", "diet_medication", "work"}

STOCK_OPENER = {
    "en": re.compile(r"^(it |that )?sounds? (like|as if)|^so[, ]|^what i('m| am)? hear|^i hear|^if i understand", re.I),
    "nl": re.compile(r"^dus\b|als ik (het|u|je) (goed|zo) begrijp|^(het|dat) klinkt (alsof|als)|^ik hoor", re.I),
}
STIGMA = re.compile(
    r"\b(alcoholics?|addicts?|junk(ie|ies|y)|non-?complian\w+|abusers?|obese|the mentally ill|"
    r"alcoholist(en|e)?|verslaafden?|junks?|therapieontrouw\w*|zwakbegaafd\w*|gestoorden?|ongemotiveerde)\b",
    re.I,
)


def words_of(value) -> str:
    """All words in a record, one after the other."""
    if isinstance(value, dict):
        return " ".join(words_of(v) for v in value.values())
    if isinstance(value, (list, tuple)):
        return " ".join(words_of(v) for v in value)
    return str(value)


def test_the_lesson_has_twelve_conversations_and_five_are_core():
    assert len(REWRITES) == 12
    assert sum(i.core for i in REWRITES) == 5


def test_every_field_of_work_is_there_and_none_rules():
    count = Counter(i.field for i in REWRITES)
    assert set(count) == FIELDS
    assert max(count.values()) <= 3
    assert len({i.field for i in REWRITES if i.core}) == 5


def test_both_ways_of_address_are_there_to_choose_from():
    count = Counter(i.address for i in REWRITES)
    assert min(count["u"], count["je"]) >= 5
    assert {i.address for i in REWRITES if i.core} == {"u", "je"}


def test_the_pushes_differ():
    assert len({kind for i in REWRITES for kind in i.reflex_issues}) >= 12


def test_the_notes_of_the_lesson_and_one_first_measure():
    assert [i.id for i in NOTES] == ["l01-first-reply", "l01-expect", "l01-own-reflex", "l01-recap"]
    assert [i.id for i in NOTES if i.baseline] == ["l01-first-reply"]


@pytest.mark.parametrize("item", ITEMS, ids=lambda i: i.id)
def test_what_an_item_covers_exists(item):
    assert item.covers
    for seed in item.covers:
        source, number = seed.split("-")
        assert 1 <= int(number) <= INVENTORY[source], seed
    assert item.competencies
    assert set(item.competencies) <= COMPETENCIES


@pytest.mark.parametrize("item", ITEMS, ids=lambda i: i.id)
def test_both_languages_say_their_own_words(item):
    for field, english in item.en:
        dutch = getattr(item.nl, field)
        if field != "client_name":
            assert words_of(english) != words_of(dutch), field
    if isinstance(item, RewriteItem):
        assert [m.depth for m in item.en.models] == [m.depth for m in item.nl.models]


@pytest.mark.parametrize(("item", "lang"), TEXTS)
def test_the_client_speaks_one_to_three_sentences(item, lang):
    assert 1 <= len(re.findall(r"[.?!](?=\s|$)", item.text(lang).client)) <= 3


@pytest.mark.parametrize(("item", "lang"), TEXTS)
def test_the_situation_names_the_client(item, lang):
    text = item.text(lang)
    assert re.search(rf"\b{text.client_name}\b", text.situation)


@pytest.mark.parametrize("item", REWRITES, ids=lambda i: i.id)
def test_the_dutch_keeps_to_its_way_of_address(item):
    said = " ".join([item.nl.reflex, *(m.text for m in item.nl.models)])
    formal, familiar = r"\b(u|uw|uzelf)\b", r"\b(je|jij|jou|jouw|jezelf)\b"
    own, other = (formal, familiar) if item.address == "u" else (familiar, formal)
    assert re.search(own, said, re.I)
    assert not re.search(other, said, re.I)


@pytest.mark.parametrize(("item", "lang"), TEXTS)
def test_no_model_reply_leans_on_a_formula(item, lang):
    for model in item.text(lang).models:
        assert not STOCK_OPENER[lang].search(model.text), model.text
        assert not re.search(r"\b(but|maar)\b", model.text, re.I), model.text


@pytest.mark.parametrize(("item", "lang"), TEXTS)
def test_the_last_hint_is_a_beginning_and_gives_no_model_away(item, lang):
    text = item.text(lang)
    begun = re.search(r"“(.+)…”$", text.hints[2])
    assert begun
    assert not STOCK_OPENER[lang].search(begun[1])
    assert all(m.text not in " ".join(text.hints) for m in text.models)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_text_is_used_twice(lang):
    said = Counter()
    for i in REWRITES:
        t = i.text(lang)
        said.update([t.title, t.situation, t.client, t.reflex, t.next.push, t.next.followed, t.next.evoked])
        said.update([*t.hints, *(m.text for m in t.models), *(m.why for m in t.models)])
    assert [text for text, n in said.items() if n > 1] == []


@pytest.mark.parametrize("item", ITEMS, ids=lambda i: i.id)
def test_people_come_before_their_troubles(item):
    assert not STIGMA.search(words_of(item.model_dump()))


def test_the_words_that_stigmatise_are_seen_when_they_are_there():
    for said in ("an alcoholic", "Addicts often", "een alcoholist", "de verslaafde", "therapieontrouwe mensen"):
        assert STIGMA.search(said)


@pytest.mark.parametrize("lang", ["en", "nl"])
def test_what_is_left_to_discuss_is_said_anew_in_every_item(lang):
    every = {i.id: i.text(lang).discuss for lesson in range(1, 11) for i in lesson_items(lesson) if i.kind != "note"}
    openings = {}
    for item_id, words in every.items():
        assert 8 <= len(words.split()) <= 70, (item_id, len(words.split()))
        openings.setdefault(tuple(re.findall(r"\w+", words.casefold())[:4]), []).append(item_id)
    assert {first: ids for first, ids in openings.items() if len(ids) > 1} == {}
