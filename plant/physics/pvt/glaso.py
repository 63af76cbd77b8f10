"""Oil by Glasø: North Sea crudes, in logarithms to the base of ten."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from plant.physics.pvt.field_unit import SCF_STB, api_gravity, fahrenheit
from plant.physics.pvt.legal import within
from plant.unit import psi

A, B, C = 1.7669, 1.7447, 0.30218
SUMMIT = B / (2.0 * C)  # of the parabola: beyond it the pressure would fall with more gas
LEAST_PRESSURE = 10.0 ** (A - 4.0 * B - 16.0 * C)  # psi, where the number is 1e-4: no oil is poorer


def bubble_point(R_s: ArrayLike, T: ArrayLike, gamma_o: ArrayLike, gamma_g: ArrayLike) -> NDArray[np.float64]:
    r"""Pressure at which the first bubble of gas leaves the oil.

    .. math::

        \log p_b = 1.7669 + 1.7447 \log N - 0.30218 (\log N)^2, \quad
        N = (R_s/\gamma_g)^{0.816}\, T^{0.172} / API^{0.989} \quad \text{(psi, scf/stb, °F)}

    Parameters
    ----------
    R_s : array_like
        Gas dissolved at the bubble point, at standard conditions. [m³/m³]
    T : array_like
        Temperature. [K]
    gamma_o, gamma_g : array_like
        Gravities of oil (water is 1, and this one must be lighter than 1.07) and gas (air is 1). [-]

    Raises
    ------
    OutOfRange
        If an argument lies outside :data:`~plant.physics.pvt.legal.LEGAL`.

    Notes
    -----
    Data: 1.1–48 MPa, 300–411 K, 22.3–48.1 °API, 16–470 m³/m³, gas 0.65–1.28 [1]_. The parabola has a summit
    at 133 MPa and is held there.

    Examples
    --------
    >>> from plant.unit import psi
    >>> from plant.physics.pvt.field_unit import SCF_STB, oil_gravity
    >>> round(float(bubble_point(768 * SCF_STB, 377.594444, oil_gravity(40.7), 0.855)) / psi)
    2797

    References
    ----------
    .. [1] Ø. Glasø, J. Pet. Technol. 32(5), 1980, p. 785.
    """
    within(R_s=R_s, T=T, gamma_o=gamma_o, gamma_g=gamma_g)
    number = (np.asarray(R_s) / SCF_STB / gamma_g) ** 0.816 * _temper(T, gamma_o)
    log_number = np.minimum(np.log10(np.maximum(number, 1e-4)), SUMMIT)
    return 10.0 ** (A + B * log_number - C * log_number**2) * psi


def solution_gor(p: ArrayLike, T: ArrayLike, gamma_o: ArrayLike, gamma_g: ArrayLike) -> NDArray[np.float64]:
    r"""Gas that an oil in contact with gas holds dissolved: the lower root of the parabola.

    .. math::

        \log N = \frac{1.7447 - \sqrt{1.7447^2 + 4 \cdot 0.30218\,(1.7669 - \log p)}}{2 \cdot 0.30218}, \quad
        R_s = \gamma_g \left[ N\,API^{0.989} / T^{0.172} \right]^{1/0.816}

    Parameters
    ----------
    p : array_like
        Pressure. [Pa]
    T : array_like
        Temperature. [K]
    gamma_o, gamma_g : array_like
        Gravities of oil and gas, as for :func:`bubble_point`. [-]

    Raises
    ------
    OutOfRange
        If an argument lies outside :data:`~plant.physics.pvt.legal.LEGAL`.

    Notes
    -----
    Constant above the summit of :func:`bubble_point`, whose exact inverse it is.

    Examples
    --------
    >>> from plant.physics.pvt.field_unit import oil_gravity
    >>> round(float(bubble_point(solution_gor(15e6, 370.0, 0.85, 0.8), 370.0, 0.85, 0.8)) / 1e6, 9)
    15.0
    """
    within(p=p, T=T, gamma_o=gamma_o, gamma_g=gamma_g)
    log_p = np.log10(np.maximum(np.asarray(p) / psi, LEAST_PRESSURE))
    log_number = SUMMIT - np.sqrt(np.maximum(B**2 + 4.0 * C * (A - log_p), 0.0)) / (2.0 * C)
    return gamma_g * (10.0**log_number / _temper(T, gamma_o)) ** (1.0 / 0.816) * SCF_STB


def formation_volume(R_s: ArrayLike, T: ArrayLike, gamma_o: ArrayLike, gamma_g: ArrayLike) -> NDArray[np.float64]:
    r"""Volume of saturated oil over its volume in the tank.

    .. math::

        \log (B_o - 1) = -6.58511 + 2.91329 \log N - 0.27683 (\log N)^2, \quad
        N = R_s (\gamma_g/\gamma_o)^{0.526} + 0.968\,T

    Parameters
    ----------
    R_s : array_like
        Dissolved gas, at standard conditions. [m³/m³]
    T : array_like
        Temperature. [K]
    gamma_o, gamma_g : array_like
        Gravities of oil and gas, as for :func:`bubble_point`. [-]

    Raises
    ------
    OutOfRange
        If an argument lies outside :data:`~plant.physics.pvt.legal.LEGAL`.

    Examples
    --------
    >>> from plant.physics.pvt.field_unit import SCF_STB, oil_gravity
    >>> round(float(formation_volume(768 * SCF_STB, 377.594444, oil_gravity(40.7), 0.855)), 2)
    1.46
    """
    within(R_s=R_s, T=T, gamma_o=gamma_o, gamma_g=gamma_g)
    gas = np.asarray(R_s) / SCF_STB * (np.asarray(gamma_g) / gamma_o) ** 0.526
    log_number = np.log10(gas + 0.968 * fahrenheit(T))
    return 1.0 + 10.0 ** (-6.58511 + 2.91329 * log_number - 0.27683 * log_number**2)


def _temper(T: ArrayLike, gamma_o: ArrayLike) -> NDArray[np.float64]:
    return fahrenheit(T) ** 0.172 / np.maximum(api_gravity(gamma_o), 0.5) ** 0.989
