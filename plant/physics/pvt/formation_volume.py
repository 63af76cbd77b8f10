"""How much room a standard volume takes underground, and the densities that follow from it."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from plant.physics.pvt.compressibility import vasquez_beggs_number
from plant.physics.pvt.legal import within

P_SC, T_SC = 101_325.0, 288.15  # standard conditions [Pa, K]
GAS_CONSTANT = 8.31446261815324  # [J/(mol K)]
AIR = 28.966e-3  # molar mass [kg/mol]
RHO_AIR_SC = P_SC * AIR / (GAS_CONSTANT * T_SC)  # 1.2250 kg/m³
RHO_WATER_SC = 999.016  # water at 15.56 °C, to which oil gravities refer [kg/m³]
VACUUM = 1.0  # least pressure that gas is given, so that its volume stays a number [Pa]


def gas_formation_volume(
    p: ArrayLike, T: ArrayLike, z: ArrayLike, p_sc: float = P_SC, T_sc: float = T_SC
) -> NDArray[np.float64]:
    r"""Volume of gas over its volume at standard conditions.

    .. math:: B_g = \frac{p_{sc}}{p} \frac{z\,T}{T_{sc}}

    Parameters
    ----------
    p, T : array_like
        Pressure and temperature. [Pa, K]
    z : array_like
        z-factor; one at standard conditions. [-]
    p_sc, T_sc : float
        Standard conditions. [Pa, K]

    Raises
    ------
    OutOfRange
        If an argument lies outside :data:`~plant.physics.pvt.legal.LEGAL`.

    Notes
    -----
    The law of gases: it holds wherever z does. A vacuum counts as 1 Pa.

    Examples
    --------
    >>> round(float(gas_formation_volume(10e6, 350.0, 0.84)), 6)
    0.010338
    """
    within(p=p, T=T, z=z)
    return p_sc / np.maximum(p, VACUUM) * z * np.asarray(T) / T_sc


def gas_density(p: ArrayLike, T: ArrayLike, z: ArrayLike, gamma_g: ArrayLike) -> NDArray[np.float64]:
    r"""Density of a gas.

    .. math:: \rho_g = \frac{p\,\gamma_g M_{air}}{z R T}

    Parameters
    ----------
    p, T : array_like
        Pressure and temperature. [Pa, K]
    z : array_like
        z-factor. [-]
    gamma_g : array_like
        Gravity of the gas (air is 1). [-]

    Raises
    ------
    OutOfRange
        If an argument lies outside :data:`~plant.physics.pvt.legal.LEGAL`.

    Examples
    --------
    >>> round(float(gas_density(101325.0, 288.15, 1.0, 1.0)), 3)
    1.225
    """
    within(p=p, T=T, z=z, gamma_g=gamma_g)
    return np.asarray(p) * gamma_g * AIR / (z * GAS_CONSTANT * np.asarray(T))


def undersaturated_formation_volume(
    B_ob: ArrayLike, p: ArrayLike, p_b: ArrayLike, R_s: ArrayLike, T: ArrayLike, gamma_o: ArrayLike, gamma_g: ArrayLike
) -> NDArray[np.float64]:
    r"""Volume of oil compressed beyond its bubble point, over its volume in the tank.

    .. math:: B_o = B_{ob} (p_b/p)^N \quad \text{from} \quad c_o = N/p

    Parameters
    ----------
    B_ob : array_like
        Formation volume factor at the bubble point. [-]
    p, p_b : array_like
        Pressure and bubble point; where the first is the lower one, the volume is left as it is. [Pa]
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
    The compressibility of :func:`~plant.physics.pvt.compressibility.vasquez_beggs_undersaturated`, integrated
    rather than taken as constant. A bubble point below the atmosphere counts as one atmosphere.

    Examples
    --------
    >>> round(float(undersaturated_formation_volume(1.3, 20e6, 10e6, 100.0, 350.0, 0.85, 0.8)), 4)
    1.2662
    """
    within(p=p, p_b=p_b)
    number = vasquez_beggs_number(R_s, T, gamma_o, gamma_g)
    return B_ob * np.maximum(p / np.maximum(p_b, P_SC), 1.0) ** -number


def oil_density(B_o: ArrayLike, R_s: ArrayLike, gamma_o: ArrayLike, gamma_g: ArrayLike) -> NDArray[np.float64]:
    r"""Density of an oil with gas dissolved in it: what the tank and the gas weigh, over the room they take.

    .. math:: \rho_o = (\rho_{o,sc} + R_s \rho_{g,sc}) / B_o

    Parameters
    ----------
    B_o : array_like
        Formation volume factor. [-]
    R_s : array_like
        Dissolved gas, at standard conditions. [m³/m³]
    gamma_o, gamma_g : array_like
        Gravities of oil (water is 1) and gas (air is 1). [-]

    Raises
    ------
    OutOfRange
        If an argument lies outside :data:`~plant.physics.pvt.legal.LEGAL`.

    Notes
    -----
    Conservation of mass: no worse than its B_o and R_s.

    Examples
    --------
    >>> round(float(oil_density(1.0, 0.0, 0.85, 0.8)), 1)
    849.2
    """
    within(R_s=R_s, gamma_o=gamma_o, gamma_g=gamma_g)
    return (np.asarray(gamma_o) * RHO_WATER_SC + np.asarray(R_s) * gamma_g * RHO_AIR_SC) / B_o
