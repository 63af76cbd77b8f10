"""Generators that feed a field: what they can give, what they share, what they burn, and what is shed."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from plant.physics.validity import require

T_ISO = 288.15  # ambient temperature of a rating [K]


def available_power(
    rated: ArrayLike, T_ambient: ArrayLike, p_ambient: ArrayLike = 101_325.0, slope: ArrayLike = 0.007
) -> NDArray[np.float64]:
    r"""Power a gas turbine or engine can give in thin or warm air.

    .. math:: P = P_{rated}\,\frac{p}{p_0} [1 - s (T - T_0)], \quad P \ge 0

    Parameters
    ----------
    rated : array_like
        At 288.15 K and sea level. [W]
    T_ambient, p_ambient : array_like
        Of the air. [K, Pa]
    slope : array_like
        Loss of a turbine, 0.5 to 0.9 % per kelvin; an engine's is some third of it. [1/K]

    Notes
    -----
    Cold air gives more than the rating, as turbines do until their shaft's limit.

    Examples
    --------
    >>> round(float(available_power(5e6, 308.15)) / 1e6, 3)
    4.3
    """
    share = 1.0 - np.asarray(slope) * (np.asarray(T_ambient, float) - T_ISO)
    return np.asarray(rated) * (np.asarray(p_ambient) / 101_325.0) * np.maximum(share, 0.0)


def shared_load(demand: ArrayLike, capacity: ArrayLike) -> NDArray[np.float64]:
    r"""Load of each machine on one bus: in proportion to what each can give, and no more than that.

    .. math:: P_i = C_i \min\left(1, P / \textstyle\sum_j C_j\right)

    Parameters
    ----------
    demand : array_like
        Of the bus. [W]
    capacity : array_like, shape (m,)
        Of each machine, 0 where it stands. [W]

    Notes
    -----
    What equal droop settings give. All 0 where no machine runs.

    Examples
    --------
    >>> shared_load(3e6, [4e6, 2e6]).tolist()
    [2000000.0, 1000000.0]
    """
    capacity = np.asarray(capacity, float)
    total = capacity.sum()
    return capacity * np.divide(np.minimum(demand, total), total, out=np.zeros(()), where=total > 0.0)


def droop_frequency(
    load: ArrayLike, capacity: ArrayLike, nominal: ArrayLike = 50.0, droop: ArrayLike = 0.04
) -> NDArray[np.float64]:
    r"""Frequency a governed bus settles at.

    .. math:: f = f_0 [1 + R (\tfrac12 - P/C)]

    Parameters
    ----------
    load, capacity : array_like
        Of all running machines. [W]
    nominal : array_like
        Frequency at half load. [Hz]
    droop : array_like
        Fall from no load to full load, R. [-]

    Raises
    ------
    OutOfRange
        If ``capacity`` is not positive.

    Notes
    -----
    Beyond full load the line goes on down: what under-frequency relays watch.

    Examples
    --------
    >>> [round(float(droop_frequency(P, 4e6)), 6) for P in (0.0, 2e6, 4e6)]
    [51.0, 50.0, 49.0]
    """
    capacity = np.asarray(capacity, float)
    require(capacity > 0.0, "capacity", capacity, "must be positive: a machine must run [W]")
    return np.asarray(nominal) * (1.0 + np.asarray(droop) * (0.5 - np.asarray(load) / capacity))


def kept_loads(loads: ArrayLike, priority: ArrayLike, capacity: float) -> NDArray[np.bool_]:
    r"""Which loads stay on when power is short: the most important first, as far as the power goes.

    .. math:: \sum_{j:\,rank_j \le rank_i} P_j \le C

    Parameters
    ----------
    loads : array_like, shape (n,)
        Of each consumer. [W]
    priority : array_like, shape (n,)
        The lower, the longer kept; equal ones are kept in their order. [-]
    capacity : float
        Power there is. [W]

    Notes
    -----
    Shedding stops at the first load that does not fit: a smaller one behind it is not slipped in, for shedding
    schemes trip by stage.

    Examples
    --------
    >>> kept_loads([100e3, 100e3, 100e3], [2, 1, 3], 250e3).tolist()
    [True, True, False]
    """
    loads = np.asarray(loads, float)
    order = np.argsort(priority, kind="stable")
    kept = np.empty(loads.shape, bool)
    kept[order] = np.cumsum(loads[order]) <= capacity
    return kept


def willans_fuel(
    load: ArrayLike, rated: ArrayLike, efficiency: ArrayLike = 0.3, idle: ArrayLike = 0.2
) -> NDArray[np.float64]:
    r"""Heat in the fuel that a running machine burns, by Willans' line.

    .. math:: Q = \frac{P_{rated}}{\eta} \left[i + (1 - i) \frac{P}{P_{rated}}\right]

    Parameters
    ----------
    load : array_like
        Electrical, not negative. [W]
    rated : array_like
        Of the machine. [W]
    efficiency : array_like
        At rated load, on the lower heating value. [-]
    idle : array_like
        Share of full fuel that turning takes at no load, i. [-]

    Raises
    ------
    OutOfRange
        If ``load`` is negative or ``efficiency`` not between 0 and 1.

    Notes
    -----
    Divided by the gas's heating value it is the fuel gas, 35 to 45 MJ/m³ at standard conditions [1]_.

    Examples
    --------
    >>> round(float(willans_fuel(1e6, 1e6)) / 1e6, 4), round(float(willans_fuel(0.0, 1e6)) / 1e6, 4)
    (3.3333, 0.6667)

    References
    ----------
    .. [1] P. W. Willans, Min. Proc. Inst. Civ. Eng. 114, 1893.
    """
    load, efficiency = np.asarray(load, float), np.asarray(efficiency, float)
    require(load >= 0.0, "load", load, "must not be negative [W]")
    require((efficiency > 0.0) & (efficiency < 1.0), "efficiency", efficiency, "must lie between 0 and 1 [-]")
    return rated / efficiency * (np.asarray(idle) + (1.0 - np.asarray(idle)) * load / rated)
