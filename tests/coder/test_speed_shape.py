"""The work of a reading grows with the length of the text and no faster, whatever the text: counted, not timed."""

import pytest

from mi_helpers.coder import code_turn, pattern, text

PIECES = ["you ", "well, so okay, ", "if you don't then ", "a\n", "So you want to stop, but you are afraid. ", "\"'(", "no-no--no ", "je moet "]


@pytest.fixture
def work(monkeypatch):
    """Counts the characters that patterns and the word reader were given."""
    given = [0]

    def counted(function, place):
        def wrapped(*args):
            searched = args[place + 1 :]  # from where to where; for search_among the alternatives
            given[0] += searched[1] - searched[0] if len(searched) == 2 else len(args[place])
            return function(*args)

        return wrapped

    for name in ("search", "search_among", "finditer"):
        monkeypatch.setattr(pattern.Pattern, name, counted(getattr(pattern.Pattern, name), 1))
    monkeypatch.setattr(text, "words", counted(text.words, 0))
    return given


@pytest.mark.parametrize("piece", PIECES)
@pytest.mark.parametrize("speaker", ["counsellor", "client"])
def test_four_times_the_text_is_about_four_times_the_work(work, piece, speaker):
    spent = []
    for size in (2000, 8000):
        work[0], typed = 0, (piece * size)[:size]
        code_turn(typed, speaker=speaker, previous=typed, lang="en")
        spent.append(work[0])
    assert spent[1] <= 5 * spent[0] + 20_000


def test_what_is_past_the_limit_is_left_unread(work):
    spent = []
    for size in (text.MAX_CHARS, 5 * text.MAX_CHARS):
        work[0] = 0
        code_turn("you could walk. " * (size // 16), lang="en")
        spent.append(work[0])
    assert spent[1] <= 1.01 * spent[0]
