"""Oil by Standing: the correlations of 1947 on California crudes, still the first everyone tries."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from plant.physics.elementwise import elementwise
from plant.physics.pvt.field_unit import SCF_STB, api_gravity, fahrenheit
from plant.physics.pvt.legal import within
from plant.unit import psi


def bubble_point(R_s: ArrayLike, T: ArrayLike, gamma_o: ArrayLike, gamma_g: ArrayLike) -> NDArray[np.float64]:
    r"""Pressure at which the first bubble of gas leaves the oil.

    .. math::

        p_b = 18.2 \left[ (R_s/\gamma_g)^{0.83}\, 10^{0.00091 T - 0.0125\,API} - 1.4 \right]
        \quad \text{(psi, scf/stb, °F)}

    Parameters
    ----------
    R_s : array_like
        Gas dissolved at the bubble point, at standard conditions. [m³/m³]
    T : array_like
        Temperature. [K]
    gamma_o, gamma_g : array_like
        Gravities of oil (water is 1) and gas (air is 1). [-]

    Raises
    ------
    OutOfRange
        If an argument lies outside :data:`~plant.physics.pvt.legal.LEGAL`.

    Notes
    -----
    Data: 0.9–48 MPa, 311–399 K, 16.5–63.8 °API, 3.6–254 m³/m³, gas 0.59–0.95 [1]_. Zero where the formula
    would go below it, as for oil nearly without gas.

    Examples
    --------
    >>> from plant.unit import psi
    >>> from plant.physics.pvt.field_unit import SCF_STB, oil_gravity
    >>> round(float(bubble_point(2350 * SCF_STB, 358.15, oil_gravity(43.0), 0.72)) / psi, 1)
    6391.4

    References
    ----------
    .. [1] M. B. Standing, Drilling and Production Practice, API, 1947, p. 275.
    """
    within(R_s=R_s, T=T, gamma_o=gamma_o, gamma_g=gamma_g)
    lift = (np.asarray(R_s) / SCF_STB / gamma_g) ** 0.83 / _ten_to_the_x(T, gamma_o)
    return np.maximum(18.2 * (lift - 1.4), 0.0) * psi


@elementwise
def solution_gor(p: ArrayLike, T: ArrayLike, gamma_o: ArrayLike, gamma_g: ArrayLike) -> NDArray[np.float64]:
    r"""Gas that an oil in contact with gas holds dissolved: the bubble point read the other way.

    .. math:: R_s = \gamma_g \left[ (p/18.2 + 1.4)\, 10^{0.0125\,API - 0.00091 T} \right]^{1/0.83}

    Parameters
    ----------
    p : array_like
        Pressure. [Pa]
    T : array_like
        Temperature. [K]
    gamma_o, gamma_g : array_like
        Gravities of oil (water is 1) and gas (air is 1). [-]

    Raises
    ------
    OutOfRange
        If an argument lies outside :data:`~plant.physics.pvt.legal.LEGAL`.

    Notes
    -----
    The published exponent 1.2048 is 1/0.83 rounded; unrounded, this is :func:`bubble_point`'s exact inverse.

    Examples
    --------
    >>> from plant.unit import psi
    >>> from plant.physics.pvt.field_unit import SCF_STB, fahrenheit, oil_gravity
    >>> round(float(solution_gor(800 * psi, 322.0389, oil_gravity(30.0), 0.6)) / SCF_STB, 1)
    124.3
    """
    within(p=p, T=T, gamma_o=gamma_o, gamma_g=gamma_g)
    lift = (np.asarray(p) / psi / 18.2 + 1.4) * _ten_to_the_x(T, gamma_o)
    return gamma_g * lift ** (1.0 / 0.83) * SCF_STB


@elementwise
def formation_volume(R_s: ArrayLike, T: ArrayLike, gamma_o: ArrayLike, gamma_g: ArrayLike) -> NDArray[np.float64]:
    r"""Volume of saturated oil over its volume in the tank.

    .. math:: B_o = 0.9759 + 0.00012 \left[ R_s (\gamma_g/\gamma_o)^{0.5} + 1.25\,T \right]^{1.2}

    Parameters
    ----------
    R_s : array_like
        Dissolved gas, at standard conditions. [m³/m³]
    T : array_like
        Temperature. [K]
    gamma_o, gamma_g : array_like
        Gravities of oil (water is 1) and gas (air is 1). [-]

    Raises
    ------
    OutOfRange
        If an argument lies outside :data:`~plant.physics.pvt.legal.LEGAL`.

    Notes
    -----
    Data as for :func:`bubble_point`, B_o 1.024–2.15; the equation is of 1981 [1]_.

    Examples
    --------
    >>> round(float(formation_volume(200.0, 350.0, 0.86, 0.6)), 3)
    1.541

    References
    ----------
    .. [1] M. B. Standing, Volumetric and Phase Behavior of Oil Field Hydrocarbon Systems, SPE, 1981.
    """
    within(R_s=R_s, T=T, gamma_o=gamma_o, gamma_g=gamma_g)
    swelling = np.asarray(R_s) / SCF_STB * np.sqrt(np.asarray(gamma_g) / gamma_o) + 1.25 * fahrenheit(T)
    return 0.9759 + 0.00012 * swelling**1.2


@elementwise
def _ten_to_the_x(T: ArrayLike, gamma_o: ArrayLike) -> NDArray[np.float64]:
    return 10.0 ** (0.0125 * api_gravity(gamma_o) - 0.00091 * fahrenheit(T))
