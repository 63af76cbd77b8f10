"""Control valves on liquid and on gas."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

P_SC, T_SC = 101_325.0, 288.15  # standard conditions [Pa], [K]
GAS_CONSTANT = 415.7  # of a gas of molar mass 20 g/mol [J/kg/K]
CHOKED_RATIO = 0.7  # pressure drop over inlet pressure beyond which no more gas flows


def liquid_valve_rate(
    opening: ArrayLike, p_1: ArrayLike, p_2: ArrayLike, rho: ArrayLike, A_v: ArrayLike
) -> NDArray[np.float64]:
    r"""Liquid through a linear control valve; none flows backwards.

    .. math:: q = x A_v \sqrt{\Delta p / \rho}

    Parameters
    ----------
    opening : array_like
        Stroke, 0 to 1. [-]
    p_1, p_2 : array_like
        Pressures before and behind. [Pa]
    rho : array_like
        Density. [kg/m³]
    A_v : array_like
        Flow coefficient, :math:`28 \cdot 10^{-6}` m² for each unit of Kv. [m²]

    Examples
    --------
    >>> round(float(liquid_valve_rate(0.5, 9e5, 1e5, 1000.0, 1e-3)), 6)
    0.014142
    """
    drop = np.maximum(np.asarray(p_1, float) - p_2, 0.0)
    return np.asarray(opening) * A_v * np.sqrt(drop / rho)


def gas_valve_rate(
    opening: ArrayLike, p_1: ArrayLike, p_2: ArrayLike, T: ArrayLike, A_v: ArrayLike
) -> NDArray[np.float64]:
    r"""Gas through a linear control valve, at standard conditions; none flows backwards.

    .. math:: q_{sc} = x A_v Y \frac{T_{sc}}{p_{sc}} \sqrt{R' p_1 \Delta p / T_1}, \quad
        Y = 1 - \frac{\Delta p}{3 x_T p_1}, \quad \Delta p \le x_T p_1

    Parameters
    ----------
    opening : array_like
        Stroke, 0 to 1. [-]
    p_1, p_2 : array_like
        Pressures before and behind. [Pa]
    T : array_like
        Temperature before. [K]
    A_v : array_like
        Flow coefficient. [m²]

    Notes
    -----
    The form of IEC 60534 for gas [1]_ with :math:`R'` the constant of a gas of molar mass 20 g/mol and
    z = 1. It chokes at :math:`x_T = 0.7`.

    Examples
    --------
    >>> choked = gas_valve_rate(0.5, 9e5, 2e5, 300.0, 1e-4)
    >>> bool(choked == gas_valve_rate(0.5, 9e5, 1e5, 300.0, 1e-4))
    True

    References
    ----------
    .. [1] IEC 60534-2-1, Industrial-process control valves: flow capacity.
    """
    p_1 = np.asarray(p_1, float)
    drop = np.clip(p_1 - p_2, 0.0, CHOKED_RATIO * p_1)
    expansion = 1.0 - drop / (3.0 * CHOKED_RATIO * p_1)
    return np.asarray(opening) * A_v * expansion * (T_SC / P_SC) * np.sqrt(GAS_CONSTANT * p_1 * drop / T)
