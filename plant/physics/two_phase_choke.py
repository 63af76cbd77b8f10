"""Gas and liquid together through a choke, faster than sound in the mixture or slower.

The gas expands on its way to the throat and drives the liquid. Lowering the pressure behind raises the rate until
the throat is at its critical ratio to the pressure before; from there on nothing behind is felt before.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from plant.physics.validity import require

DISCHARGE = 0.85  # of a choke in a field; 0.75 to 0.85 is usual, by how smoothly the flow comes in
HEAT_RATIO = 1.27  # c_p/c_v of a natural gas
C_V_GAS, C_LIQUID = 1700.0, 2200.0  # [J/kg/K]
LEAST_QUALITY = 1e-9  # liquid alone has no critical ratio; this much gas gives it one that is never reached
HALVINGS = 50


def sachdeva_critical_ratio(
    x: ArrayLike, rho_g: ArrayLike, rho_l: ArrayLike, k: ArrayLike = HEAT_RATIO, c_l: ArrayLike = C_LIQUID
) -> NDArray[np.float64]:
    r"""Throat pressure over that before, below which flow is critical, by Sachdeva and others.

    .. math::

        y_c^{(k-1)/k} = \frac{\frac{k}{k-1} + b_1 (1 - y_c)}{\frac{k}{k-1} + \frac n2 + n b_2 + \frac n2 b_2^2},
        \quad b_i = \frac{(1-x) v_L}{x v_{Gi}}, \quad v_{G2} = v_{G1} y_c^{-1/k}, \quad
        n = 1 + \frac{x (k-1) c_v}{x c_v + (1-x) c_L}

    Parameters
    ----------
    x : array_like
        Mass of gas per mass, before the choke. [-]
    rho_g, rho_l : array_like
        Densities of gas and liquid before the choke. [kg/m³]
    k : array_like
        Ratio of the gas's heat capacities. [-]
    c_l : array_like
        Heat capacity of the liquid: 2200 for oil, 4190 for water. [J/kg/K]

    Raises
    ------
    OutOfRange
        If ``x`` is not between 0 and 1, a density not positive or ``k`` not above 1.

    Notes
    -----
    Found by bisection: the two sides cross once between 0 and 1. For gas alone it is the isentropic
    :math:`[2/(k+1)]^{k/(k-1)}` [1]_; towards liquid alone it vanishes.

    Examples
    --------
    >>> round(float(sachdeva_critical_ratio(1.0, 50.0, 850.0, k=1.4)), 4)
    0.5283

    References
    ----------
    .. [1] R. Sachdeva, Z. Schmidt, J. P. Brill, R. M. Blais, SPE 15657, 1986.
    """
    x, rho_g, rho_l, k = _checked(x, rho_g, rho_l, k)
    x = np.maximum(x, LEAST_QUALITY)
    n = 1.0 + x * (k - 1.0) * C_V_GAS / (x * C_V_GAS + (1.0 - x) * c_l)
    liquid_share = (1.0 - x) * rho_g / (x * rho_l)
    low, high = np.zeros(np.broadcast_shapes(liquid_share.shape, k.shape)), 1.0
    for _ in range(HALVINGS):
        y = 0.5 * (low + high)
        above = _criticality(y, liquid_share, k, n) > 0.0
        low, high = np.where(above, low, y), np.where(above, y, high)
    return 0.5 * (low + high)


def sachdeva_flux(
    p_1: ArrayLike,
    p_2: ArrayLike,
    x: ArrayLike,
    rho_g: ArrayLike,
    rho_l: ArrayLike,
    k: ArrayLike = HEAT_RATIO,
    c_l: ArrayLike = C_LIQUID,
    discharge: ArrayLike = DISCHARGE,
) -> NDArray[np.float64]:
    r"""Mass of gas and liquid per area of the choke, critical or not, by Sachdeva and others.

    .. math::

        G = C_D \rho_{m2} \sqrt{2 p_1 \left[(1-x)(1-y) v_L + \frac{x k}{k-1}(v_{G1} - y v_{G2})\right]}, \quad
        \rho_{m2}^{-1} = x v_{G2} + (1-x) v_L, \quad y = \max(p_2/p_1, y_c)

    Parameters
    ----------
    p_1, p_2 : array_like
        Pressures before and behind. [Pa]
    x, rho_g, rho_l, k, c_l : array_like
        As for :func:`sachdeva_critical_ratio`. [-, kg/m³, kg/m³, -, J/kg/K]
    discharge : array_like
        Discharge coefficient. [-]

    Raises
    ------
    OutOfRange
        If ``p_1`` is not positive, and as :func:`sachdeva_critical_ratio` does.

    Notes
    -----
    No slip, no flashing, liquid incompressible, friction in the coefficient [1]_; mixtures of 0.5 in and smaller
    were tested. None flows backwards. Liquid alone gives the orifice equation.

    Examples
    --------
    >>> round(float(sachdeva_flux(5e6, 1e6, 0.0, 40.0, 1000.0, discharge=1.0) / (2 * 1000.0 * 4e6) ** 0.5), 6)
    1.0

    References
    ----------
    .. [1] R. Sachdeva, Z. Schmidt, J. P. Brill, R. M. Blais, SPE 15657, 1986.
    """
    y_c = sachdeva_critical_ratio(x, rho_g, rho_l, k, c_l)
    x, rho_g, rho_l, k = _checked(x, rho_g, rho_l, k)
    p_1 = np.asarray(p_1, float)
    require(p_1 > 0.0, "p_1", p_1, "must be positive [Pa]")
    y = np.clip(np.asarray(p_2) / p_1, y_c, 1.0)
    v_g1, v_g2, v_l = 1.0 / rho_g, y ** (-1.0 / k) / rho_g, 1.0 / rho_l
    work = (1.0 - x) * (1.0 - y) * v_l + x * k / (k - 1.0) * (v_g1 - y * v_g2)
    return discharge * np.sqrt(2.0 * p_1 * np.maximum(work, 0.0)) / (x * v_g2 + (1.0 - x) * v_l)


def _criticality(y: ArrayLike, liquid_share: ArrayLike, k: ArrayLike, n: ArrayLike) -> NDArray[np.float64]:
    heat = k / (k - 1.0)
    at_throat = liquid_share * y ** (1.0 / k)
    critical = (heat + liquid_share * (1.0 - y)) / (heat + 0.5 * n * (1.0 + at_throat) ** 2)
    return y ** (1.0 / heat) - critical


def _checked(x: ArrayLike, rho_g: ArrayLike, rho_l: ArrayLike, k: ArrayLike) -> tuple[NDArray[np.float64], ...]:
    x, rho_g, rho_l, k = (np.asarray(value, float) for value in (x, rho_g, rho_l, k))
    require((x >= 0.0) & (x <= 1.0), "x", x, "must lie between 0 and 1 [-]")
    require(rho_g > 0.0, "rho_g", rho_g, "must be positive [kg/m³]")
    require(rho_l > 0.0, "rho_l", rho_l, "must be positive [kg/m³]")
    require(k > 1.0, "k", k, "must be above 1 [-]")
    return x, rho_g, rho_l, k
