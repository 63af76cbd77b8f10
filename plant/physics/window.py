"""A pump's operating window: the rates between which it should run, set by where it is most efficient."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

LOW, HIGH = 0.70, 1.25  # shares of the best-efficiency rate


def operating_window(n: float, rate: ArrayLike, head: ArrayLike, shaft_power: ArrayLike) -> tuple[float, float]:
    r"""Least and greatest recommended rate of a pump at a speed.

    .. math:: n\,q_{best}\,(0.70 \ldots 1.25), \quad q_{best} = \arg\max_q\, q H / P

    Parameters
    ----------
    n : float
        Speed over test speed, positive. [-]
    rate, head, shaft_power : array_like, shape (k,)
        The tested curve; the best point is taken among the tested ones. [m³/s, m, W]

    Notes
    -----
    Below it a pump recirculates and heats, above it thrusts upwards and cavitates; makers of submersible
    pumps recommend about this range around the best-efficiency point [1]_.

    Examples
    --------
    >>> low, high = operating_window(0.5, [1.0, 2.0, 3.0], [100.0, 90.0, 40.0], [1.0, 1.2, 1.4])
    >>> round(low, 3), round(high, 3)
    (0.7, 1.25)

    References
    ----------
    .. [1] G. Takacs, Electrical Submersible Pumps Manual, 2nd ed., 2018, ch. 4.
    """
    rate = np.asarray(rate, float)
    best = float(rate[np.argmax(rate * np.asarray(head, float) / np.asarray(shaft_power, float))])
    return n * best * LOW, n * best * HIGH
