"""Oil by Al-Marhoun: Middle East crudes, in closed powers."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from plant.physics.pvt.field_unit import RANKINE, SCF_STB
from plant.physics.pvt.legal import within
from plant.unit import psi

GOR_POWER = 0.715082


def bubble_point(R_s: ArrayLike, T: ArrayLike, gamma_o: ArrayLike, gamma_g: ArrayLike) -> NDArray[np.float64]:
    r"""Pressure at which the first bubble of gas leaves the oil.

    .. math::

        p_b = 5.38088 \cdot 10^{-3} R_s^{0.715082} \gamma_g^{-1.87784} \gamma_o^{3.1437} T^{1.32657}
        \quad \text{(psi, scf/stb, °R)}

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
    Data: 0.9–24.6 MPa, 296–389 K, 19.4–44.6 °API, 4.6–285 m³/m³, gas 0.75–1.37 [1]_. Its power of the gas
    gravity makes it a poor guess for lean gases.

    Examples
    --------
    >>> from plant.unit import psi
    >>> from plant.physics.pvt.field_unit import SCF_STB, oil_gravity
    >>> round(float(bubble_point(768 * SCF_STB, 377.594444, oil_gravity(40.7), 0.855)) / psi)
    2577

    References
    ----------
    .. [1] M. A. Al-Marhoun, J. Pet. Technol. 40(5), 1988, p. 650.
    """
    within(R_s=R_s, T=T, gamma_o=gamma_o, gamma_g=gamma_g)
    return (np.asarray(R_s) / SCF_STB) ** GOR_POWER * _temper(T, gamma_o, gamma_g) * psi


def solution_gor(p: ArrayLike, T: ArrayLike, gamma_o: ArrayLike, gamma_g: ArrayLike) -> NDArray[np.float64]:
    r"""Gas that an oil in contact with gas holds dissolved.

    .. math::

        R_s = \left[ \frac{p}{5.38088 \cdot 10^{-3} \gamma_g^{-1.87784} \gamma_o^{3.1437} T^{1.32657}}
        \right]^{1/0.715082}

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

    Examples
    --------
    >>> round(float(bubble_point(solution_gor(15e6, 370.0, 0.85, 0.8), 370.0, 0.85, 0.8)) / 1e6, 9)
    15.0
    """
    within(p=p, T=T, gamma_o=gamma_o, gamma_g=gamma_g)
    return (np.asarray(p) / psi / _temper(T, gamma_o, gamma_g)) ** (1.0 / GOR_POWER) * SCF_STB


def formation_volume(R_s: ArrayLike, T: ArrayLike, gamma_o: ArrayLike, gamma_g: ArrayLike) -> NDArray[np.float64]:
    r"""Volume of saturated oil over its volume in the tank.

    .. math::

        B_o = 0.497069 + 0.862963 \cdot 10^{-3} T + 0.182594 \cdot 10^{-2} F + 0.318099 \cdot 10^{-5} F^2, \quad
        F = R_s^{0.74239} \gamma_g^{0.323294} \gamma_o^{-1.20204} \quad \text{(scf/stb, °R)}

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
    1.48
    """
    within(R_s=R_s, T=T, gamma_o=gamma_o, gamma_g=gamma_g)
    gravities = np.asarray(gamma_g, float) ** 0.323294 * np.asarray(gamma_o, float) ** -1.20204
    F = (np.asarray(R_s) / SCF_STB) ** 0.74239 * gravities
    return 0.497069 + 0.862963e-3 * RANKINE * np.asarray(T) + 0.182594e-2 * F + 0.318099e-5 * F**2


def _temper(T: ArrayLike, gamma_o: ArrayLike, gamma_g: ArrayLike) -> NDArray[np.float64]:
    gravities = np.asarray(gamma_g, float) ** -1.87784 * np.asarray(gamma_o, float) ** 3.1437
    return 5.38088e-3 * gravities * (RANKINE * np.asarray(T)) ** 1.32657
