"""A file of items that cannot be used says where and why, in words an author can act on."""

import pytest

from mi_helpers.cases import loader
from mi_helpers.cases.loader import CaseError, item, lesson_items, read_items

NOTE = """\
items:
  - id: l01-thought
    kind: note
    lesson: 1
    core: true
    en: {title: A thought, prompt: What do you think?}
    nl: {title: Een gedachte, prompt: Wat denk je?}
"""

REWRITE = """\
items:
  - id: l01-example
    kind: rewrite
    lesson: 1
    core: false
    field: work
    register: je
    direction: more
    reflex_issues: [order]
    en:
      title: Title
      situation: Where it is
      client_name: Sam
      behaviour: going for a walk
      client: I would like to.
      reflex: Then go.
      hints: [one, two, three]
      models:
        - {text: You would like to., depth: simple, why: It follows.}
        - {text: Something in you wants out., depth: deeper, why: It adds.}
      next: {push: No., followed: Yes., evoked: I might.}
      discuss: Who asked for it?
    nl:
      title: Titel
      situation: Waar het is
      client_name: Sam
      behaviour: gaan wandelen
      client: Ik zou wel willen.
      reflex: Ga dan.
      hints: [een, twee, drie]
      models:
        - {text: Je zou wel willen., depth: simple, why: Het volgt.}
        - {text: Iets in je wil naar buiten., depth: deeper, why: Het voegt toe.}
      next: {push: Nee., followed: Ja., evoked: Misschien.}
      discuss: Wie vroeg erom?
"""


@pytest.fixture
def write(tmp_path):
    """Write a file of items and give its path."""

    def put(text: str):
        path = tmp_path / "l01.yaml"
        path.write_text(text, encoding="utf-8")
        return path

    return put


def refused(path) -> str:
    with pytest.raises(CaseError) as e:
        read_items(path)
    return str(e.value)


def test_the_examples_here_are_good(write):
    assert [i.id for i in read_items(write(NOTE))] == ["l01-thought"]
    assert [i.address for i in read_items(write(REWRITE))] == ["je"]


@pytest.mark.parametrize(
    ("good", "bad", "line", "field"),
    [
        ("    core: true\n", "    core: true\n    colour: blue\n", 6, "colour"),
        ("    core: true\n", "", 2, "core"),
        ("    core: true\n", "    core: perhaps\n", 5, "core"),
        ("    lesson: 1\n", "    lesson: 11\n", 4, "lesson"),
        ("id: l01-thought", "id: L01 thought", 2, "id"),
        ("id: l01-thought", "id: l02-thought", 2, "l02-thought"),
        ("kind: note", "kind: quiz", 3, "kind"),
        ("    core: true\n", "    core: true\n    covers: [S009-1]\n", 6, "covers"),
        ("prompt: Wat denk je?", "prompt: ''", 7, "nl.prompt"),
    ],
)
def test_a_bad_note_is_named_with_file_line_and_field(write, good, bad, line, field):
    assert good in NOTE
    said = refused(write(NOTE.replace(good, bad)))
    assert f"l01.yaml, line {line}, " in said
    assert field in said


@pytest.mark.parametrize(
    ("good", "bad", "line", "field"),
    [
        ("      client: I would like to.\n", "", 10, "en.client"),
        ("      client: Ik zou wel willen.\n", "      client: Ik zou wel willen.\n      clent: Ja.\n", 29, "nl.clent"),
        ("hints: [een, twee, drie]", "hints: [een, twee]", 30, "nl.hints"),
        ("depth: deeper, why: It adds.", "depth: simple, why: It adds.", 18, "en.models"),
        ("depth: deeper, why: Het voegt toe.", "depth: great, why: Het voegt toe.", 33, "nl.models.1.depth"),
        ("register: je", "register: gij", 7, "register"),
        ("reflex_issues: [order]", "reflex_issues: [shouting]", 9, "reflex_issues"),
        ("reflex_issues: [order]", "reflex_issues: []", 9, "reflex_issues"),
        (", evoked: Misschien.}", "}", 34, "nl.next.evoked"),
    ],
)
def test_a_bad_rewrite_is_named_with_file_line_and_field(write, good, bad, line, field):
    assert good in REWRITE
    said = refused(write(REWRITE.replace(good, bad)))
    assert f"l01.yaml, line {line}, item l01-example" in said
    assert f"field {field}:" in said


def test_all_faults_of_an_item_are_said_at_once(write):
    said = refused(write(REWRITE.replace("register: je", "register: gij").replace("field: work", "field: garden")))
    assert "field register:" in said
    assert "field field:" in said


def test_an_id_twice_is_refused_with_its_second_line(write):
    again = NOTE + NOTE.removeprefix("items:\n")
    assert "l01.yaml, line 8, field id" in refused(write(again))


def test_a_key_twice_is_refused_and_not_silently_overwritten(write):
    said = refused(write(NOTE.replace("    core: true\n", "    core: true\n    core: false\n")))
    assert "line 6" in said
    assert "'core'" in said


@pytest.mark.parametrize("loaded_with", ["the fast parser", "the plain parser"])
@pytest.mark.parametrize(
    "text",
    [NOTE.replace("en: {", "en: &same {"), NOTE.replace("en: {", "en: &same {") + "  - *same\n"],
    ids=["anchor", "alias"],
)
def test_anchors_and_aliases_are_refused(write, monkeypatch, loaded_with, text):
    if loaded_with == "the plain parser":
        monkeypatch.setattr(loader, "_Base", loader.yaml.SafeLoader)
    said = refused(write(text))
    assert "l01.yaml: line 6: anchors and aliases are not used here" in said


def test_nothing_in_a_file_can_run_code(write):
    said = refused(write("items:\n  - !!python/object/apply:os.getcwd []\n"))
    assert "python/object/apply" in said


def test_a_file_that_is_too_large_is_not_even_read(write, monkeypatch):
    monkeypatch.setattr(loader, "MAX_BYTES", len(NOTE) - 1)
    assert "larger than" in refused(write(NOTE))


@pytest.mark.parametrize("text", ["", "items: 3\n", "- id: l01-x\n", "items: []\nmore: 1\n"])
def test_a_file_of_another_shape_says_what_is_expected(write, text):
    assert "l01.yaml, line 1: expected one key 'items'" in refused(write(text))


def test_a_record_that_is_no_mapping_is_named_by_its_place(write):
    assert "line 8, item number 2" in refused(write(NOTE + "  - just a word\n"))


def test_a_key_that_is_no_word_is_refused(write):
    assert "line 2: a key is one word" in refused(write("items:\n  - ? [a, b]\n    : c\n"))


def test_broken_yaml_names_the_line(write):
    assert "line 5" in refused(write(NOTE.replace("core: true", "core: [true")))


def test_another_encoding_is_named(tmp_path):
    path = tmp_path / "l01.yaml"
    path.write_bytes(NOTE.replace("Een gedachte", "Één gedachte").encode("latin-1"))
    assert "UTF-8" in refused(path)


def test_an_item_is_found_by_its_id():
    assert item("l01-physio-homework").lesson == 1
    for unknown in ("l01-nobody", "nonsense", "l10-first"):
        with pytest.raises(KeyError):
            item(unknown)


def test_a_lesson_without_items_is_empty():
    assert lesson_items(99) == ()
