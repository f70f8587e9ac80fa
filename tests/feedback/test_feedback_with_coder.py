"""The two floors together, on a few replies; the rules themselves are tested in tests/coder."""

import pytest

from mi_helpers.cases import RewriteItem, lesson_items
from mi_helpers.coder import code_turn
from mi_helpers.feedback import Scene, on_reply, on_rewrite
from mi_helpers.feedback.client import piece

LANGUAGES = ("en", "nl")
CLIENT = {
    "en": "I'd like to get out more, but after work I'm simply done.",
    "nl": "Ik zou graag wat vaker naar buiten gaan, maar na mijn werk ben ik gewoon op.",
}
ODD = ["", "   ", "😀", "(knikt)", "asdfgh qwrtz", "x" * 20_000, "<b>hoi</b>", "\u200fשלום\u200f", "{quote}", "\x00"]
ITEMS = [item for item in lesson_items(1) if isinstance(item, RewriteItem)]


@pytest.mark.parametrize(
    ("lang", "client", "text", "verdicts"),
    [
        ("nl", "Oefenen maakt het erger.", "Ik begrijp dat je bang bent voor meer pijn.", {"consistent", "partly"}),
        ("en", "Practising makes it worse.", "I understand that you're afraid of more pain.", {"consistent", "partly"}),
        ("nl", CLIENT["nl"], "Dat lijkt me heel zwaar.", {"partly"}),
        ("en", CLIENT["en"], "That must be very hard.", {"partly"}),
        ("nl", CLIENT["nl"], "Je wilt wel, maar het lukt je niet.", {"consistent"}),
        ("en", CLIENT["en"], "You want to, but you don't manage it.", {"consistent"}),
        ("nl", "Ik rook weer.", "Heb je al eens eerder geprobeerd te stoppen?", {"partly", "consistent"}),
        ("en", "I'm smoking again.", "Have you tried to stop before?", {"partly", "consistent"}),
        ("nl", CLIENT["nl"], "Mag ik een tip geven? Je kunt in je pauze een rondje lopen.", {"partly"}),
        ("en", CLIENT["en"], "May I give you a tip? You could go for a walk in your break.", {"partly"}),
        ("nl", CLIENT["nl"], "Wat heb je nodig om het wél te doen?", {"consistent", "partly"}),
        ("en", CLIENT["en"], "What would you need to do it after all?", {"consistent", "partly"}),
        ("nl", CLIENT["nl"], "Klopt.", {"partly"}),
        ("en", CLIENT["en"], "That's right.", {"partly"}),
        ("nl", CLIENT["nl"], "Je moet gewoon elke dag een rondje lopen.", {"inconsistent"}),
        ("en", CLIENT["en"], "You just have to go for a walk every day.", {"inconsistent"}),
    ],
)  # fmt: skip
def test_ordinary_replies(lang, client, text, verdicts):
    assert on_reply(client=client, text=text, lang=lang, reflex="…").verdict in verdicts


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("item", ITEMS, ids=[item.id for item in ITEMS])
def test_the_reflex_is_heard_as_a_push_and_the_models_are_not(item, lang):
    words = item.text(lang)
    caught = on_rewrite(item, words.reflex, lang)
    assert (caught.verdict, caught.heard_as, caught.done) == ("inconsistent", "push", False)
    assert caught.priority.alternative
    for model in words.models:
        assert on_rewrite(item, model.text, lang).done, model.text


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("item", ITEMS, ids=[item.id for item in ITEMS])
def test_what_the_feedback_offers_does_not_push(item, lang):
    client = item.text(lang).client
    read = code_turn(client, speaker="client", target=item.target(lang), lang=lang)
    draft = Scene("", lang, piece(client, lang, read), item.address).draft()
    assert code_turn(draft, previous=client, target=item.target(lang), lang=lang).mi_consistent is not False, draft


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_model_reply_is_given_away(lang):
    for item in ITEMS:
        models = [m.text for m in item.text(lang).models]
        for n in range(3):
            said = on_rewrite(item, item.text(lang).reflex, lang, earlier=[item.reflex_issues] * n)
            told = " ".join([said.message, *(r.alternative for r in said.rest)])
            assert not any(model in told for model in models)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("text", ODD, ids=range(len(ODD)))
def test_odd_texts_never_break_it(text, lang):
    feedback = on_reply(client=CLIENT[lang], text=text, lang=lang)
    assert feedback.sure and feedback.message


def test_the_other_language_is_recognised():
    said = on_reply(client=CLIENT["en"], text="Je zou graag vaker naar buiten willen, en je bent moe.", lang="en")
    assert said.priority.kind == "other_language" and said.verdict == "unsure"
