"""A step of the plant for a well: its drive and choke run, the liquid moves in substeps, and what is slower follows.

Electrical power is what the shaft took in the step plus the motor's losses; the heat of those warms the
windings, which the liquid that passes them cools. Each loss is counted once, where it arises, so that what
the drive gave is what the shaft, the windings and the cable got.
"""

from __future__ import annotations

import numpy as np

from plant.physics.elementwise import choose, elementwise
from plant.process.esp.condition import body_vibration, ground_leakage
from plant.process.esp.electricity import cable_loss, electricity
from plant.process.esp.gas import gas_factor, pump_gas
from plant.process.esp.heat import warmed
from plant.process.esp.liquid import LEAST_RATE
from plant.process.esp.motion import substep
from plant.process.esp.pressure import (
    SMALL_DROP,
    hydrostatic,
    intake_pressure,
    place,
    reservoir_swell,
    root,
    tubing_pressure,
)
from plant.process.esp.rate import motor_torque
from plant.process.esp.row import Array, Liquid, Motion, Outside, Parameters, Slow

ABRUPT = 0.0005  # weight of what drive and choke do in a stride beside that
WELLHEAD_LAG = 1200.0  # of tubing and its surroundings [s]
SPREAD_LAG = 900.0  # of gas along a tubing and out of solution there: about as long as the liquid stays [s]


@elementwise
def parts_of(apart: float, agreement: float, parts: int) -> int:
    """Into which a stride is cut whose stages are so far apart, so that they agree."""
    enough = apart < agreement * parts * parts  # which no number is that is not one
    return int(np.ceil(np.sqrt(apart / agreement))) if enough else parts


@elementwise
def stride(
    m: Motion, o: Slow, w: Parameters, li: Liquid, u: Outside, dt: float, table: Array
) -> tuple[Motion, Slow, Array]:
    """Everything ``dt`` later, and how far the stages of the liquid's motion disagree."""
    f, z = driven_frequency(o.f, w, u, dt), moved_choke(o.z, w, u, dt)
    now = present(li, o)
    degraded = gas_factor(o.x_p, m, w, now)
    moved, apart = substep(m, dt, o.f, o.z, f, z, o.x_p, degraded, w, now, u, table)
    x_p, phase = pump_gas(o.x_p, o.phase, moved, w, now, dt)
    apart = apart + ABRUPT * (np.abs(f - o.f) / w.test_frequency + np.abs(z - o.z))
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
def driven_frequency(f: Array, w: Parameters, u: Outside, dt: float) -> Array:
    """Of a drive that ramps, quickly up to its least frequency and by its slew beyond; none when it is off."""
    at = ramp_time(f, w)
    then = at + np.minimum(np.maximum(ramp_time(u.frequency, w) - at, -dt), dt)
    least = w.least_frequency / w.start_ramp
    reached = np.minimum(then, least) * w.start_ramp + np.maximum(then - least, 0.0) * w.frequency_slew
    return choose(u.energised * u.attached > 0.5, reached, 0.0)


@elementwise
def ramp_time(f: Array, w: Parameters) -> Array:
    """That the ramp takes from standstill to a frequency [s]."""
    slow = np.maximum(f - w.least_frequency, 0.0)
    return (f - slow) / w.start_ramp + slow / w.frequency_slew


@elementwise
def moved_choke(z: Array, w: Parameters, u: Outside, dt: float) -> Array:
    """Of an actuator that strokes."""
    stroke = w.choke_slew * dt
    wanted = np.minimum(np.maximum(u.choke, 0.0), 1.0)
    return z + np.minimum(np.maximum(wanted - z, -stroke), stroke)


@elementwise
def settled(
    before: Motion, m: Motion, o: Slow, f: Array, z: Array, x_p: Array, phase: Array,
    w: Parameters, li: Liquid, u: Outside, dt: float,
) -> Slow:  # fmt: skip
    """Electricity, heat and condition after a step of the liquid."""
    on = u.energised * u.attached
    torque, _ = motor_torque(m.n, f, np.minimum(u.supply * w.supply, 1.0), on, w)
    shaft = w.coupling * torque * m.n * w.test_turn
    # a motor that its shaft has left turns by itself, near the speed of its field
    turning = w.coupling * m.n + (1.0 - w.coupling) * w.direction * f / w.test_frequency
    e = electricity(shaft, turning, f, u.supply, on, w)
    lost = cable_loss(e.current, o.T_i, w)
    produced = m.q / reservoir_swell(w, li)
    follow = dt / (SPREAD_LAG + 0.5 * dt)
    flowing = np.minimum(np.abs(m.q) / (LEAST_RATE * w.last_rate), 1.0)
    spread = li.gas_volume_top + (li.gas_volume_tubing - li.gas_volume_top) * flowing
    at = place(m, w, present(li, o))
    p_in, _ = intake_pressure(at, w, li)
    p_wh, _ = tubing_pressure(at.liquid, at.gas, w)
    standing, most = hydrostatic(at.weight, w), m.t_g / np.maximum(m.t_o, 1e-9)
    soluble = li.soluble * (p_wh + 0.5 * standing)
    returned = returned_heat(before, m, p_wh + standing - p_in, w, dt)
    T_m, T_i, given = warmed(o, produced, e.loss, returned, w, dt)
    leakage = ground_leakage(e.voltage, T_m, w)
    spread_currents = e.unbalance + leakage / np.maximum(e.current, 1.0)  # what goes to ground loads one phase
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
        unbalance=spread_currents,
        power=e.active + lost,
        motor_heat=e.loss,
        drawn=o.drawn + (m.turned - before.turned) + dt * (e.loss + lost),
        cabled=o.cabled + dt * lost,
        warmed=o.warmed + dt * e.loss,
        cooled=o.cooled + dt * given,
        vibration=body_vibration(m, x_p, f, e.unbalance, p_in - w.intake_loss * np.abs(m.q) * m.q, w, li),
        leakage=leakage,
        B_hole=o.B_hole + (li.B_hole - o.B_hole) * follow,
        B_tubing=o.B_tubing + (li.B_tubing - o.B_tubing) * follow,
        gas_volume_tubing=o.gas_volume_tubing + (spread - o.gas_volume_tubing) * follow,
        dissolved=o.dissolved + (li.shortfall * np.minimum(soluble, most) - o.dissolved) * follow,
        gas_slip=o.gas_slip + (li.gas_slip - o.gas_slip) * follow,
        full=o.full + (li.full - o.full) * follow * flowing,
    )


@elementwise
def returned_heat(before: Motion, m: Motion, drop: Array, w: Parameters, dt: float) -> Array:
    """What a leak above the pump brings back to the intake of the heat that the pump gave its liquid [W]."""
    fallen, _ = root(drop, SMALL_DROP)
    share = np.minimum(w.tubing_leak * np.maximum(fallen, 0.0) / np.maximum(np.abs(m.q), 1e-9), 1.0)
    return share * np.maximum((m.taken - before.taken) - (m.lifted - before.lifted), 0.0) / dt
