"""What a motor takes from its drive: by the losses of its factory test, and of a rotor that stands."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from plant.physics.elementwise import elementwise
from plant.process.esp.row import Array, Parameters

LEAST_RATIO = 0.02  # of frequency over rated: below, the losses of a start are those of this ratio
STANDSTILL = 0.35  # slip at which half of the locked rotor's current flows
COPPER_20, COPPER_ZERO = 293.15, 234.5 + 20.0  # resistance rises from zero at −234.5 °C [K]
UNBALANCE_GAIN = 7.0  # of currents over that of voltages: the motor's impedance to the negative sequence is low


class Electricity(NamedTuple):
    """What a motor takes at its terminals."""

    loss: Array  # in windings and iron [W]
    active: Array  # [W]
    voltage: Array  # between phases [V]
    current: Array  # mean of three phases [A]
    unbalance: Array


@elementwise
def electricity(
    shaft: Array, n: Array, f: Array, supply: Array | float, on: Array | float, w: Parameters
) -> Electricity:
    """By the losses of the factory test, at the flux that the voltage gives; and those of a rotor that stands."""
    ratio = np.maximum(f / w.test_frequency, LEAST_RATIO)
    flux = np.minimum(supply * w.supply, 1.0)
    torque = shaft / np.maximum(np.abs(n), LEAST_RATIO) / np.maximum(flux, 0.1)  # over test speed, so in W
    slip = np.minimum(np.abs(w.direction * ratio - n) / ratio, 1.0)
    stalled = slip * slip / (slip * slip + STANDSTILL * STANDSTILL) * flux * flux * ratio
    unbalance = UNBALANCE_GAIN * w.voltage_unbalance * on
    burden = (1.0 + w.motor_water) * (1.0 + 3.0 * unbalance * unbalance + 2.0 * w.distortion * w.distortion)
    usual = ratio * w.loss_constant * flux * flux + w.loss_load * torque * torque
    loss = on * (usual * burden + stalled * w.locked_power)
    reactive = ratio * (w.reactive * flux * flux + w.reactive_load * torque * torque) + stalled * w.locked_reactive
    voltage = on * ratio * w.rated_voltage * flux
    active = on * (shaft + loss)
    current = np.sqrt(active * active + on * reactive * reactive) / (1.7320508 * np.maximum(voltage, 1.0))
    return Electricity(loss, active, voltage, current, unbalance)


@elementwise
def cable_loss(current: Array, T: Array, w: Parameters) -> Array:
    """What a cable of a temperature turns into heat [W]."""
    resistance = w.cable_resistance * (T + COPPER_ZERO - COPPER_20) / COPPER_ZERO + w.contact_resistance
    return 3.0 * resistance * current * current
