"""Critical point of a gas mixture as the z-factor charts see it, with the acid gases and nitrogen in it."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from plant.physics.elementwise import elementwise
from plant.physics.pvt.field_unit import RANKINE
from plant.physics.pvt.legal import within
from plant.unit import psi

Point = tuple[NDArray[np.float64], NDArray[np.float64]]
# Critical temperature [K], critical pressure [Pa], gravity: hydrogen sulphide, carbon dioxide, nitrogen
H2S, CO2, N2 = (373.6, 9.007e6, 1.1767), (304.13, 7.375e6, 1.5196), (126.25, 3.4e6, 0.9672)
J_GAS, K_GAS = (0.11582, 0.70729, -0.099397), (3.8216, 17.438, -3.2191)
J_IMPURITY, K_IMPURITY = (-0.45820, -0.90348, -0.66026), (-0.06534, -0.42113, -0.91249)


def mccain(gamma_g: ArrayLike, y_h2s: ArrayLike = 0.0, y_co2: ArrayLike = 0.0, y_n2: ArrayLike = 0.0) -> Point:
    r"""Pseudo-critical temperature and pressure by Piper, McCain and Corredor: impurities in the mixing rule.

    .. math::

        J = \alpha_0 + \sum_i \alpha_i y_i \frac{T_{ci}}{p_{ci}} + \alpha_4 \gamma_g + \alpha_5 \gamma_g^2, \quad
        K = \beta_0 + \sum_i \beta_i y_i \frac{T_{ci}}{\sqrt{p_{ci}}} + \beta_4 \gamma_g + \beta_5 \gamma_g^2, \quad
        T_{pc} = K^2/J, \quad p_{pc} = T_{pc}/J \quad \text{(°R, psi)}

    Parameters
    ----------
    gamma_g : array_like
        Gravity of the whole gas (air is 1). [-]
    y_h2s, y_co2, y_n2 : array_like
        Mole fractions of hydrogen sulphide, carbon dioxide and nitrogen. [-]

    Returns
    -------
    tuple of array
        Pseudo-critical temperature and pressure. [K, Pa]

    Raises
    ------
    OutOfRange
        If the gravity is not between 0.55 and 1.8, or the impurities not between 0 and 0.8 together.

    Notes
    -----
    896 gases of gravity 0.613–1.821, up to 51 % H2S, 67 % CO2, 15 % N2 [1]_. K is made of :math:`T_c / \sqrt{p_c}`, as
    its own definition has it; with T/p, as some libraries print and compute it, z of a gas with 17 % CO2 comes out a
    fifth too low at 20 MPa.

    Examples
    --------
    >>> T_pc, p_pc = mccain(0.6, 0.01, 0.03, 0.02)
    >>> round(float(T_pc), 2), round(float(p_pc) / 1e6, 4)
    (186.31, 4.7962)

    References
    ----------
    .. [1] L. D. Piper, W. D. McCain, J. H. Corredor, SPE 26668, 1993.
    """
    gamma_g, fractions = _mixture(gamma_g, y_h2s, y_co2, y_n2)
    J, K = _quadratic(J_GAS, gamma_g), _quadratic(K_GAS, gamma_g)
    for (T_c, p_c, _), y, j, k in zip((H2S, CO2, N2), fractions, J_IMPURITY, K_IMPURITY, strict=True):
        J = J + j * y * (T_c * RANKINE) / (p_c / psi)
        K = K + k * y * (T_c * RANKINE) / np.sqrt(p_c / psi)
    return _mixed(J, K)


@elementwise
def mccain_sweet(gamma_g: ArrayLike) -> Point:
    """As :func:`mccain`, of a gas without impurities, for those who ask often [K, Pa].

    >>> round(float(mccain_sweet(0.7)[0] - mccain(0.7)[0]), 9)
    0.0
    """
    within(gamma_g=gamma_g)
    gamma_g = np.asarray(gamma_g, float)
    return _mixed(_quadratic(J_GAS, gamma_g), _quadratic(K_GAS, gamma_g))


@elementwise
def _mixed(J: NDArray[np.float64], K: NDArray[np.float64]) -> Point:
    T_pc = K * K / J
    return T_pc / RANKINE, T_pc / J * psi


def sutton_wichert_aziz(
    gamma_g: ArrayLike, y_h2s: ArrayLike = 0.0, y_co2: ArrayLike = 0.0, y_n2: ArrayLike = 0.0
) -> Point:
    r"""Pseudo-critical temperature and pressure by Sutton for the hydrocarbons, Wichert and Aziz for the acid gases.

    .. math::

        T_{pc,h} = 169.2 + 349.5 \gamma_h - 74 \gamma_h^2, \quad p_{pc,h} = 756.8 - 131 \gamma_h - 3.6 \gamma_h^2

        \epsilon = 120 (A^{0.9} - A^{1.6}) + 15 (y_{H_2S}^{0.5} - y_{H_2S}^4), \quad A = y_{H_2S} + y_{CO_2}

        T_{pc} = T_{pc,m} - \epsilon, \quad
        p_{pc} = \frac{p_{pc,m} T_{pc}}{T_{pc,m} + y_{H_2S}(1 - y_{H_2S})\,\epsilon} \quad \text{(°R, psi)}

    Parameters
    ----------
    gamma_g, y_h2s, y_co2, y_n2 : array_like
        As for :func:`mccain`. [-]

    Returns
    -------
    tuple of array
        Pseudo-critical temperature and pressure. [K, Pa]

    Raises
    ------
    OutOfRange
        As :func:`mccain`, and if the hydrocarbons left are lighter than methane.

    Notes
    -----
    Hydrocarbon gravity 0.57–1.68 [1]_; CO2 up to 54 %, H2S up to 74 % [2]_.

    Examples
    --------
    >>> T_pc, p_pc = sutton_wichert_aziz(0.7)
    >>> round(float(T_pc) * 1.8, 2), round(float(p_pc) / 6894.757, 1)
    (377.59, 663.3)

    References
    ----------
    .. [1] R. P. Sutton, SPE 14265, 1985.
    .. [2] E. Wichert, K. Aziz, Hydrocarbon Process. 51(5), 1972, p. 119.
    """
    gamma_g, fractions = _mixture(gamma_g, y_h2s, y_co2, y_n2)
    impurities = list(zip((H2S, CO2, N2), fractions, strict=True))
    hydrocarbon = 1.0 - sum(fractions)
    gamma_h = (gamma_g - sum(gravity * y for (_, _, gravity), y in impurities)) / hydrocarbon
    within(gamma_g=gamma_h)
    T_m = _quadratic((169.2, 349.5, -74.0), gamma_h) * hydrocarbon + sum(T * RANKINE * y for (T, _, _), y in impurities)
    p_m = _quadratic((756.8, -131.0, -3.6), gamma_h) * hydrocarbon + sum(p / psi * y for (_, p, _), y in impurities)
    sulphide, acid = fractions[0], fractions[0] + fractions[1]
    epsilon = 120.0 * (acid**0.9 - acid**1.6) + 15.0 * (np.sqrt(sulphide) - sulphide**4)
    T_pc = T_m - epsilon
    return T_pc / RANKINE, p_m * T_pc / (T_m + sulphide * (1.0 - sulphide) * epsilon) * psi


def _mixture(gamma_g: ArrayLike, *fractions: ArrayLike) -> tuple[NDArray[np.float64], list[NDArray[np.float64]]]:
    shares = [np.asarray(y, float) for y in fractions]
    within(gamma_g=gamma_g, impurities=sum(shares))
    for y in shares:
        within(impurities=y)
    return np.asarray(gamma_g, float), shares


@elementwise
def _quadratic(constants: tuple[float, float, float], x: NDArray[np.float64]) -> NDArray[np.float64]:
    c0, c1, c2 = constants
    return c0 + x * (c1 + c2 * x)
