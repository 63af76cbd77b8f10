"""A step of the plant for a well: its drive and choke run, the liquid moves in substeps, and what is slower follows.

Electrical power is what the shaft took in the step plus the motor's losses; the heat of those warms the
windings, which the liquid that passes them cools. Each loss is counted once, where it arises, so that what
the drive gave is what the shaft, the windings and the cable got.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from plant.process.elementwise import choose, elementwise, worst
from plant.process.esp.condition import body_vibration, ground_leakage
from plant.process.esp.motion import (
    hydrostatic,
    intake_pressure,
    motor_torque,
    place,
    reservoir_swell,
    shares,
    substep,
    tubing_pressure,
)
from plant.process.esp.row import Array, Liquid, Motion, Outside, Parameters, Slow

AGREEMENT = 1e-5  # of a stride's stages, over which it is taken in parts
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
LEAST_RATE = 0.05  # of the last tested one: a slower well's properties are those at this rate
SPREAD_LAG = 300.0  # of gas along a tubing, and of what comes out of solution there [s]
SLUG_PERIOD = 45.0  # between slugs of gas or sand [s]
LEAST_RATIO = 0.02  # of frequency over rated: below, the losses of a start are those of this ratio
STANDSTILL = 0.35  # slip at which half of the locked rotor's current flows
UNBALANCE_GAIN = 7.0  # of currents over that of voltages: the motor's impedance to the negative sequence is low
COPPER_20, COPPER_ZERO = 293.15, 234.5 + 20.0  # resistance rises from zero at −234.5 °C [K]


@elementwise
def step(
    m: Motion, o: Slow, w: Parameters, li: Liquid, u: Outside, dt: Array, parts: int, table: Array
) -> tuple[Motion, Slow]:
    """Everything of a well ``dt`` seconds later [s]: in one stride where that does, else in up to ``parts``."""
    now, then, apart = stride(m, o, w, li, u, dt, table)
    parts = int(min(np.ceil(np.sqrt(worst(apart) / AGREEMENT)), parts))
    if parts > 1:
        now, then = m, o
        for _ in range(parts):
            now, then, _ = stride(now, then, w, li, u, dt / parts, table)
    return now, then


@elementwise
def stride(
    m: Motion, o: Slow, w: Parameters, li: Liquid, u: Outside, dt: Array, table: Array
) -> tuple[Motion, Slow, Array]:
    """Everything ``dt`` later, and how far the stages of the liquid's motion disagree."""
    f, z = driven_frequency(o.f, w, u, dt), moved_choke(o.z, w, u, dt)
    now = present(li, o)
    degraded = gas_factor(o.x_p, m, w, now)
    moved, apart = substep(m, dt, o.f, o.z, f, z, o.x_p, degraded, w, now, u, table)
    x_p, phase = pump_gas(o.x_p, o.phase, moved, w, now, dt)
    apart = apart + np.abs(f - o.f) / w.test_frequency + np.abs(z - o.z)
    return moved, settled(m, moved, o, f, z, x_p, phase, w, li, u, dt), apart


@elementwise
def present(li: Liquid, o: Slow) -> Liquid:
    """The properties as they are: those that lag as they have got to."""
    return Liquid(
        o.B_hole, o.B_tubing, o.gas_volume_tubing, o.dissolved, o.gas_slip, o.full, li.gas_volume_top, li.soluble,
        li.shortfall, li.gas_per_pressure, li.gas_volume, li.gas_volume_casing, li.separated, li.gas_slip_hole,
        li.rho_annulus, li.rho_below, li.laminar_below, li.turbulent_below, li.laminar, li.turbulent,
        li.laminar_line, li.turbulent_line, li.head, li.rate, li.torque,
    )  # fmt: skip


@elementwise
def driven_frequency(f: Array, w: Parameters, u: Outside, dt: Array) -> Array:
    """Of a drive that ramps, quickly up to its least frequency and by its slew beyond; none when it is off."""
    ramp = choose(f < w.least_frequency, w.start_ramp, w.frequency_slew) * dt
    change = np.minimum(np.maximum(u.frequency - f, -ramp), ramp)
    return choose(u.energised * u.attached > 0.5, f + change, 0.0)


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
    arriving = arriving * (1.0 + w.slugging * (1.0 + 2.0 * wave) * choose(wave > 0.0, 1.0, 0.3))
    above = np.maximum(at.hole - w.sump_volume, 0.0) / w.annulus_area / COVER
    arriving = np.maximum(arriving, 0.0) + 1.0 / (1.0 + above * above)
    swept = np.abs(m.q) / PUMP_VOLUME
    held = GATHERING * m.n * m.n * arriving
    slack = np.maximum(1.0 - np.square(m.n / HOLDING_SPEED), 0.0)
    gone = swept + SHEDDING * slack
    share = 1.0 - np.exp(-dt * gone)
    settled_at = (swept * arriving + held) / (gone + 1e-6)
    x_next = x_p + (np.minimum(settled_at, MOST_GAS) - x_p) * share + dt * held * choose(gone > 1e-6, 0.0, 1.0)
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
    on = u.energised * u.attached
    torque, _ = motor_torque(m.n, f, np.minimum(u.supply * w.supply, 1.0), on, w)
    shaft = w.coupling * torque * m.n * w.test_turn
    e = electricity(shaft, m.n, f, u.supply, on, w)
    cable = w.cable_resistance * (o.T_i + COPPER_ZERO - COPPER_20) / COPPER_ZERO + w.contact_resistance
    lost = 3.0 * cable * e.current * e.current
    produced = m.q / reservoir_swell(w, li)
    follow = dt / (SPREAD_LAG + 0.5 * dt)
    flowing = np.minimum(np.abs(m.q) / (LEAST_RATE * w.last_rate), 1.0)
    spread = li.gas_volume_top + (li.gas_volume_tubing - li.gas_volume_top) * flowing
    p, most = mean_tubing_pressure(m, o, w, li), m.t_g / np.maximum(m.t_o, 1e-9)
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
        drawn=o.drawn + (m.turned - before.turned) + dt * (e.loss + lost),
        cabled=o.cabled + dt * lost,
        warmed=o.warmed + dt * e.loss,
        cooled=o.cooled + dt * given,
        vibration=body_vibration(m, x_p, f, e.unbalance, w, li),
        leakage=ground_leakage(e.voltage, T_m, w),
        B_hole=o.B_hole + (li.B_hole - o.B_hole) * follow,
        B_tubing=o.B_tubing + (li.B_tubing - o.B_tubing) * follow,
        gas_volume_tubing=o.gas_volume_tubing + (spread - o.gas_volume_tubing) * follow,
        dissolved=o.dissolved + (li.shortfall * np.minimum(li.soluble * p, most) - o.dissolved) * follow,
        gas_slip=o.gas_slip + (li.gas_slip - o.gas_slip) * follow,
        full=o.full + (li.full - o.full) * follow * flowing,
    )


@elementwise
def mean_tubing_pressure(m: Motion, o: Slow, w: Parameters, li: Liquid) -> Array:
    """Half way between pump and wellhead [Pa]."""
    at = place(m, w, present(li, o))
    p_wh, _ = tubing_pressure(at.liquid, at.gas, w)
    return p_wh + 0.5 * hydrostatic(at.weight, w)


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
