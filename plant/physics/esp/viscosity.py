"""What a viscous liquid takes from a pump: factors on rate, head and efficiency over those on water.

The two charts in use, the Hydraulic Institute's and the Petroleum Institute's, as formulas. Both promise too much of
submersible pumps; :mod:`plant.physics.esp.viscosity_measurement` has a correction regressed on measured ones.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from plant.physics.elementwise import elementwise
from plant.physics.validity import require, require_positive
from plant.unit import foot, hour, minute

Array = NDArray[np.float64]

GALLON_PER_MINUTE = 6.30901964e-5  # [m³/s]


class ViscosityFactors(NamedTuple):
    """Over the values on water: of rate and head at the best-efficiency point, and of efficiency there."""

    rate: Array
    head: Array
    efficiency: Array


@elementwise
def hi_parameter(nu: ArrayLike, q_best: ArrayLike, h_best: ArrayLike, speed: ArrayLike) -> Array:
    r"""Parameter B of the Hydraulic Institute's viscosity correction.

    .. math:: B = 16.5 \frac{\nu^{1/2} H^{1/16}}{Q^{3/8} N^{1/4}}

    Parameters
    ----------
    nu : array_like
        Kinematic viscosity :math:`\nu`, in the formula in cSt. [m²/s]
    q_best : array_like
        Best-efficiency rate on water, in the formula in m³/h. [m³/s]
    h_best : array_like
        Head of one stage there. [m]
    speed : array_like
        Of the shaft, in the formula in rpm. [1/s]

    Raises
    ------
    OutOfRange
        If any argument is not positive.

    Examples
    --------
    >>> round(float(hi_parameter(1.2e-4, 100 / 3600, 77.0, 2950 / 60)), 3)
    5.722

    References
    ----------
    .. [1] ANSI/HI 9.6.7, Effects of Liquid Viscosity on Rotodynamic Pump Performance, 2010.
    """
    require_positive(nu=nu, q_best=q_best, h_best=h_best, speed=speed)
    q_m3_h, speed_rpm = np.asarray(q_best) * hour, np.asarray(speed) * minute
    return 16.5 * np.sqrt(np.asarray(nu) / 1e-6) * np.asarray(h_best) ** 0.0625 / (q_m3_h**0.375 * speed_rpm**0.25)


@elementwise
def hi_factors(b: ArrayLike) -> ViscosityFactors:
    r"""Factors by the Hydraulic Institute's correction.

    .. math:: C_Q = C_H = 2.71^{-0.165 (\log_{10} B)^{3.15}}, \quad C_\eta = B^{-0.0547 B^{0.69}}

    Parameters
    ----------
    b : array_like
        :func:`hi_parameter`; without effect up to 1. [-]

    Raises
    ------
    OutOfRange
        If ``b`` is not between 0 and 40.

    Notes
    -----
    Fitted to conventional pumps [1]_; on measured submersible pumps rate and efficiency come out 0.18 and 0.10 too
    high in the mean.

    Examples
    --------
    >>> [round(float(factor), 4) for factor in hi_factors(4.231)]
    [0.963, 0.963, 0.8078]

    References
    ----------
    .. [1] ANSI/HI 9.6.7, Effects of Liquid Viscosity on Rotodynamic Pump Performance, 2010.
    """
    b = np.asarray(b, float)
    require((b >= 0.0) & (b <= 40.0), "B", b, "must lie between 0 and 40, where ANSI/HI 9.6.7 was fitted [-]")
    b = np.maximum(b, 1.0)
    rate = 2.71 ** (-0.165 * np.log10(b) ** 3.15)
    return ViscosityFactors(rate, rate, b ** (-0.0547 * b**0.69))


def hi_head_factor(q: ArrayLike, q_best: ArrayLike, b: ArrayLike) -> Array:
    r"""Head factor away from the best-efficiency point by the Hydraulic Institute's correction.

    .. math:: C_H(q) = 1 - (1 - C_H) (q / q_{best})^{0.75}

    Parameters
    ----------
    q, q_best : array_like
        Rate on water, and its best. [m³/s]
    b : array_like
        :func:`hi_parameter`. [-]

    Examples
    --------
    >>> float(hi_head_factor(0.0, 1.0, 10.0))
    1.0
    """
    return 1.0 - (1.0 - hi_factors(b).head) * np.maximum(np.asarray(q) / np.asarray(q_best), 0.0) ** 0.75


def turzo_y(q_best: ArrayLike, h_best: ArrayLike) -> Array:
    r"""Capacity parameter of the Petroleum Institute's chart as fitted by Turzo et al.

    .. math:: y = -7.5946 + 6.6504 \ln H + 12.8429 \ln Q

    Parameters
    ----------
    q_best : array_like
        Best-efficiency rate on water, in the formula in 100 US gallons a minute. [m³/s]
    h_best : array_like
        Head there, in the formula in ft. [m]

    Examples
    --------
    >>> from scipy.constants import bbl, day, foot
    >>> round(float(turzo_y(440.19 * bbl / day, 433.08 * foot)), 3)
    6.417

    References
    ----------
    .. [1] Z. Turzo, G. Takacs, J. Zsuga, Oil & Gas Journal 98(22), 2000, p. 57.
    """
    require_positive(q_best=q_best, h_best=h_best)
    gpm_100 = np.asarray(q_best) / GALLON_PER_MINUTE / 100.0
    return -7.5946 + 6.6504 * np.log(np.asarray(h_best) / foot) + 12.8429 * np.log(gpm_100)


def turzo_q_star(nu: ArrayLike, q_best: ArrayLike, h_best: ArrayLike) -> Array:
    r"""Corrected capacity :math:`Q^*` on which all of Turzo's factors depend.

    .. math:: Q^* = \exp\frac{39.5276 + 26.5605 \ln\nu - y}{51.6565}

    Parameters
    ----------
    nu : array_like
        Kinematic viscosity, in the formula in cSt. [m²/s]
    q_best, h_best : array_like
        As for :func:`turzo_y`. [m³/s, m]

    Examples
    --------
    >>> from scipy.constants import bbl, day, foot
    >>> round(float(turzo_q_star(12e-6, 440.19 * bbl / day, 433.08 * foot)), 3)
    6.812
    """
    require_positive(nu=nu)
    return np.exp((39.5276 + 26.5605 * np.log(np.asarray(nu) / 1e-6) - turzo_y(q_best, h_best)) / 51.6565)


def turzo_factors(q_star: ArrayLike) -> ViscosityFactors:
    r"""Factors by the Petroleum Institute's chart as fitted by Turzo et al.

    .. math::

        C_Q = 1 - 4.0327\cdot10^{-3} Q^* - 1.724\cdot10^{-4} Q^{*2}, \quad
        C_H = 1 - 7.00763\cdot10^{-3} Q^* - 1.41\cdot10^{-5} Q^{*2}, \quad
        C_\eta = 1 - 3.3075\cdot10^{-2} Q^* + 2.8875\cdot10^{-4} Q^{*2}

    Parameters
    ----------
    q_star : array_like
        :func:`turzo_q_star`. [-]

    Raises
    ------
    OutOfRange
        If ``q_star`` is not between 0 and 57, where the fitted efficiency turns up again.

    Examples
    --------
    >>> round(float(turzo_factors(6.812175).rate), 6)
    0.964528

    References
    ----------
    .. [1] Z. Turzo, G. Takacs, J. Zsuga, Oil & Gas Journal 98(22), 2000, p. 57.
    """
    x = _charted(q_star)
    efficiency = 1.0 - 3.3075e-2 * x + 2.8875e-4 * x**2
    return ViscosityFactors(1.0 - 4.0327e-3 * x - 1.724e-4 * x**2, _turzo_heads(x)[2], efficiency)


def turzo_head_factor(q: ArrayLike, q_best: ArrayLike, q_star: float) -> Array:
    r"""Head factor away from the best-efficiency point by Turzo's chart.

    .. math:: C_H(0.6), C_H(0.8), C_H(1), C_H(1.2) \text{ at } q / q_{best}, \text{ straight between; } C_H(0) = 1

    Parameters
    ----------
    q, q_best : array_like
        Rate on water, and its best. [m³/s]
    q_star : float
        :func:`turzo_q_star`. [-]

    Examples
    --------
    >>> round(float(turzo_head_factor(0.8, 1.0, 6.812175)), 6)
    0.967594
    """
    heads = [1.0, *(float(c) for c in _turzo_heads(_charted(q_star)))]
    return np.interp(np.asarray(q, float) / q_best, [0.0, 0.6, 0.8, 1.0, 1.2], heads)


def _charted(q_star: ArrayLike) -> Array:
    x = np.asarray(q_star, float)
    require((x >= 0.0) & (x <= 57.0), "Q*", x, "must lie between 0 and 57, where the fit of the chart holds [-]")
    return x


def _turzo_heads(x: Array) -> tuple[Array, Array, Array, Array]:
    """Head factors at 0.6, 0.8, 1 and 1.2 of the best-efficiency rate."""
    return (
        1.0 - 3.68e-3 * x - 4.36e-5 * x**2,
        1.0 - 4.4723e-3 * x - 4.18e-5 * x**2,
        1.0 - 7.00763e-3 * x - 1.41e-5 * x**2,
        1.0 - 9.01e-3 * x + 1.31e-5 * x**2,
    )
