"""Gas kept out of a pump: some turns up the annulus by itself at the intake, some is spun out by a separator."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from plant.physics.elementwise import choose, elementwise
from plant.physics.validity import require

Array = NDArray[np.float64]

_A, _B, _C, _D, _BLEND = -0.0093, 57.758, 34.4, 1.308, 272.0  # of Marquez
BUBBLE, SLUG = 1.53, 1.41  # factor of the rise velocity, in bubble flow and in slug or churn flow


def rise_velocity(
    rho_l: ArrayLike, rho_g: ArrayLike, sigma: ArrayLike, factor: float = BUBBLE, g: ArrayLike = 9.80665
) -> Array:
    r"""Velocity at which gas rises in still liquid, by Harmathy.

    .. math:: v_\infty = k \left[\frac{g \sigma (\rho_l - \rho_g)}{\rho_l^2}\right]^{1/4}

    Parameters
    ----------
    rho_l, rho_g : array_like
        Densities of liquid and of gas, the liquid's not the smaller. [kg/m³]
    sigma : array_like
        Surface tension. [N/m]
    factor : float
        :math:`k`. [-]
    g : array_like
        Acceleration; a centrifuge's takes the place of gravity's. [m/s²]

    Examples
    --------
    >>> round(float(rise_velocity(1000.0, 1.2, 0.072)), 3)
    0.249

    References
    ----------
    .. [1] T. Z. Harmathy, AIChE J. 6(2), 1960, p. 281.
    """
    rho_l, rho_g = np.asarray(rho_l, float), np.asarray(rho_g, float)
    require(rho_l > 0.0, "rho_l", rho_l, "must be positive [kg/m³]")
    require(rho_g <= rho_l, "rho_g", rho_g, "must not exceed the liquid's density [kg/m³]")
    return factor * (g * np.asarray(sigma) * (rho_l - rho_g) / rho_l**2) ** 0.25


@elementwise
def marquez_separation(v_sl: ArrayLike, v_inf: ArrayLike) -> Array:
    r"""Share of the free gas that passes a pump's intake by itself, by Marquez.

    .. math::

        E = \left[\left(1 + \frac{ab + cM^d}{b + M^d}\right)^{272} + M^{272}\right]^{1/272} - M,
        \quad M = v_{sl}/v_\infty

    Parameters
    ----------
    v_sl : array_like
        Superficial velocity of the liquid in the annulus at the intake, not negative. [m/s]
    v_inf : array_like
        Rise velocity of the gas, positive. [m/s]

    Raises
    ------
    OutOfRange
        If ``v_sl`` is negative or ``v_inf`` not positive.

    Notes
    -----
    A fit with a = -0.0093, b = 57.758, c = 34.4, d = 1.308 to tests on air and water [1]_; no gas separates above
    M = 13.

    Examples
    --------
    >>> round(float(marquez_separation(20.0, 10.0)), 5)
    0.40513

    References
    ----------
    .. [1] R. Marquez, Modeling Downhole Natural Separation, Ph.D. thesis, University of Tulsa, 2004.
    """
    v_sl, v_inf = np.asarray(v_sl, float), np.asarray(v_inf, float)
    require(v_sl >= 0.0, "v_sl", v_sl, "must not be negative [m/s]")
    require(v_inf > 0.0, "v_inf", v_inf, "must be positive [m/s]")
    m = v_sl / v_inf
    power = m**_D
    one = 1.0 + (_A * _B + _C * power) / (_B + power)
    large, small = np.maximum(one, m), np.minimum(one, m)  # so that no 272nd power overflows
    blend = large * (1.0 + (small / large) ** _BLEND) ** (1.0 / _BLEND)
    return choose(m > 13.0, 0.0, blend - m)


def alhanati_separation(v_sl: ArrayLike, v_inf: ArrayLike) -> Array:
    r"""Share of the free gas that passes a pump's intake by itself, by Alhanati's simplified model.

    .. math:: E = \frac{v_\infty}{v_\infty + v_{sl}}

    Parameters
    ----------
    v_sl, v_inf : array_like
        As for :func:`marquez_separation`. [m/s]

    Examples
    --------
    >>> float(alhanati_separation(1.0, 3.0))
    0.75

    References
    ----------
    .. [1] F. J. S. Alhanati, Bottomhole Gas Separation Efficiency in ESP Installations, Ph.D. thesis, Tulsa, 1993.
    """
    v_sl, v_inf = np.asarray(v_sl, float), np.asarray(v_inf, float)
    require(v_sl >= 0.0, "v_sl", v_sl, "must not be negative [m/s]")
    require(v_inf > 0.0, "v_inf", v_inf, "must be positive [m/s]")
    return v_inf / (v_inf + v_sl)


def rotary_separation(
    q: ArrayLike,
    speed: ArrayLike,
    still: ArrayLike,
    length: float = 0.5,
    inner: float = 0.02,
    outer: float = 0.045,
    best: float = 0.95,
) -> Array:
    r"""Share of the gas entering a rotary separator that it throws out before the liquid has passed.

    .. math::

        E = E_{best}\,\frac{r_c^2 - r_i^2}{r_o^2 - r_i^2} \le E_{best}, \quad
        r_c^{3/4} = r_i^{3/4} + \tfrac{3}{4} v_\infty \left(\frac{\omega^2}{g}\right)^{1/4} t, \quad
        t = \pi (r_o^2 - r_i^2) L / q

    Parameters
    ----------
    q : array_like
        Liquid and gas entering, not negative. [m³/s]
    speed : array_like
        Of the shaft. [1/s]
    still : array_like
        Rise velocity :math:`v_\infty` in still liquid, :func:`rise_velocity`. [m/s]
    length, inner, outer : float
        Of the chamber, of the gas core, of the chamber's wall. [m]
    best : float
        What leaves with the gas outlet of the gas that has reached the core. [-]

    Raises
    ------
    OutOfRange
        If ``q`` is negative.

    Notes
    -----
    Derived here: bubbles spread evenly over the chamber drift inwards at their rise velocity, with the spin's
    acceleration in gravity's place, which makes it grow with the fourth root of the radius; those within reach of the
    core are caught. The rate at which efficiency begins to fall rises with the square root of speed. After
    Alhanati's chamber [1]_; default dimensions are typical of the 400 series.

    Examples
    --------
    >>> round(float(rotary_separation(5e-3, 50.0, 0.2)), 3), round(float(rotary_separation(5e-3, 0.0, 0.2)), 3)
    (0.95, 0.0)

    References
    ----------
    .. [1] F. J. S. Alhanati, Bottomhole Gas Separation Efficiency in ESP Installations, Ph.D. thesis, Tulsa, 1993.
    """
    q = np.asarray(q, float)
    require(q >= 0.0, "q", q, "must not be negative [m³/s]")
    area = outer**2 - inner**2
    stay = np.pi * area * length / np.maximum(q, 1e-9)
    drift = np.asarray(still) * ((2.0 * np.pi * np.asarray(speed)) ** 2 / 9.80665) ** 0.25
    reach = (inner**0.75 + 0.75 * drift * stay) ** (4.0 / 3.0)
    return best * np.minimum((reach**2 - inner**2) / area, 1.0)


@elementwise
def total_separation(natural: ArrayLike, rotary: ArrayLike) -> Array:
    r"""Share of the free gas kept out of the pump by both.

    .. math:: E = E_n + (1 - E_n) E_r

    Parameters
    ----------
    natural, rotary : array_like
        Shares, from 0 to 1. [-]

    Examples
    --------
    >>> float(total_separation(0.5, 0.5))
    0.75
    """
    natural = np.asarray(natural, float)
    return natural + (1.0 - natural) * rotary
