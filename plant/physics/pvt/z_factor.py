"""How far a gas is from ideal: the factor z of the Standing–Katz chart, by the two equations that follow it.

Both are equations of state in a reduced density. The density is found by Newton's method, kept between bounds
that close in, so that an array of states converges as surely as one.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import ArrayLike, NDArray

from plant.physics.pvt.legal import within

Array = NDArray[np.float64]
DAK = (0.3265, -1.0700, -0.5339, 0.01569, -0.05165, 0.5475, -0.7361, 0.1844, 0.1056, 0.6134, 0.7210)
DENSEST = 4.0  # reduced density that 30 times the critical pressure never reaches
ITERATIONS = 60  # halving alone would reach the precision asked for; Newton takes about five
PRECISION = 1e-13


def dranchuk_abou_kassem(p_pr: ArrayLike, T_pr: ArrayLike) -> Array:
    r"""z by Dranchuk and Abou-Kassem's eleven-constant equation.

    .. math::

        z = 1 + c_1 \rho + c_2 \rho^2 - c_3 \rho^5 + A_{10}(1 + A_{11}\rho^2)\frac{\rho^2}{T_{pr}^3}
        e^{-A_{11}\rho^2}, \quad \rho = \frac{0.27\,p_{pr}}{z\,T_{pr}}

    Parameters
    ----------
    p_pr, T_pr : array_like
        Pressure and temperature over the pseudo-critical ones. [-]

    Raises
    ------
    OutOfRange
        If ``p_pr`` is not between 0 and 30 or ``T_pr`` not between 1.05 and 3.

    Notes
    -----
    Within 1 % of the chart for T_pr from 1.2 to 2 and 1.2 % at 3; worse close to the critical point [1]_.

    Examples
    --------
    >>> round(float(dranchuk_abou_kassem(4.0, 2.0)), 5)
    0.94264

    References
    ----------
    .. [1] P. M. Dranchuk, J. H. Abou-Kassem, J. Can. Pet. Technol. 14(3), 1975, p. 34.
    """
    p_pr, T_pr = _reduced(p_pr, T_pr)
    return _dak_state(_dak_density(p_pr, T_pr), T_pr)[0]


def dranchuk_abou_kassem_slope(p_pr: ArrayLike, T_pr: ArrayLike) -> Array:
    r"""How z changes with the reduced pressure, which the compressibility of gas needs.

    .. math:: \frac{\partial z}{\partial p_{pr}} = \frac{0.27}{T_{pr}} \frac{z'}{z + \rho z'},
        \quad z' = \frac{\partial z}{\partial \rho}

    Parameters
    ----------
    p_pr, T_pr : array_like
        Pressure and temperature over the pseudo-critical ones. [-]

    Raises
    ------
    OutOfRange
        As :func:`dranchuk_abou_kassem`.

    Notes
    -----
    Closed form, after Mattar, Brar and Aziz [1]_.

    Examples
    --------
    >>> step = 1e-5
    >>> rise = dranchuk_abou_kassem(4.0 + step, 2.0) - dranchuk_abou_kassem(4.0 - step, 2.0)
    >>> round(float(rise / (2 * step) / dranchuk_abou_kassem_slope(4.0, 2.0)), 6)
    1.0

    References
    ----------
    .. [1] L. Mattar, G. S. Brar, K. Aziz, J. Can. Pet. Technol. 14(4), 1975, p. 77.
    """
    p_pr, T_pr = _reduced(p_pr, T_pr)
    density = _dak_density(p_pr, T_pr)
    z, slope = _dak_state(density, T_pr)
    return slope / (z + density * slope) * 0.27 / T_pr


def hall_yarborough(p_pr: ArrayLike, T_pr: ArrayLike) -> Array:
    r"""z by Hall and Yarborough's equation, of hard spheres with a correction.

    .. math::

        z = \frac{1 + y + y^2 - y^3}{(1 - y)^3} - B y + C y^{D - 1}, \quad
        y = \frac{0.06125\,p_{pr}\,t\,e^{-1.2(1 - t)^2}}{z}, \quad t = 1/T_{pr}

    Parameters
    ----------
    p_pr, T_pr : array_like
        Pressure and temperature over the pseudo-critical ones. [-]

    Raises
    ------
    OutOfRange
        As :func:`dranchuk_abou_kassem`.

    Notes
    -----
    For T_pr from 1.2 to 3 and p_pr up to 24 [1]_.

    Examples
    --------
    >>> round(float(hall_yarborough(4.0, 2.0)), 6)
    0.942847

    References
    ----------
    .. [1] K. R. Hall, L. Yarborough, Oil Gas J. 71(25), 1973, p. 82.
    """
    p_pr, T_pr = _reduced(p_pr, T_pr)
    t = 1.0 / T_pr
    ideal = 0.06125 * p_pr * t * np.exp(-1.2 * (1.0 - t) ** 2)
    packing = _solve(lambda y: _hall_yarborough_state(y, t), ideal, 0.99)
    return _hall_yarborough_state(packing, t)[0]


def _reduced(p_pr: ArrayLike, T_pr: ArrayLike) -> tuple[Array, Array]:
    within(p_pr=p_pr, T_pr=T_pr)
    pressure, temperature = np.broadcast_arrays(np.asarray(p_pr, float), np.asarray(T_pr, float))
    return pressure, temperature


def _dak_density(p_pr: Array, T_pr: Array) -> Array:
    return _solve(lambda density: _dak_state(density, T_pr), 0.27 * p_pr / T_pr, DENSEST)


def _dak_state(density: Array, T_pr: Array) -> tuple[Array, Array]:
    """z and its derivative with the reduced density."""
    a1, a2, a3, a4, a5, a6, a7, a8, a9, a10, a11 = DAK
    t = 1.0 / T_pr
    t3 = t * t * t
    attraction = t * (a7 + a8 * t)
    c1, c2, c3 = a1 + a2 * t + t3 * (a3 + t * (a4 + a5 * t)), a6 + attraction, a9 * attraction
    square = density * density
    cubed = square * density
    g = a11 * square
    decay = a10 * t3 * np.exp(-g)
    z = 1.0 + c1 * density + c2 * square - c3 * cubed * square + decay * square * (1.0 + g)
    slope = c1 + 2.0 * c2 * density - 5.0 * c3 * cubed * density + 2.0 * decay * density * (1.0 + g - g * g)
    return z, slope


def _hall_yarborough_state(y: Array, t: Array) -> tuple[Array, Array]:
    """z and its derivative with the packing y."""
    B = t * (14.76 + t * (-9.76 + 4.58 * t))
    C = t * (90.7 + t * (-242.2 + 42.4 * t))
    power = 1.18 + 2.82 * t
    gap = 1.0 - y
    z = (1.0 + y + y**2 - y**3) / gap**3 - B * y + C * y**power
    slope = (4.0 + 4.0 * y - 2.0 * y**2) / gap**4 - B + C * power * y ** (power - 1.0)
    return z, slope


def _solve(state: Callable[[Array], tuple[Array, Array]], ideal: Array, densest: float) -> Array:
    """Density x at which x z(x) is that of the ideal gas; rising in x, so a bracket can close in on it."""
    low, high = np.zeros_like(ideal), np.full_like(ideal, densest)
    x = np.minimum(ideal, 0.5 * densest)
    for _ in range(ITERATIONS):
        z, slope = state(x)
        excess = x * z - ideal
        low, high = np.where(excess < 0.0, x, low), np.where(excess < 0.0, high, x)
        gain = z + x * slope
        newton = x - excess / np.where(gain > 0.0, gain, np.inf)
        step = np.where((newton > low) & (newton < high) & (gain > 0.0), newton, 0.5 * (low + high))
        step = np.where(excess == 0.0, x, step)
        if np.all(np.abs(step - x) <= PRECISION * x):
            return step
        x = step
    return x
