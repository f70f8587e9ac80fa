"""The effect by follow-up time: four points of one review, each from other trials, so never a line through them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from mi_helpers import evidence
from mi_helpers.ui.plots.forest import axis_of, set_plot
from mi_helpers.ui.plots.plot import Plot
from mi_helpers.ui.plots.rows import Mark, figure

if TYPE_CHECKING:
    from mi_helpers.evidence import Estimate
    from mi_helpers.ui.strings import Strings

SET = "decay"
#: What can be guessed, so what has to be seen on the axis.
LOW, HIGH = -0.2, 1.2


def moments() -> tuple[Estimate, ...]:
    """The points in their order."""
    return evidence.evidence_set(SET).estimates


def decay_plot(say: Strings, guesses: dict[str, float]) -> Plot:
    """What was found, with the learner's guesses (id of a moment to SMD) beside it."""
    plot = set_plot(evidence.evidence_set(SET), say, marks=_marks(guesses, say), low=LOW, high=HIGH, with_pool=False)
    guessed = "; ".join(f"{name}: {said}" for name, said in _said(guesses, say))
    return replace(plot, alt=f"{plot.alt} {say('lab.decay_guessed', guesses=guessed)}") if guesses else plot


def guess_plot(say: Strings, guesses: dict[str, float]) -> Plot:
    """The first point and the learner's guesses; nothing yet of what was found later."""
    found, row_of = evidence.evidence_set(SET), {moment.id: n for n, moment in enumerate(moments())}
    first = moments()[0]
    number = evidence.number(first.value, say.lang)
    marks = [Mark(id=moment.id, row=row_of[moment.id], name=moment.follow_up(say.lang)) for moment in moments()[1:]]
    marks += [replace(mark, row=row_of[mark.id.partition(":")[2]]) for mark in _marks(guesses, say)]
    marks.append(
        Mark(
            id=first.id, row=0, look="point", value=first.value, low=first.low, high=first.high,
            name=first.follow_up(say.lang), number=number, hover=(first.follow_up(say.lang), number),
        )
    )  # fmt: skip
    rows = [(first.follow_up(say.lang), number)]
    rows += [(name, say("lab.your_guess", value=said)) for name, said in _said(guesses, say)]
    guessed = "; ".join(f"{name}: {said}" for name, said in _said(guesses, say))
    return Plot(
        name="decay-guess",
        title=say("lab.decay_title"),
        alt=say("lab.decay_first", value=number, guesses=guessed),
        columns=say.get("lab.decay_columns"),
        rows=rows,
        figure=figure(marks, axis_of(found, say, low=LOW, high=HIGH)),
        sources=tuple(evidence.citations([first.publication], say.lang)),
    )


def _marks(guesses: dict[str, float], say: Strings) -> list[Mark]:
    found = []
    for key, guess in guesses.items():
        said = say("lab.your_guess", value=evidence.number(guess, say.lang))
        found.append(
            Mark(id=f"guess:{key}", row=0, look="guess", value=guess, size=12, number=said, beside=True, hover=(said,))
        )
    return found


def _said(guesses: dict[str, float], say: Strings) -> list[tuple[str, str]]:
    """Each moment with the number that was guessed for it."""
    names = {moment.id: moment.follow_up(say.lang) for moment in moments()}
    return [(names[key], evidence.number(guess, say.lang)) for key, guess in guesses.items()]
