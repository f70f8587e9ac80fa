"""The ordinary English replies that are easy to misread (contract, end), in several wordings each."""

import pytest

from mi_helpers.coder import code_turn
from mi_helpers.feedback.verdict import judge

LISTENING = {"simple_reflection", "complex_reflection"}


def read(text, previous=""):
    return code_turn(text, previous=previous, lang="en")


@pytest.mark.parametrize(
    ("previous", "text"),
    [
        ("I'm not doing them, it'll only get worse.", "I understand that you're afraid of more pain."),
        ("What if it tears again?", "I can see you're frightened it'll tear again."),
        ("My knee swells up each time.", "I hear that you're worried about your knee"),
    ],
)
def test_an_understanding_opener_is_neither_scolded_nor_rewarded(previous, text):
    got = read(text, previous)
    assert got.main in LISTENING
    assert got.mi_consistent is True
    assert got.issues == ()


@pytest.mark.parametrize(
    "text",
    [
        "That sounds really hard.",
        "That must be very hard for you.",
        "What a rotten week.",
        "I can't imagine how tough that is.",
    ],
)
def test_sympathy_is_support(text):
    got = read(text, "My mother is in hospital again and I can't sleep.")
    assert got.main == "support"
    assert got.mi_consistent is None


@pytest.mark.parametrize(
    "text",
    [
        "You want to, but you can't manage it.",
        "You do want to, it's just that it isn't working out.",
        "Part of you wants to go, but it keeps slipping away from you",
    ],
)
def test_wanting_and_not_managing_is_double_sided(text):
    got = read(text, "I want to go to the gym, I do, but every evening something comes up.")
    assert got.main in LISTENING
    assert got.mi_consistent is True


@pytest.mark.parametrize(
    "text",
    [
        "Have you tried to stop before?",
        "have you ever quit before",
        "Did you try cutting down in the past?",
        "Have you managed to stop before",
    ],
)
def test_history_is_a_closed_question(text):
    got = read(text, "I smoke a pack a day.")
    assert got.main == "closed_question"
    assert got.mi_consistent is None


@pytest.mark.parametrize("text", ["Have you tried chewing gum instead?", "ever thought about a nicotine patch"])
def test_a_new_action_in_a_question_is_advice(text):
    got = read(text, "I smoke a pack a day.")
    assert got.main == "advise_without_permission"
    assert "advice_in_question" in {i.kind for i in got.issues}


@pytest.mark.parametrize(
    "text",
    [
        "Can I give you a tip? You could start with one room.",
        "May I suggest something? You could keep your shoes by the door.",
        "is it ok if I share an idea? A short list works wonders.",
    ],
)
def test_permission_in_one_breath_is_partly_and_says_so(text):
    got = read(text, "I never get round to it.")
    assert "permission_not_awaited" in got.notes
    assert judge(got)[0] == "partly"


@pytest.mark.parametrize(
    "text",
    [
        "What do you need to be able to do it?",
        "What would you need in order to start?",
        "what would it take to get going",
    ],
)
def test_needs_are_asked_openly_and_presume_willingness(text):
    got = read(text, "I keep putting it off.")
    assert got.main == "open_question"
    assert got.mi_consistent is True
    assert "presumes_willingness" in got.notes


@pytest.mark.parametrize("text", ["What happens if you carry on like this?", "what would happen if nothing changes"])
def test_looking_ahead_or_warning_stays_open(text):
    got = read(text, "It's just a few drinks.")
    assert "warning_or_looking_ahead" in got.notes
    assert got.certainty == "unsure"
    assert got.mi_consistent is not False


@pytest.mark.parametrize("text", ["That's right.", "True.", "exactly", "Yes, indeed."])
def test_agreement_is_no_affirmation(text):
    got = read(text, "So it's not only me.")
    assert got.main in {"other", "facilitate"}
    assert got.mi_consistent is None


@pytest.mark.parametrize(
    "text",
    [
        "Tell me more.",
        "Take your time.",
        "Go on.",
        "Let me see if I follow you.",
        "Say a bit more about that evening.",
        "Come in, have a seat.",
    ],
)
def test_small_imperatives_order_nothing(text):
    assert read(text, "It went wrong again on Friday.").mi_consistent is not False


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Thank you for telling me.", "support"),
        ("Sorry, I went too fast there.", "support"),
        ("Me too, to be fair.", "other"),
        ("Well done!", "affirmation"),
        ("Mm-hm.", "facilitate"),
        ("Now let's move on to your sleep.", "structure"),
    ],
)
def test_what_is_neither_listening_nor_push_is_neutral(text, code):
    got = read(text, "I told my sister on Sunday.")
    assert got.main == code
    assert got.mi_consistent is None


@pytest.mark.parametrize(
    "text",
    [
        "So where does all of this leave you?",
        "What sort of person were you in those days?",
        "Who were you back then, among those singers?",
        "What does it say about you that you came?",
        "What would it be like to stand on that stage again?",
    ],
)
def test_a_question_about_meaning_or_self_is_open(text):
    got = read(text, "I used to sing in a band.")
    assert got.main == "open_question"
    assert got.issues == ()


@pytest.mark.parametrize(
    "text",
    [
        "Some people get a headache from them. Research shows that it often passes.",
        "Research shows that most people sleep as they did before after a year.",
    ],
)
def test_a_fact_that_asks_nothing_of_the_client_is_information(text):
    got = read(text)
    assert got.main == "give_information"
    assert got.issues == ()


@pytest.mark.parametrize(
    ("previous", "text"),
    [
        ("He laughed and I said it again.", "He laughed, and you didn't take it back."),
        ("I nearly cancelled.", "You rang, even though you had no good news and half expected a telling-off."),
        ("I nearly didn't ask her.", "You asked for help all the same, and that took courage."),
    ],
)
def test_what_the_client_did_after_all_is_no_reproach(previous, text):
    got = read(text, previous)
    assert got.issues == ()
    assert judge(got)[0] == "consistent"


def test_asking_whether_it_would_help_to_hear_is_asking_permission():
    got = read("Would it help you to hear what is known about that, or shall we begin elsewhere?")
    assert got.main == "seek_permission"


@pytest.mark.parametrize(
    ("previous", "text"),
    [
        ("School is not for me.", "Without a certificate you'll never get a job."),
        ("I skip one now and then.", "If you skip your insulin you could have a hypo in traffic and hurt a child."),
        ("I know I have to take them, but I forget.", "I understand, but you really have to take them daily."),
        ("I play on Sundays.", "Is a match really more important than your daughter?"),
        ("I don't do much.", "What would it be like to just walk for ten minutes?"),
    ],
)
def test_a_push_in_ordinary_words_is_seen(previous, text):
    got = read(text, previous)
    assert judge(got)[0] == "inconsistent"
    assert got.issues


@pytest.mark.parametrize("text", ["Bij uw zus slaat u het over.", "U slaapt weer, eindelijk, en u mist de ochtenden."])
def test_a_short_dutch_sentence_is_another_language(text):
    assert read(text).main == "uncodable"
