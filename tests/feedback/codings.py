"""Codings made by hand, so that the feedback is tested without the coder's rules."""

from mi_helpers.coder.model import CONSISTENT, Act, Coding, Issue

CODE_OF = "as the code says"


def act(code, certainty="clear", consistent=CODE_OF, start=0, end=None, issue=None):
    """One act; without ``end`` it takes the whole text."""
    return dict(code=code, certainty=certainty, consistent=consistent, start=start, end=end, issue=issue)


def coding(
    *acts, text="Some words to a client, as typed.", lang="en", notes=(), issues=(), certainty=None, risk=None
):
    """A coding from acts (codes or the dicts of :func:`act`); the last push decides, else the last act."""
    made = []
    for a in acts:
        a = act(a) if isinstance(a, str) else a
        consistent = CONSISTENT[a["code"]] if a["consistent"] is CODE_OF else a["consistent"]
        end = len(text) if a["end"] is None else a["end"]
        made.append(Act(a["code"], a["start"], end, f"{lang}.test.{a['code']}", a["certainty"], consistent, a["issue"]))
    named = tuple(i if isinstance(i, Issue) else Issue(i, 0, len(text), f"{lang}.test.{i}", "clear") for i in issues)
    pushes = [a for a in made if a.consistent is False]
    chief = (pushes or made)[-1] if made else None
    meaning = False if pushes else True if any(a.consistent for a in made) else None
    main = chief.code if chief else "uncodable"
    certainty = certainty or (chief.certainty if chief else "clear")
    return Coding(text, lang, "counsellor", main, meaning, certainty, tuple(made), named, risk, tuple(notes))
