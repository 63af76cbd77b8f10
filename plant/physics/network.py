"""Where a whole field settles: wells flow into nodes, nodes through lines into others, all down to the separator.

Each line's loss depends on all that flows through it, each well's rate on the pressure at its node; so the wells of
a pad hold each other back. The tree is solved for its nodes' pressures by Newton's method, from the separator's
pressure upward, which is the side of the highest rates. It says so where it does not get there.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.sparse import csc_array, diags_array
from scipy.sparse.linalg import spsolve

from plant.error import OutOfRange

Floats = NDArray[np.float64]
SEPARATOR = -1  # as a parent
PRESSURE_TOLERANCE = 1.0  # [Pa]
PRESSURE_STEP, RATE_STEP = 10.0, 1e-7  # for slopes, by difference [Pa], [m³/s]
MOST_STEPS, MOST_HALVINGS = 50, 12


@dataclass(frozen=True)
class NetworkPoint:
    """Pressures of the nodes, what flows through their lines, and whether that is a solution.

    ``residual`` is the largest error of a line's pressure loss; above the tolerance ``converged`` is False and the
    numbers are the best that was found.
    """

    p: Floats  # [Pa]
    q: Floats  # [m³/s]
    residual: float  # [Pa]
    converged: bool


def network_point(
    given: Callable[[Floats], Floats],
    loss: Callable[[Floats], Floats],
    parent: ArrayLike,
    p_separator: float,
    start: ArrayLike | None = None,
) -> NetworkPoint:
    r"""Steady pressures of a gathering tree.

    .. math:: p_i = p_{parent(i)} + \Delta p_i\Big(\sum_{j\ \text{above}\ i} q_j(p_j)\Big)

    Parameters
    ----------
    given : callable
        What the wells of each node give at the nodes' pressures, (m,) in and out, falling. [Pa → m³/s]
    loss : callable
        Loss of the line from each node to its parent at what flows through, (m,) in and out, rising. [m³/s → Pa]
    parent : array_like of int, shape (m,)
        The node each node flows to; ``SEPARATOR`` for those that reach it.
    p_separator : float
        Pressure of the separator. [Pa]
    start : array_like, shape (m,)
        Pressures to begin with, where better ones than the separator's are known. [Pa]

    Raises
    ------
    OutOfRange
        If a parent is no node, or the lines run in a circle.

    Notes
    -----
    Newton's steps are halved until the residual falls. Where a well dies between two pressures its rate jumps, and
    there may be no steady solution at all: such wells cycle.

    Examples
    --------
    >>> point = network_point(lambda p: 1e-9 * (5e6 - p), lambda q: 1e9 * q, [SEPARATOR, 0], 1e6)
    >>> (point.p / 1e6).round(3).tolist(), point.converged
    ([3.4, 4.2], True)
    """
    parent = np.asarray(parent, int)
    below = _paths(parent)
    inflow = np.where(parent == SEPARATOR, p_separator, 0.0)
    onward = csc_array(np.eye(parent.size) - (parent[:, None] == np.arange(parent.size)))

    def error(p: Floats) -> Floats:
        return onward @ p - inflow - loss(below @ given(p))

    p = np.full(parent.size, float(p_separator)) if start is None else np.array(start, float)
    missed = error(p)
    for _ in range(MOST_STEPS):
        if np.abs(missed).max() <= PRESSURE_TOLERANCE:
            break
        step = spsolve(_slopes(p, given, loss, onward, below), -missed)
        p, missed = _shortened(p, missed, step, error)
    residual = float(np.abs(missed).max())
    return NetworkPoint(p, below @ given(p), residual, residual <= PRESSURE_TOLERANCE)


def _slopes(
    p: Floats, given: Callable[[Floats], Floats], loss: Callable[[Floats], Floats], onward: csc_array, below: csc_array
) -> csc_array:
    rates = given(p)
    through = below @ rates
    well_slope = (given(p + PRESSURE_STEP) - rates) / PRESSURE_STEP
    line_slope = (loss(through + RATE_STEP) - loss(through)) / RATE_STEP
    return csc_array(onward - diags_array(line_slope) @ below @ diags_array(well_slope))


def _shortened(p: Floats, missed: Floats, step: Floats, error: Callable[[Floats], Floats]) -> tuple[Floats, Floats]:
    """The step, or as small a part of it as lessens the error; where none does, the smallest part."""
    for _ in range(MOST_HALVINGS):
        after = error(p + step)
        if after @ after < missed @ missed:
            break
        step = 0.5 * step
    return p + step, after


def _paths(parent: NDArray[np.int64]) -> csc_array:
    """Matrix of ones where what enters node j flows through the line of node i."""
    if not np.all((parent >= SEPARATOR) & (parent < parent.size)):
        raise OutOfRange("parent", parent.tolist(), f"must be a node below {parent.size}, or {SEPARATOR}")
    below = np.eye(parent.size)
    at = parent.copy()
    for _ in range(parent.size):
        enters = np.flatnonzero(at != SEPARATOR)
        below[at[enters], enters] = 1.0
        at[enters] = parent[at[enters]]
    if np.any(at != SEPARATOR):
        raise OutOfRange("parent", parent.tolist(), "must lead to the separator: lines run in a circle")
    return csc_array(below)
