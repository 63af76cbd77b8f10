"""Methane in formation water: it makes the brine swell and a little lighter."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from plant.physics.pvt.brine import NACL, hundreds, molality, rational, spivey_density
from plant.physics.pvt.formation_volume import P_SC, T_SC
from plant.physics.pvt.legal import within

Array = NDArray[np.float64]
CH4 = 16.043  # [g/mol]
SOLUBILITY = (
    (0.0, -0.004462, -0.06763, 0.0, 0.0),
    (-0.03602, 0.18917, 0.97242, 0.0, 0.0),
    (0.6855, -3.1992, -3.7968, 0.07711, 0.2229),
)
VAPOUR = (  # power, coefficient
    (1.0, -7.85951783),
    (1.5, 1.84408259),
    (3.0, -11.7866497),
    (3.5, 22.6807411),
    (4.0, -15.9619719),
    (7.5, 1.80122502),
)


def methane_molality(p: ArrayLike, T: ArrayLike, salinity: ArrayLike) -> Array:
    r"""Methane that brine in contact with gas holds dissolved, per mass of its water.

    .. math::

        m = \exp[A \ln^2(p - p_v) + B \ln(p - p_v) + C - 2 \lambda m_s - \zeta m_s^2], \quad
        \lambda = -0.80898 + 1.0827 \cdot 10^{-3} T + 183.85/T + 3.924 \cdot 10^{-4} p - 1.97 \cdot 10^{-6} p^2

    Parameters
    ----------
    p, T : array_like
        Pressure and temperature. [Pa, K]
    salinity : array_like
        Salt, as sodium chloride, by mass of the brine. [-]

    Returns
    -------
    array
        Molality. [mol/kg]

    Raises
    ------
    OutOfRange
        If an argument lies outside :data:`~plant.physics.pvt.legal.LEGAL`.

    Notes
    -----
    The interaction parameter takes kelvins, as in the model of Duan and others it comes from [1]_. Where the
    pressure does not exceed the water's vapour pressure, no methane is dissolved.

    Examples
    --------
    >>> round(float(methane_molality(20e6, 350.0, 0.0)), 4)
    0.1151

    References
    ----------
    .. [1] Z. Duan, N. Møller, J. Greenberg, J. H. Weare, Geochim. Cosmochim. Acta 56, 1992, p. 1451.
    """
    within(p=p, T=T, salinity=salinity)
    t, m, p_MPa = hundreds(T), molality(salinity), np.asarray(p) / 1e6
    A, B, C = (rational(row, t) for row in SOLUBILITY)
    dry = p_MPa - _vapour_pressure(T) / 1e6
    L = np.log(np.maximum(dry, 1e-6))
    interaction = -0.80898 + 1.0827e-3 * np.asarray(T) + 183.85 / np.asarray(T) + p_MPa * (3.924e-4 - 1.97e-6 * p_MPa)
    return np.where(dry > 1e-6, np.exp((A * L + B) * L + C - 2.0 * interaction * m + 3.89e-3 * m**2), 0.0)


def spivey_saturated_density(p: ArrayLike, T: ArrayLike, salinity: ArrayLike) -> Array:
    r"""Density of brine that holds all the methane it can.

    .. math:: \rho = \frac{1000 + M_s m_s + M_g m_g}{(1000 + M_s m_s)/\rho_b + m_g V_g}

    Parameters
    ----------
    p, T : array_like
        Pressure and temperature. [Pa, K]
    salinity : array_like
        Salt, as sodium chloride, by mass of the brine. [-]

    Raises
    ------
    OutOfRange
        If an argument lies outside :data:`~plant.physics.pvt.legal.LEGAL`.

    Notes
    -----
    As :func:`spivey_density`.

    Examples
    --------
    >>> round(float(spivey_saturated_density(20e6, 350.0, 0.01)), 1)
    986.7
    """
    m_g = methane_molality(p, T, salinity)
    mass = 1000.0 + NACL * molality(salinity)
    volume = mass / spivey_density(p, T, salinity) * 1000.0 + m_g * _methane_volume(p, T, salinity)
    return 1000.0 * (mass + CH4 * m_g) / volume


def spivey_formation_volume(p: ArrayLike, T: ArrayLike, salinity: ArrayLike, T_sc: float = T_SC) -> Array:
    r"""Volume of brine full of methane over the volume of the brine without it at standard conditions.

    .. math:: B_w = \frac{(1000 + M_s m_s)/\rho_b + m_g V_g}{(1000 + M_s m_s)/\rho_{b,sc}}

    Parameters
    ----------
    p, T : array_like
        Pressure and temperature. [Pa, K]
    salinity : array_like
        Salt, as sodium chloride, by mass of the brine. [-]
    T_sc : float
        Standard temperature. [K]

    Raises
    ------
    OutOfRange
        If an argument lies outside :data:`~plant.physics.pvt.legal.LEGAL`.

    Notes
    -----
    As :func:`spivey_density`.

    Examples
    --------
    >>> round(float(spivey_formation_volume(20e6, 350.0, 0.01)), 3)
    1.022
    """
    rho_sc = spivey_density(P_SC, T_sc, salinity)
    gas = methane_molality(p, T, salinity) * _methane_volume(p, T, salinity)
    mass = 1000.0 + NACL * molality(salinity)
    return rho_sc / spivey_density(p, T, salinity) + gas * rho_sc / (1000.0 * mass)


def _vapour_pressure(T: ArrayLike) -> Array:
    """Of pure water, by Wagner and Pruss. [Pa]"""
    T = np.asarray(T, float)
    gap = 1.0 - T / 647.096
    return 22.064e6 * np.exp(647.096 / T * sum(a * gap**power for power, a in VAPOUR))


def _methane_volume(p: ArrayLike, T: ArrayLike, salinity: ArrayLike) -> Array:
    """Partial molar volume of methane in brine. [cm³/mol]"""
    T = np.asarray(T, float)
    alone = 7.6985890e-2 - 5.0253331e-5 * T - 30.092013 / T + 4.8468502e3 / T**2
    return 8.314467 * T * (alone + 2.0 * molality(salinity) * (3.924e-4 - 3.94e-6 * np.asarray(p) / 1e6))
