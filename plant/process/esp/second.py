"""A step of the plant for a well: its drive and choke run, the liquid moves in substeps, and what is slower follows.

Electrical power is what the shaft took in the step plus the motor's losses; the heat of those warms the
windings, which the liquid that passes them cools. Each loss is counted once, where it arises, so that what
the drive gave is what the shaft, the windings and the cable got.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from plant.process.elementwise import elementwise
from plant.process.esp.condition import body_vibration, ground_leakage
from plant.process.esp.motion import intake_pressure, place, reservoir_swell, shares, substep
from plant.process.esp.row import Array, Liquid, Motion, Outside, Parameters, Slow

HEAT_CAPACITY = 3.2e6  # of produced liquid [J/m³/K]
INTAKE_VOLUME = 1.8  # of liquid and steel that warm with it, around the motor [m³]
ROCK_FLOW = 3e-5  # liquid that would carry off as much heat from there as the rock takes [m³/s]
WELLHEAD_LAG = 1200.0  # of tubing and its surroundings [s]
FILM_AT_REST, FILM = 40.0, 400.0  # from a motor's housing to liquid at rest, and more by it at 0.3 m/s [W/m²/K]
PUMP_VOLUME = 0.05  # of the passages of a whole pump [m³]
GATHERING = 0.02  # rate at which bubbles stay behind in turning impellers [1/s]
SHEDDING = 0.05  # rate at which they leave one that hardly turns [1/s]
HOLDING_SPEED = 0.6  # over test speed, below which they begin to
COVER = 1.0  # of liquid above the intake [m], at which half of what enters is gas
MOST_GAS = 4.0  # per liquid in a pump: it is full of gas
SLUG_PERIOD = 45.0  # between slugs of gas or sand [s]
LEAST_RATIO = 0.02  # of frequency over rated: below, the losses of a start are those of this ratio
STANDSTILL = 0.35  # slip at which half of the locked rotor's current flows
UNBALANCE_GAIN = 7.0  # of currents over that of voltages: the motor's impedance to the negative sequence is low
COPPER_20, COPPER_ZERO = 293.15, 234.5 + 20.0  # resistance rises from zero at −234.5 °C [K]


@elementwise
def step(
    m: Motion, o: Slow, w: Parameters, li: Liquid, u: Outside, dt: Array, parts: int, table: Array
) -> tuple[Motion, Slow]:
    """Everything of a well ``dt`` seconds later [s]."""
    f, z = driven_frequency(o.f, w, u, dt), moved_choke(o.z, w, u, dt)
    degraded = gas_factor(o.x_p, m, w, li)
    before, h = m, dt / parts
    for k in range(parts):
        a, b = k / parts, (k + 1) / parts
        m = substep(m, h, o.f + (f - o.f) * a, o.z + (z - o.z) * a, o.f + (f - o.f) * b, o.z + (z - o.z) * b,
                    o.x_p, degraded, w, li, u, table)  # fmt: skip
    x_p, phase = pump_gas(o.x_p, o.phase, m, w, li, dt)
    return m, settled(before, m, o, f, z, x_p, phase, w, li, u, dt)


@elementwise
def driven_frequency(f: Array, w: Parameters, u: Outside, dt: Array) -> Array:
    """Of a drive that ramps, quickly up to its least frequency and by its slew beyond; none when it is off."""
    ramp = np.where(f < w.least_frequency, w.start_ramp, w.frequency_slew) * dt
    change = np.minimum(np.maximum(u.frequency - f, -ramp), ramp)
    return np.where(u.energised * u.attached > 0.5, f + change, 0.0)


@elementwise
def moved_choke(z: Array, w: Parameters, u: Outside, dt: Array) -> Array:
    """Of an actuator that strokes."""
    stroke = w.choke_slew * dt
    wanted = np.minimum(np.maximum(u.choke, 0.0), 1.0)
    return z + np.minimum(np.maximum(wanted - z, -stroke), stroke)


@elementwise
def gas_factor(x_p: Array, m: Motion, w: Parameters, li: Liquid) -> Array:
    """Head with gas over head without, by Turpin (:func:`plant.physics.esp.gas.turpin_head_factor`)."""
    p_in, _ = intake_pressure(place(m, w, li), w, li)
    per_psi = x_p / (np.maximum(p_in, 1e5) / 6894.757)
    return np.exp(np.minimum(-per_psi * (346_430.0 * per_psi - 410.0), 0.0))


@elementwise
def pump_gas(x_p: Array, phase: Array, m: Motion, w: Parameters, li: Liquid, dt: Array) -> tuple[Array, Array]:
    """Free gas per liquid in the pump: swept along by the flow, held back by turning impellers, let go by slow ones."""
    at = place(m, w, li)
    p_in, _ = intake_pressure(at, w, li)
    s = shares(m, p_in, w, li)
    dissolved = s.lifted.oil * li.gas_per_pressure * np.maximum(p_in, 0.0)
    arriving = np.maximum(s.lifted.gas - dissolved, 0.0) * li.gas_volume / np.maximum(p_in, 1e5)
    wave = np.sin(phase)
    arriving = arriving * (1.0 + w.slugging * (1.0 + 2.0 * wave) * np.where(wave > 0.0, 1.0, 0.3))
    above = np.maximum(at.hole - w.sump_volume, 0.0) / w.annulus_area / COVER
    arriving = np.maximum(arriving, 0.0) + 1.0 / (1.0 + above * above)
    swept = np.abs(m.q) / PUMP_VOLUME
    held = GATHERING * m.n * m.n * arriving
    slack = np.maximum(1.0 - np.square(m.n / HOLDING_SPEED), 0.0)
    gone = swept + SHEDDING * slack
    share = dt * gone / (1.0 + dt * gone)
    settled_at = (swept * arriving + held) / (gone + 1e-6)
    x_next = x_p + (np.minimum(settled_at, MOST_GAS) - x_p) * share + dt * held * np.where(gone > 1e-6, 0.0, 1.0)
    return np.minimum(x_next, MOST_GAS), phase + dt * (2.0 * np.pi / SLUG_PERIOD)


class Electricity(NamedTuple):
    """What a motor takes at its terminals."""

    loss: Array  # in windings and iron [W]
    active: Array  # [W]
    voltage: Array  # between phases [V]
    current: Array  # mean of three phases [A]
    unbalance: Array


@elementwise
def electricity(shaft: Array, n: Array, f: Array, supply: Array, on: Array, w: Parameters) -> Electricity:
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
def settled(
    before: Motion, m: Motion, o: Slow, f: Array, z: Array, x_p: Array, phase: Array,
    w: Parameters, li: Liquid, u: Outside, dt: Array,
) -> Slow:  # fmt: skip
    """Electricity, heat and condition after a step of the liquid."""
    shaft = (m.turned - before.turned) / dt
    e = electricity(shaft, 0.5 * (before.n + m.n), f, u.supply, u.energised * u.attached, w)
    cable = w.cable_resistance * (o.T_i + COPPER_ZERO - COPPER_20) / COPPER_ZERO + w.contact_resistance
    lost = 3.0 * cable * e.current * e.current
    produced = m.q / reservoir_swell(w, li)
    T_m, T_i, given = warmed(o, produced, e.loss, w, dt)
    arriving = w.T_surface + (w.T_reservoir - w.T_surface) * np.exp(-w.q_cooling / np.maximum(produced, 1e-9))
    return Slow(
        f=f,
        z=z,
        x_p=x_p,
        phase=phase,
        T_m=T_m,
        T_i=T_i,
        T_wh=o.T_wh + (arriving - o.T_wh) * (dt / (WELLHEAD_LAG + dt)),
        voltage=e.voltage,
        current=e.current,
        unbalance=e.unbalance,
        power=e.active + lost,
        motor_heat=e.loss,
        drawn=o.drawn + dt * (e.active + lost),
        cabled=o.cabled + dt * lost,
        warmed=o.warmed + dt * e.loss,
        cooled=o.cooled + dt * given,
        vibration=body_vibration(m, x_p, f, e.unbalance, w, li),
        leakage=ground_leakage(e.voltage, T_m, w),
    )


@elementwise
def warmed(o: Slow, q_sc: Array, loss: Array, w: Parameters, dt: Array) -> tuple[Array, Array, Array]:
    """Windings and their surroundings after a step, and the heat that went from one to the other [K, K, W].

    Solved together at the end of the step, so that no step is too long.
    """
    forward = np.maximum(q_sc, 0.0)
    speed = np.abs(q_sc) / w.motor_gap / 0.3
    film = w.motor_area * w.cooling * (FILM_AT_REST + FILM * speed**0.8)
    capacity = HEAT_CAPACITY * INTAKE_VOLUME
    carried, rock = HEAT_CAPACITY * forward, HEAT_CAPACITY * ROCK_FLOW
    cooling = w.q_cooling * w.casing_length / w.tubing_length
    arrived = w.T_pump + (w.T_reservoir - w.T_pump) * np.exp(-cooling / np.maximum(forward, 1e-9))
    own, around = w.motor_capacity / dt + film, capacity / dt + film + carried + rock
    heat = loss + w.motor_capacity / dt * o.T_m
    incoming = capacity / dt * o.T_i + carried * arrived + rock * w.T_pump
    T_i = (incoming + film * heat / own) / (around - film * film / own)
    T_m = (heat + film * T_i) / own
    return T_m, T_i, film * (T_m - T_i)
