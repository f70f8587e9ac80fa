"""The four scales, and where each is analysed: SMD as it is, OR and RR as logarithm, r as Fisher's z."""

from __future__ import annotations

import math
from dataclasses import dataclass

from mi_helpers.evidence.errors import EvidenceError

#: Half a 95 % interval in standard errors.
Z95 = 1.959963984540054


@dataclass(frozen=True)
class Scale:
    """A scale: its name, the value that means "no difference", whether to draw it on a log axis, and its limits."""

    name: str
    null: float
    log: bool
    lowest: float
    highest: float


SCALES = {
    "SMD": Scale("SMD", 0.0, False, -100.0, 100.0),
    "OR": Scale("OR", 1.0, True, 1e-6, 1e6),
    "RR": Scale("RR", 1.0, True, 1e-6, 1e6),
    "r": Scale("r", 0.0, False, -0.999999, 0.999999),
}


def scale_info(scale: str) -> Scale:
    """The scale of that name.

    Raises
    ------
    EvidenceError
        ``unknown-scale``.
    """
    try:
        return SCALES[scale]
    except (KeyError, TypeError):
        raise EvidenceError("unknown-scale", scale=scale, known=", ".join(SCALES)) from None


def check(value: float, scale: str, where: str = "") -> float:
    """``value`` as a float, if it can lie on the scale.

    Raises
    ------
    EvidenceError
        ``not-finite`` or ``off-the-scale``.
    """
    info = scale_info(scale)
    if not math.isfinite(value):
        raise EvidenceError("not-finite", where)
    if not info.lowest <= value <= info.highest:
        raise EvidenceError("off-the-scale", where, value=float(value), scale=scale)
    return float(value)


def to_analysis(value: float, scale: str) -> float:
    """From natural units to the units in which estimates are averaged: identity, log, log, Fisher z."""
    if scale == "r":
        return math.atanh(value)
    return math.log(value) if SCALES[scale].log else value


def to_natural(value: float, scale: str) -> float:
    """Back from the units of the analysis."""
    if scale == "r":
        return math.tanh(value)
    return math.exp(value) if SCALES[scale].log else value
