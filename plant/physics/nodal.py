"""Where a well settles: the rate at which the reservoir gives what the tubing takes.

The pressure left over at a node (what arrives there, less what is needed to go on) falls through zero at a stable
rate and rises through zero at an unstable one. A tubing's U-shaped curve makes both, and solvers that start near
shut-in like to end on the wrong one. So the rates are scanned from none to the most the well could give, and the
highest stable crossing is refined. Wells that have none are told apart, not guessed.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import IntEnum

import numpy as np
from numpy.typing import ArrayLike, NDArray

from plant.physics.validity import require

Floats = NDArray[np.float64]
Surplus = Callable[[Floats], Floats]  # rates (..., n) → pressure left over at the node (..., n)

POINTS = 65  # of the scan: roots nearer to each other than a 64th of the greatest rate are not told apart
RATE_TOLERANCE = 1e-9  # of the greatest rate
MOST_STEPS = 100


class Outcome(IntEnum):
    """How the search for a well's rate ended."""

    FLOWING = 0  # at the highest stable root
    DEAD = 1  # nothing is left over at any rate: it does not flow
    BEYOND = 2  # something is left over even at the greatest rate scanned, whatever roots lie below
    ASTRAY = 3  # a root is there, but was not met within the tolerance or the pressures were no numbers


@dataclass(frozen=True)
class OperatingPoint:
    """Rates and how they were found, an element per well.

    ``q`` is the rate where it flows, 0 where dead, the greatest scanned where beyond, NaN where astray. ``roots``
    counts all crossings the scan saw, stable and not.
    """

    q: Floats
    outcome: NDArray[np.int8]
    roots: NDArray[np.int64]


def operating_point(surplus: Surplus, q_max: ArrayLike, points: int = POINTS) -> OperatingPoint:
    r"""Highest stable rate of each well.

    .. math:: p_{in}(q) - p_{out}(q) = 0, \quad \frac{d(p_{in} - p_{out})}{dq} < 0

    Parameters
    ----------
    surplus : callable
        Pressure that arrives at the node less that needed to go on, for rates of shape (n,) and (points, n). [Pa]
    q_max : array_like, shape (n,)
        Greatest rate of each well: that at no bottomhole pressure. [m³/s]
    points : int
        Rates in the scan, at least 2. [-]

    Raises
    ------
    OutOfRange
        If a ``q_max`` is not positive or ``points`` is below 2.

    Notes
    -----
    Rates are refined by the Illinois form of false position [1]_, on all wells at once, to 1e-9 of ``q_max``.

    Examples
    --------
    >>> well = operating_point(lambda q: 4e6 - 1e9 * q - 1e11 * q**2, [0.02])
    >>> round(float(well.q[0]), 6), Outcome(well.outcome[0]).name
    (0.003062, 'FLOWING')

    References
    ----------
    .. [1] M. Dowell, P. Jarratt, BIT 11, 1971, p. 168.
    """
    q_max = np.atleast_1d(np.asarray(q_max, float))
    require(q_max > 0.0, "q_max", q_max, "must be positive [m³/s]")
    require(points >= 2, "points", points, "must be 2 or more [-]")
    rates = np.linspace(0.0, 1.0, points)[:, None] * q_max
    left = np.broadcast_to(surplus(rates), rates.shape)
    crosses = (left[:-1] > 0.0) != (left[1:] > 0.0)
    outcome = _scan_outcome(left, crosses)
    q = np.where(outcome == Outcome.BEYOND, q_max, 0.0)
    flowing = outcome == Outcome.FLOWING
    # nothing is left over at the greatest rate, so the last crossing falls: it is the highest stable root
    before = np.where(flowing, points - 2 - np.argmax(crosses[::-1], axis=0), 0)
    q_root, met = _illinois(surplus, rates, left, before, flowing)
    outcome[flowing & ~met] = Outcome.ASTRAY
    q = np.where(flowing, q_root, q)
    return OperatingPoint(np.where(outcome == Outcome.ASTRAY, np.nan, q), outcome, crosses.sum(axis=0))


def _scan_outcome(left: Floats, crosses: NDArray[np.bool_]) -> NDArray[np.int8]:
    outcome = np.where(crosses.any(axis=0), Outcome.FLOWING, Outcome.DEAD)
    outcome = np.where(left[-1] > 0.0, Outcome.BEYOND, outcome)
    return np.where(np.isnan(left).any(axis=0), Outcome.ASTRAY, outcome).astype(np.int8)


def _illinois(
    surplus: Surplus, rates: Floats, left: Floats, before: NDArray[np.int64], flowing: NDArray[np.bool_]
) -> tuple[Floats, NDArray[np.bool_]]:
    """Close in on the root after the point ``before`` of each flowing well; the others ride along unmoved."""
    wells = np.arange(before.size)
    a, b = rates[before, wells], rates[before + 1, wells]
    f_a, f_b = np.where(flowing, left[before, wells], 1.0), np.where(flowing, left[before + 1, wells], -1.0)
    tolerance = RATE_TOLERANCE * rates[-1]
    q, met = b, ~flowing
    for _ in range(MOST_STEPS):
        if met.all():
            break
        previous, q = q, np.where(met, q, (a * f_b - b * f_a) / (f_b - f_a))
        f = np.where(met, f_b, surplus(q))
        met = met | (f == 0.0) | (np.abs(q - previous) <= tolerance)
        crossed = f * f_b < 0.0
        a, f_a = np.where(crossed, b, a), np.where(crossed, f_b, 0.5 * f_a)
        b, f_b = q, np.where(f == 0.0, f_b, f)
    return q, met


def stable_rates(surplus: Callable[[Floats], Floats], q_max: float, points: int = POINTS) -> tuple[Floats, Floats]:
    r"""All rates at which one well could settle, and those between which it could not stay.

    .. math:: p_{in}(q) - p_{out}(q) = 0

    Parameters
    ----------
    surplus : callable
        As for :func:`operating_point`, for one well: rates of any shape. [Pa]
    q_max : float
        Greatest rate. [m³/s]
    points : int
        Rates in the scan. [-]

    Returns
    -------
    stable, unstable : ndarray
        Rates in rising order. [m³/s]

    Notes
    -----
    Each crossing of the scan is refined alone, by halving.

    Examples
    --------
    >>> stable, unstable = stable_rates(lambda q: -(q - 0.001) * (q - 0.007) * 1e11, 0.01)
    >>> [round(float(q), 6) for q in (*stable, *unstable)]
    [0.007, 0.001]
    """
    rates = np.linspace(0.0, q_max, points)
    positive = np.asarray(surplus(rates)) > 0.0
    at = np.flatnonzero(positive[:-1] != positive[1:])
    low, high = rates[at], rates[at + 1]
    while np.any(high - low > RATE_TOLERANCE * q_max):
        middle = 0.5 * (low + high)
        same = (np.asarray(surplus(middle)) > 0.0) == positive[at]
        low, high = np.where(same, middle, low), np.where(same, high, middle)
    roots = 0.5 * (low + high)
    return roots[positive[at]], roots[~positive[at]]
