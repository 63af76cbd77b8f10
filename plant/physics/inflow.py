"""What a reservoir gives to a well.

A rate is a function of the pressure at the perforations alone. :func:`.productivity_rate`, :func:`composite_rate`
and :func:`jones_rate` are defined on either side of the reservoir pressure, for wells that load up, crossflow or
are killed; :func:`vogel_rate` refuses pressures its author did not mean.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from plant.physics.validity import require

ROUNDING = 1e-9  # by which a rate may exceed what the curve itself gave
BELOW_RESERVOIR = "must lie between 0 and the reservoir pressure [Pa]"


def vogel_rate(p_wf: ArrayLike, p_r: ArrayLike, q_o_max: ArrayLike) -> NDArray[np.float64]:
    r"""Oil rate of a saturated-oil well by Vogel's curve.

    .. math:: q_o = q_{o,max}\,[1 - 0.2\,(p_{wf}/p_r) - 0.8\,(p_{wf}/p_r)^2]

    Parameters
    ----------
    p_wf : array_like
        Bottomhole flowing pressure. [Pa]
    p_r : array_like
        Reservoir pressure, at or below the bubble point. [Pa]
    q_o_max : array_like
        Rate at no bottomhole pressure. [m³/s]

    Raises
    ------
    OutOfRange
        If ``p_wf`` is not between 0 and ``p_r``.

    Notes
    -----
    Valid for solution-gas drive without skin [1]_.

    Examples
    --------
    >>> from scipy.constants import bbl, day, psi
    >>> round(float(vogel_rate(1000 * psi, 2000 * psi, 500 * bbl / day)) / (bbl / day), 6)
    350.0

    References
    ----------
    .. [1] J. V. Vogel, J. Pet. Technol. 20(1), 1968, p. 83.
    """
    y = drawn_ratio(p_wf, p_r)
    return q_o_max * (1.0 - y * (0.2 + 0.8 * y))


def composite_rate(
    p_wf: ArrayLike, p_r: ArrayLike, p_b: ArrayLike, J: ArrayLike, f_w: ArrayLike = 0.0
) -> NDArray[np.float64]:
    r"""Liquid rate of a well by a straight line above the bubble point and below it by Vogel's curve for its oil.

    .. math::

        q = J (p_r - p_k) + \frac{J p_k}{1.8} x, \quad y = p_{wf}/p_k \le 1, \quad p_k = \min(p_b, p_r)

        y = f_w \left(1 - \frac{x}{1.8}\right) + (1 - f_w) \frac{\sqrt{81 - 80 x} - 1}{8}

    Parameters
    ----------
    p_wf : array_like
        Bottomhole flowing pressure, not negative. [Pa]
    p_r : array_like
        Reservoir pressure. [Pa]
    p_b : array_like
        Bubble-point pressure. [Pa]
    J : array_like
        Productivity index above the bubble point, or at vanishing drawdown of a saturated well. [m³/s/Pa]
    f_w : array_like
        Water in the liquid, whose pressure stays on the straight line. [-]

    Raises
    ------
    OutOfRange
        If ``p_wf`` is negative, ``p_r`` or ``p_b`` not positive, or ``f_w`` not between 0 and 1.

    Notes
    -----
    One smooth curve: the slope at the bubble point is J on both sides, and without water it is Vogel's. Water and oil
    share their pressure by their rates [1]_; beyond the oil's greatest rate, :math:`x = 1`, the curve goes straight on
    as it ends there. Above ``p_r`` the well takes liquid along the straight line.

    Examples
    --------
    >>> round(float(composite_rate(5e6, 2e7, 1e7, 1e-9)), 6)
    0.013889

    References
    ----------
    .. [1] K. E. Brown, The Technology of Artificial Lift Methods, vol. 4, 1984, p. 21.
    """
    p_wf, p_r, p_b = np.asarray(p_wf, float), np.asarray(p_r, float), np.asarray(p_b, float)
    require(p_wf >= 0.0, "p_wf", p_wf, "must not be negative [Pa]")
    require(p_r > 0.0, "p_r", p_r, "must be positive [Pa]")
    require(p_b > 0.0, "p_b", p_b, "must be positive [Pa]")
    f_w = _water_cut(f_w)
    knee = np.minimum(p_b, p_r)
    straight = p_r - np.maximum(p_wf, knee)
    return J * (straight + knee / 1.8 * _drawn_share(np.minimum(p_wf / knee, 1.0), f_w))


def _water_cut(f_w: ArrayLike) -> NDArray[np.float64]:
    f_w = np.asarray(f_w, float)
    require((f_w >= 0.0) & (f_w <= 1.0), "f_w", f_w, "must lie between 0 and 1 [-]")
    return f_w


def _end(f_w: NDArray) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Pressure ratio where the oil gives all it can, and how fast it falls there with the share of its rate."""
    return f_w * (1.0 - 1.0 / 1.8), f_w / 1.8 + 5.0 * (1.0 - f_w)


