"""The explanation names the rules that fired and what was set aside."""

from mi_helpers.coder.explain import why


def test_it_says_what_fired_and_what_won():
    said = why("Dat snap ik, maar je moet gewoon beginnen.", lang="nl", previous="Ik zie er zo tegenop.")
    assert "main code: direct" in said
    assert "push: understand_but" in said
    assert "fired: nl.direct." in said


def test_it_says_what_was_set_aside():
    said = why('Je moeder roept "stop ermee".', lang="nl", previous="Iedereen zeurt aan mijn hoofd.")
    assert "set aside" in said
    assert "nl.scope.quoted" in said
