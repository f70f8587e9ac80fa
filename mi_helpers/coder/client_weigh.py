"""What does a client's statement say as a whole? Its words weigh a little each, and what the rules made of it weighs more.

Few people say *I want* or *I must* when they mean it: *it'd be so nice to …*, *the door's still open on that*. How far such
words lean was counted on statements written for it (``benchmarks/statements``; see :mod:`leaning`). Which way a rule's words
point was settled before (:mod:`client_context`), so here they are no longer relative to the target.
"""

from __future__ import annotations

from mi_helpers.coder import leaning
from mi_helpers.coder import text as read
from mi_helpers.coder.client_clauses import Clause
from mi_helpers.coder.leaning import Leaning
from mi_helpers.coder.match import Turn

CHANGE = (
    "change_desire", "change_ability", "change_reason", "change_need", "change_commitment", "change_activation",
    "change_steps",
)  # fmt: skip
CODES = (*CHANGE, "sustain", "discord", "neutral", "mixed")
#: More than this much talk of both kinds counts no further.
_MOST = 4.0


def weigh(turn: Turn, clauses: list[Clause], told: str) -> Leaning:
    """Weigh a statement, or some clauses of it.

    Parameters
    ----------
    turn : Turn
    clauses : list of Clause
        As the rules read them: with their votes.
    told : str
        The code that the rules by themselves come to.
    """
    return leaning.lean(signs(turn, clauses, told), leaning.weights(f"client_{turn.rules.lang}"))


def signs(turn: Turn, clauses: list[Clause], told: str) -> dict[str, float]:
    """What there is to be weighed; parameters as for :func:`weigh`.

    Returns
    -------
    dict
        Sign to how much of it there is: words in a row (``<num>`` any number); ``v:`` signs tell for which codes rules
        voted, and how surely (1 to 3); ``d:`` what the rules come to; ``s:`` how the clauses are joined and which way
        they point.
    """
    part = turn.flat[clauses[0].start : clauses[-1].end] if clauses else ""
    row = ["<num>" if any(c.isdigit() for c in word) else word for word in (w.strip("'") for w in read.words(part)) if word]
    found = leaning.words_in_a_row(row, frozenset(), turn.rules.lang)
    found[f"d:{told}"] = 1.0
    for clause in clauses:
        for vote in clause.votes:
            found[f"v:{vote.code}:{vote.weight:.0f}"] = 1.0
    both = min(_MOST, *(sum(c.weight(way) for c in clauses) for way in ("change", "sustain")))
    if both:
        found["s:both"] = both / 2
    for link in {c.link for c in clauses[1:]}:
        found[f"s:{link}"] = 1.0
    return found
