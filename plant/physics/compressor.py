"""A centrifugal compressor: what head it makes, and where it surges.

Head over flow is one cubic at all speeds, scaled by the fan laws. It goes on to the left of its crest and through
negative flow, where a surging machine travels; so a run through surge, deep reverse flow and back needs no special
case. Left of the crest the machine is stable only where its discharge is small: the surge line joins the crests.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from plant.physics.validity import require

R_GAS = 8.314462618
LEAST_SPEED = 0.05  # below it the parabola of the efficiency is taken as that of this speed


@dataclass(frozen=True)
class CompressorMap:
    """A machine at its rated speed, in five numbers a data sheet gives; refuses what makes no map.

    ``flow`` and ``head`` are those of the crest, where it surges, ``valley`` the head at no flow, ``efficiency``
    the best polytropic one and ``best_flow`` where it lies.
    """

    flow: float  # at inlet conditions [m³/s]
    head: float  # polytropic [J/kg]
    valley: float  # [J/kg]
    efficiency: float
    best_flow: float  # [m³/s]

    def __post_init__(self) -> None:
        require(self.flow > 0.0, "flow", self.flow, "must be positive [m³/s]")
        require(0.0 < self.valley < self.head, "valley", self.valley, "must lie between 0 and the crest's head [J/kg]")
        require(0.0 < self.efficiency < 1.0, "efficiency", self.efficiency, "must lie between 0 and 1 [-]")
        require(self.best_flow > self.flow, "best_flow", self.best_flow, "must lie beyond the surge flow [m³/s]")


def moore_greitzer_head(q: ArrayLike, speed: ArrayLike, machine: CompressorMap) -> NDArray[np.float64]:
    r"""Polytropic head at any flow and speed, by the cubic of Moore and Greitzer.

    .. math:: H = n^2 \left[H_0 + \frac{H_c - H_0}{2} \left(1 + \frac 32 u - \frac 12 u^3\right)\right],
        \quad u = \frac{2 q}{n\,q_c} - 1

    Parameters
    ----------
    q : array_like
        Volume rate at inlet conditions, of either sign. [m³/s]
    speed : array_like
        Over the rated speed, n, not negative. [-]
    machine : CompressorMap
        At rated speed: crest :math:`q_c, H_c` and valley :math:`H_0`.

    Raises
    ------
    OutOfRange
        If ``speed`` is negative.

    Notes
    -----
    The cubic [1]_ serves between -0.5 and 1.5 of the crest's flow. Parabolas of the same slope continue it, rising
    for reverse flow and falling beyond, so that head is everywhere a speed squared times a function of flow per
    speed, and a standing wheel resists flow by its square.

    Examples
    --------
    >>> machine = CompressorMap(1.0, 60e3, 40e3, 0.78, 1.4)
    >>> moore_greitzer_head([0.0, 1.0], 1.0, machine).tolist()
    [40000.0, 60000.0]

    References
    ----------
    .. [1] F. K. Moore, E. M. Greitzer, J. Eng. Gas Turbines Power 108, 1986, p. 68.
    """
    n = np.asarray(speed, float)
    require(n >= 0.0, "speed", n, "must not be negative [-]")
    x, n = np.broadcast_arrays(np.asarray(q, float) / machine.flow, n)
    phi = np.divide(np.clip(x, -0.5 * n, 1.5 * n), n, out=np.zeros(n.shape), where=n > 0.0)
    shape = np.select(
        [x < -0.5 * n, x > 1.5 * n],
        [9.0 * x * x - 0.25 * n * n, 6.75 * n * n - 3.0 * x * x],
        n * n * phi * phi * (6.0 - 4.0 * phi),
    )
    return n * n * machine.valley + 0.5 * (machine.head - machine.valley) * shape


def surge_flow(head: ArrayLike, machine: CompressorMap) -> NDArray[np.float64]:
    r"""Flow on the surge line at a head: the line joins the crests at all speeds.

    .. math:: q_s = q_c \sqrt{H/H_c}

    Parameters
    ----------
    head : array_like
        Polytropic head, not negative. [J/kg]
    machine : CompressorMap
        At rated speed.

    Raises
    ------
    OutOfRange
        If ``head`` is negative.

    Examples
    --------
    >>> float(surge_flow(15e3, CompressorMap(1.0, 60e3, 40e3, 0.78, 1.4)))
    0.5
    """
    head = np.asarray(head, float)
    require(head >= 0.0, "head", head, "must not be negative [J/kg]")
    return machine.flow * np.sqrt(head / machine.head)


def surge_margin(q: ArrayLike, head: ArrayLike, machine: CompressorMap) -> NDArray[np.float64]:
    r"""How far to the right of the surge line a machine runs, over its flow; negative left of it.

    .. math:: m = (q - q_s) / q_c

    Parameters
    ----------
    q : array_like
        Volume rate at inlet conditions. [m³/s]
    head : array_like
        Polytropic head. [J/kg]
    machine : CompressorMap
        At rated speed.

    Notes
    -----
    Over the rated surge flow rather than over q, so that it stays finite at no flow. Anti-surge valves open at 0.1.

    Examples
    --------
    >>> round(float(surge_margin(0.8, 15e3, CompressorMap(1.0, 60e3, 40e3, 0.78, 1.4))), 2)
    0.3
    """
    return (np.asarray(q, float) - surge_flow(head, machine)) / machine.flow


def polytropic_efficiency(q: ArrayLike, speed: ArrayLike, machine: CompressorMap) -> NDArray[np.float64]:
    r"""Efficiency over the map: a parabola over flow per speed, not below a third of the best.

    .. math:: \eta = \eta_{max} \max\left[\tfrac13,\; 1 - \tfrac12 (q/(n q_{best}) - 1)^2\right]

    Parameters
    ----------
    q, speed, machine : array_like
        As for :func:`moore_greitzer_head`. [m³/s, -, -]

    Examples
    --------
    >>> float(polytropic_efficiency(0.7, 0.5, CompressorMap(1.0, 60e3, 40e3, 0.78, 1.4)))
    0.78
    """
    off = np.asarray(q, float) / (np.maximum(speed, LEAST_SPEED) * machine.best_flow) - 1.0
    return machine.efficiency * np.maximum(1.0 / 3.0, 1.0 - 0.5 * off * off)


def pressure_ratio(
    head: ArrayLike, T_1: ArrayLike, M: ArrayLike, efficiency: ArrayLike, k: ArrayLike = 1.27, z: ArrayLike = 1.0
) -> NDArray[np.float64]:
    r"""Discharge over suction pressure that a polytropic head gives.

    .. math:: \frac{p_2}{p_1} = \left[1 + \frac{m H M}{z R T_1}\right]^{1/m}, \quad m = \frac{k-1}{k\,\eta}

    Parameters
    ----------
    head : array_like
        Polytropic head. [J/kg]
    T_1 : array_like
        Suction temperature. [K]
    M : array_like
        Molar mass. [kg/mol]
    efficiency : array_like
        Polytropic, above 0. [-]
    k : array_like
        Ratio of heat capacities. [-]
    z : array_like
        Mean compressibility factor. [-]

    Notes
    -----
    The exponent m is also that of temperature over pressure, by which discharge temperature follows.

    Examples
    --------
    >>> round(float(pressure_ratio(60e3, 300.0, 0.02, 0.78)), 3)
    1.572
    """
    m = (np.asarray(k) - 1.0) / (np.asarray(k) * efficiency)
    return np.maximum(1.0 + m * np.asarray(head) * M / (np.asarray(z) * R_GAS * T_1), 0.0) ** (1.0 / m)


def discharge_temperature(
    T_1: ArrayLike, ratio: ArrayLike, efficiency: ArrayLike, k: ArrayLike = 1.27
) -> NDArray[np.float64]:
    r"""Temperature of compressed gas.

    .. math:: T_2 = T_1 (p_2/p_1)^{(k-1)/(k \eta)}

    Parameters
    ----------
    T_1 : array_like
        Suction temperature. [K]
    ratio : array_like
        Discharge over suction pressure. [-]
    efficiency : array_like
        Polytropic. [-]
    k : array_like
        Ratio of heat capacities. [-]

    Examples
    --------
    >>> round(float(discharge_temperature(300.0, 3.0, 0.78)), 1)
    404.7
    """
    return T_1 * np.asarray(ratio, float) ** ((np.asarray(k) - 1.0) / (np.asarray(k) * efficiency))


def shaft_power(mass: ArrayLike, head: ArrayLike, efficiency: ArrayLike) -> NDArray[np.float64]:
    r"""Power that the gas takes from the shaft.

    .. math:: P = w H / \eta

    Parameters
    ----------
    mass : array_like
        Mass rate. [kg/s]
    head : array_like
        Polytropic head. [J/kg]
    efficiency : array_like
        Polytropic. [-]

    Notes
    -----
    A surging machine is given the magnitude of its flow: its wheel works on the gas either way.

    Examples
    --------
    >>> float(shaft_power(10.0, 60e3, 0.75))
    800000.0
    """
    return np.abs(mass) * np.abs(head) / np.asarray(efficiency)
