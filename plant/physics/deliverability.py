"""What a well gives at other pressures than those it was tested at: curves with an exponent from the test.

The exponent tells turbulence: 1 where the reservoir flow is laminar, 0.5 where it is all turbulent.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from plant.physics.inflow import drawn_ratio
from plant.physics.validity import require


def fetkovich_rate(p_wf: ArrayLike, p_r: ArrayLike, q_o_max: ArrayLike, n: ArrayLike) -> NDArray[np.float64]:
    r"""Oil rate by Fetkovich's curve, from an isochronal test.

    .. math:: q_o = q_{o,max}\,[1 - (p_{wf}/p_r)^2]^n

    Parameters
    ----------
    p_wf : array_like
        Bottomhole flowing pressure. [Pa]
    p_r : array_like
        Reservoir pressure. [Pa]
    q_o_max : array_like
        Rate at no bottomhole pressure. [m³/s]
    n : array_like
        Exponent, 0.5 (turbulent) to 1 (laminar). [-]

    Raises
    ------
    OutOfRange
        If ``p_wf`` is not between 0 and ``p_r``, or ``n`` not between 0.5 and 1.

    Notes
    -----
    Forty field tests gave exponents from 0.568 to 1.0 [1]_.

    Examples
    --------
    >>> round(float(fetkovich_rate(1e7, 2e7, 0.01, 1.0)), 6)
    0.0075

    References
    ----------
    .. [1] M. J. Fetkovich, SPE 4529, 1973.
    """
    _require_exponent(n)
    return q_o_max * (1.0 - drawn_ratio(p_wf, p_r) ** 2) ** n


def gas_back_pressure_rate(p_wf: ArrayLike, p_r: ArrayLike, C: ArrayLike, n: ArrayLike) -> NDArray[np.float64]:
    r"""Rate of a gas well at standard conditions, by the back-pressure equation of Rawlins and Schellhardt.

    .. math:: q_{g,sc} = C (p_r^2 - p_{wf}^2)^n

    Parameters
    ----------
    p_wf : array_like
        Bottomhole flowing pressure. [Pa]
    p_r : array_like
        Reservoir pressure. [Pa]
    C : array_like
        Coefficient of the well test. [m³/s/Pa²ⁿ]
    n : array_like
        Exponent, 0.5 (turbulent) to 1 (laminar). [-]

    Raises
    ------
    OutOfRange
        If ``p_wf`` is not between 0 and ``p_r``, or ``n`` not between 0.5 and 1.

    Notes
    -----
    In squares of pressure it serves below some 14 MPa [1]_.

    Examples
    --------
    >>> round(float(gas_back_pressure_rate(0.0, 1e7, 1e-13, 1.0)), 6)
    10.0

    References
    ----------
    .. [1] E. L. Rawlins, M. A. Schellhardt, U.S. Bureau of Mines Monograph 7, 1936.
    """
    _require_exponent(n)
    return C * (np.square(np.asarray(p_r, float)) * (1.0 - drawn_ratio(p_wf, p_r) ** 2)) ** n


def _require_exponent(n: ArrayLike) -> None:
    n = np.asarray(n, float)
    require((n >= 0.5) & (n <= 1.0), "n", n, "must lie between 0.5 and 1 [-]")
