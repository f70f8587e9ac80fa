import re

from mi_helpers.feedback.model import Mark
from mi_helpers.ui.html import bubble, marked, struck

NASTY = "<script>alert('x')</script> & \"q\""


def test_everything_said_is_escaped():
    for shown in (bubble(NASTY, NASTY, NASTY), struck(NASTY, NASTY, NASTY, NASTY), marked(NASTY, ())):
        assert "<script" not in shown
        assert "&lt;script&gt;" in shown


def test_marked_words_carry_colour_and_label():
    shown = marked("Do it. <b>", (Mark(0, 6, "direct", "an order & more", "push"),))
    assert '<mark class="mi-mark mi-mark-push">Do it.</mark>' in shown
    assert "an order &amp; more" in shown
    assert shown.endswith(" &lt;b&gt;")


def test_all_words_stay_when_marks_overlap_or_run_over():
    text = "one two three"
    shown = marked(
        text, (Mark(4, 7, "a", "A", "neutral"), Mark(0, 5, "b", "B", "neutral"), Mark(8, 99, "c", "C", "neutral"))
    )
    assert re.sub(r"<span.*?</span>|<.*?>", "", shown) == text
    assert ">B<" in shown and ">C<" in shown and ">A<" not in shown


def test_marks_inside_a_tagless_text_keep_line_breaks():
    assert marked("a\nb", ()) == "a\nb"


def test_the_struck_reply_is_struck_for_the_ear_too():
    shown = struck("caption", "struck:", "You must.", "end.")
    assert "<s>You must.</s>" in shown
    assert shown.count("mi-hidden") == 2
