"""How thick oil and gas are: dead, saturated and undersaturated oil, and natural gas."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from plant.physics.pvt.field_unit import RANKINE, SCF_STB, api_gravity, fahrenheit
from plant.physics.pvt.legal import within
from plant.unit import psi

CENTIPOISE = 1e-3
THICKEST = 1e6  # cP: what the dead-oil formula, extrapolated to cold heavy oil, is not allowed to pass


def beggs_robinson_dead(T: ArrayLike, gamma_o: ArrayLike) -> NDArray[np.float64]:
    r"""Viscosity of an oil without gas.

    .. math:: \mu = 10^x - 1, \quad x = T^{-1.163} \exp(6.9824 - 0.04658\,API) \quad \text{(cP, °F)}

    Parameters
    ----------
    T : array_like
        Temperature. [K]
    gamma_o : array_like
        Gravity of the oil (water is 1). [-]

    Raises
    ------
    OutOfRange
        If an argument lies outside :data:`~plant.physics.pvt.legal.LEGAL`.

    Notes
    -----
    Data: 16–58 °API, 294–419 K [1]_. It climbs steeply below: held at 1,000 Pa·s, where nothing flows.

    Examples
    --------
    >>> round(float(beggs_robinson_dead(350.0, 0.86)) * 1e3, 4)
    2.8694

    References
    ----------
    .. [1] H. D. Beggs, J. R. Robinson, J. Pet. Technol. 27(9), 1975, p. 1140.
    """
    within(T=T, gamma_o=gamma_o)
    x = 10.0 ** (3.0324 - 0.02023 * api_gravity(gamma_o)) * fahrenheit(T) ** -1.163
    return (10.0 ** np.minimum(x, np.log10(THICKEST)) - 1.0) * CENTIPOISE


def beggs_robinson_live(mu_dead: ArrayLike, R_s: ArrayLike) -> NDArray[np.float64]:
    r"""Viscosity of an oil with gas dissolved in it, at or below its bubble point.

    .. math:: \mu = A \mu_d^B, \quad A = 10.715 (R_s + 100)^{-0.515}, \quad B = 5.44 (R_s + 150)^{-0.338}

    Parameters
    ----------
    mu_dead : array_like
        Viscosity of the same oil without gas. [Pa·s]
    R_s : array_like
        Dissolved gas, at standard conditions. [m³/m³]

    Raises
    ------
    OutOfRange
        If an argument lies outside :data:`~plant.physics.pvt.legal.LEGAL`.

    Notes
    -----
    Data: 3.6–369 m³/m³, up to 36 MPa [1]_. Without gas it leaves the viscosity as it was, but for 2 %.

    Examples
    --------
    >>> round(float(beggs_robinson_live(2.87e-3, 150.0)) * 1e3, 4)
    0.5497

    References
    ----------
    .. [1] H. D. Beggs, J. R. Robinson, J. Pet. Technol. 27(9), 1975, p. 1140.
    """
    within(mu=mu_dead, R_s=R_s)
    gas = np.asarray(R_s) / SCF_STB
    power = 5.44 * (gas + 150.0) ** -0.338
    return 10.715 * (gas + 100.0) ** -0.515 * (np.asarray(mu_dead) / CENTIPOISE) ** power * CENTIPOISE


def vasquez_beggs_undersaturated(mu_b: ArrayLike, p: ArrayLike, p_b: ArrayLike) -> NDArray[np.float64]:
    r"""Viscosity of an oil compressed beyond its bubble point.

    .. math:: \mu = \mu_b (p/p_b)^m, \quad m = 2.6\,p^{1.187} \exp(-11.513 - 8.98 \cdot 10^{-5} p)
        \quad \text{(psi)}

    Parameters
    ----------
    mu_b : array_like
        Viscosity at the bubble point. [Pa·s]
    p, p_b : array_like
        Pressure and bubble point; where the first is the lower one, the viscosity is left as it is. [Pa]

    Raises
    ------
    OutOfRange
        If an argument lies outside :data:`~plant.physics.pvt.legal.LEGAL`.

    Notes
    -----
    Data: 1–65 MPa, 0.117–148 cP [1]_. A bubble point below the atmosphere counts as one atmosphere: dead
    oil is not thickened without bound.

    Examples
    --------
    >>> round(float(vasquez_beggs_undersaturated(1e-3, 12e6, 10e6)) * 1e3, 3)
    1.029

    References
    ----------
    .. [1] M. Vasquez, H. D. Beggs, J. Pet. Technol. 32(6), 1980, p. 968.
    """
    within(mu=mu_b, p=p, p_b=p_b)
    p_psi = np.asarray(p) / psi
    power = 2.6 * p_psi**1.187 * np.exp(-11.513 - 8.98e-5 * p_psi)
    return mu_b * np.maximum(p / np.maximum(p_b, 101_325.0), 1.0) ** power


def lee_gonzalez_eakin(T: ArrayLike, rho_g: ArrayLike, gamma_g: ArrayLike) -> NDArray[np.float64]:
    r"""Viscosity of a natural gas.

    .. math::

        \mu = 10^{-4} K \exp(X \rho^Y), \quad K = \frac{(9.379 + 0.01607 M) T^{1.5}}{209.2 + 19.26 M + T}, \quad
        X = 3.448 + \frac{986.4}{T} + 0.01009 M, \quad Y = 2.447 - 0.2224 X \quad \text{(cP, °R, g/cm³)}

    Parameters
    ----------
    T : array_like
        Temperature. [K]
    rho_g : array_like
        Density of the gas at pressure and temperature. [kg/m³]
    gamma_g : array_like
        Gravity of the gas (air is 1). [-]

    Raises
    ------
    OutOfRange
        If an argument lies outside :data:`~plant.physics.pvt.legal.LEGAL`.

    Notes
    -----
    Data: 0.7–55 MPa, 311–444 K, CO2 up to 3.2 % [1]_; within a few per cent for gravities below 1. The constants are
    those of the engineering literature, which differ a little from the paper's.

    Examples
    --------
    >>> from plant.physics.pvt.formation_volume import gas_density
    >>> round(float(lee_gonzalez_eakin(350.0, gas_density(10e6, 350.0, 0.84, 0.6), 0.6)) * 1e3, 4)
    0.0154

    References
    ----------
    .. [1] A. L. Lee, M. H. Gonzalez, B. E. Eakin, J. Pet. Technol. 18(8), 1966, p. 997.
    """
    within(T=T, gamma_g=gamma_g)
    M = 28.966 * np.asarray(gamma_g)
    T_R = RANKINE * np.asarray(T)
    K = (9.379 + 0.01607 * M) * T_R**1.5 / (209.2 + 19.26 * M + T_R)
    X = 3.448 + 986.4 / T_R + 0.01009 * M
    return 1e-4 * K * np.exp(X * (np.asarray(rho_g) / 1000.0) ** (2.447 - 0.2224 * X)) * CENTIPOISE
