"""Every model reply passes the very feedback a learner gets; every righting-reflex reply is caught by it."""

import pytest

from mi_helpers.cases import RewriteItem, lesson_items
from mi_helpers.feedback import on_rewrite, on_write
from mi_helpers.feedback.plan import plan_remarks
from mi_helpers.ui.kinds.plan import MAY_WAIT

REWRITES = [(item, lang) for lesson in range(1, 11) for item in lesson_items(lesson) if isinstance(item, RewriteItem) for lang in ("en", "nl")]  # fmt: skip
NAMES = [f"{item.id}-{lang}" for item, lang in REWRITES]


@pytest.mark.parametrize(("item", "lang"), REWRITES, ids=NAMES)
def test_model_replies_pass(item, lang):
    for model in item.text(lang).models:
        feedback = on_rewrite(item, model.text, lang)
        assert feedback.verdict == "consistent", (model.text, feedback.coding)
        assert feedback.done
        assert feedback.heard_as in ("followed", "evoked")
        assert feedback.strengths


@pytest.mark.parametrize(("item", "lang"), REWRITES, ids=NAMES)
def test_the_righting_reflex_is_caught(item, lang):
    text = item.text(lang)
    feedback = on_rewrite(item, text.reflex, lang)
    assert feedback.verdict == "inconsistent", feedback.coding
    assert not feedback.done
    assert feedback.heard_as == "push"
    assert feedback.priority is not None
    assert {i.kind for i in feedback.issues} & set(item.reflex_issues), feedback.issues


@pytest.mark.parametrize(("item", "lang"), REWRITES, ids=NAMES)
def test_models_of_the_other_language_are_recognised(item, lang):
    other = "nl" if lang == "en" else "en"
    for model in item.text(other).models:
        assert on_rewrite(item, model.text, lang).coding.notes == ("other_language",), model.text


WRITES = [(item, lang) for lesson in range(1, 11) for item in lesson_items(lesson) if item.kind == "write" for lang in ("en", "nl")]  # fmt: skip


@pytest.mark.parametrize(("item", "lang"), WRITES, ids=[f"{item.id}-{lang}" for item, lang in WRITES])
def test_models_of_writing_to_order_pass(item, lang):
    for model in item.text(lang).models:
        for box, text in enumerate(model.texts):
            written = on_write(item, box, text, lang)
            feedback, hit = written.feedback, written.hit
            assert hit, (text, item.wants[box], feedback.coding.main, feedback.coding.why)


PLANS = [(item, lang) for lesson in range(1, 11) for item in lesson_items(lesson) if item.kind == "plan" for lang in ("en", "nl")]  # fmt: skip


@pytest.mark.parametrize(("item", "lang"), PLANS, ids=[f"{item.id}-{lang}" for item, lang in PLANS])
def test_model_plans_pass(item, lang):
    words = item.text(lang)
    for model in words.models if item.ready is not False else ():
        fields = {key: getattr(model, key) for key in words.fields if getattr(model, key)}
        said = plan_remarks(fields, asked=tuple(words.fields), client=f"{words.client} {words.intention}", lang=lang)
        assert [(key, part) for fits, key, part in said if not fits and key not in MAY_WAIT] == []
