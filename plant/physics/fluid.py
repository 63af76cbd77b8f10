"""What flows in a well: oil and water, and what they weigh as one liquid. :mod:`.emulsion` says how thick they are."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from plant.physics.elementwise import elementwise

T_REFERENCE = 323.15  # 50 °C, where dead-oil viscosities are reported [K]


@elementwise
def mixture_density(water_cut: ArrayLike, rho_o: ArrayLike, rho_w: ArrayLike) -> NDArray[np.float64]:
    r"""Density of oil and water flowing together without slip.

    .. math:: \rho = f_w \rho_w + (1 - f_w) \rho_o

    Parameters
    ----------
    water_cut : array_like
        Water per liquid. [-]
    rho_o, rho_w : array_like
        Densities of oil and water. [kg/m³]

    Examples
    --------
    >>> float(mixture_density(0.25, 900.0, 1000.0))
    925.0
    """
    water_cut = np.asarray(water_cut, float)
    return water_cut * rho_w + (1.0 - water_cut) * rho_o


@elementwise
def oil_viscosity(T: ArrayLike, mu_reference: ArrayLike, slope: float = 5000.0) -> NDArray[np.float64]:
    r"""Dead-oil viscosity at a temperature, from the one reported at 50 °C, by Andrade's law.

    .. math:: \mu = \mu_{ref} \exp[B (1/T - 1/T_{ref})]

    Parameters
    ----------
    T : array_like
        Temperature. [K]
    mu_reference : array_like
        Viscosity at 323.15 K. [Pa·s]
    slope : float
        Andrade's B; 5000 K halves the viscosity of a heavy oil within 15 K. [K]

    Notes
    -----
    Dissolved gas is left out: the oils of low gas-oil ratio this serves hold little [1]_.

    Examples
    --------
    >>> float(oil_viscosity(323.15, 0.3))
    0.3

    References
    ----------
    .. [1] E. N. da C. Andrade, Nature 125, 1930, p. 309.
    """
    return mu_reference * np.exp(slope / np.asarray(T, float) - slope / T_REFERENCE)


@elementwise
def water_viscosity(T: ArrayLike) -> NDArray[np.float64]:
    r"""Viscosity of water by Vogel's equation.

    .. math:: \mu = 2.414 \cdot 10^{-5} \cdot 10^{247.8 / (T - 140)}

    Parameters
    ----------
    T : array_like
        Temperature, 273 to 640 K. [K]

    Notes
    -----
    Within 2.5 % of the measured values over its range [1]_; salt is left out.

    Examples
    --------
    >>> round(float(water_viscosity(293.15)) * 1e3, 2)
    1.0

    References
    ----------
    .. [1] O. C. Al-Shemmeri, Engineering Fluid Mechanics, 2012, p. 18.
    """
    return 2.414e-5 * np.exp(570.58058 / (np.asarray(T, float) - 140.0))
