"""A submersible induction motor on a drive that holds volts per hertz.

A factory test gives efficiency and power factor over a range of loads. Both follow closely from two
losses and two reactive powers, one constant and one growing with the square of the torque, and those
hold beyond the test: at no load, in overload and at another frequency.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from plant.physics.validity import require
from plant.unit import hp


class MotorLosses(NamedTuple):
    """What a motor takes besides shaft power at rated frequency: constant parts [W] and load parts [1/W]."""

    constant: float | NDArray[np.float64]  # of one motor, or of many
    load: float | NDArray[np.float64]
    reactive: float | NDArray[np.float64]
    reactive_load: float | NDArray[np.float64]


def fit_losses(shaft_power: ArrayLike, efficiency: ArrayLike, power_factor: ArrayLike) -> MotorLosses:
    r"""The losses behind tested efficiencies and power factors, by least squares.

    .. math:: P/\eta - P = a + b P^2, \quad (P/\eta) \tan\phi = c + d P^2

    Parameters
    ----------
    shaft_power : array_like, shape (k,)
        Delivered at the shaft. [W]
    efficiency, power_factor : array_like, shape (k,)
        Of the motor. [-]

    Notes
    -----
    Neither load part may be negative: where a test says so, it is taken as none.

    Examples
    --------
    >>> fit = fit_losses([2e4, 4e4], [0.8, 0.8], [0.7, 0.8])
    >>> round(fit.constant + fit.load * 4e4**2)
    10000
    """
    power, efficiency, power_factor = (np.asarray(x, float) for x in (shaft_power, efficiency, power_factor))
    taken = power / efficiency
    loss = _constant_and_square(power, taken - power)
    reactive = _constant_and_square(power, taken * np.tan(np.arccos(power_factor)))
    return MotorLosses(*loss, *reactive)


def _constant_and_square(x: NDArray, y: NDArray) -> tuple[float, float]:
    square = x * x
    spread = square - square.mean()
    growth = max(float(spread @ y / (spread @ spread)), 0.0)
    return float(y.mean() - growth * square.mean()), growth


def electrical_power(shaft_power: ArrayLike, frequency: ArrayLike, losses: MotorLosses) -> tuple[NDArray, NDArray]:
    r"""Active and reactive power taken at a shaft power and a frequency.

    .. math:: P_e = P + \nu a + b (P/\nu)^2, \quad Q_e = \nu [c + d (P/\nu)^2]

    Parameters
    ----------
    shaft_power : array_like
        Delivered at the shaft. [W]
    frequency : array_like
        Frequency :math:`\nu` over rated frequency, positive. [-]
    losses : MotorLosses
        Of the motor at rated frequency. [W, 1/W, W, 1/W]

    Notes
    -----
    With volts per hertz held, magnetising current is constant and the load parts go with torque,
    which is power over frequency [1]_.

    Examples
    --------
    >>> active, reactive = electrical_power(0.0, 1.0, MotorLosses(1e4, 1e-6, 3e4, 1e-6))
    >>> float(active), float(reactive)
    (10000.0, 30000.0)

    References
    ----------
    .. [1] W. Leonhard, Control of Electrical Drives, 3rd ed., 2001, ch. 10.
    """
    square = np.square(shaft_power / frequency)
    active = shaft_power + frequency * losses.constant + losses.load * square
    return active, frequency * (losses.reactive + losses.reactive_load * square)


def line_current(active: ArrayLike, reactive: ArrayLike, voltage: ArrayLike) -> NDArray[np.float64]:
    r"""Current in each of three phases.

    .. math:: I = \frac{\sqrt{P^2 + Q^2}}{\sqrt{3} U}

    Parameters
    ----------
    active, reactive : array_like
        Power taken. [W, var]
    voltage : array_like
        Between phases, positive. [V]

    Examples
    --------
    >>> round(float(line_current(3e4, 4e4, 1000.0)), 3)
    28.868
    """
    return np.hypot(active, reactive) / (np.sqrt(3.0) * np.asarray(voltage))


def corripio_efficiency(shaft_power: ArrayLike) -> NDArray[np.float64]:
    r"""Efficiency of an industrial motor of a size, where no test says it.

    .. math:: \eta = 0.8 + 0.0319 \ln P - 0.00182 \ln^2 P

    Parameters
    ----------
    shaft_power : array_like
        Rated, in the formula in hp. [W]

    Raises
    ------
    OutOfRange
        If ``shaft_power`` is not positive.

    Notes
    -----
    For sizes from 1 to 1500 hp [1]_. Submersible motors, thin and hot, stay several points below.

    Examples
    --------
    >>> round(float(corripio_efficiency(137 * hp)), 5)
    0.91289

    References
    ----------
    .. [1] A. B. Corripio, K. S. Chrien, L. B. Evans, Chem. Eng. 89(2), 1982, p. 115.
    """
    shaft_power = np.asarray(shaft_power, float)
    require(shaft_power > 0.0, "shaft_power", shaft_power, "must be positive [W]")
    size = np.log(shaft_power / hp)
    return 0.8 + 0.0319 * size - 0.00182 * size**2


def current_by_test(
    shaft_power: ArrayLike,
    frequency: ArrayLike,
    voltage: ArrayLike,
    power: ArrayLike,
    efficiency: ArrayLike,
    power_factor: ArrayLike,
) -> NDArray[np.float64]:
    r"""Current by the tested efficiencies and power factors as they stand.

    .. math::

        P_e = P + \nu\,L(P/\nu), \quad Q_e = \nu\,Q(P/\nu), \quad I = \frac{\sqrt{P_e^2 + Q_e^2}}{\sqrt{3}\,U}

    Parameters
    ----------
    shaft_power : array_like
        Delivered at the shaft. [W]
    frequency : array_like
        Frequency :math:`\nu` over rated frequency, positive. [-]
    voltage : array_like
        Between phases, positive. [V]
    power, efficiency, power_factor : array_like, shape (k,)
        The factory test, by rising shaft power; losses :math:`L` and reactive power :math:`Q` follow. [W, -, -]

    Notes
    -----
    Straight between the tested points. Beyond them losses and reactive power stay those of the test's ends,
    as magnetising current does; :func:`electrical_power` reaches further.

    Examples
    --------
    >>> round(float(current_by_test(4e4, 1.0, 1000.0, [2e4, 4e4], [0.7, 0.8], [0.7, 0.8])), 3)
    36.084
    """
    power, shaft_power = np.asarray(power), np.asarray(shaft_power)
    taken = power / efficiency
    load = shaft_power / frequency
    active = shaft_power + frequency * np.interp(load, power, taken - power)
    reactive = frequency * np.interp(load, power, taken * np.tan(np.arccos(power_factor)))
    return line_current(active, reactive, voltage)
