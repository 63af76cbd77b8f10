"""The step-up transformer between a drive and a cable: its tap makes up for what the cable drops."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from plant.physics.validity import require

Array = NDArray[np.float64]


def tap_ratio(motor_voltage: ArrayLike, cable_drop: ArrayLike, supply_voltage: ArrayLike, step: float = 0.05) -> Array:
    r"""The lowest tap that gives the motor its voltage.

    .. math:: a = \delta \left\lceil \frac{U_m + \Delta U}{U_s\,\delta} \right\rceil

    Parameters
    ----------
    motor_voltage : array_like
        Rated, between lines. [V]
    cable_drop : array_like
        Of the cable at rated current. [V]
    supply_voltage : array_like
        Of the drive at rated frequency, positive. [V]
    step : float
        Between taps, of the turns ratio. [-]

    Raises
    ------
    OutOfRange
        If ``supply_voltage`` is not positive.

    Examples
    --------
    >>> round(float(tap_ratio(1000.0, 112.6, 400.0)), 2)
    2.8
    """
    supply_voltage = np.asarray(supply_voltage, float)
    require(supply_voltage > 0.0, "supply_voltage", supply_voltage, "must be positive [V]")
    return step * np.ceil((np.asarray(motor_voltage) + cable_drop) / supply_voltage / step - 1e-9)


def secondary_voltage(
    primary: ArrayLike,
    ratio: ArrayLike,
    load: ArrayLike,
    power_factor: ArrayLike,
    resistance: float = 0.012,
    reactance: float = 0.04,
) -> Array:
    r"""Voltage behind a loaded transformer.

    .. math:: U_2 = a U_1 [1 - k (r \cos\varphi + x \sin\varphi)]

    Parameters
    ----------
    primary : array_like
        Voltage before it. [V]
    ratio : array_like
        Turns ratio :math:`a`. [-]
    load : array_like
        Current over rated current, :math:`k`. [-]
    power_factor : array_like
        Of the load, from 0 to 1. [-]
    resistance, reactance : float
        Of the windings, per unit. [-]

    Examples
    --------
    >>> round(float(secondary_voltage(400.0, 2.8, 1.0, 0.85)), 1)
    1085.0
    """
    power_factor = np.asarray(power_factor, float)
    require((power_factor >= 0.0) & (power_factor <= 1.0), "power_factor", power_factor, "must be from 0 to 1 [-]")
    drop = np.asarray(load) * (resistance * power_factor + reactance * np.sqrt(1.0 - power_factor**2))
    return np.asarray(primary) * ratio * (1.0 - drop)


def transformer_loss(rated: ArrayLike, load: ArrayLike, iron: float = 0.004, copper: float = 0.012) -> Array:
    r"""Power lost in a transformer.

    .. math:: P = S (p_{Fe} + p_{Cu} k^2)

    Parameters
    ----------
    rated : array_like
        Apparent power :math:`S`. [VA]
    load : array_like
        Current over rated current, :math:`k`. [-]
    iron, copper : float
        Losses at no load and at rated current, over rated power. [-]

    Examples
    --------
    >>> round(float(transformer_loss(1e5, 0.5)), 6)
    700.0
    """
    return np.asarray(rated) * (iron + copper * np.square(load))
