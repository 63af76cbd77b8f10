"""What a gauge tells of a machine's health: how it shakes, and what leaks to ground.

The laws are those of :mod:`plant.physics.vibration` and :mod:`plant.physics.insulation`, on one well's numbers.
"""

from __future__ import annotations

import numpy as np

from plant.physics.elementwise import choose, elementwise
from plant.process.esp.rate import fed
from plant.process.esp.row import Array, Liquid, Motion, Parameters

CRITICAL = 1.6  # first bending speed of a new shaft, over test speed
DAMPING = 0.15
LINE_SHARE = 5e-3  # shaking at twice the supply frequency, per unbalance of the currents [m/s]
FLOW_BASE, FLOW_SHARE = 2e-4, 4e-3  # of a pump at its best point, and more by gas, thrust and cavitation [m/s]
ROUGHNESS = 2e-3  # by worn bearings at test speed [m/s]
HALVING = 12.0  # of insulation resistance, by so many kelvin
WETTING = 14.0  # factor by which water in the motor lowers it, as a power of e
SOURCE = 100.0  # impedance of what measures the leakage [Ω]


@elementwise
def body_vibration(
    m: Motion, x_p: Array, f: Array, spread: Array, p_eye: Array, w: Parameters, li: Liquid
) -> Array:  # fmt: skip
    """Velocity of the housing, root mean square [m/s]."""
    turn = np.abs(m.n)
    ratio = turn / (CRITICAL * (1.0 - 0.4 * w.bearing_wear))
    amplified = 1.0 / np.sqrt(np.square(1.0 - ratio * ratio) + np.square(2.0 * DAMPING * ratio))
    once = w.eccentricity * w.test_turn * turn * ratio * ratio * amplified * 0.70710678
    rate = m.q / (w.last_rate * w.flow_factor * li.rate)
    astray = np.abs(rate / np.maximum(turn, 0.05) - 0.55) / 0.55
    hungry = 1.0 - fed(p_eye)
    rough = np.minimum(x_p, 1.0) + hungry + 0.4 * np.maximum(astray - 0.6, 0.0) + 4.0 * w.solids
    broad = turn * turn * (FLOW_BASE + FLOW_SHARE * rough + ROUGHNESS * w.bearing_wear)
    line = LINE_SHARE * spread * choose(f > 0.0, 1.0, 0.0)
    snapped = (1.0 - w.coupling) * 3e-3 * choose(f > 0.0, 1.0, 0.0)
    return np.sqrt(once * once + broad * broad + line * line + snapped * snapped)


@elementwise
def ground_leakage(voltage: Array, T_m: Array, w: Parameters) -> Array:
    """Current to ground through the insulation of cable and motor [A]."""
    resistance = w.insulation * np.exp(-0.69314718 * (T_m - 293.15) / HALVING - WETTING * w.motor_water)
    return voltage / 1.7320508 / (resistance + SOURCE)
