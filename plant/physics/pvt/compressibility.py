"""How much oil and gas give way to pressure: their isothermal compressibilities."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from plant.physics.pvt.field_unit import RANKINE, SCF_STB, api_gravity, fahrenheit
from plant.physics.pvt.legal import within
from plant.physics.pvt.z_factor import dranchuk_abou_kassem, dranchuk_abou_kassem_slope
from plant.unit import atm, psi


def vasquez_beggs_number(R_s: ArrayLike, T: ArrayLike, gamma_o: ArrayLike, gamma_g: ArrayLike) -> NDArray[np.float64]:
    r"""Compressibility times pressure of an undersaturated oil, which Vasquez and Beggs found not to depend on it.

    .. math:: N = p\,c_o = 10^{-5} (5 R_s + 17.2\,T - 1180 \gamma_g + 12.61\,API - 1433) \quad \text{(scf/stb, °F)}

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
    Not below zero, which the formula reaches for cold heavy oil without gas: that counts as incompressible [1]_.

    Examples
    --------
    >>> round(float(vasquez_beggs_number(100.0, 350.0, 0.85, 0.8)), 6)
    0.038009

    References
    ----------
    .. [1] M. Vasquez, H. D. Beggs, J. Pet. Technol. 32(6), 1980, p. 968.
    """
    within(R_s=R_s, T=T, gamma_o=gamma_o, gamma_g=gamma_g)
    gas, light = 5.0 * np.asarray(R_s) / SCF_STB, 12.61 * api_gravity(gamma_o)
    return np.maximum(gas + 17.2 * fahrenheit(T) - 1180.0 * np.asarray(gamma_g) + light - 1433.0, 0.0) * 1e-5


def vasquez_beggs_undersaturated(
    p: ArrayLike, R_s: ArrayLike, T: ArrayLike, gamma_o: ArrayLike, gamma_g: ArrayLike
) -> NDArray[np.float64]:
    r"""Compressibility of oil above its bubble point.

    .. math:: c_o = N / p

    Parameters
    ----------
    p : array_like
        Pressure. [Pa]
    R_s, T, gamma_o, gamma_g : array_like
        As for :func:`vasquez_beggs_number`. [m³/m³, K, -, -]

    Raises
    ------
    OutOfRange
        If an argument lies outside :data:`~plant.physics.pvt.legal.LEGAL`.

    Notes
    -----
    Data: 1–65 MPa. Below one atmosphere it is that of one atmosphere.

    Examples
    --------
    >>> round(float(vasquez_beggs_undersaturated(20e6, 100.0, 350.0, 0.85, 0.8)) * 1e9, 4)
    1.9005
    """
    within(p=p)
    return vasquez_beggs_number(R_s, T, gamma_o, gamma_g) / np.maximum(p, atm)


def mccain_saturated(
    p: ArrayLike, p_b: ArrayLike, R_sb: ArrayLike, T: ArrayLike, gamma_o: ArrayLike
) -> NDArray[np.float64]:
    r"""Compressibility of oil below its bubble point, the gas that comes out counted in.

    .. math::

        \ln c_o = -7.573 - 1.450 \ln p - 0.383 \ln p_b + 1.402 \ln T + 0.256 \ln API + 0.449 \ln R_{sb}
        \quad \text{(psi, °R, scf/stb)}

    Parameters
    ----------
    p, p_b : array_like
        Pressure and bubble point. [Pa]
    R_sb : array_like
        Gas dissolved at the bubble point, at standard conditions. [m³/m³]
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
    Within 10 % above 500 psi; 18–52 °API, 299–439 K in the data [1]_.

    Examples
    --------
    >>> from plant.unit import psi
    >>> c_o = mccain_saturated(1400 * psi, 2745 * psi, 719 * 0.1781076, 377.5944, 0.8132184)
    >>> round(float(c_o) * psi * 1e6)
    318

    References
    ----------
    .. [1] W. D. McCain, J. B. Rollins, A. J. Villena Lanzi, SPE Form. Eval. 3(3), 1988, p. 659.
    """
    within(p=p, p_b=p_b, R_s=R_sb, T=T, gamma_o=gamma_o)
    below, above = np.log(np.maximum(p, atm) / psi), np.log(np.maximum(p_b, atm) / psi)
    oil = 1.402 * np.log(RANKINE * np.asarray(T)) + 0.256 * np.log(np.maximum(api_gravity(gamma_o), 0.5))
    gas = 0.449 * np.log(np.maximum(np.asarray(R_sb) / SCF_STB, 1e-3))
    return np.exp(-7.573 - 1.450 * below - 0.383 * above + oil + gas) / psi


def gas_compressibility(p: ArrayLike, T: ArrayLike, p_pc: ArrayLike, T_pc: ArrayLike) -> NDArray[np.float64]:
    r"""Compressibility of a gas, z by Dranchuk and Abou-Kassem.

    .. math:: c_g = \frac{1}{p} - \frac{1}{z\,p_{pc}} \frac{\partial z}{\partial p_{pr}}

    Parameters
    ----------
    p, T : array_like
        Pressure and temperature. [Pa, K]
    p_pc, T_pc : array_like
        Pseudo-critical pressure and temperature. [Pa, K]

    Raises
    ------
    OutOfRange
        If the reduced pressure or temperature is outside the equation's.

    Notes
    -----
    Exact for the equation; a vacuum counts as 1 Pa.

    Examples
    --------
    >>> round(float(gas_compressibility(10e6, 350.0, 4.6e6, 200.0)) * 1e6, 4)
    0.107
    """
    within(p=p, T=T)
    p = np.maximum(p, 1.0)
    p_pr, T_pr = p / p_pc, np.asarray(T) / T_pc
    return 1.0 / p - dranchuk_abou_kassem_slope(p_pr, T_pr) / dranchuk_abou_kassem(p_pr, T_pr) / p_pc
