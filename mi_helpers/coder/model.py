"""What the coder answers: acts with evidence, and the one code that decides how a turn is heard."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Certainty = Literal["clear", "likely", "unsure"]
Lang = Literal["en", "nl"]
Speaker = Literal["counsellor", "client"]
RANK: dict[Certainty, int] = {"clear": 3, "likely": 2, "unsure": 1}

#: What each counsellor code means for motivational interviewing: True consistent, False inconsistent, None neutral.
CONSISTENT: dict[str, bool | None] = {
    "open_question": True, "simple_reflection": True, "complex_reflection": True, "summary": True,
    "affirmation": True, "emphasize_autonomy": True, "seek_permission": True, "advise_with_permission": True,
    "closed_question": None, "give_information": None, "facilitate": None, "structure": None, "support": None,
    "other": None, "reassure": None, "uncodable": None,
    "advise_without_permission": False, "direct": False, "confront": False, "warn": False,
}  # fmt: skip
COUNSELLOR_CODES = tuple(CONSISTENT)
CLIENT_CODES = (
    "change_desire", "change_ability", "change_reason", "change_need", "change_commitment", "change_activation",
    "change_steps", "sustain", "discord", "neutral", "mixed", "uncodable",
)  # fmt: skip
#: The pushes in disguise that can be named (see CONTRACT of the calibration items and docs/rules.md).
ISSUE_KINDS = (
    "understand_but", "advice_in_question", "leading_question", "pseudo_reflection_advice", "praise_with_push",
    "autonomy_then_push", "fake_permission", "token_question_gaming", "info_as_persuasion",
    "self_disclosure_persuasion", "confront_in_question", "confront_disguised", "warning_disguised",
    "reassurance_minimising", "labelling", "sarcasm", "solution_jump", "order", "unsolicited_advice", "dismissal",
    "takes_sides",
)  # fmt: skip
RISK_KINDS = ("suicide", "violence", "psychosis")


@dataclass(frozen=True, slots=True)
class Act:
    """One thing a turn does.

    Attributes
    ----------
    code : str
        One of ``COUNSELLOR_CODES`` or ``CLIENT_CODES``.
    start, end : int
        Character indices into the text exactly as given.
    rule : str
        Id of the rule that decided, e.g. ``"nl.advice.why-not"``.
    certainty : {"clear", "likely", "unsure"}
    consistent : bool or None
        True MI-consistent, False inconsistent, None neutral. Mostly that of the code; a rule may know better
        (praise without anything specific is an affirmation and neutral).
    issue : str or None
        The kind of push in disguise (one of ``ISSUE_KINDS``), where it is one.
    """

    code: str
    start: int
    end: int
    rule: str
    certainty: Certainty = "likely"
    consistent: bool | None = None
    issue: str | None = None


@dataclass(frozen=True, slots=True)
class Issue:
    """A push that can be named, with the words it was seen in (character indices into the text as given)."""

    kind: str
    start: int
    end: int
    rule: str
    certainty: Certainty = "likely"


@dataclass(frozen=True, slots=True)
class Coding:
    """The coder's answer for one turn.

    ``main`` is the code of the act that decides how the client will hear the turn. ``notes`` are remarks that are
    no codes: ``"other_language"``, ``"description"``, ``"dialogue"``, ``"empty"``, ``"gibberish"``,
    ``"register_switch"``, ``"word_for_word"``, ``"stock_opener"``, ``"double_sided"``, ``"answers_change_half"``,
    ``"no_previous"`` … ``why`` is the sentence that says why the main code won, for ``mi-course rules why``.
    """

    text: str
    lang: Lang
    speaker: Speaker
    main: str
    mi_consistent: bool | None
    certainty: Certainty
    acts: tuple[Act, ...] = ()
    issues: tuple[Issue, ...] = ()
    risk: str | None = None
    notes: tuple[str, ...] = ()
    why: str = ""
    rules_version: str = ""

    def quote(self, part: Act | Issue) -> str:
        """The words of the learner that an act or issue was seen in."""
        return self.text[part.start : part.end]

    def as_record(self) -> dict:
        """The answer of ``mi-course code`` for this turn, without the id (see the contract's formats)."""
        return {
            "main": self.main,
            "mi_consistent": self.mi_consistent,
            "certainty": self.certainty,
            "codes": [
                {"code": a.code, "start": a.start, "end": a.end, "rule": a.rule, "certainty": a.certainty}
                for a in self.acts
            ],
            "risk": self.risk,
        }