def _drawn_share(y: NDArray, f_w: NDArray) -> NDArray[np.float64]:
    """Share of the oil's greatest rate below the bubble point that a pressure ratio draws, by its root."""
    end, slope = _end(f_w)
    a, b = f_w / 144.0, (1.0 - f_w) / 8.0  # y = a s² + b s - c, with s = √(81 - 80 x)
    c = np.maximum(y, end) + b - 63.0 * a
    s = 2.0 * c / (b + np.sqrt(b * b + 4.0 * a * c))
    return np.maximum(81.0 - s * s, 0.0) / 80.0 + np.maximum(end - y, 0.0) / slope


def composite_pressure(
    q: ArrayLike, p_r: ArrayLike, p_b: ArrayLike, J: ArrayLike, f_w: ArrayLike = 0.0
) -> NDArray[np.float64]:
    r"""Flowing pressure at which a well of :func:`composite_rate` gives a rate: its inverse.

    .. math::

        p_{wf} = p_r - q / J \ge p_k, \quad \text{else}\quad p_{wf} = p_k\,y(x), \quad
        x = 1.8\,\frac{q - J (p_r - p_k)}{J p_k}

    Parameters
    ----------
    q : array_like
        Rate, at most that at no flowing pressure. [m³/s]
    p_r, p_b, J, f_w : array_like
        As for :func:`composite_rate`. [Pa, Pa, m³/s/Pa, -]

    Raises
    ------
    OutOfRange
        If ``q`` is more than the well gives at no flowing pressure, or ``f_w`` not between 0 and 1.

    Examples
    --------
    >>> round(float(composite_pressure(composite_rate(5e6, 2e7, 1e7, 1e-9), 2e7, 1e7, 1e-9)))
    5000000

    References
    ----------
    .. [1] K. E. Brown, The Technology of Artificial Lift Methods, vol. 4, 1984, p. 21.
    """
    q, p_r = np.asarray(q, float), np.asarray(p_r, float)
    knee = np.minimum(p_b, p_r)
    f_w = _water_cut(f_w)
    end, slope = _end(f_w)
    x = 1.8 * (q / J - (p_r - knee)) / knee
    require(x <= 1.0 + end / slope + ROUNDING, "q", q, "must not exceed the rate at no flowing pressure [m³/s]")
    oil = np.clip(x, 0.0, 1.0)
    y = f_w * (1.0 - oil / 1.8) + (1.0 - f_w) * (np.sqrt(81.0 - 80.0 * oil) - 1.0) / 8.0
    y = np.maximum(y - np.maximum(x - 1.0, 0.0) * slope, 0.0)
    return np.where(x > 0.0, knee * y, p_r - q / J)


def jones_rate(p_wf: ArrayLike, p_r: ArrayLike, A: ArrayLike, B: ArrayLike) -> NDArray[np.float64]:
    r"""Liquid rate of a well whose drawdown is partly turbulent, by Jones, Blount and Glaze.

    .. math:: p_r - p_{wf} = A q + B q |q|

    Parameters
    ----------
    p_wf : array_like
        Bottomhole flowing pressure. [Pa]
    p_r : array_like
        Reservoir pressure. [Pa]
    A : array_like
        Laminar coefficient, positive. [Pa·s/m³]
    B : array_like
        Turbulent coefficient, not negative. [Pa·s²/m⁶]

    Raises
    ------
    OutOfRange
        If ``A`` is not positive or ``B`` is negative.

    Notes
    -----
    Solved in the form without cancellation, so that B may vanish [1]_. Odd in the drawdown.

    Examples
    --------
    >>> round(float(jones_rate(1e7, 2e7, 5e8, 5e10)), 6)
    0.01

    References
    ----------
    .. [1] L. G. Jones, E. M. Blount, O. H. Glaze, SPE 6133, 1976.
    """
    A, B = np.asarray(A, float), np.asarray(B, float)
    require(A > 0.0, "A", A, "must be positive [Pa·s/m³]")
    require(B >= 0.0, "B", B, "must not be negative [Pa·s²/m⁶]")
    drawdown = np.asarray(p_r, float) - p_wf
    return 2.0 * drawdown / (A + np.sqrt(A * A + 4.0 * B * np.abs(drawdown)))


def drawn_ratio(p_wf: ArrayLike, p_r: ArrayLike) -> NDArray[np.float64]:
    r"""Flowing over reservoir pressure, for a curve that holds between none and all of it.

    .. math:: y = p_{wf} / p_r

    Parameters
    ----------
    p_wf : array_like
        Bottomhole flowing pressure. [Pa]
    p_r : array_like
        Reservoir pressure. [Pa]

    Raises
    ------
    OutOfRange
        If ``p_r`` is not positive or ``p_wf`` not between 0 and ``p_r``.

    Examples
    --------
    >>> float(drawn_ratio(5e6, 2e7))
    0.25
    """
    p_wf, p_r = np.asarray(p_wf, float), np.asarray(p_r, float)
    require(p_r > 0.0, "p_r", p_r, "must be positive [Pa]")
    require((p_wf >= 0.0) & (p_wf <= p_r), "p_wf", p_wf, BELOW_RESERVOIR)
    return p_wf / p_r
