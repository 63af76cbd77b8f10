"""Lifting with gas: down the annulus, through a valve, up with the oil.

The annulus is a standing column of gas whose pressure at the valve follows from that at the casing head. An
orifice passes gas from any casing pressure above the tubing's; a casing-operated valve opens against its dome and
shuts when the casing pressure falls, with which a well is unloaded valve by valve.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from plant.physics.validity import require

G, R_GAS = 9.80665, 8.314462618
DISCHARGE = 0.865  # of a valve's port
T_SHOP = 288.7055556  # 60 °F, at which domes are charged [K]
DOME_SLOPE = 0.00215 * 1.8  # rise of the pressure of nitrogen shut in a dome [1/K]


def gas_column_pressure(
    p_top: ArrayLike, height: ArrayLike, T: ArrayLike, M: ArrayLike, z: ArrayLike = 1.0
) -> NDArray[np.float64]:
    r"""Pressure at the foot of a standing gas column.

    .. math:: p = p_{top} \exp \frac{M g h}{z R T}

    Parameters
    ----------
    p_top : array_like
        Pressure at the top. [Pa]
    height : array_like
        Of the column, vertical. [m]
    T : array_like
        Mean temperature. [K]
    M : array_like
        Molar mass. [kg/mol]
    z : array_like
        Mean compressibility factor. [-]

    Notes
    -----
    With means along the column, within 1 % to some 3000 m.

    Examples
    --------
    >>> round(float(gas_column_pressure(7e6, 2000.0, 330.0, 0.02)) / 1e6, 3)
    8.076
    """
    return p_top * np.exp(np.asarray(M) * G * height / (np.asarray(z) * R_GAS * T))


def thornhill_craver_rate(
    p_1: ArrayLike,
    p_2: ArrayLike,
    area: ArrayLike,
    T: ArrayLike,
    M: ArrayLike,
    z: ArrayLike = 1.0,
    k: ArrayLike = 1.27,
    discharge: ArrayLike = DISCHARGE,
) -> NDArray[np.float64]:
    r"""Mass of gas through a port, slower or faster than sound, by Thornhill and Craver.

    .. math::

        w = C_d A \sqrt{\frac{2k}{k-1}\, p_1 \rho_1 \left(r^{2/k} - r^{(k+1)/k}\right)}, \quad
        r = \max\left[\frac{p_2}{p_1}, \left(\frac{2}{k+1}\right)^{k/(k-1)}\right]

    Parameters
    ----------
    p_1, p_2 : array_like
        Pressures in the casing and in the tubing at the valve. [Pa]
    area : array_like
        Of the port. [m²]
    T : array_like
        Temperature at the valve. [K]
    M : array_like
        Molar mass. [kg/mol]
    z : array_like
        Compressibility factor. [-]
    k : array_like
        Ratio of heat capacities. [-]
    discharge : array_like
        Discharge coefficient. [-]

    Raises
    ------
    OutOfRange
        If ``p_1`` is not positive.

    Notes
    -----
    Isentropic; tested on bean chokes and used for gas-lift orifices since [1]_. None flows backwards: gas-lift
    valves hold a check.

    Examples
    --------
    >>> round(float(thornhill_craver_rate(8e6, 6e6, 5e-5, 330.0, 0.02)), 4)
    0.5564

    References
    ----------
    .. [1] H. W. Winkler, P. T. Eads, SPE 17333, 1988.
    """
    p_1, k = np.asarray(p_1, float), np.asarray(k, float)
    require(p_1 > 0.0, "p_1", p_1, "must be positive [Pa]")
    r = np.clip(np.asarray(p_2) / p_1, (2.0 / (k + 1.0)) ** (k / (k - 1.0)), 1.0)
    rho_1 = p_1 * M / (np.asarray(z) * R_GAS * T)
    expansion = np.maximum(r ** (2.0 / k) - r ** ((k + 1.0) / k), 0.0)
    return np.asarray(discharge) * area * np.sqrt(2.0 * k / (k - 1.0) * p_1 * rho_1 * expansion)


def dome_pressure(p_shop: ArrayLike, T: ArrayLike) -> NDArray[np.float64]:
    r"""Pressure in a nitrogen dome at the valve's temperature, from that at 60 °F.

    .. math:: p_d = p_{60}\,[1 + 0.00215\,(T_{°F} - 60)]

    Parameters
    ----------
    p_shop : array_like
        Charged at 60 °F (288.7 K). [Pa]
    T : array_like
        Temperature at the valve. [K]

    Notes
    -----
    The shop's rule for constant volume [1]_; real nitrogen at high charges rises a few per cent more.

    Examples
    --------
    >>> round(float(dome_pressure(5e6, 288.7055556 + 100 / 1.8)) / 1e6, 3)
    6.075

    References
    ----------
    .. [1] K. E. Brown, The Technology of Artificial Lift Methods, vol. 2a, 1980, ch. 3.
    """
    return p_shop * (1.0 + DOME_SLOPE * (np.asarray(T, float) - T_SHOP))


def opening_pressure(p_dome: ArrayLike, p_tubing: ArrayLike, port_ratio: ArrayLike) -> NDArray[np.float64]:
    r"""Casing pressure that opens a casing-operated valve, by the balance of forces on its bellows.

    .. math:: p_{open} = \frac{p_d - p_t R}{1 - R}, \quad R = A_{port}/A_{bellows}

    Parameters
    ----------
    p_dome : array_like
        In the dome at the valve's temperature. [Pa]
    p_tubing : array_like
        In the tubing at the valve. [Pa]
    port_ratio : array_like
        Area of the port over that of the bellows. [-]

    Raises
    ------
    OutOfRange
        If ``port_ratio`` is not at least 0 and below 1.

    Notes
    -----
    Once open, the casing pressure works on all of the bellows, so that the valve shuts at the dome pressure:
    the spread is what one cycle of unloading uses [1]_. No spring.

    Examples
    --------
    >>> round(float(opening_pressure(6e6, 3e6, 0.1)) / 1e6, 4)
    6.3333

    References
    ----------
    .. [1] API Recommended Practice 11V2, Gas-Lift Valve Performance Testing.
    """
    port_ratio = np.asarray(port_ratio, float)
    require((port_ratio >= 0.0) & (port_ratio < 1.0), "port_ratio", port_ratio, "must be at least 0 and below 1 [-]")
    return (p_dome - p_tubing * port_ratio) / (1.0 - port_ratio)


def stem_position(
    p_casing: ArrayLike, p_tubing: ArrayLike, p_dome: ArrayLike, port_ratio: ArrayLike, span: ArrayLike
) -> NDArray[np.float64]:
    r"""How far a casing-operated valve stands open, its bellows pushing back as it is pressed.

    .. math:: x = \frac{(1 - R)\,p_c + R\,p_t - p_d}{\Delta p_{span}}, \quad 0 \le x \le 1

    Parameters
    ----------
    p_casing, p_tubing : array_like
        At the valve. [Pa]
    p_dome, port_ratio : array_like
        As for :func:`opening_pressure`. [Pa, -]
    span : array_like
        Rise of the casing pressure from first opening to full stroke: load rate times travel. [Pa]

    Raises
    ------
    OutOfRange
        If ``span`` is not positive or ``port_ratio`` not at least 0 and below 1.

    Notes
    -----
    Real valves throttle like this over their first part of stroke [1]_, which also keeps a simulated one from
    chattering.

    Examples
    --------
    >>> [float(stem_position(p, 0.0, 6e6, 0.0, 5e5)) for p in (5.9e6, 6.25e6, 7e6)]
    [0.0, 0.5, 1.0]

    References
    ----------
    .. [1] API Recommended Practice 11V2, Gas-Lift Valve Performance Testing.
    """
    span = np.asarray(span, float)
    require(span > 0.0, "span", span, "must be positive [Pa]")
    beyond = (np.asarray(p_casing) - opening_pressure(p_dome, p_tubing, port_ratio)) * (1.0 - np.asarray(port_ratio))
    return np.clip(beyond / span, 0.0, 1.0)
