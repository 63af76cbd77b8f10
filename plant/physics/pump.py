"""A centrifugal pump in all four quadrants, from its factory test.

A test covers forward flow at one speed. Everything else follows from two ideas: head and torque scale
with the square of speed and rate together (affinity), and beyond the tested range a pump that is not
driven is a resistance. So head and torque are defined for any speed and any rate, of either sign: a
pump may be dead-headed, overrun, stand still, be turned backwards by a falling column or by two
swapped phases, and no case needs asking which.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from plant.physics.straight import straight
from plant.physics.validity import require

REVERSE_HEAD = 0.4  # share of the shut-off head that a pump turned backwards still makes
BACKFLOW_LOSS = 1.0  # head lost to backflow at the last tested rate, over the shut-off head
RUNAWAY_RATE = 0.8  # backflow, over the last tested rate, that spins a free pump at its test speed


def affinity_head(q: ArrayLike, speed: ArrayLike, rate: ArrayLike, head: ArrayLike) -> NDArray[np.float64]:
    r"""Head of a forward-running pump at another speed than its test's.

    .. math:: H(q, n) = n^2 H_{test}(q / n)

    Parameters
    ----------
    q : array_like
        Rate, forwards; beyond the test's range at that speed the curve goes straight on. [m³/s]
    speed : array_like
        Speed over test speed, positive. [-]
    rate, head : array_like, shape (k,)
        The tested curve. [m³/s, m]

    Raises
    ------
    OutOfRange
        If ``speed`` is not positive; :func:`four_quadrant_head` is for every speed.

    Notes
    -----
    Holds to 2 % of the shut-off head between 1800 and 3500 rpm on measured pumps [1]_.

    Examples
    --------
    >>> float(affinity_head(0.001, 0.5, [0.0, 0.002, 0.004], [100.0, 90.0, 50.0]))
    22.5

    References
    ----------
    .. [1] J. F. Gülich, Centrifugal Pumps, 3rd ed., 2014, ch. 4.3.
    """
    speed = np.asarray(speed, float)
    require(speed > 0.0, "speed", speed, "must be positive [-]")
    return speed**2 * straight(np.asarray(q, float) / speed, rate, head)


def four_quadrant_head(n: ArrayLike, x: ArrayLike, rate: ArrayLike, head: ArrayLike) -> NDArray[np.float64]:
    r"""Head at any speed and rate: positive where pressure rises with the flow's forward direction.

    .. math::

        H = \begin{cases}
            n^2 h(x/n)        & n > 0,\ 0 \le x \le n \\
            a n^2 - c x^2     & n \ge 0,\ x > n \\
            h_0 (n^2 + k x^2) & n \ge 0,\ x < 0 \\
            h_0 (r n^2 + k x^2) & n < 0,\ x < 0 \\
            r h_0 n^2 - c x^2 & n < 0,\ x \ge 0
        \end{cases}

    Parameters
    ----------
    n : array_like
        Speed over test speed. [-]
    x : array_like
        Rate over the last tested rate. [-]
    rate, head : array_like, shape (k,)
        The tested curve, its head falling at the end. [m³/s, m]

    Notes
    -----
    :math:`a` and :math:`c` continue the curve beyond its end with its value and slope there. :math:`h_0`
    is the shut-off head, :math:`k` the loss to backflow, :math:`r` the share of head a pump makes
    backwards, a third to a half for radial and mixed stages [1]_.

    Examples
    --------
    >>> float(four_quadrant_head(1.0, 0.0, [0.0, 1.0, 2.0], [100.0, 80.0, 20.0]))
    100.0
    >>> float(four_quadrant_head(0.0, -1.0, [0.0, 1.0, 2.0], [100.0, 80.0, 20.0]))
    100.0

    References
    ----------
    .. [1] J. F. Gülich, Centrifugal Pumps, 3rd ed., 2014, ch. 12.
    """
    n, x = np.asarray(n, float), np.asarray(x, float)
    shut_off = shut_off_value(rate, head)
    end, slope = head[-1], (head[-1] - head[-2]) / (1.0 - rate[-2] / rate[-1])
    loss = -0.5 * slope
    forward = np.where(x <= n, n**2 * _tested(n, x, rate, head), (end + loss) * n**2 - loss * x**2)
    backflow = shut_off * BACKFLOW_LOSS * x**2
    running = np.where(x >= 0.0, forward, shut_off * n**2 + backflow)
    reversed_ = REVERSE_HEAD * shut_off * n**2 + np.where(x >= 0.0, -loss * x**2, backflow)
    return np.where(n >= 0.0, running, reversed_)


def four_quadrant_torque(n: ArrayLike, x: ArrayLike, rate: ArrayLike, torque: ArrayLike) -> NDArray[np.float64]:
    r"""Torque that the shaft must give at any speed and rate, on the liquid of the test.

    .. math::

        T = \begin{cases}
            n^2 t(x/n)             & n > 0,\ x \ge 0 \\
            t_0 (n|n| + x^2/x_r^2) & x < 0 \\
            -t_0 n^2               & n < 0,\ x \ge 0
        \end{cases}

    Parameters
    ----------
    n, x, rate : array_like
        As for :func:`four_quadrant_head`. [-, -, m³/s]
    torque : array_like, shape (k,)
        The tested torque. [N·m]

    Notes
    -----
    Beyond the end of the test the torque keeps its last value, scaled with speed, for no test says how
    soon an overrun pump turns its shaft by itself. Torque vanishes in
    backflow at the runaway speed, :math:`n = x / x_r`, where the falling column turns the shaft freely.

    Examples
    --------
    >>> float(four_quadrant_torque(-1.0, -0.8, [0.0, 1.0, 2.0], [50.0, 60.0, 70.0]))
    0.0
    """
    n, x = np.asarray(n, float), np.asarray(x, float)
    shut_off = shut_off_value(rate, torque)
    forward = np.where(n >= 0.0, n**2 * _tested(n, x, rate, torque), -shut_off * n**2)
    backflow = shut_off * (n * np.abs(n) + (x / RUNAWAY_RATE) ** 2)
    return np.where(x >= 0.0, forward, backflow)


def runaway_speed(x: ArrayLike, drag: float = 0.02) -> NDArray[np.float64]:
    r"""Speed at which backflow turns a pump that nothing drives or holds; 0 without backflow.

    .. math:: n = -\sqrt{\max(0, x^2 - d^2)} / x_r, \quad x < 0

    Parameters
    ----------
    x : array_like
        Rate over the last tested rate. [-]
    drag : float
        Backflow :math:`d` below which bearings and seals hold the shaft. [-]

    Examples
    --------
    >>> round(float(runaway_speed(-0.4)), 3), float(runaway_speed(0.4))
    (-0.499, 0.0)
    """
    backflow = np.minimum(np.asarray(x, float), 0.0)
    return 0.0 - np.sqrt(np.maximum(backflow**2 - drag**2, 0.0)) / RUNAWAY_RATE


def shut_off_value(rate: ArrayLike, values: ArrayLike) -> float:
    r"""Value of a tested curve at zero rate, straight on from its first two points.

    .. math:: y_0 = y_1 - q_1 (y_2 - y_1) / (q_2 - q_1)

    Parameters
    ----------
    rate, values : array_like, shape (k,)
        The tested curve. [m³/s, any]

    Examples
    --------
    >>> float(shut_off_value([1.0, 2.0, 3.0], [90.0, 80.0, 60.0]))
    100.0
    """
    return float(straight(0.0, rate, values))


def _tested(n: NDArray, x: NDArray, rate: ArrayLike, values: ArrayLike) -> NDArray[np.float64]:
    """The tested curve at the rate that corresponds at test speed; its ends beyond."""
    at = np.asarray(x / np.where(n > 0.0, n, np.inf)) * rate[-1]
    whole = np.concatenate(([0.0], rate)), np.concatenate(([shut_off_value(rate, values)], values))
    return np.interp(at, *whole)
