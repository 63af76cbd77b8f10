"""A catalogue's pump curve, per stage, made the curve of a stack of stages at the speed it really turns.

Catalogues give head and power of one stage at a nominal speed that no loaded induction motor reaches. So a curve is
first scaled to the motor's speed, then to the frequency, then multiplied by the stages.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from plant.physics.straight import straight
from plant.physics.validity import require

SLIP = 0.972  # loaded speed over the catalogue's nominal speed
WATER = 1000.0  # density in a catalogue test [kg/m³]


def stack_head(q: ArrayLike, n: ArrayLike, stages: ArrayLike, rate: ArrayLike, head: ArrayLike) -> NDArray[np.float64]:
    r"""Head of a stack of stages at a speed.

    .. math:: H = N n^2 h(q/n)

    Parameters
    ----------
    q : array_like
        Rate. [m³/s]
    n : array_like
        Speed over the catalogue's nominal speed, positive: frequency over nominal frequency times :data:`SLIP`. [-]
    stages : array_like
        Number :math:`N` of stages. [-]
    rate, head : array_like, shape (k,)
        The catalogue's curve of one stage, by rising rate. [m³/s, m]

    Raises
    ------
    OutOfRange
        If ``n`` is not positive, or ``rate`` does not rise.

    Notes
    -----
    Straight between the points of the curve and beyond its ends, where head becomes negative past the runout.
    Measured pumps keep to affinity within 2 % of the shut-off head between 1800 and 3500 rpm [1]_.

    Examples
    --------
    >>> float(stack_head(0.002, 0.5, 10, [0.0, 0.002, 0.004], [6.0, 5.0, 2.0]))
    5.0

    References
    ----------
    .. [1] J. F. Gülich, Centrifugal Pumps, 3rd ed., 2014, ch. 4.3.
    """
    n = np.asarray(n, float)
    require(n > 0.0, "n", n, "must be positive [-]")
    return np.asarray(stages) * n**2 * _at(np.asarray(q, float) / n, rate, head)


def stack_power(
    q: ArrayLike, n: ArrayLike, stages: ArrayLike, rate: ArrayLike, power: ArrayLike, rho: ArrayLike = WATER
) -> NDArray[np.float64]:
    r"""Shaft power of a stack of stages at a speed and a density.

    .. math:: P = N n^3 \frac{\rho}{\rho_w} p(q/n)

    Parameters
    ----------
    q, n, stages, rate : array_like
        As for :func:`stack_head`. [m³/s, -, -, m³/s]
    power : array_like, shape (k,)
        The catalogue's power of one stage on water. [W]
    rho : array_like
        Density of what is pumped. [kg/m³]

    Examples
    --------
    >>> float(stack_power(0.001, 0.5, 10, [0.0, 0.002, 0.004], [100.0, 120.0, 130.0]))
    150.0
    """
    n = np.asarray(n, float)
    require(n > 0.0, "n", n, "must be positive [-]")
    per_stage = np.maximum(_at(np.asarray(q, float) / n, rate, power), 0.0)
    return np.asarray(stages) * n**3 * (np.asarray(rho) / WATER) * per_stage


def best_efficiency(rate: ArrayLike, head: ArrayLike, power: ArrayLike) -> tuple[float, float]:
    r"""Rate and efficiency at the best-efficiency point of a curve on water.

    .. math:: \eta = \rho_w g q h / p, \quad \eta'(q_{best}) = 0

    Parameters
    ----------
    rate, head, power : array_like, shape (k,)
        The curve of a stage, or of a whole pump. [m³/s, m, W]

    Notes
    -----
    The top of the parabola through the best tested point and its neighbours; the tested end where that is best.

    Examples
    --------
    >>> q, eta = best_efficiency([0.0, 1e-3, 2e-3, 3e-3], [10.0, 9.0, 7.0, 3.0], [150.0, 180.0, 210.0, 240.0])
    >>> round(q * 1e3, 3), round(eta, 3)
    (1.864, 0.658)
    """
    rate, head, power = (np.asarray(x, float) for x in (rate, head, power))
    eta = WATER * 9.80665 * rate * head / power
    top = int(eta.argmax())
    if top in (0, eta.size - 1):
        return float(rate[top]), float(eta[top])
    near = slice(top - 1, top + 2)
    parabola = np.polynomial.Polynomial.fit(rate[near], eta[near], 2)
    q_best = float(parabola.deriv().roots()[0].real)
    return q_best, float(parabola(q_best))


def _at(x: NDArray, rate: ArrayLike, values: ArrayLike) -> NDArray[np.float64]:
    require(np.diff(np.asarray(rate, float)) > 0.0, "rate", rate[1:], "must rise from point to point [m³/s]")
    return straight(x, rate, values)
