"""Numbers as the learner's language writes them."""

from __future__ import annotations

MINUS = "\N{MINUS SIGN}"
_TO = {"en": "to", "nl": "tot"}


def number(value: float | None, lang: str, digits: int = 2) -> str:
    """A number with a fixed count of decimals: "−0.16" in English, "−0,16" in Dutch; empty for None.

    Never "−0.00".
    """
    if value is None:
        return ""
    said = f"{value:,.{digits}f}"
    if not said.strip("-0.,"):
        said = said.lstrip("-")
    if lang == "nl":
        said = said.translate(str.maketrans(",.", ".,"))
    return said.replace("-", MINUS)


def whole(value: int | None, lang: str) -> str:
    """A count: "16,803" in English, "16.803" in Dutch; empty for None."""
    return number(value, lang, 0)


def filled(values: dict[str, object], lang: str) -> dict[str, object]:
    """Values for a sentence, floats among them as short as they go: "−0.5" in English, "−0,5" in Dutch."""

    def short(value: float) -> str:
        said = f"{value:g}".replace("-", MINUS)
        return said.replace(".", ",") if lang == "nl" else said

    return {key: short(value) if isinstance(value, float) else value for key, value in values.items()}


def interval(low: float | None, high: float | None, lang: str, digits: int = 2) -> str:
    """An interval in words, "−0.16 to 0.28" or "−0,16 tot 0,28"; empty where an end is missing."""
    if low is None or high is None:
        return ""
    return f"{number(low, lang, digits)} {_TO[lang]} {number(high, lang, digits)}"


def percent(share: float, lang: str, digits: int = 0) -> str:
    """A share from 0 to 1 as a percentage: "53%"."""
    return f"{number(100 * share, lang, digits)}%"


def p_value(p: float, lang: str) -> str:
    """A p value: "p = 0.03", "p < 0.001"."""
    return f"p < {number(0.001, lang, 3)}" if p < 0.001 else f"p = {number(p, lang, 3 if p < 0.01 else 2)}"
