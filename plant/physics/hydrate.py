"""Whether water and gas freeze together: the temperature below which hydrate forms, and what holds it off."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from plant.physics.elementwise import elementwise
from plant.physics.validity import require
from plant.unit import psi

MOLAR_MASS = {"methanol": 0.03204, "glycol": 0.06207}  # [kg/mol]
HAMMERSCHMIDT = 2335.0e-3 / 1.8  # his constant, 2335 °F·g/mol [K·kg/mol]


@elementwise
def towler_mokhatab_temperature(p: ArrayLike, gamma_g: ArrayLike) -> NDArray[np.float64]:
    r"""Hydrate temperature of a natural gas over water, by Towler and Mokhatab.

    .. math:: T_{°F} = 13.47 \ln p + 34.27 \ln \gamma_g - 1.675 \ln p \ln \gamma_g - 20.35

    Parameters
    ----------
    p : array_like
        Pressure. [Pa]
    gamma_g : array_like
        Gas gravity, air 1. [-]

    Raises
    ------
    OutOfRange
        If ``p`` is not positive, or ``gamma_g`` not between 0.55 and 1.

    Notes
    -----
    p in psi. A fit of Katz's gas-gravity chart [1]_ for sweet gas, whose readings lie between some 270 and 300 K.
    A margin of several kelvin is kept in design.

    Examples
    --------
    >>> from plant.unit import UNITS
    >>> round(float(UNITS["degF"].from_si(towler_mokhatab_temperature(1000 * UNITS["psi"].scale, 0.6))), 1)
    61.1

    References
    ----------
    .. [1] B. F. Towler, S. Mokhatab, Hydrocarbon Process. 84, 2005, p. 61.
    """
    log_p, log_gamma = _logs(p, gamma_g)
    fahrenheit = 13.47 * log_p + 34.27 * log_gamma - 1.675 * log_p * log_gamma - 20.35
    return (fahrenheit - 32.0) / 1.8 + 273.15


def motiee_temperature(p: ArrayLike, gamma_g: ArrayLike) -> NDArray[np.float64]:
    r"""Hydrate temperature of a natural gas over water, by Motiee.

    .. math::

        T_{°F} = -238.24469 + 78.99667 L - 5.352544 L^2 + 349.473877 \gamma_g - 150.854675 \gamma_g^2
        - 27.604065\,\gamma_g L, \quad L = \log_{10} p

    Parameters
    ----------
    p : array_like
        Pressure. [Pa]
    gamma_g : array_like
        Gas gravity, air 1. [-]

    Raises
    ------
    OutOfRange
        If ``p`` is not positive, or ``gamma_g`` not between 0.55 and 1.

    Notes
    -----
    p in psi. Another fit of the same chart [1]_, within 5 K of the first; its constant is also printed with
    two digits exchanged, as 283.24.

    Examples
    --------
    >>> from plant.unit import UNITS
    >>> round(float(UNITS["degF"].from_si(motiee_temperature(1000 * UNITS["psi"].scale, 0.6))), 1)
    56.3

    References
    ----------
    .. [1] M. Motiee, Hydrocarbon Process. 70, 1991, p. 98.
    """
    log_p, log_gamma = _logs(p, gamma_g)
    L, gamma = log_p / np.log(10.0), np.exp(log_gamma)
    fahrenheit = -238.24469 + 78.99667 * L - 5.352544 * L * L + gamma * (349.473877 - 150.854675 * gamma)
    return (fahrenheit - 27.604065 * gamma * L - 32.0) / 1.8 + 273.15


def hammerschmidt_depression(inhibitor: ArrayLike, name: str = "methanol") -> NDArray[np.float64]:
    r"""How far an inhibitor in the water lowers the hydrate temperature, by Hammerschmidt.

    .. math:: \Delta T = \frac{1297\,x}{M (1 - x)}

    Parameters
    ----------
    inhibitor : array_like
        Mass share in the water, x. [-]
    name : str
        Key of ``MOLAR_MASS``: methanol, or glycol (monoethylene).

    Raises
    ------
    OutOfRange
        If ``inhibitor`` is not between 0 and 0.5.

    Notes
    -----
    M in g/mol. To some 25 % of methanol, 60 % of glycol [1]_; the constant is his 2335 for all of them.

    Examples
    --------
    >>> round(float(hammerschmidt_depression(0.2)), 2)
    10.12

    References
    ----------
    .. [1] E. G. Hammerschmidt, Ind. Eng. Chem. 26(8), 1934, p. 851.
    """
    return molar_depression(inhibitor, MOLAR_MASS[name])


@elementwise
def molar_depression(inhibitor: ArrayLike, M: ArrayLike) -> NDArray[np.float64]:
    r"""Hammerschmidt's depression for an inhibitor of any molar mass.

    .. math:: \Delta T = \frac{1297\,x}{M (1 - x)}

    Parameters
    ----------
    inhibitor : array_like
        As for :func:`hammerschmidt_depression`. [-]
    M : array_like
        Molar mass. [kg/mol]

    Examples
    --------
    >>> round(float(molar_depression(0.2, MOLAR_MASS["methanol"])), 2)
    10.12
    """
    x = np.asarray(inhibitor, float)
    require((x >= 0.0) & (x <= 0.5), "inhibitor", x, "must lie between 0 and 0.5 of mass [-]")
    return HAMMERSCHMIDT * x / (M * (1.0 - x))


def hydrate_margin(
    T: ArrayLike, p: ArrayLike, gamma_g: ArrayLike, inhibitor: ArrayLike = 0.0, name: str = "methanol"
) -> NDArray[np.float64]:
    r"""How far above its hydrate temperature a wet gas is; hydrate threatens where it is negative.

    .. math:: m = T - T_h + \Delta T

    Parameters
    ----------
    T, p : array_like
        Of the gas. [K, Pa]
    gamma_g, inhibitor, name : array_like
        As for :func:`towler_mokhatab_temperature` and :func:`hammerschmidt_depression`. [-, -, -]

    Examples
    --------
    >>> bool(hydrate_margin(280.0, 7e6, 0.65) < 0.0 < hydrate_margin(300.0, 7e6, 0.65))
    True
    """
    return np.asarray(T) - towler_mokhatab_temperature(p, gamma_g) + hammerschmidt_depression(inhibitor, name)


@elementwise
def _logs(p: ArrayLike, gamma_g: ArrayLike) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    p, gamma_g = np.asarray(p, float), np.asarray(gamma_g, float)
    require(p > 0.0, "p", p, "must be positive [Pa]")
    require((gamma_g >= 0.55) & (gamma_g <= 1.0), "gamma_g", gamma_g, "must lie between 0.55 and 1 [-]")
    return np.log(p / psi), np.log(gamma_g)
