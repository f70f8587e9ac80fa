"""What a turn comes to: acts, the main code, special texts, scope and punctuation, in both languages."""

import pytest

from mi_helpers.coder import code_turn

PAIRS = [
    # (client, reply, main code or codes) in each language
    ("nl", "Ik heb mijn oefeningen niet gedaan, ik was zo moe.", "Zet uw wekker een uur eerder.", {"direct", "advise_without_permission"}),
    ("nl", "Ik heb mijn oefeningen niet gedaan, ik was zo moe.", "Hoe kijkt u daar zelf naar?", {"open_question"}),
    ("nl", "Ik heb mijn oefeningen niet gedaan, ik was zo moe.", "Oefent u elke dag", {"closed_question"}),
    ("nl", "Ik heb mijn oefeningen niet gedaan, ik was zo moe.", "U was te moe om te oefenen.", {"simple_reflection", "complex_reflection"}),
    ("nl", "Wat zou u doen?", "Ik zou rustig beginnen met één oefening, en kijk zelf of dat bij u past.", {"advise_with_permission"}),
    ("nl", "Ik wil er eigenlijk niet over praten.", "Je moet niets. Het is helemaal jouw keuze.", {"emphasize_autonomy"}),
    ("en", "I didn't do my exercises, I was so tired.", "Set your alarm an hour earlier.", {"direct", "advise_without_permission"}),
    ("en", "I didn't do my exercises, I was so tired.", "How do you see that yourself?", {"open_question"}),
    ("en", "I didn't do my exercises, I was so tired.", "Do you practise every day", {"closed_question"}),
    ("en", "I didn't do my exercises, I was so tired.", "You were too tired to exercise.", {"simple_reflection", "complex_reflection"}),
    ("en", "What would you do?", "I'd begin gently with one exercise, and see whether that suits you.", {"advise_with_permission"}),
    ("en", "I don't really want to talk about it.", "You don't have to. It's entirely your choice.", {"emphasize_autonomy"}),
]  # fmt: skip


@pytest.mark.parametrize(("lang", "client", "reply", "codes"), PAIRS)
def test_main_code(lang, client, reply, codes):
    coding = code_turn(reply, previous=client, lang=lang)
    assert coding.main in codes, coding


@pytest.mark.parametrize(
    ("lang", "text", "note"),
    [
        ("nl", "", "empty"), ("en", "   \n", "empty"), ("nl", "...", "empty"), ("en", "🙂", "empty"),
        ("nl", "sdkfjh wqrtpl", "gibberish"), ("en", "qwrtzp sdfgh", "gibberish"),
        ("nl", "Qu'est-ce qui vous ferait du bien en ce moment ?", "gibberish"),
        ("en", "Qu'est-ce qui vous ferait du bien en ce moment ?", "gibberish"),
        ("nl", "What would make it worth trying again for you?", "other_language"),
        ("en", "Wat zou het voor jou de moeite waard maken om het nog eens te proberen?", "other_language"),
        ("nl", "(knikt en zwijgt)", "description"), ("en", "(nods)", "description"),
        ("nl", "Ik zou haar eerst vragen waar ze bang voor is.", "description"),
        ("en", "I'd ask her what she is afraid of.", "description"),
        ("nl", "T: hoe gaat het?\nC: slecht\nT: vertel", "dialogue"),
        ("en", "Therapist: how are you?\nClient: bad\nTherapist: go on", "dialogue"),
    ],
)  # fmt: skip
def test_texts_that_are_no_turn(lang, text, note):
    coding = code_turn(text, previous="Ik weet het niet." if lang == "nl" else "I don't know.", lang=lang)
    assert coding.main == "uncodable"
    assert coding.notes == (note,)
    assert coding.mi_consistent is None


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("nl", "Je moet niets."), ("nl", "Je hebt het gevoel dat je van iedereen moet stoppen."),
        ("nl", "Je hoeft niet te stoppen."), ("nl", "Je moeder roept \"stop er nou eens mee\"."),
        ("nl", "Je bent bang dat je anders alles kwijtraakt."),
        ("en", "You don't have to do anything."), ("en", "You feel that everyone says you should stop."),
        ("en", "I'm not going to tell you what to do."), ("en", 'Your mother keeps shouting "just stop it".'),
        ("en", "You're afraid that if you don't stop you'll lose everything."),
    ],
)  # fmt: skip
def test_reported_and_denied_words_are_no_push(lang, text):
    coding = code_turn(text, previous="Iedereen zeurt." if lang == "nl" else "Everyone nags me.", lang=lang)
    assert coding.mi_consistent is not False, coding


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("nl", "Wat zou voor jou een eerste stap kunnen zijn"), ("nl", "Je bent moe van al dat gezeur"),
        ("nl", "Heb je al eens geprobeerd om te gaan wandelen"), ("nl", "Waarom bel je haar niet gewoon even op"),
        ("en", "What could be a first step for you"), ("en", "You're tired of all that nagging"),
        ("en", "Have you tried going for a walk"), ("en", "Why don't you just give her a ring"),
    ],
)  # fmt: skip
def test_punctuation_alone_flips_nothing(lang, text):
    client = "Ik ben moe van dat gezeur." if lang == "nl" else "I'm tired of the nagging."
    codings = [code_turn(text + end, previous=client, lang=lang) for end in ("", ".", "?", "!")]
    assert len({c.mi_consistent for c in codings}) == 1, codings


def test_spans_are_of_the_text_as_given():
    text = "Ja…  ‘Ik snap’ dat je moe bent,\u200e maar je moet gewoon beginnen!"
    coding = code_turn(text, previous="Ik ben zo moe.", lang="nl")
    assert coding.mi_consistent is False
    assert any("je moet" in coding.quote(i) for i in coding.issues)
    for part in (*coding.acts, *coding.issues):
        assert 0 <= part.start < part.end <= len(text)


def test_two_registers_in_one_reply_are_noted_only_in_dutch():
    assert "register_switch" in code_turn("U bent moe, en je wilt rust.", previous="Ik ben moe.", lang="nl").notes
    assert "register_switch" not in code_turn("Ge zijt moe, en uw rug doet pijn.", previous="Ik ben moe.", lang="nl").notes


@pytest.mark.parametrize(
    ("lang", "text", "kind"),
    [
        ("nl", "Denk je eraan om jezelf iets aan te doen?", "suicide"),
        ("nl", "Dus hij slaat je kinderen als hij drinkt.", "violence"),
        ("nl", "Je hoort stemmen die zeggen dat je weg moet.", "psychosis"),
        ("nl", "Je bent doodop.", None),
        ("nl", "In de bijsluiter staat zelfdoding als bijwerking.", None),
        ("en", "Are you thinking of killing yourself?", "suicide"),
        ("en", "So he hits your children when he drinks.", "violence"),
        ("en", "You hear voices that tell you to leave.", "psychosis"),
        ("en", "You're dead tired.", None),
        ("en", "The leaflet lists suicide as a side effect.", None),
    ],
)  # fmt: skip
def test_risk_is_a_statement_now(lang, text, kind):
    assert code_turn(text, previous="", lang=lang).risk == kind


def test_wrong_arguments_are_named():
    with pytest.raises(ValueError, match="lang 'fr'"):
        code_turn("Bonjour", lang="fr")
    with pytest.raises(ValueError, match="speaker 'coach'"):
        code_turn("Hello", lang="en", speaker="coach")
