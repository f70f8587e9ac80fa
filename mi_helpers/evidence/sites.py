"""A simulation: what it does to a place's result when therapists differ. No real people stand behind it."""

from __future__ import annotations

import math
from dataclasses import dataclass

from mi_helpers.evidence.errors import EvidenceError
from mi_helpers.evidence.numbers import number, percent
from mi_helpers.evidence.scales import Z95
from mi_helpers.evidence.texts import say

#: What the simulation takes for granted, in the order to be read; words in ``[assumption]``.
ASSUMPTIONS = ("label", "outcome", "effect", "normal", "places", "comparison", "interval", "share")


@dataclass(frozen=True)
class Site:
    """One simulated place: its result as a standardised difference, and the true effects of its therapists."""

    estimate: float
    low: float
    high: float
    therapists: tuple[float, ...]


@dataclass(frozen=True)
class Sites:
    """The simulated places.

    Attributes
    ----------
    sites : tuple of Site
    mean, spread : float
        Average and standard deviation of the places' results.
    above, across, below : int
        How many intervals lie above 0, over it, and below it.
    expected_spread : float
        The standard deviation that the assumptions lead to in the long run.
    expected_below : float
        Share of places whose true effect lies below 0 in the long run.
    therapist_sd, effect : float
    therapists, clients, seed : int
        Therapists a place, clients a therapist.
    """

    sites: tuple[Site, ...]
    mean: float
    spread: float
    above: int
    across: int
    below: int
    expected_spread: float
    expected_below: float
    therapist_sd: float
    effect: float
    therapists: int
    clients: int
    seed: int

    def assumptions(self, lang: str) -> list[str]:
        """The assumptions in sentences; the first says that this is a simulation."""
        values = {
            "effect": number(self.effect, lang), "therapist_sd": number(self.therapist_sd, lang),
            "therapists": self.therapists, "clients": self.clients,
            "share": percent(therapist_share(self.therapist_sd), lang),
        }
        return [say(f"assumption.{key}", lang, **values) for key in ASSUMPTIONS]


def therapist_share(therapist_sd: float) -> float:
    """Share of the differences between clients that goes with the therapist: sd² / (sd² + 1)."""
    return therapist_sd**2 / (therapist_sd**2 + 1)


def therapist_sd_for(share: float) -> float:
    """The spread of therapists that makes that share (0 up to, not including, 1)."""
    if not 0 <= share < 1:
        raise EvidenceError("outside", "share", low=0, high=1)
    return math.sqrt(share / (1 - share))


def simulate_sites(
    therapist_sd: float, *, effect: float = 0.2, sites: int = 12, therapists: int = 3, clients: int = 20, seed: int = 1
) -> Sites:
    """Draw places whose therapists differ.

    The draws depend on ``seed`` and the counts only: moving ``therapist_sd`` stretches the same draws, so that a slider
    shows one thing at a time.

    Parameters
    ----------
    therapist_sd : float
        Standard deviation of therapists' own effects, in standard deviations of the outcome; 0 to 2.
    effect : float
        Average effect over all therapists (SMD), −2 to 2.
    sites, therapists, clients : int
        Places (2 to 200); therapists a place (1 to 50); clients a therapist, and as many for comparison (2 to 1000).
    seed : int
        0 or more.

    Raises
    ------
    EvidenceError
        ``outside``, naming the parameter and its limits.
    """
    limits = {
        "therapist_sd": (therapist_sd, 0, 2), "effect": (effect, -2, 2), "sites": (sites, 2, 200),
        "therapists": (therapists, 1, 50), "clients": (clients, 2, 1000), "seed": (seed, 0, 2**32 - 1),
    }
    for name, (value, low, high) in limits.items():
        if not low <= value <= high:
            raise EvidenceError("outside", name, low=low, high=high)

    import numpy as np

    draws = np.random.default_rng(seed)
    own = effect + therapist_sd * draws.standard_normal((sites, therapists))
    se = math.sqrt(2 / (therapists * clients))
    results = own.mean(axis=1) + se * draws.standard_normal(sites)
    found = tuple(
        Site(float(result), float(result - Z95 * se), float(result + Z95 * se), tuple(map(float, effects)))
        for result, effects in zip(results, own, strict=True)
    )
    true_sd = therapist_sd / math.sqrt(therapists)
    return Sites(
        found, float(results.mean()), float(results.std(ddof=1)), sum(site.low > 0 for site in found),
        sum(site.low <= 0 <= site.high for site in found), sum(site.high < 0 for site in found),
        math.hypot(true_sd, se), _below_zero(effect, true_sd), float(therapist_sd), float(effect), therapists, clients,
        seed,
    )


def _below_zero(mean: float, sd: float) -> float:
    if sd == 0:
        return float(mean < 0)
    return 0.5 * math.erfc(mean / sd / math.sqrt(2))
