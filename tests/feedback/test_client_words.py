"""A piece of the client's words, and the piece said back: careful rather than clever."""

import pytest

from mi_helpers.coder.model import Act, Coding
from mi_helpers.feedback.client import LONGEST, piece, turn_round


@pytest.mark.parametrize(
    ("lang", "client", "expected"),
    [
        ("en", "I want to be fit for my son, but I'm too tired at night.", "I want to be fit for my son"),
        ("en", "I hate the gym. But I'd like to sleep better.", "I'd like to sleep better"),
        ("en", "I don't want to stop.", "I don't want to stop"),
        ("en", "Yeah, well, it never works for me.", "it never works for me"),
        ("nl", "Ik zou graag meer slapen, maar de kleine huilt.", "Ik zou graag meer slapen"),
        ("nl", "Het is te druk maar ik wil echt meer bewegen.", "ik wil echt meer bewegen"),
        ("nl", "Sinds de verhuizing, nou ja, slaap ik niet.", "Sinds de verhuizing, nou ja, slaap ik niet"),
        ("nl", "Ik doe maar wat.", "Ik doe maar wat"),
        ("nl", "Nou ja, het lukt gewoon niet.", "het lukt gewoon niet"),
        ("nl", "Nee.", "Nee"),
    ],
)
def test_the_liveliest_piece(lang, client, expected):
    assert piece(client, lang).text == expected


@pytest.mark.parametrize("client", ["", "   ", "...", "?!"])
def test_no_words_no_piece(client):
    assert piece(client, "nl") is None


def test_change_talk_goes_first():
    client = "I like my wine, and mornings are getting hard."
    start = client.index("mornings")
    coding = Coding(client, "en", "client", "mixed", None, "likely", (
        Act("sustain", 0, 14, "r"), Act("change_reason", start, len(client), "r")))  # fmt: skip
    found = piece(client, "en", coding)
    assert (found.text, found.change, found.wish) == ("mornings are getting hard", True, False)


def test_a_long_piece_is_cut():
    found = piece("so " + "very " * 40 + "tired", "en")
    assert len(found.text.rstrip("…").split()) <= LONGEST and found.text.endswith("…")


@pytest.mark.parametrize(
    ("lang", "address", "text", "expected"),
    [
        ("en", "je", "I want to be fit for my son", "You want to be fit for your son."),
        ("en", "je", "I'm proud of myself, I was scared", "You're proud of yourself, you were scared."),
        ("en", "je", "My wife says I drink", "Your wife says you drink."),
        ("en", "je", "it never works", None),
        ("en", "je", "I told you already", None),
        ("en", "je", "I hope we manage", None),
        ("en", "je", "I could", None),
        ("nl", "je", "ik wil mijn zoon zien opgroeien", "Je wilt je zoon zien opgroeien."),
        ("nl", "u", "Ik wil mijn zoon zien opgroeien", "U wilt uw zoon zien opgroeien."),
        ("nl", "u", "Ik voel me er schuldig over", "U voelt zich er schuldig over."),
        ("nl", "je", "Ik voel me er schuldig over", "Je voelt je er schuldig over."),
        ("nl", "je", "Mijn dochter telt mijn sigaretten", "Je dochter telt je sigaretten."),
        ("nl", "je", "Ik weet dat ik te veel eet", None),
        ("nl", "je", "Ik knutsel graag aan fietsen", None),
        ("nl", "je", "Als ik thuis ben", None),
        ("nl", "je", "Ik wil dat jullie weggaan", None),
        ("nl", "je", "Wil ik dat wel?", None),
    ],
)
def test_said_back_only_where_it_is_safe(lang, address, text, expected):
    assert turn_round(text, lang, address) == expected
