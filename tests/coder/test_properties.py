"""What must hold for any text whatever: no exception, spans inside the text, the same answer twice."""

from hypothesis import given, settings
from hypothesis import strategies as st

from mi_helpers.coder import CLIENT_CODES, COUNSELLOR_CODES, code_turn

PIECES = {
    "nl": ["je", "moet", "niet", "wat", "zou", "ik snap dat", "maar", "stoppen", "moe", "?", "!", ",", ".", "\n", "waarom",
           "u", "misschien", "kunt beter", "goed zo", "als je", "dan", "anders", "het is jouw keuze", "“", "’", "🙂", "hè?"],
    "en": ["you", "should", "not", "what", "would", "I get that", "but", "stop", "tired", "?", "!", ",", ".", "\n", "why",
           "don't you", "maybe", "could", "well done", "if you", "then", "or else", "it's your choice", "“", "’", "🙂", "right?"],
}  # fmt: skip


def texts(lang):
    return st.one_of(st.text(max_size=300), st.lists(st.sampled_from(PIECES[lang]), max_size=25).map(" ".join))


@settings(max_examples=150, deadline=None)
@given(st.data(), st.sampled_from(["en", "nl"]), st.sampled_from(["counsellor", "client"]))
def test_any_text_has_an_answer(data, lang, speaker):
    text, previous = data.draw(texts(lang)), data.draw(st.one_of(st.none(), texts(lang)))
    coding = code_turn(text, speaker=speaker, previous=previous, lang=lang)
    assert coding.main in (CLIENT_CODES if speaker == "client" else COUNSELLOR_CODES)
    starts = [a.start for a in coding.acts]
    assert starts == sorted(starts)
    assert len({a.code for a in coding.acts}) == len(coding.acts)
    for part in (*coding.acts, *coding.issues):
        assert 0 <= part.start < part.end <= len(text)
    assert coding == code_turn(text, speaker=speaker, previous=previous, lang=lang)


@settings(max_examples=100, deadline=None)
@given(st.data(), st.sampled_from(["en", "nl"]))
def test_case_and_double_spaces_change_no_main_code(data, lang):
    text = data.draw(st.lists(st.sampled_from(PIECES[lang]), min_size=1, max_size=20).map(" ".join))
    plain = code_turn(text, previous="", lang=lang)
    assert code_turn(text.upper(), previous="", lang=lang).main == plain.main
    assert code_turn(text.replace(" ", "  "), previous="", lang=lang).main == plain.main


@settings(max_examples=150, deadline=None)
@given(st.data(), st.sampled_from(["en", "nl"]))
def test_a_final_question_mark_never_turns_a_push_into_listening_or_back(data, lang):
    words = [p for p in PIECES[lang] if p not in "?!."]
    text = data.draw(st.lists(st.sampled_from(words), min_size=1, max_size=12).map(" ".join)).rstrip("?")
    with_mark, without = (code_turn(text + end, previous="", lang=lang).mi_consistent for end in ("?", ""))
    assert {with_mark, without} != {True, False}
