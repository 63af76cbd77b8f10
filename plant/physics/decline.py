"""How a well's rate falls over the years, by Arps.

Between the exponential decline of a closed volume (exponent 0) and the harmonic one (exponent 1) lie the
hyperbolic declines of most fields.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import ArrayLike, NDArray

from plant.physics.validity import require

LEAST = 1e-12  # an exponent, or a fall of the rate, that is none to the last digits


def arps_rate(t: ArrayLike, q_i: ArrayLike, d_i: ArrayLike, b: ArrayLike = 0.0) -> NDArray[np.float64]:
    r"""Rate after a time of decline.

    .. math:: q = q_i (1 + b\,d_i t)^{-1/b}, \quad b \to 0: \; q = q_i e^{-d_i t}

    Parameters
    ----------
    t : array_like
        Time since the start of decline, not negative. [s]
    q_i : array_like
        Rate at the start. [m³/s]
    d_i : array_like
        Nominal decline at the start, not negative. [1/s]
    b : array_like
        Exponent, 0 to 2. [-]

    Raises
    ------
    OutOfRange
        If ``t`` or ``d_i`` is negative, or ``b`` not between 0 and 2.

    Notes
    -----
    Time and decline may be in any one unit. Exponents above 1 are of transient flow: their cumulative has no
    limit [1]_.

    Examples
    --------
    >>> [round(float(arps_rate(10.0, 1000.0, 0.1, b)), 2) for b in (0.0, 0.5, 1.0)]
    [367.88, 444.44, 500.0]

    References
    ----------
    .. [1] J. J. Arps, Trans. AIME 160, 1945, p. 228.
    """
    t, d_i, b = _checked(t, d_i, b)
    return q_i * np.exp(-_log_fall(d_i * t, b))


def arps_cumulative(t: ArrayLike, q_i: ArrayLike, d_i: ArrayLike, b: ArrayLike = 0.0) -> NDArray[np.float64]:
    r"""Volume produced over a time of decline.

    .. math:: N_p = \int_0^t q\,dt = \frac{q_i}{d_i}\,\frac{1 - (q/q_i)^{1-b}}{1 - b}

    Parameters
    ----------
    t, q_i, d_i, b : array_like
        As for :func:`arps_rate`. [s, m³/s, 1/s, -]

    Raises
    ------
    OutOfRange
        As :func:`arps_rate` does.

    Notes
    -----
    One expression for all exponents, without loss of digits near 0 and 1, and for no decline at all.

    Examples
    --------
    >>> [round(float(arps_cumulative(10.0, 1000.0, 0.1, b)), 4) for b in (0.0, 1.0)]
    [6321.2056, 6931.4718]
    """
    t, d_i, b = _checked(t, d_i, b)
    fallen = _log_fall(d_i * t, b)
    lost = _per(fallen, 1.0 - b, lambda x: -np.expm1(-x))
    still = d_i * t < LEAST
    return q_i * t * np.where(still, 1.0, lost / np.where(still, 1.0, d_i * t))


def arps_time(q: ArrayLike, q_i: ArrayLike, d_i: ArrayLike, b: ArrayLike = 0.0) -> NDArray[np.float64]:
    r"""Time until the rate has fallen to a limit.

    .. math:: t = \frac{(q_i/q)^b - 1}{b\,d_i}

    Parameters
    ----------
    q : array_like
        Rate at the limit, above 0 and at most ``q_i``. [m³/s]
    q_i, d_i, b : array_like
        As for :func:`arps_rate`; ``d_i`` positive. [m³/s, 1/s, -]

    Raises
    ------
    OutOfRange
        If ``q`` is not above 0 and at most ``q_i``, ``d_i`` not positive, or ``b`` not between 0 and 2.

    Examples
    --------
    >>> round(float(arps_time(500.0, 1000.0, 0.1, 1.0)), 6)
    10.0
    """
    _, d_i, b = _checked(0.0, d_i, b)
    q, q_i = np.asarray(q, float), np.asarray(q_i, float)
    require((q > 0.0) & (q <= q_i), "q", q, "must be above 0 and at most the initial rate [m³/s]")
    require(d_i > 0.0, "d_i", d_i, "must be positive [1/s]")
    return _per(np.log(q_i / q), b, np.expm1) / d_i


def _log_fall(decline: NDArray[np.float64], b: NDArray[np.float64]) -> NDArray[np.float64]:
    return _per(decline, b, np.log1p)  # ln(q_i/q)


def _per(x: ArrayLike, b: ArrayLike, function: Callable[[ArrayLike], NDArray[np.float64]]) -> NDArray[np.float64]:
    """``function(b x)/b`` of a function that is x near zero: without loss of digits at b = 0."""
    vanishing = np.abs(b) < LEAST
    safe = np.where(vanishing, 1.0, b)
    return np.where(vanishing, x, function(safe * x) / safe)


def _checked(t: ArrayLike, d_i: ArrayLike, b: ArrayLike) -> tuple[NDArray[np.float64], ...]:
    t, d_i, b = (np.asarray(value, float) for value in (t, d_i, b))
    require(t >= 0.0, "t", t, "must not be negative [s]")
    require(d_i >= 0.0, "d_i", d_i, "must not be negative [1/s]")
    require((b >= 0.0) & (b <= 2.0), "b", b, "must lie between 0 and 2 [-]")
    return t, d_i, b
