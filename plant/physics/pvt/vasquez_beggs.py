"""Oil by Vasquez and Beggs: two sets of constants, for oils up to 30 °API and above."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from plant.physics.pvt.field_unit import SCF_STB, api_gravity, fahrenheit
from plant.physics.pvt.legal import within
from plant.unit import psi

HEAVIEST_LIGHT_OIL = 30.0  # °API, belongs to the heavy set
GOR = np.array([[0.0362, 1.0937, 25.724], [0.0178, 1.187, 23.931]])  # heavy, light
VOLUME = np.array([[4.677e-4, 1.751e-5, -1.811e-8], [4.67e-4, 1.1e-5, 1.337e-9]])


def bubble_point(R_s: ArrayLike, T: ArrayLike, gamma_o: ArrayLike, gamma_g: ArrayLike) -> NDArray[np.float64]:
    r"""Pressure at which the first bubble of gas leaves the oil.

    .. math:: p_b = \left[ \frac{R_s}{C_1 \gamma_g \exp(C_3\,API/T)} \right]^{1/C_2} \quad \text{(psi, scf/stb, °R)}

    Parameters
    ----------
    R_s : array_like
        Gas dissolved at the bubble point, at standard conditions. [m³/m³]
    T : array_like
        Temperature. [K]
    gamma_o, gamma_g : array_like
        Gravities of oil (water is 1) and gas (air is 1; at a separator of 100 psig, see
        :func:`separator_gravity`). [-]

    Raises
    ------
    OutOfRange
        If an argument lies outside :data:`~plant.physics.pvt.legal.LEGAL`.

    Notes
    -----
    Data: 0.3–36 MPa, 294–419 K, 16–58 °API, 0–393 m³/m³, gas 0.56–1.18 [1]_. There is a step where the oil
    passes 30 °API.

    Examples
    --------
    >>> from plant.unit import psi
    >>> from plant.physics.pvt.field_unit import SCF_STB, oil_gravity
    >>> round(float(bubble_point(354.837 * SCF_STB, 355.372222, oil_gravity(35.0), 0.65)) / psi, 1)
    2000.0

    References
    ----------
    .. [1] M. Vasquez, H. D. Beggs, J. Pet. Technol. 32(6), 1980, p. 968.
    """
    within(R_s=R_s, T=T, gamma_o=gamma_o, gamma_g=gamma_g)
    factor, exponent = _gor_terms(T, gamma_o, gamma_g)
    return (np.asarray(R_s) / SCF_STB / factor) ** (1.0 / exponent) * psi


def solution_gor(p: ArrayLike, T: ArrayLike, gamma_o: ArrayLike, gamma_g: ArrayLike) -> NDArray[np.float64]:
    r"""Gas that an oil in contact with gas holds dissolved.

    .. math:: R_s = C_1 \gamma_g p^{C_2} \exp(C_3\,API/T)

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
    >>> from plant.unit import psi
    >>> from plant.physics.pvt.field_unit import SCF_STB, oil_gravity
    >>> round(float(solution_gor(2000 * psi, 355.372222, oil_gravity(35.0), 0.65)) / SCF_STB, 2)
    354.84
    """
    within(p=p, T=T, gamma_o=gamma_o, gamma_g=gamma_g)
    factor, exponent = _gor_terms(T, gamma_o, gamma_g)
    return factor * (np.asarray(p) / psi) ** exponent * SCF_STB


def formation_volume(R_s: ArrayLike, T: ArrayLike, gamma_o: ArrayLike, gamma_g: ArrayLike) -> NDArray[np.float64]:
    r"""Volume of saturated oil over its volume in the tank.

    .. math:: B_o = 1 + C_1 R_s + (C_2 + C_3 R_s)(T - 60)\,API/\gamma_g

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
    >>> round(float(formation_volume(354.837 * SCF_STB, 355.372222, oil_gravity(35.0), 0.65)), 5)
    1.23985
    """
    within(R_s=R_s, T=T, gamma_o=gamma_o, gamma_g=gamma_g)
    c1, c2, c3 = _constants(VOLUME, gamma_o)
    gas = np.asarray(R_s) / SCF_STB
    expansion = (fahrenheit(T) - 60.0) * api_gravity(gamma_o) / gamma_g
    return 1.0 + c1 * gas + (c2 + c3 * gas) * expansion


def separator_gravity(gamma_g: ArrayLike, p: ArrayLike, T: ArrayLike, gamma_o: ArrayLike) -> NDArray[np.float64]:
    r"""Gravity the gas would have had from a separator at 100 psig, which the correlations above ask for.

    .. math:: \gamma_{gs} = \gamma_g \left[ 1 + 5.912 \cdot 10^{-5}\,API\;T \log_{10}(p/114.7) \right]
        \quad \text{(psi, °F)}

    Parameters
    ----------
    gamma_g : array_like
        Gravity of the gas as separated. [-]
    p, T : array_like
        Of the separator. [Pa, K]
    gamma_o : array_like
        Gravity of the oil. [-]

    Raises
    ------
    OutOfRange
        If an argument lies outside :data:`~plant.physics.pvt.legal.LEGAL`.

    Examples
    --------
    >>> from plant.unit import psi
    >>> float(separator_gravity(0.8, 114.7 * psi, 300.0, 0.85))
    0.8
    """
    within(p=p, T=T, gamma_o=gamma_o, gamma_g=gamma_g)
    ratio = np.log10(np.maximum(p, 1.0) / psi / 114.7)  # a perfect vacuum separates nothing
    return gamma_g * (1.0 + 5.912e-5 * api_gravity(gamma_o) * fahrenheit(T) * ratio)


def _constants(table: NDArray[np.float64], gamma_o: ArrayLike) -> tuple[NDArray[np.float64], ...]:
    row = (api_gravity(gamma_o) > HEAVIEST_LIGHT_OIL).astype(int)
    return tuple(table[row, column] for column in range(3))


def _gor_terms(T: ArrayLike, gamma_o: ArrayLike, gamma_g: ArrayLike) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    c1, c2, c3 = _constants(GOR, gamma_o)
    return c1 * gamma_g * np.exp(c3 * api_gravity(gamma_o) / (fahrenheit(T) + 460.0)), c2  # 460 as published
