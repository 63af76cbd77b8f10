"""Insulation of motor and cable: its resistance falls with heat, water and age, and what leaks is what is measured."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from plant.physics.validity import require
from plant.unit import zero_Celsius

Array = NDArray[np.float64]

T_REFERENCE = zero_Celsius + 40.0  # to which measured resistances are referred
HALVING = 10.0  # rise of temperature that halves resistance, and life [K]
WETTING = 25.0  # logarithm of the resistance lost to a motor full of water


def insulation_resistance(reference: ArrayLike, T: ArrayLike, water: ArrayLike = 0.0, age: ArrayLike = 0.0) -> Array:
    r"""Resistance to ground at a temperature.

    .. math:: R = R_{40}\,2^{-(T - T_{40})/10}\,e^{-k w}\,(1 - a)

    Parameters
    ----------
    reference : array_like
        :math:`R_{40}` at 40 °C, dry and new. [Ω]
    T : array_like
        Of the winding or core. [K]
    water : array_like
        Share :math:`w` of water in the oil around it, from 0 to 1. [-]
    age : array_like
        Share :math:`a` of the life used up, from 0 to 1. [-]

    Raises
    ------
    OutOfRange
        If ``water`` or ``age`` is not between 0 and 1.

    Notes
    -----
    Halving with every 10 K is IEEE 43's rule [1]_. Water is taken to lower the logarithm evenly, from gigaohms of a
    dry motor to less than a kilohm of a flooded one.

    Examples
    --------
    >>> float(insulation_resistance(1e9, 333.15))
    250000000.0

    References
    ----------
    .. [1] IEEE Std 43-2013, Testing Insulation Resistance of Electric Machinery.
    """
    water, age = np.asarray(water, float), np.asarray(age, float)
    require((water >= 0.0) & (water <= 1.0), "water", water, "must be from 0 to 1 [-]")
    require((age >= 0.0) & (age <= 1.0), "age", age, "must be from 0 to 1 [-]")
    warm = np.asarray(reference) * 2.0 ** ((T_REFERENCE - np.asarray(T)) / HALVING)
    return warm * np.exp(-WETTING * water) * (1.0 - age)


def parallel_resistance(*resistances: ArrayLike) -> Array:
    r"""Resistance to ground of parts together, such as cable, motor and penetrator; one earthed part earths all.

    .. math:: 1/R = \sum 1/R_i

    Parameters
    ----------
    *resistances : array_like
        Of each, not negative. [Ω]

    Raises
    ------
    OutOfRange
        If any is negative.

    Examples
    --------
    >>> float(parallel_resistance(2e6, 2e6)), float(parallel_resistance(2e6, 0.0))
    (1000000.0, 0.0)
    """
    conductance: Array = np.zeros(())
    for resistance in resistances:
        resistance = np.asarray(resistance, float)
        require(resistance >= 0.0, "resistance", resistance, "must not be negative [Ω]")
        conductance = conductance + 1.0 / np.maximum(resistance, 1e-300)
    return np.where(conductance < 1e290, 1.0 / np.maximum(conductance, 1e-300), 0.0)


def leakage_current(voltage: ArrayLike, resistance: ArrayLike, source: ArrayLike = 100.0) -> Array:
    r"""Current to ground through the insulation.

    .. math:: I = \frac{U}{\sqrt{3} (R + R_s)}

    Parameters
    ----------
    voltage : array_like
        Between lines. [V]
    resistance : array_like
        Of the insulation, not negative. [Ω]
    source : array_like
        Of what limits a fault to ground. [Ω]

    Raises
    ------
    OutOfRange
        If ``resistance`` is negative.

    Examples
    --------
    >>> round(float(leakage_current(1732.05, 1e6)) * 1e3, 3)
    1.0
    """
    resistance = np.asarray(resistance, float)
    require(resistance >= 0.0, "resistance", resistance, "must not be negative [Ω]")
    return np.asarray(voltage) / np.sqrt(3.0) / (resistance + source)


def ageing_rate(T: ArrayLike, T_rated: ArrayLike, life: float = 1.75e8) -> Array:
    r"""Share of an insulation's life used up a second.

    .. math:: \dot{a} = \frac{2^{(T - T_r)/10}}{\tau}

    Parameters
    ----------
    T : array_like
        Of the winding. [K]
    T_rated : array_like
        At which the insulation lasts its life. [K]
    life : float
        Life :math:`\tau` there: 20,000 h is 7.2e7, 48,600 h the default. [s]

    Notes
    -----
    Montsinger's rule [1]_: 10 K more halve the life.

    Examples
    --------
    >>> float(ageing_rate(463.15, 453.15, 1e8)) * 1e8
    2.0

    References
    ----------
    .. [1] V. M. Montsinger, AIEE Trans. 49(2), 1930, p. 776.
    """
    return 2.0 ** ((np.asarray(T) - T_rated) / HALVING) / life
