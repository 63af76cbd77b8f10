"""Pressure at the far end of straight pipes, with one gradient a cell: for those who ask many times over.

:mod:`plant.physics.multiphase.traverse` keeps all stations of any survey, and works out two gradients a cell.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from plant.physics.multiphase.stream import Array, legal
from plant.physics.multiphase.traverse import LEAST_PRESSURE, StreamAt, gradient
from plant.physics.validity import require


def end_pressure(
    p: ArrayLike,
    T: tuple[ArrayLike, ArrayLike],
    length: ArrayLike,
    angle: ArrayLike,
    stream_at: StreamAt,
    diameter: ArrayLike,
    roughness: ArrayLike = 0.0,
    *,
    cells: int = 20,
    author: str = "beggs_brill_payne",
    against_flow: bool = False,
) -> Array:
    r"""Pressure at the end of pipes of one inclination each, temperature straight along them.

    .. math::

        p^* = p_i \mp h\,(\tfrac32 g_i - \tfrac12 g_{i-1}), \quad
        p_{i+1} = p_i \mp \tfrac{h}{12} \left[5\,g(p^*, T_{i+1}) + 8\,g_i - g_{i-1}\right]

    Parameters
    ----------
    p : array_like, shape (...)
        At the beginning. [Pa]
    T : pair of array_like, shape (...)
        At beginning and end. [K]
    length, angle : array_like, shape (...)
        Of the pipes, and of the flow in them above the horizontal. [m, rad]
    stream_at : callable
        The stream at a pressure and temperature, of the pipes' shape.
    diameter, roughness : array_like, shape (...)
        Of the pipes. [m, m]
    cells : int
        Each pipe is cut into, at least 1. [-]
    author : str
        A name in :data:`~plant.physics.multiphase.traverse.GRADIENTS`.
    against_flow : bool
        Whether the end lies upstream.

    Raises
    ------
    OutOfRange
        If a length is not positive, ``cells`` below 1, or the stream at the beginning cannot be.

    Notes
    -----
    Adams's predictor and corrector, of third order where the gradient is smooth [1]_; the first cell by Heun's rule.
    Pressure that would fall below 10 kPa is held there.

    Examples
    --------
    >>> gas = lambda p, T: Stream(0.0, 1e-9, 1000.0, 1.0, 1e-3, 1e-5, 0.07, p)
    >>> from plant.physics.multiphase.stream import Stream
    >>> round(float(end_pressure(2e6, (300.0, 300.0), 100.0, np.pi / 2, gas, 0.1) - 2e6), 2)
    -980.67

    References
    ----------
    .. [1] E. Hairer, S. P. Nørsett, G. Wanner, Solving Ordinary Differential Equations I, 2nd ed., 1993, ch. III.1.
    """
    length = np.asarray(length, float)
    require(length > 0.0, "length", length, "must be positive [m]")
    require(cells >= 1, "cells", cells, "must be 1 or more [-]")
    lost, step = gradient(author), length * ((1.0 if against_flow else -1.0) / cells)
    start, rise = np.asarray(T[0], float), (np.asarray(T[1], float) - T[0]) / cells
    here = np.asarray(p, float)
    last = lost(legal(stream_at(here, start)), diameter, angle, roughness)
    before, weights = last, (0.5, 0.5, 0.0)
    for i in range(1, cells + 1):
        there = np.maximum(here + step * (1.5 * last - 0.5 * before), LEAST_PRESSURE)
        new = lost(stream_at(there, start + i * rise), diameter, angle, roughness)
        mean = weights[0] * new + weights[1] * last + weights[2] * before
        here = np.maximum(here + step * mean, LEAST_PRESSURE)
        before, last, weights = last, new, (5.0 / 12.0, 8.0 / 12.0, -1.0 / 12.0)
    return here
