"""Thrust on impellers and shaft: down where the pump makes much head, up where much liquid turns in its eye."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from plant.physics.validity import require

Array = NDArray[np.float64]

G = 9.80665


def thrust_window(n: ArrayLike, q_down: ArrayLike, q_up: ArrayLike) -> tuple[Array, Array]:
    r"""Rates between which impellers float, at a speed.

    .. math:: n\,q_{down} \ldots n\,q_{up}

    Parameters
    ----------
    n : array_like
        Speed over test speed. [-]
    q_down, q_up : array_like
        Rates at test speed below which impellers rub downwards, and above which upwards. [m³/s]

    Examples
    --------
    >>> [float(q) for q in thrust_window(0.5, 0.004, 0.012)]
    [0.002, 0.006]
    """
    n = np.asarray(n, float)
    return n * q_down, n * q_up


def thrust_excess(q: ArrayLike, n: ArrayLike, q_down: ArrayLike, q_up: ArrayLike) -> Array:
    r"""How far a pump runs outside its thrust window: negative in downthrust, positive in upthrust, 0 within.

    .. math:: \frac{\min(q - n q_{down}, 0)}{n q_{down}} + \frac{\max(q - n q_{up}, 0)}{n q_{up}}

    Parameters
    ----------
    q, n, q_down, q_up : array_like
        As for :func:`thrust_window`; a pump below 1 % of test speed has no thrust. [m³/s, -, m³/s, m³/s]

    Raises
    ------
    OutOfRange
        If ``q_down`` is not positive or ``q_up`` not above it.

    Examples
    --------
    >>> [float(thrust_excess(q, 1.0, 0.004, 0.012)) for q in (0.002, 0.008, 0.015)]
    [-0.5, 0.0, 0.25]
    """
    q_down, q_up = np.asarray(q_down, float), np.asarray(q_up, float)
    require(q_down > 0.0, "q_down", q_down, "must be positive [m³/s]")
    require(q_up > q_down, "q_up", q_up, "must be above q_down [m³/s]")
    n = np.asarray(n, float)
    turning = n > 0.01  # slower, a shaft is coasting to a stand
    x = np.asarray(q, float) / np.where(turning, n, np.inf)
    outside = np.minimum(x / q_down - 1.0, 0.0) + np.maximum(x / q_up - 1.0, 0.0)
    return np.where(turning, outside, 0.0)


def impeller_thrust(
    q: ArrayLike, head: ArrayLike, rho: ArrayLike, ring_area: float, eye_area: float, static: float = 0.75
) -> Array:
    r"""Downward force on one impeller.

    .. math:: F = s \rho g H A_r - \rho q^2 / A_e

    Parameters
    ----------
    q : array_like
        Rate. [m³/s]
    head : array_like
        Of the stage. [m]
    rho : array_like
        Density. [kg/m³]
    ring_area : float
        Area :math:`A_r` on which discharge pressure is not balanced, skirt less shaft. [m²]
    eye_area : float
        Area :math:`A_e` of the eye, where the inflow is turned. [m²]
    static : float
        Share :math:`s` of the head that is pressure before the diffuser. [-]

    Notes
    -----
    Pressure less momentum, the balance of a closed impeller with worn-in wear rings [1]_; it changes sign at the
    upthrust limit.

    Examples
    --------
    >>> round(float(impeller_thrust(0.0, 6.0, 1000.0, 1e-3, 1e-3)), 1)
    44.1

    References
    ----------
    .. [1] J. F. Gülich, Centrifugal Pumps, 3rd ed., 2014, ch. 9.2.
    """
    rho, q = np.asarray(rho, float), np.asarray(q, float)
    return rho * (static * G * np.asarray(head) * ring_area - q * np.abs(q) / eye_area)


def shaft_thrust(dp: ArrayLike, shaft_diameter: ArrayLike) -> Array:
    r"""Downward force of the pump's pressure on the end of its shaft, borne by the seal section.

    .. math:: F = \Delta p \frac{\pi d^2}{4}

    Parameters
    ----------
    dp : array_like
        Discharge less intake pressure. [Pa]
    shaft_diameter : array_like
        Of the shaft. [m]

    Examples
    --------
    >>> round(float(shaft_thrust(1e7, 0.02)))
    3142
    """
    return np.asarray(dp) * 0.25 * np.pi * np.asarray(shaft_diameter, float) ** 2
