"""The average of several studies, with how much they differ: random effects by way of statsmodels."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

from mi_helpers.evidence.errors import EvidenceError
from mi_helpers.evidence.estimates import Estimate
from mi_helpers.evidence.scales import check, scale_info, to_analysis, to_natural

METHODS = {"DL": "dl", "PM": "pm"}
INTERVALS = ("normal", "hartung-knapp")


@dataclass(frozen=True)
class Pooled:
    """A pooled estimate.

    Attributes
    ----------
    scale : str
    k : int
        Studies in it.
    value, low, high : float
        Estimate and 95 % interval in natural units.
    tau2 : float
        Variance between studies, in the squared units of the analysis (log odds and so on).
    i2 : float
        Share of the differences that chance alone doesn't explain, 0 to 1.
    q, p_q : float
        Cochran's Q and its p value; ``df`` degrees of freedom.
    prediction_low, prediction_high : float or None
        Where the effect of a new, similar study may be expected (95 %); None with fewer than three studies.
    weights : dict of str to float
        Share of each estimate, by id; together 1.
    method, interval : str
    """

    scale: str
    k: int
    value: float
    low: float
    high: float
    tau2: float
    i2: float
    q: float
    df: int
    p_q: float
    prediction_low: float | None
    prediction_high: float | None
    weights: dict[str, float]
    method: str = "DL"
    interval: str = "normal"


@dataclass(frozen=True)
class LeftOut:
    """The pooled estimate without one study."""

    id: str
    label: str
    pooled: Pooled


def poolable_part(estimates: Iterable[Estimate]) -> tuple[tuple[Estimate, ...], tuple[tuple[str, str], ...]]:
    """What has a figure and an interval, and what is left out.

    Returns
    -------
    (kept, left_out)
        ``left_out`` holds pairs of id and reason: ``"zero-events"``, ``"no-figure"`` or ``"no-interval"``.
    """
    kept, left_out = [], []
    for estimate in estimates:
        if estimate.value is None:
            zero = estimate.counts is not None
            left_out.append((estimate.id, "zero-events" if zero else "no-figure"))
        elif estimate.se is None:
            left_out.append((estimate.id, "no-interval"))
        else:
            kept.append(estimate)
    return tuple(kept), tuple(left_out)


def check_poolable(estimates: Iterable[Estimate], scale: str) -> None:
    """Say why these may not be pooled.

    Raises
    ------
    EvidenceError
        ``unknown-scale``; ``mixed-scales``; ``reviews`` (reviews share trials); ``truncated`` (part of a table is
        missing); ``samples``, ``quoted`` (not to be pooled here); ``two-sets`` (two time points, or a shipped set with
        one's own); ``same-trial`` (one trial twice); ``same-id``; ``zero-events``, ``no-figure``, ``no-interval``;
        ``not-finite``, ``off-the-scale``, ``no-width``; ``too-few`` (fewer than two).
    """
    estimates = tuple(estimates)
    scale_info(scale)
    for estimate in estimates:
        if estimate.scale != scale:
            raise EvidenceError("mixed-scales", estimate.label, found=estimate.scale, scale=scale)
        if estimate.refused:
            raise EvidenceError(estimate.refused)
    if len({estimate.set_id for estimate in estimates}) > 1:
        raise EvidenceError("two-sets")
    seen: dict[str, str] = {}
    for estimate in estimates:
        trial = estimate.trial or estimate.id
        if trial in seen:
            raise EvidenceError("same-trial", estimate.label)
        seen[trial] = estimate.id
    if len(set(seen.values())) < len(estimates):
        raise EvidenceError("same-id")
    for estimate_id, reason in poolable_part(estimates)[1]:
        raise EvidenceError(reason, next(e.label for e in estimates if e.id == estimate_id))
    for estimate in estimates:
        check(estimate.value, scale, estimate.label)
        if not math.isfinite(estimate.se):
            raise EvidenceError("not-finite", estimate.label)
        if estimate.se < 1e-9:
            raise EvidenceError("no-width", estimate.label)
    if len(estimates) < 2:
        raise EvidenceError("too-few", needed=2, given=len(estimates))


def pool(estimates: Iterable[Estimate], scale: str, *, method: str = "DL", interval: str = "normal") -> Pooled:
    """Random-effects average of independent studies on one scale.

    Parameters
    ----------
    estimates : iterable of Estimate
        At least two, all with an interval.
    scale : {"SMD", "OR", "RR", "r"}
        Must be that of every estimate. Averaging is done on log OR, log RR and Fisher's z; results come back in
        natural units.
    method : {"DL", "PM"}
        Variance between studies after DerSimonian and Laird, or Paule and Mandel.
    interval : {"normal", "hartung-knapp"}
        The second is wider with few studies (t distribution, Knapp and Hartung's standard error, never smaller than
        the plain one).

    Returns
    -------
    Pooled

    Raises
    ------
    EvidenceError
        See :func:`check_poolable`; also ``unknown-method`` and ``not-converged``.

    Notes
    -----
    ``statsmodels.stats.meta_analysis.combine_effects``. Its variance after DerSimonian and Laird may be negative; as is
    usual it is set to zero, which is the fixed-effect average. Prediction interval: Higgins, Thompson & Spiegelhalter
    (2009), t distribution with k − 2 degrees of freedom.
    """
    estimates = tuple(estimates)
    if method not in METHODS or interval not in INTERVALS:
        raise EvidenceError("unknown-method", method=f"{method}, {interval}")
    check_poolable(estimates, scale)

    import numpy as np
    from scipy import stats
    from statsmodels.stats.meta_analysis import combine_effects

    effects = np.array([to_analysis(e.value, scale) for e in estimates])
    variances = np.array([e.se for e in estimates]) ** 2
    k, df = len(estimates), len(estimates) - 1
    # Q is computed from squares that nearly cancel: far from zero it would lose its digits.
    centre = float(np.average(effects, weights=1 / variances))
    with np.errstate(invalid="ignore", divide="ignore"):
        found = combine_effects(effects - centre, variances, method_re=METHODS[method])
    q = max(0.0, float(found.q))
    tau2 = max(0.0, float(found.tau2))
    if method == "PM" and not _solves(tau2, effects - centre, variances):
        raise EvidenceError("not-converged")
    if tau2 > 0:
        mean, se, se_hk = found.mean_effect_re, found.sd_eff_w_re, found.sd_eff_w_re_hksj
        shares = found.weights_rel_re
    else:
        mean, se, se_hk = found.mean_effect_fe, found.sd_eff_w_fe, found.sd_eff_w_fe_hksj
        shares = found.weights_rel_fe
    mean, se = float(mean) + centre, float(se)
    if interval == "hartung-knapp":
        se = max(se, float(se_hk))
        half = float(stats.t.isf(0.025, df)) * se
    else:
        half = float(stats.norm.isf(0.025)) * se
    prediction = (None, None)
    if k > 2:
        reach = float(stats.t.isf(0.025, k - 2)) * math.sqrt(tau2 + se**2)
        prediction = (_natural(mean - reach, scale), _natural(mean + reach, scale))
    return Pooled(
        scale, k, _natural(mean, scale), _natural(mean - half, scale), _natural(mean + half, scale), tau2,
        max(0.0, 1 - df / q) if q > 0 else 0.0, q, df, float(stats.chi2.sf(q, df)), *prediction,
        {e.id: float(share) for e, share in zip(estimates, shares, strict=True)}, method, interval,
    )


def _natural(value: float, scale: str) -> float:
    """Back to natural units; what no float can hold ends at the largest or smallest that it can."""
    return to_natural(min(max(value, -700.0), 700.0), scale)


def _solves(tau2: float, effects, variances) -> bool:
    """Whether ``tau2`` is Paule and Mandel's: the weighted squares add up to k − 1, or to less at zero."""
    weights = 1 / (variances + tau2)
    mean = (weights * effects).sum() / weights.sum()
    too_much = float((weights * (effects - mean) ** 2).sum()) - (len(effects) - 1)
    return abs(too_much) < 1e-4 or (tau2 == 0 and too_much < 0)


def leave_one_out(estimates: Iterable[Estimate], scale: str, **choices) -> tuple[LeftOut, ...]:
    """The pooled estimate without each study in turn, in the order given.

    Raises
    ------
    EvidenceError
        As :func:`pool`; ``too-few`` with fewer than three.
    """
    estimates = tuple(estimates)
    check_poolable(estimates, scale)
    if len(estimates) < 3:
        raise EvidenceError("too-few", needed=3, given=len(estimates))
    return tuple(
        LeftOut(one.id, one.label, pool([e for e in estimates if e is not one], scale, **choices)) for one in estimates
    )
