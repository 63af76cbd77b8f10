"""Formation water: salt makes it denser and thicker.

Densities by Spivey, McCain and North, whose every coefficient is one rational function of temperature:
the tables of density and stiffness below are theirs, read as ``(a t² + b t + c) / (d t² + e t + 1)`` with t in
hundreds of °C. What methane does to it: :mod:`.brine_gas`.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from plant.physics.pvt.legal import within
from plant.unit import zero_Celsius

Array = NDArray[np.float64]
P_REFERENCE = 70e6  # pressure at which the densities are tabulated [Pa]
NACL = 58.4428  # [g/mol]
WATER_DENSITY = (-0.127213, 0.645486, 1.03265, -0.070291, 0.639589)
WATER_STIFFNESS = ((4.221, -3.478, 6.221, 0.5182, -0.4405), (-11.403, 29.932, 27.952, 0.20684, 0.3768))
SALT_DENSITY = {  # power of the molality: coefficients
    2.0: (-1.1149e-4, 1.7105e-4, -4.3766e-4, 0.0, 0.0),
    1.5: (-8.878e-4, -1.388e-4, -2.96318e-3, 0.0, 0.51103),
    1.0: (2.1466e-3, 1.2427e-2, 4.2648e-2, -8.1009e-2, 0.525417),
    0.5: (2.356e-4, -3.636e-4, -2.278e-4, 0.0, 0.0),
}
SALT_STIFFNESS = {
    1.5: (-0.617, -0.747, -0.4339, 0.0, 10.26),
    1.0: (0.0, 9.917, 5.1128, 0.0, 3.892),
    0.5: (0.0365, -0.0369, 0.0, 0.0, 0.0),
}
WATER_VISCOSITY = (  # power of the temperature, coefficient, coefficient of the density
    (-2, 0.28853170e7, -0.19283851e7),
    (-1, -0.11072577e5, 0.56216046e4),
    (0, -0.90834095e1, 0.13827250e2),
    (1, 0.30925651e-1, -0.47609523e-1),
    (2, -0.27407100e-4, 0.35545041e-4),
)
SALT_VISCOSITY = {  # power of the molality: constant, linear and quadratic in the temperature
    1: (-0.21319213, 0.13651589e-2, -0.12191756e-5),
    2: (0.69161945e-1, -0.27292263e-3, 0.20852448e-6),
    3: (-0.25988855e-2, 0.77989227e-5, 0.0),
}


def spivey_density(p: ArrayLike, T: ArrayLike, salinity: ArrayLike) -> Array:
    r"""Density of brine without gas.

    .. math::

        \rho = \rho_{70}(T, m) \exp \left[ \frac{1}{E} \ln \frac{E\,p/70 + F}{E + F} \right]
        \quad \text{(MPa; m in mol/kg; E, F of T and m)}

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
    0–275 °C, 0.1–200 MPa, up to 5.7 mol/kg [1]_.

    Examples
    --------
    >>> round(float(spivey_density(101325.0, 298.15, 0.0)), 1)
    997.0

    References
    ----------
    .. [1] J. P. Spivey, W. D. McCain, R. North, J. Can. Pet. Technol. 43(7), 2004, p. 52.
    """
    within(p=p, T=T, salinity=salinity)
    t, m = hundreds(T), molality(salinity)
    E, F = _stiffness(t, m)
    at_reference = rational(WATER_DENSITY, t) + _salt(SALT_DENSITY, t, m)
    return 1000.0 * at_reference * np.exp(np.log((E * np.asarray(p) / P_REFERENCE + F) / (E + F)) / E)


def spivey_compressibility(p: ArrayLike, T: ArrayLike, salinity: ArrayLike) -> Array:
    r"""Compressibility of brine without gas.

    .. math:: c_w = \frac{1}{70} \frac{1}{E\,p/70 + F} \quad \text{(MPa)}

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
    As :func:`spivey_density`, whose derivative it is.

    Examples
    --------
    >>> round(float(spivey_compressibility(101325.0, 298.15, 0.0)) * 1e9, 3)
    0.455
    """
    within(p=p, T=T, salinity=salinity)
    E, F = _stiffness(hundreds(T), molality(salinity))
    return 1.0 / (P_REFERENCE * (E * np.asarray(p) / P_REFERENCE + F))


def mao_duan_viscosity(p: ArrayLike, T: ArrayLike, salinity: ArrayLike) -> Array:
    r"""Viscosity of brine: that of water, times what the salt makes of it.

    .. math::

        \ln \mu_w = \sum_{i=1}^{5} d_i T^{i-3} + \rho_w \sum_{i=6}^{10} d_i T^{i-8}, \quad
        \ln \frac{\mu}{\mu_w} = A(T)\,m + B(T)\,m^2 + C(T)\,m^3 \quad \text{(Pa·s, K, g/cm³, mol/kg)}

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
    273–623 K, 0.1–100 MPa, up to 6 mol/kg; within 1 % [1]_.

    Examples
    --------
    >>> round(float(mao_duan_viscosity(101325.0, 293.15, 0.0)) * 1e3, 3)
    1.001

    References
    ----------
    .. [1] S. Mao, Z. Duan, Int. J. Thermophys. 30, 2009, p. 1510.
    """
    within(p=p, T=T, salinity=salinity)
    T, m = np.asarray(T, float), molality(salinity)
    rho_w = spivey_density(p, T, 0.0) / 1000.0
    water = sum((alone + dense * rho_w) * T**power for power, alone, dense in WATER_VISCOSITY)
    salt = sum(_polynomial(row, T) * m**power for power, row in SALT_VISCOSITY.items())
    return np.exp(water + salt)


def hundreds(T: ArrayLike) -> Array:
    """Temperature in hundreds of °C, the argument of Spivey's functions."""
    return (np.asarray(T, float) - zero_Celsius) / 100.0


def molality(salinity: ArrayLike) -> Array:
    """Moles of sodium chloride in a kilogram of water, from its share of the brine's mass."""
    share = np.asarray(salinity, float)
    return 1000.0 * share / (NACL * (1.0 - share))


def rational(row: tuple[float, float, float, float, float], t: Array) -> Array:
    """One of Spivey's coefficients at a temperature."""
    a, b, c, d, e = row
    return ((a * t + b) * t + c) / ((d * t + e) * t + 1.0)


def _polynomial(row: tuple[float, float, float], x: Array) -> Array:
    a, b, c = row
    return a + x * (b + c * x)


def _salt(table: dict[float, tuple[float, float, float, float, float]], t: Array, m: Array) -> Array:
    return sum(rational(row, t) * m**power for power, row in table.items())


def _stiffness(t: Array, m: Array) -> tuple[Array, Array]:
    E, F = (rational(row, t) for row in WATER_STIFFNESS)
    return E + 0.1249 * m, F + _salt(SALT_STIFFNESS, t, m)
