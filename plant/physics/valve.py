"""Control valves on liquid and on gas."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from plant.physics.elementwise import elementwise
from plant.physics.validity import require
from plant.unit import bar, hour

P_SC, T_SC = 101_325.0, 288.15  # standard conditions [Pa], [K]
GAS_CONSTANT = 415.7  # of a gas of molar mass 20 g/mol [J/kg/K]
CHOKED_RATIO = 0.7  # pressure drop over inlet pressure beyond which no more gas flows


@elementwise
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


@elementwise
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


RHO_WATER = 999.10329  # that the flow coefficient Kv is defined with, at 15 °C [kg/m³]
PER_KV = (RHO_WATER / bar) ** 0.5 / hour  # A_v of one Kv, 1 m³/h of water at 1 bar [m²]
R_GAS = 8.314462618  # [J/mol/K]
RATIO_OF_AIR = 1.4  # heat capacities, of the fluid x_T is measured with


def critical_pressure_factor(p_v: ArrayLike, p_c: ArrayLike) -> NDArray[np.float64]:
    r"""Pressure in the throat of a valve at choked flow, over the vapour pressure of the liquid, by IEC 60534.

    .. math:: F_F = 0.96 - 0.28 \sqrt{p_v / p_c}

    Parameters
    ----------
    p_v : array_like
        Vapour pressure. [Pa]
    p_c : array_like
        Critical pressure. [Pa]

    Raises
    ------
    OutOfRange
        If ``p_v`` is not between 0 and ``p_c``.

    Notes
    -----
    For a liquid of one component [1]_.

    Examples
    --------
    >>> round(float(critical_pressure_factor(70.1e3, 22.12e6)), 6)
    0.944238

    References
    ----------
    .. [1] IEC 60534-2-1, Industrial-process control valves: flow capacity.
    """
    p_v, p_c = np.asarray(p_v, float), np.asarray(p_c, float)
    require((p_v >= 0.0) & (p_v <= p_c) & (p_c > 0.0), "p_v", p_v, "must lie between 0 and the critical pressure [Pa]")
    return 0.96 - 0.28 * np.sqrt(p_v / p_c)


def iec_liquid_rate(
    K_v: ArrayLike,
    p_1: ArrayLike,
    p_2: ArrayLike,
    rho: ArrayLike,
    p_v: ArrayLike = 0.0,
    p_c: ArrayLike = 22.12e6,
    F_L: ArrayLike = 0.9,
) -> NDArray[np.float64]:
    r"""Liquid through a control valve of its line's size, choked where it flashes, by IEC 60534.

    .. math:: q = A_v \sqrt{\Delta p / \rho}, \quad \Delta p \le F_L^2 (p_1 - F_F p_v)

    Parameters
    ----------
    K_v : array_like
        Flow coefficient at the present stroke. [m³/h of water at 1 bar]
    p_1, p_2 : array_like
        Pressures before and behind. [Pa]
    rho : array_like
        Density. [kg/m³]
    p_v, p_c : array_like
        Vapour pressure and critical pressure of the liquid. [Pa]
    F_L : array_like
        Pressure recovery factor: globe 0.9, ball 0.6. [-]

    Notes
    -----
    Turbulent flow, no reducers [1]_. None flows backwards.

    Examples
    --------
    >>> round(float(iec_liquid_rate(164.99548, 680e3, 220e3, 965.4, 70.1e3)), 6)
    0.1

    References
    ----------
    .. [1] IEC 60534-2-1, Industrial-process control valves: flow capacity.
    """
    return K_v * PER_KV * np.sqrt(_liquid_drop(p_1, p_2, p_v, p_c, F_L) / rho)


def iec_liquid_K_v(
    q: ArrayLike,
    p_1: ArrayLike,
    p_2: ArrayLike,
    rho: ArrayLike,
    p_v: ArrayLike = 0.0,
    p_c: ArrayLike = 22.12e6,
    F_L: ArrayLike = 0.9,
) -> NDArray[np.float64]:
    r"""Flow coefficient that a control valve needs to pass a liquid, by IEC 60534.

    .. math:: K_v = q \sqrt{\rho / \Delta p}\,/\,(A_v/K_v), \quad \Delta p \le F_L^2 (p_1 - F_F p_v)

    Parameters
    ----------
    q : array_like
        Rate. [m³/s]
    p_1, p_2, rho, p_v, p_c, F_L : array_like
        As for :func:`iec_liquid_rate`. [Pa, Pa, kg/m³, Pa, Pa, -]

    Raises
    ------
    OutOfRange
        If ``p_1`` is not above ``p_2``, or so far below ``p_v`` that no valve passes the liquid.

    Examples
    --------
    >>> round(float(iec_liquid_K_v(0.1, 680e3, 220e3, 965.4, 70.1e3)), 4)
    164.9955
    """
    require(np.asarray(p_1) > p_2, "p_1", p_1, "must exceed the pressure behind [Pa]")
    drop = _liquid_drop(p_1, p_2, p_v, p_c, F_L)
    require(drop > 0.0, "p_v", p_v, "leaves no drop: what comes before the valve is no liquid [Pa]")
    return q / (PER_KV * np.sqrt(drop / rho))


def iec_gas_rate(
    K_v: ArrayLike,
    p_1: ArrayLike,
    p_2: ArrayLike,
    T: ArrayLike,
    M: ArrayLike,
    z: ArrayLike = 1.0,
    gamma: ArrayLike = 1.3,
    x_T: ArrayLike = 0.7,
) -> NDArray[np.float64]:
    r"""Mass of gas through a control valve of its line's size, choked or not, by IEC 60534.

    .. math::

        w = A_v Y \sqrt{x\,p_1 \rho_1}, \quad Y = 1 - \frac{x}{3 x_c}, \quad x = \frac{\Delta p}{p_1} \le x_c =
        \frac{\gamma}{1.4} x_T, \quad \rho_1 = \frac{p_1 M}{z R T}

    Parameters
    ----------
    K_v : array_like
        Flow coefficient at the present stroke. [m³/h of water at 1 bar]
    p_1, p_2 : array_like
        Pressures before and behind. [Pa]
    T : array_like
        Temperature before. [K]
    M : array_like
        Molar mass. [kg/mol]
    z : array_like
        Compressibility factor before. [-]
    gamma : array_like
        Ratio of heat capacities. [-]
    x_T : array_like
        Pressure drop ratio at which air chokes: globe 0.7, ball 0.25. [-]

    Raises
    ------
    OutOfRange
        If ``p_1`` is not positive.

    Notes
    -----
    Turbulent flow, no reducers [1]_. None flows backwards.

    Examples
    --------
    >>> choked = iec_gas_rate(10.0, 1e6, 2e5, 300.0, 0.02)
    >>> bool(choked == iec_gas_rate(10.0, 1e6, 1e5, 300.0, 0.02))
    True

    References
    ----------
    .. [1] IEC 60534-2-1, Industrial-process control valves: flow capacity.
    """
    p_1 = np.asarray(p_1, float)
    require(p_1 > 0.0, "p_1", p_1, "must be positive [Pa]")
    x_c = np.asarray(gamma) / RATIO_OF_AIR * x_T
    x = np.clip(1.0 - np.asarray(p_2) / p_1, 0.0, x_c)
    rho_1 = p_1 * M / (np.asarray(z) * R_GAS * T)
    return K_v * PER_KV * (1.0 - x / (3.0 * x_c)) * np.sqrt(x * p_1 * rho_1)


def _liquid_drop(p_1: ArrayLike, p_2: ArrayLike, p_v: ArrayLike, p_c: ArrayLike, F_L: ArrayLike) -> NDArray[np.float64]:
    p_1 = np.asarray(p_1, float)
    most = np.square(F_L) * (p_1 - critical_pressure_factor(p_v, p_c) * p_v)
    return np.maximum(np.minimum(p_1 - p_2, most), 0.0)
