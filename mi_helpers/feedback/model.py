"""What is said to the learner about one reply: words first, measures kept apart."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from mi_helpers.coder.model import Certainty, Coding, Issue

Verdict = Literal["consistent", "partly", "inconsistent", "unsure", "not_scored"]
HeardAs = Literal["push", "followed", "evoked"]


@dataclass(frozen=True, slots=True)
class Remark:
    """One thing said about a reply.

    Attributes
    ----------
    kind : str
        A strength (``"open_question"``, ``"reflects_change_half"`` …) or one of the coder's issue kinds.
    title : str
        A few plain words in the learner's language ("Advice in the shape of a question").
    text : str
        What it is and does here, quoting the learner's words where there are any.
    why : str
        Why it matters to the client. May be empty for a strength.
    source : str
        Where the rule comes from ("MITI 4.2.1, Persuade"). May be empty.
    alternative : str
        One thing that could be tried with this client. May be empty.
    start, end : int
        The learner's words it is about; equal where it is about the whole reply.
    rule : str
        Id of the rule.
    certainty : {"clear", "likely", "unsure"}
    """

    kind: str
    title: str
    text: str
    why: str = ""
    source: str = ""
    alternative: str = ""
    start: int = 0
    end: int = 0
    rule: str = ""
    certainty: Certainty = "likely"


@dataclass(frozen=True, slots=True)
class Mark:
    """A stretch of the learner's own words with the plain name of what it does, for colour and label."""

    start: int
    end: int
    code: str
    label: str
    tone: Literal["listening", "neutral", "push"]


@dataclass(frozen=True, slots=True)
class Feedback:
    """All that is said about one reply, in the order in which it is said.

    ``verdict`` and ``level`` are measures for plots and tests and are never shown as a grade.
    ``done`` says whether the task of this item is fulfilled ("this will do, go on").
    ``heard_as`` says which of the item's answers of the client fits: a push, being followed, being evoked; None
    where the rules cannot tell or nothing is scored.
    ``sure`` is the sentence about how sure the reading is. ``notes`` are small remarks (register, other language).
    """

    verdict: Verdict
    level: int | None
    strengths: tuple[Remark, ...]
    priority: Remark | None
    rest: tuple[Remark, ...]
    sure: str
    done: bool
    heard_as: HeardAs | None
    marks: tuple[Mark, ...]
    issues: tuple[Issue, ...]
    coding: Coding
    notes: tuple[str, ...] = ()
    risk: str | None = None
    risk_text: str = ""

    @property
    def message(self) -> str:
        """The feedback as plain text, as the command line prints it."""
        if self.risk:
            return self.risk_text
        said = [r.text for r in self.strengths[:1]]
        if self.priority:
            said += [self.priority.text, self.priority.why, self.priority.alternative]
        said += [self.sure, *self.notes]
        return " ".join(s for s in said if s)

    def as_record(self) -> dict:
        """The answer of ``mi-course feedback``, without the id (see the contract's formats)."""
        return {
            "verdict": self.verdict,
            "level": self.level,
            "issues": [{"kind": i.kind, "start": i.start, "end": i.end, "rule": i.rule} for i in self.issues],
            "message": self.message,
            "risk": self.risk,
        }
