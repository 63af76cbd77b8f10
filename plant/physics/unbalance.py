"""Phases that differ: a little unbalance of voltage makes much unbalance of current, and heat."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from plant.physics.validity import require

Array = NDArray[np.float64]

TURN = np.exp(2j * np.pi / 3.0)
_DERATING = (0.0, 0.01, 0.02, 0.03, 0.04, 0.05), (1.0, 1.0, 0.95, 0.88, 0.82, 0.75)


def mean_unbalance(a: ArrayLike, b: ArrayLike, c: ArrayLike) -> Array:
    r"""Unbalance of three magnitudes as NEMA defines it.

    .. math:: u = \frac{\max_i |x_i - \bar{x}|}{\bar{x}}

    Parameters
    ----------
    a, b, c : array_like
        Voltages between lines, or currents; not negative. [V or A]

    Notes
    -----
    0 where all three are 0 [1]_.

    Examples
    --------
    >>> round(float(mean_unbalance(460.0, 467.0, 450.0)), 4)
    0.0196

    References
    ----------
    .. [1] NEMA MG 1-2021, part 14.36.
    """
    phases = np.stack(np.broadcast_arrays(*(np.asarray(x, float) for x in (a, b, c))))
    require(phases >= 0.0, "phase", phases, "must not be negative")
    mean = phases.mean(axis=0)
    return np.abs(phases - mean).max(axis=0) / np.where(mean > 0.0, mean, 1.0)


def sequence_components(a: ArrayLike, b: ArrayLike, c: ArrayLike) -> tuple[NDArray, NDArray]:
    r"""Positive and negative sequence of three phasors.

    .. math:: x_1 = (a + \alpha b + \alpha^2 c)/3, \quad x_2 = (a + \alpha^2 b + \alpha c)/3,
        \quad \alpha = e^{j 2\pi/3}

    Parameters
    ----------
    a, b, c : array_like of complex
        Phasors. [V or A]

    Examples
    --------
    >>> positive, negative = sequence_components(1.0, TURN**2, TURN)
    >>> round(float(abs(positive)), 6), round(float(abs(negative)), 6)
    (1.0, 0.0)

    References
    ----------
    .. [1] C. L. Fortescue, AIEE Trans. 37(2), 1918, p. 1027.
    """
    a, b, c = (np.asarray(x, complex) for x in (a, b, c))
    return (a + TURN * b + TURN**2 * c) / 3.0, (a + TURN**2 * b + TURN * c) / 3.0


def current_unbalance(voltage_unbalance: ArrayLike, locked_rotor: ArrayLike = 6.0, load: ArrayLike = 1.0) -> Array:
    r"""Negative over positive sequence of a motor's current, by that of its voltage.

    .. math:: \frac{I_2}{I_1} = \frac{U_2}{U_1} \frac{I_{LR}}{I_n k}

    Parameters
    ----------
    voltage_unbalance : array_like
        Negative over positive sequence of the voltage, not negative. [-]
    locked_rotor : array_like
        Starting over rated current, :math:`I_{LR}/I_n`. [-]
    load : array_like
        Current over rated current, :math:`k`, positive. [-]

    Raises
    ------
    OutOfRange
        If ``voltage_unbalance`` is negative or ``load`` not positive.

    Notes
    -----
    To the field that turns backwards the rotor is nearly locked, whatever its load: its slip is 2 - s. So 1 % of the
    voltage makes 6 to 10 % of the current [1]_.

    Examples
    --------
    >>> round(float(current_unbalance(0.01)), 3)
    0.06

    References
    ----------
    .. [1] NEMA MG 1-2021, part 14.36.
    """
    voltage_unbalance, load = np.asarray(voltage_unbalance, float), np.asarray(load, float)
    require(voltage_unbalance >= 0.0, "voltage_unbalance", voltage_unbalance, "must not be negative [-]")
    require(load > 0.0, "load", load, "must be positive [-]")
    return voltage_unbalance * locked_rotor / load


def phase_currents(mean: ArrayLike, unbalance: ArrayLike, angle: float = 0.0) -> Array:
    r"""Currents of the three phases under a negative sequence.

    .. math:: I_k = |I_1 + I_2 e^{j(\theta + 4\pi k/3)}|, \quad k = 0, 1, 2

    Parameters
    ----------
    mean : array_like, shape (...)
        Positive sequence :math:`I_1`. [A]
    unbalance : array_like, shape (...)
        :func:`current_unbalance`, :math:`I_2/I_1`. [-]
    angle : float
        Of the negative against the positive sequence in the first phase, :math:`\theta`. [rad]

    Returns
    -------
    ndarray, shape (3, ...)
        Of each phase. [A]

    Examples
    --------
    >>> [round(float(current), 2) for current in phase_currents(50.0, 0.06)]
    [53.0, 48.57, 48.57]
    """
    turns = np.exp(1j * (angle + 4.0 * np.pi / 3.0 * np.arange(3)))
    unbalance = np.asarray(unbalance, float)
    return np.asarray(mean) * np.abs(1.0 + np.multiply.outer(turns, unbalance))


def copper_heat(unbalance: ArrayLike) -> Array:
    r"""Copper losses over those of balanced phases.

    .. math:: 1 + (I_2/I_1)^2 k_R

    Parameters
    ----------
    unbalance : array_like
        :func:`current_unbalance`. [-]

    Notes
    -----
    :math:`k_R = 3`: at twice the supply frequency the current crowds into the top of the rotor's bars, and meets
    several times their resistance [1]_.

    Examples
    --------
    >>> float(copper_heat(0.1))
    1.03

    References
    ----------
    .. [1] B. N. Gafford, W. C. Duesterhoeft, C. C. Mosher, AIEE Trans. 78(3), 1959, p. 282.
    """
    return 1.0 + 3.0 * np.square(unbalance)


def nema_derating(voltage_unbalance: ArrayLike) -> Array:
    r"""Share of its rated power that a motor may give under unbalanced voltage.

    .. math:: k(0.01, 0.02, 0.03, 0.04, 0.05) = 1, 0.95, 0.88, 0.82, 0.75

    Parameters
    ----------
    voltage_unbalance : array_like
        :func:`mean_unbalance` of the voltages. [-]

    Raises
    ------
    OutOfRange
        If it is not from 0 to 0.05: beyond that a motor should not run.

    Examples
    --------
    >>> round(float(nema_derating(0.025)), 3)
    0.915

    References
    ----------
    .. [1] NEMA MG 1-2021, figure 14-1.
    """
    u = np.asarray(voltage_unbalance, float)
    require((u >= 0.0) & (u <= 0.05), "voltage_unbalance", u, "must be from 0 to 0.05 for a motor to run [-]")
    return np.interp(u, *_DERATING)
