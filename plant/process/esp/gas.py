"""Free gas in a pump: how much gathers there, and what it takes of the head."""

from __future__ import annotations

import numpy as np

from plant.physics.elementwise import choose, elementwise
from plant.process.esp.pressure import intake_pressure, place, shares
from plant.process.esp.row import Array, Liquid, Motion, Parameters

PUMP_VOLUME = 0.05  # of the passages of a whole pump [m³]
GATHERING = 0.02  # rate at which bubbles stay behind in turning impellers [1/s]
SHEDDING = 0.05  # rate at which they leave one that hardly turns [1/s]
HOLDING_SPEED = 0.6  # over test speed, below which they begin to
COVER = 1.0  # of liquid above the intake [m], at which half of what enters is gas
MOST_GAS = 4.0  # per liquid in a pump: it is full of gas
SLUG_PERIOD = 45.0  # between slugs of gas or sand [s]


@elementwise
def eye_pressure(m: Motion, w: Parameters, li: Liquid) -> Array:
    """At the first impeller, behind the intake's screen [Pa]."""
    p_in, _ = intake_pressure(place(m, w, li), w, li)
    return p_in - w.intake_loss * np.abs(m.q) * m.q


@elementwise
def gas_factor(x_p: Array, m: Motion, w: Parameters, li: Liquid) -> Array:
    """Head with gas over head without, by Turpin (:func:`plant.physics.esp.gas.turpin_head_factor`)."""
    per_psi = x_p / (np.maximum(eye_pressure(m, w, li), 1e5) / 6894.757)
    return np.exp(np.minimum(-per_psi * (346_430.0 * per_psi - 410.0), 0.0))


@elementwise
def pump_gas(x_p: Array, phase: Array, m: Motion, w: Parameters, li: Liquid, dt: float) -> tuple[Array, Array]:
    """Free gas per liquid in the pump: swept along by the flow, held back by turning impellers, let go by slow ones."""
    at = place(m, w, li)
    p_in, _ = intake_pressure(at, w, li)
    s = shares(m, p_in, w, li)
    p_eye = np.maximum(eye_pressure(m, w, li), 1e5)
    dissolved = s.lifted.oil * li.gas_per_pressure * p_eye
    arriving = np.maximum(s.lifted.gas - dissolved, 0.0) * li.gas_volume / p_eye
    wave = 4.0 * np.abs(phase - np.floor(phase) - 0.5) - 1.0
    arriving = arriving * (1.0 + w.slugging * (1.0 + 2.0 * wave) * choose(wave > 0.0, 1.0, 0.3))
    above = np.maximum(at.hole - w.sump_volume, 0.0) / w.annulus_area / COVER
    arriving = np.maximum(arriving, 0.0) + 1.0 / (1.0 + above * above)
    swept = np.abs(m.q) / PUMP_VOLUME
    held = GATHERING * m.n * m.n * arriving
    slack = np.maximum(1.0 - np.square(m.n / HOLDING_SPEED), 0.0)
    gone = swept + SHEDDING * slack
    share = 1.0 - 1.0 / (1.0 + dt * gone * (1.0 + 0.5 * dt * gone))
    settled_at = (swept * arriving + held) / (gone + 1e-6)
    x_next = x_p + (np.minimum(settled_at, MOST_GAS) - x_p) * share + dt * held * choose(gone > 1e-6, 0.0, 1.0)
    return np.minimum(x_next, MOST_GAS), phase + dt / SLUG_PERIOD
