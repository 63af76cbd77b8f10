"""Protection relays: how long a condition must last before it trips. Pure, and over arrays of motors.

Each takes the relay's memory and gives it back moved on by ``dt``; the caller trips where it is full.
"""

from __future__ import annotations

import numpy as np


def definite_time(elapsed: np.ndarray, is_beyond: np.ndarray, dt: float) -> np.ndarray:
    """Seconds for which a condition has held without a break (IEC 60255-151, definite time)."""
    return np.where(is_beyond, elapsed + dt, 0.0)


def very_inverse_time(
    travel: np.ndarray, multiple: np.ndarray, dt: float, time_multiplier: float, reset_time: float = 60.0
) -> np.ndarray:
    r"""Travel of an inverse-time relay's disc, from 0 at rest to 1 at its contact.

    .. math:: t_{trip} = k\,\frac{13.5}{M - 1}

    Parameters
    ----------
    travel : array_like, shape (n,)
        Travel before. [-]
    multiple : array_like, shape (n,)
        Current over the relay's setting, M. [-]
    dt : float
        Time step. [s]
    time_multiplier : float
        k. [-]
    reset_time : float
        For a full disc to return once the current is below the setting. [s]

    Returns
    -------
    travel : ndarray, shape (n,)
        Travel after. [-]

    Notes
    -----
    IEC very inverse curve [1]_, integrated so that a changing current is judged by all of it. At and
    below the setting the disc returns in proportion to time.

    Examples
    --------
    >>> float(very_inverse_time(np.zeros(1), np.array([2.0]), 13.5, time_multiplier=1.0)[0])
    1.0

    References
    ----------
    .. [1] IEC 60255-151:2009, table 1, curve B.
    """
    excess = np.maximum(multiple - 1.0, 0.0)
    forward = excess * dt / (13.5 * time_multiplier)
    return np.where(excess > 0, travel + forward, np.maximum(travel - dt / reset_time, 0.0))
