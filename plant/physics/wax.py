"""Wax on cold walls: below its appearance temperature an oil lets go of wax, which diffuses to the wall and stays.

The appearance temperature is measured; what is computed is how cold the wall gets and how fast a layer grows.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from plant.physics.elementwise import elementwise
from plant.physics.validity import require

V_WAX = 4.0e-4  # molar volume of a wax of some 25 carbons [m³/mol]


@elementwise
def wall_temperature(T: ArrayLike, T_out: ArrayLike, U: ArrayLike, h: ArrayLike) -> NDArray[np.float64]:
    r"""Temperature of the inner wall of a line that loses heat.

    .. math:: T_w = T - \frac{U}{h} (T - T_{out})

    Parameters
    ----------
    T, T_out : array_like
        Of the fluid and of the surroundings. [K]
    U : array_like
        Heat transfer coefficient from fluid to surroundings, in the inner area. [W/m²/K]
    h : array_like
        Of the fluid's film alone, at least ``U``. [W/m²/K]

    Raises
    ------
    OutOfRange
        If ``h`` is not positive or below ``U``.

    Examples
    --------
    >>> float(wall_temperature(320.0, 280.0, 50.0, 200.0))
    310.0
    """
    h = np.asarray(h, float)
    require((h > 0.0) & (h >= U), "h", h, "must be positive and at least the whole coefficient U [W/m²/K]")
    return np.asarray(T) - np.asarray(U) / h * (np.asarray(T) - T_out)


@elementwise
def dissolved_wax(T: ArrayLike, T_wax: ArrayLike, wax: ArrayLike, fade: ArrayLike = 15.0) -> NDArray[np.float64]:
    r"""Wax that an oil still holds in solution.

    .. math:: c = c_0 \exp \frac{\min(T - T_{wax}, 0)}{T_f}

    Parameters
    ----------
    T : array_like
        Of the oil. [K]
    T_wax : array_like
        Wax appearance temperature, measured. [K]
    wax : array_like
        Wax in the oil, mass per mass. [-]
    fade : array_like
        Cooling that takes out all but 1/e, from the calorimeter's curve. [K]

    Notes
    -----
    All of it above the appearance temperature; below, the exponential fall that solubility curves show.

    Examples
    --------
    >>> [round(float(dissolved_wax(T, 310.0, 0.08)), 4) for T in (330.0, 310.0, 295.0)]
    [0.08, 0.08, 0.0294]
    """
    return wax * np.exp(np.minimum(np.asarray(T, float) - T_wax, 0.0) / fade)


@elementwise
def hayduk_minhas_diffusivity(T: ArrayLike, mu: ArrayLike, V: ArrayLike = V_WAX) -> NDArray[np.float64]:
    r"""Diffusivity of wax in oil, by Hayduk and Minhas.

    .. math:: D = 13.3 \cdot 10^{-12}\, T^{1.47} \mu^{10.2/V - 0.791}\, V^{-0.71}

    Parameters
    ----------
    T : array_like
        Temperature. [K]
    mu : array_like
        Viscosity of the oil, positive. [Pa·s]
    V : array_like
        Molar volume of the wax. [m³/mol]

    Raises
    ------
    OutOfRange
        If ``mu`` is not positive.

    Notes
    -----
    The formula has mu in cP and V in cm³/mol [1]_. For paraffins in paraffins.

    Examples
    --------
    >>> round(float(hayduk_minhas_diffusivity(310.0, 0.005)) * 1e10, 2)
    2.53

    References
    ----------
    .. [1] W. Hayduk, B. S. Minhas, Can. J. Chem. Eng. 60, 1982, p. 295.
    """
    mu, V = np.asarray(mu, float) * 1e3, np.asarray(V, float) * 1e6
    require(mu > 0.0, "mu", mu * 1e-3, "must be positive [Pa·s]")
    return 13.3e-12 * np.asarray(T, float) ** 1.47 * mu ** (10.2 / V - 0.791) * V**-0.71


@elementwise
def deposit_growth(
    T: ArrayLike,
    T_wall: ArrayLike,
    T_wax: ArrayLike,
    wax: ArrayLike,
    diffusivity: ArrayLike,
    film: ArrayLike,
    porosity: ArrayLike = 0.6,
) -> NDArray[np.float64]:
    r"""Speed at which a wax layer grows on a wall, by molecular diffusion.

    .. math:: \dot\delta = \frac{D\,[c(T) - c(T_w)]}{\delta_f (1 - \phi)}, \quad \dot\delta \ge 0

    Parameters
    ----------
    T, T_wall : array_like
        Of the oil and of the wall. [K]
    T_wax, wax : array_like
        As for :func:`dissolved_wax`. [K, -]
    diffusivity : array_like
        Of wax in the oil at the wall. [m²/s]
    film : array_like
        Thickness of the oil's stagnant film: diameter over Sherwood number, positive. [m]
    porosity : array_like
        Oil in the deposit, below 1. [-]

    Raises
    ------
    OutOfRange
        If ``film`` is not positive, or ``porosity`` not at least 0 and below 1.

    Notes
    -----
    No growth where the wall is above the appearance temperature or warmer than the oil. An upper bound: shear
    and ageing are left out [1]_.

    Examples
    --------
    >>> growth = deposit_growth(312.0, 300.0, 310.0, 0.08, 2.5e-10, 1e-3)
    >>> round(float(growth) * 86400e3, 2)  # mm a day
    2.1

    References
    ----------
    .. [1] P. Singh, R. Venkatesan, H. S. Fogler, N. Nagarajan, AIChE J. 46(5), 2000, p. 1059.
    """
    film, porosity = np.asarray(film, float), np.asarray(porosity, float)
    require(film > 0.0, "film", film, "must be positive [m]")
    require((porosity >= 0.0) & (porosity < 1.0), "porosity", porosity, "must be at least 0 and below 1 [-]")
    excess = dissolved_wax(T, T_wax, wax) - dissolved_wax(T_wall, T_wax, wax)
    return np.asarray(diffusivity) * np.maximum(excess, 0.0) / (film * (1.0 - porosity))
