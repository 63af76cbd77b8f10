"""What wells deliver against a back pressure: the pressure that arrives at their ends, tabulated over their rates.

A well is scanned once, coarsely, from nearly none to the most it could give. The table then answers at any back
pressure, which is what a network asks again and again, and says which wells have no answer. The rates so found are
refined on the well itself.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from plant.physics.nodal import Floats, Outcome
from plant.physics.validity import require

Arriving = Callable[[Floats], Floats]  # rates (..., n) → pressures at the wells' ends (..., n)

POINTS = 33
LEAST_RATE = 1e-3  # of the greatest: where the scan begins, for at rest correlations of slip tell nothing
BLOCK = 8192  # rates worked out at once: what a processor's cache holds
PRESSURE_TOLERANCE = 10.0  # [Pa]
MOST_STEPS = 20
LONGEST_STEP = 0.1  # of the greatest rate, in one step of the refinement


@dataclass(frozen=True)
class Performance:
    """Rates of the scan and the pressures that arrive at them, shape (k, n) both. [m³/s, Pa]"""

    q: Floats
    p: Floats


@dataclass(frozen=True)
class Delivery:
    """What each well delivers, an element per well.

    ``q`` is the highest stable rate, 0 where dead, the greatest scanned where beyond, NaN where astray; ``slope`` the
    change of the arriving pressure with the rate there, ``roots`` the number of all crossings the scan saw.
    """

    q: Floats
    slope: Floats
    outcome: NDArray[np.int8]
    roots: NDArray[np.int64]


def tabulate(arriving: Arriving, q_max: ArrayLike, points: int = POINTS) -> Performance:
    """Scan wells up to their greatest rates [m³/s], all at once but as many rates at a time as serve the cache.

    >>> scan = tabulate(lambda q: 4e6 - 1e9 * q, [1e-3, 2e-3], points=3)
    >>> scan.p[-1].tolist()
    [3000000.0, 2000000.0]
    """
    q_max = np.atleast_1d(np.asarray(q_max, float))
    require(q_max > 0.0, "q_max", q_max, "must be positive [m³/s]")
    q = np.linspace(LEAST_RATE, 1.0, points)[:, None] * q_max
    rows = max(BLOCK // q_max.size, 1)
    return Performance(q, np.concatenate([arriving(q[i : i + rows]) for i in range(0, points, rows)]))


def deliver(scan: Performance, p_back: ArrayLike) -> Delivery:
    r"""Highest stable rate of each well against a pressure at its end, straight between the points of the scan.

    .. math:: p(q) = p_{back}, \quad dp/dq < 0

    Parameters
    ----------
    scan : Performance
        From :func:`tabulate`.
    p_back : array_like, shape (n,)
        Pressure at the end of each well. [Pa]

    Notes
    -----
    Two roots within one step of the scan are not seen.

    Examples
    --------
    >>> well = deliver(tabulate(lambda q: 4e6 - 1e9 * q, [4e-3]), 3e6)
    >>> round(float(well.q[0]), 9), Outcome(well.outcome[0]).name
    (0.001, 'FLOWING')
    """
    left = scan.p - p_back
    positive = left > 0.0
    crosses = positive[:-1] != positive[1:]
    falls = crosses & positive[:-1]
    outcome = np.where(falls.any(axis=0), Outcome.FLOWING, Outcome.DEAD)
    outcome = np.where(positive[-1], Outcome.BEYOND, outcome)
    outcome = np.where(np.isnan(left).any(axis=0), Outcome.ASTRAY, outcome).astype(np.int8)
    last = len(falls) - 1 - np.argmax(falls[::-1], axis=0)
    wells = np.arange(scan.q.shape[1])
    q, p = scan.q[last, wells], left[last, wells]
    slope = (left[last + 1, wells] - p) / (scan.q[last + 1, wells] - q)
    with np.errstate(divide="ignore", invalid="ignore"):  # of wells that do not flow
        root = np.where(slope < 0.0, q - p / slope, np.nan)
    return Delivery(_by_outcome(outcome, root, scan.q[-1]), slope, outcome, crosses.sum(axis=0))


def refine(arriving: Arriving, found: Delivery, p_back: ArrayLike, q_max: ArrayLike) -> Delivery:
    r"""The rates of flowing wells by the wells themselves, which the scan may have taken more coarsely.

    .. math:: q \leftarrow q + [p_{back} - p(q)] / p'(q)

    Parameters
    ----------
    arriving : callable
        The wells. [m³/s → Pa]
    found : Delivery
        Where to start, from :func:`deliver`.
    p_back, q_max : array_like, shape (n,)
        Pressure at the end of each well, and its greatest rate. [Pa, m³/s]

    Notes
    -----
    The slope is the secant's once there is one, as long as it falls. A well that is not met within 10 Pa in 20
    steps, or whose root has gone, is astray.

    Examples
    --------
    >>> wells = lambda q: 4e6 - 1e9 * q - 1e11 * q**2
    >>> found = deliver(tabulate(wells, [0.006], points=9), 1e6)
    >>> round(float(refine(wells, found, 1e6, 0.006).q[0]), 6)
    0.002416
    """
    flowing = found.outcome == Outcome.FLOWING
    q, slope = np.where(flowing, found.q, 0.5 * np.asarray(q_max)), np.where(flowing, found.slope, -1.0)
    left = arriving(q) - p_back
    longest = LONGEST_STEP * np.asarray(q_max)
    for _ in range(MOST_STEPS):
        met = ~flowing | (np.abs(left) <= PRESSURE_TOLERANCE)
        if met.all():
            break
        step = np.where(met, 0.0, np.clip(-left / slope, -longest, longest))
        q_next = np.clip(q + step, LEAST_RATE * longest, q_max)
        left_next = arriving(q_next) - p_back
        slope = secant(slope, q_next - q, left_next - left)
        q, left = q_next, left_next
    outcome = np.where(flowing & ~met, Outcome.ASTRAY, found.outcome).astype(np.int8)
    return Delivery(_by_outcome(outcome, q, q_max), slope, outcome, found.roots)


def secant(slope: Floats, dq: Floats, dp: Floats) -> Floats:
    """Slopes that the last change found, the old ones where the new ones would not fall.

    >>> secant(np.array([-1.0, -1.0]), np.array([1.0, 1.0]), np.array([-3.0, 2.0])).tolist()
    [-3.0, -1.0]
    """
    new = np.divide(dp, dq, out=slope.copy(), where=dq != 0.0)
    return np.where(new < 0.0, new, slope)


def _by_outcome(outcome: NDArray[np.int8], q: Floats, q_max: ArrayLike) -> Floats:
    q = np.where(outcome == Outcome.BEYOND, q_max, np.where(outcome == Outcome.DEAD, 0.0, q))
    return np.where(outcome == Outcome.ASTRAY, np.nan, q)
