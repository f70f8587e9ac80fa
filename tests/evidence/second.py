"""A second implementation of random-effects pooling, in plain Python, for the tests only.

Effects and variances are in the units of the analysis.
"""

from __future__ import annotations

import math


def average(effects: list[float], variances: list[float], tau2: float) -> tuple[float, float]:
    """Weighted mean and its standard error."""
    weights = [1 / (v + tau2) for v in variances]
    total = math.fsum(weights)
    return math.fsum(w * y for w, y in zip(weights, effects, strict=True)) / total, total**-0.5


def heterogeneity(effects: list[float], variances: list[float], tau2: float = 0.0) -> float:
    """Cochran's Q, or the generalised Q at ``tau2``."""
    mean, _ = average(effects, variances, tau2)
    return math.fsum((y - mean) ** 2 / (v + tau2) for y, v in zip(effects, variances, strict=True))


def dersimonian_laird(effects: list[float], variances: list[float]) -> float:
    """tau² by the method of moments, never below zero."""
    weights = [1 / v for v in variances]
    total = math.fsum(weights)
    scaling = total - math.fsum(w * w for w in weights) / total
    return max(0.0, (heterogeneity(effects, variances) - (len(effects) - 1)) / scaling)


def paule_mandel(effects: list[float], variances: list[float]) -> float:
    """tau² at which the generalised Q equals its degrees of freedom, by halving."""
    df = len(effects) - 1
    if heterogeneity(effects, variances) <= df:
        return 0.0
    low, high = 0.0, 1.0
    while heterogeneity(effects, variances, high) > df:
        high *= 2
    for _ in range(200):
        middle = (low + high) / 2
        if heterogeneity(effects, variances, middle) > df:
            low = middle
        else:
            high = middle
    return (low + high) / 2
