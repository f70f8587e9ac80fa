"""The risk texts as shipped, to the letter, and nothing else beside them."""

import pytest
from codings import coding

from mi_helpers.coder.model import RISK_KINDS
from mi_helpers.feedback.reply import feedback_on
from mi_helpers.feedback.risk import care_text, risk_text
from mi_helpers.feedback.scene import Scene

SHIPPED = {
    ("suicide", "nl"): (
        "Hier gaat het over zelfdoding. Daar is motiverende gespreksvoering niet voor bedoeld, en dit programma kan "
        "het niet beoordelen. In een echt gesprek: vraag ernaar, blijf erbij en volg de afspraken van je organisatie. "
        "Denk je zelf aan zelfdoding? In Nederland: bel of chat 24/7 gratis en anoniem met 113 of 113.nl. In "
        "Vlaanderen: bel 1813 of ga naar zelfmoord1813.be. Bij acuut gevaar: 112."
    ),
    ("suicide", "en"): (
        "This is about suicide. Motivational interviewing is not made for that, and this program cannot judge it. In a "
        "real conversation: ask about it, stay with the person and follow your organisation's procedure. Are you "
        "thinking about suicide yourself? In the Netherlands call or chat 113 (113.nl), in Flanders 1813, elsewhere "
        "your local crisis line. In immediate danger call 112 or your local emergency number."
    ),
    ("violence", "nl"): (
        "Hier gaat het over veiligheid. Die gaat vóór: volg de meldcode en de afspraken van je organisatie en overleg "
        "meteen. Nederland: Veilig Thuis 0800-2000; Vlaanderen: 1712; bij direct gevaar 112. Dit programma beoordeelt "
        "zo'n antwoord niet."
    ),
    ("violence", "en"): (
        "This is about safety, which comes first: follow your safeguarding procedure and consult at once. The "
        "Netherlands: Veilig Thuis 0800-2000; Flanders: 1712; in immediate danger 112 or your local emergency number. "
        "This program does not judge such a reply."
    ),
    ("psychosis", "nl"): (
        "Iemand die ernstig in de war of onder invloed is, kan nu geen keuze over verandering maken. Zorg eerst voor "
        "rust, veiligheid en passende hulp; dit programma beoordeelt zo'n antwoord niet."
    ),
    ("psychosis", "en"): (
        "Someone who is severely confused or intoxicated cannot make a choice about change now. See to calm, safety "
        "and the right help first; this program does not judge such a reply."
    ),
}


@pytest.mark.parametrize(("kind", "lang"), SHIPPED)
def test_the_text_is_shown_as_it_is(kind, lang):
    assert risk_text(kind, lang) == SHIPPED[kind, lang]


def test_every_kind_has_a_text():
    assert {kind for kind, _ in SHIPPED} == set(RISK_KINDS)


@pytest.mark.parametrize("lang", ["en", "nl"])
@pytest.mark.parametrize("kind", RISK_KINDS)
def test_nothing_is_judged(kind, lang):
    feedback = feedback_on(coding("direct", lang=lang, risk=kind, issues=["order"]), Scene("x", lang))
    assert feedback.as_record() == {"verdict": "not_scored", "level": None, "issues": [], "risk": kind,
                                    "message": SHIPPED[kind, lang]}  # fmt: skip
    assert not (feedback.marks or feedback.strengths or feedback.priority or feedback.rest or feedback.done)
    assert feedback.heard_as is None


def test_the_client_may_be_the_one_who_says_it():
    feedback = feedback_on(coding("simple_reflection"), Scene("x", "en"), risk="suicide")
    assert (feedback.verdict, feedback.risk, feedback.message) == ("not_scored", "suicide", SHIPPED["suicide", "en"])


@pytest.mark.parametrize("lang", ["en", "nl"])
def test_beside_an_item_the_same_numbers_stand(lang):
    for number in ("113", "113.nl", "1813", "112"):
        assert number in care_text("suicide", lang)
        assert number in risk_text("suicide", lang)
