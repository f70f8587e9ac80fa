"""Writing to order: what a box asks for is what counts, and what is said about it fits."""

import pytest

from mi_helpers.cases import item
from mi_helpers.feedback import on_write

both = pytest.mark.parametrize("lang", ["en", "nl"])


def hits(item_id, lang, text, box=0):
    return on_write(item(item_id), box, text, lang)


@pytest.mark.parametrize("item_id", ["l03-affirm-neighbour", "l03-praise-to-affirm", "l03-affirm-relapse"])
@pytest.mark.parametrize(
    ("lang", "text"), [("en", "Well done!"), ("en", "Great, good for you!"), ("nl", "Goed gedaan!"), ("nl", "Knap hoor!")]
)
def test_praise_for_anyone_is_no_affirmation(item_id, lang, text):
    written = hits(item_id, lang, text)
    assert not written.hit and not written.act
    assert written.feedback.priority.kind == "generic_praise"


@pytest.mark.parametrize(
    ("lang", "text", "hit"),
    [
        ("en", "You want to be standing there with your bag again.", True),
        ("en", "You'd love to be part of it again.", True),
        ("en", "You were ashamed and went home.", False),
        ("nl", "Je verlangt ernaar om daar weer te staan met je tas.", True),
        ("nl", "Je schaamde je en ging naar huis.", False),
    ],
)
def test_an_item_can_ask_for_the_half_that_leans_towards_change(lang, text, hit):
    written = hits("l06-say-it-back", lang, text)
    assert written.hit is hit
    if not hit:
        assert written.feedback.priority.kind == "change_half_waiting"


@pytest.mark.parametrize(
    ("item_id", "lang", "text", "upward"),
    [
        ("l07-follow-six", "en", "What makes it a six and not a four?", False),
        ("l07-follow-six", "en", "Why not an 8?", True),
        ("l07-follow-six", "nl", "Waarom een zes en geen negen?", True),
        ("l07-follow-six", "nl", "Waarom een zes en geen drie?", False),
        ("l07-follow-two", "nl", "Veertig brieven, 40, en u zegt een twee. Waar komt die twee vandaan?", False),
        ("l07-follow-two", "en", "What would make it a three?", True),
    ],
)
def test_a_question_after_a_number_goes_downward(item_id, lang, text, upward):
    written = hits(item_id, lang, text)
    assert written.upward is upward and written.hit is not upward


@both
def test_what_is_told_where_information_is_asked_for_is_information(lang):
    told = {"en": "Almost everyone wakes a few times a night.", "nl": "Bijna iedereen wordt een paar keer per nacht wakker."}
    written = hits("l05-oao-sleep", lang, told[lang], box=1)
    assert written.hit and written.act == "give_information"


@both
def test_words_that_are_not_said_to_a_client_are_not_read_as_if_they_were(lang):
    told = {"en": "MI works for everyone.", "nl": "MGV werkt bij iedereen."}
    assert hits("l10-two-sentences", lang, told[lang]).hit
