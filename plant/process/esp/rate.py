"""How fast a well changes from where it stands: inflow, pump, shaft, column and choke, and the slopes of each.

The slopes are those that a linearly implicit step needs (:mod:`.motion`): none has to be exact.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from plant.physics.elementwise import choose, elementwise
from plant.process.esp.pressure import (
    SMALL_DROP,
    G,
    Place,
    hydrostatic,
    intake_pressure,
    line_loss,
    reservoir_swell,
    root,
    tubing_friction,
    tubing_pressure,
)
from plant.process.esp.pump_table import turned
from plant.process.esp.row import Array, Liquid, Outside, Parameters

LINE_LAG = 3.0  # of the pressure behind the choke [s]
CAVITATION_PRESSURE = 3e5  # of intake, at which a pump has lost a third of its head, and below which all [Pa]
DRAINED = 0.03  # share of a flowing tubing's liquid that is missing where half of what leaves is gas
LEAST_INERTIA = 1e7  # of the liquid below the pump [kg/m⁴]
STILL_SPEED = 0.02  # over test speed; below, friction gives way to rest
CONTRACTION = 0.5  # mean volume of free gas in a pump over that at its intake


class Rates(NamedTuple):
    """How fast things change at a place, and the entries of the Jacobian that are not zero."""

    n: Array
    q: Array
    p_line: Array
    given: Array  # by the reservoir [m³/s]
    out: Array  # liquid through the choke [m³/s]
    gas_out: Array  # free gas with it: pressure times volume [W]
    leak: Array  # from tubing to annulus [m³/s]
    load: Array  # torque that the pump takes, and that friction takes [N·m]
    friction: Array
    lift: Array  # pressure the pump adds [Pa]
    push: Array  # pressure that drives the column, a check valve aside [Pa]
    p_wh: Array
    n_n: Array
    n_f: Array  # … with the drive's frequency
    q_n: Array
    q_q: Array
    q_hole: Array
    q_tubing: Array
    given_hole: Array
    out_tubing: Array
    gas_tubing: Array
    out_volume: Array  # of liquid and gas together, which is what the pressure feels


class Choked(NamedTuple):
    """What passes a choke at wellhead conditions, and its changes with the pressure before it."""

    out: Array  # liquid [m³/s]
    out_p: Array
    gas: Array
    gas_p: Array


@elementwise
def inflow(p_wf: Array, w: Parameters) -> tuple[Array, Array]:
    """Composite inflow (:func:`plant.physics.inflow.composite_rate`), straight on below vacuum; and its slope."""
    knee = np.minimum(w.bubble_point, w.reservoir_pressure)
    y = np.minimum(np.maximum(p_wf, 0.0) / knee, 1.0)
    straight = w.reservoir_pressure - choose(p_wf < knee, knee, p_wf)
    rate = w.productivity * (straight + knee / 1.8 * (1.0 - y * (0.2 + 0.8 * y)))
    slope = choose(y < 1.0, (0.2 + 1.6 * y) / 1.8, 1.0)
    return rate, -w.productivity * slope


@elementwise
def mixture_rate(n: Array, q: Array, x_p: Array, w: Parameters, liquid: Liquid) -> Array:
    """What passes the impellers, over the last tested rate: with gas, and with what leaks back inside."""
    return (q * (1.0 + CONTRACTION * x_p) / w.last_rate + w.recirculation * n) / (w.flow_factor * liquid.rate)


@elementwise
def motor_torque(n: Array, f: Array, volts: Array, energised: Array, w: Parameters) -> tuple[Array, Array]:
    """By Kloss' formula on the slip, at a flux of ``volts`` over rated; and its change with the speed."""
    slip = w.direction * f / w.test_frequency * w.sync_ratio - n
    pull = energised * 2.0 * w.breakdown * volts * volts * w.breakdown_slip
    whole = slip * slip + w.breakdown_slip * w.breakdown_slip
    return pull * slip / whole, -pull * (w.breakdown_slip * w.breakdown_slip - slip * slip) / (whole * whole)


@elementwise
def fed(p_in: Array) -> Array:
    """Share of its head that a pump makes at an intake pressure: it starves near vacuum."""
    ratio = np.maximum(p_in, 0.0) / CAVITATION_PRESSURE
    hungry = 1.0 / (1.0 + 0.25 * ratio * ratio)
    hungry = hungry * hungry
    return 1.0 - hungry * hungry


@elementwise
def choked(at: Place, p_wh: Array, z: Array, attached: Array | float, w: Parameters, li: Liquid) -> Choked:
    """What leaves a tubing: hardly any liquid of one that has drained, and what slips faster as gas."""
    through, through_p = root(np.maximum(p_wh - at.p_line, 0.0), SMALL_DROP)
    missing = np.maximum(1.0 - at.liquid / (li.full * w.tubing_volume), 0.0) / DRAINED
    wet = 1.0 / (1.0 + missing * missing * missing * missing)
    per_liquid = li.gas_slip * at.gas / (p_wh * np.maximum(at.liquid, 1e-6))
    opened = (z * w.choke_full + w.choke_wash) * attached / np.sqrt(1.0 + per_liquid)
    steep = opened * through_p
    return Choked(opened * through * wet, steep * wet, opened * through * per_liquid, steep * per_liquid)


@elementwise
def rates(
    at: Place, f: Array, z: Array, x_p: Array, degraded: Array, rho: Array, w: Parameters, li: Liquid, u: Outside,
    table: Array,
) -> Rates:  # fmt: skip
    """How fast everything changes at a place."""
    p_in, p_in_hole = intake_pressure(at, w, li)
    p_wh, p_wh_liquid = tubing_pressure(at.liquid, at.gas, w)
    below = li.rho_below * G * w.h_below + (li.laminar_below + li.turbulent_below * np.abs(at.q)) * at.q
    given, given_p = inflow(p_in + below, w)
    swell = reservoir_swell(w, li)

    # the pump: what it makes of speed and rate, gas and starvation
    x = mixture_rate(at.n, at.q, x_p, w, li)
    pump = turned(table, w.pump_row, at.n, x)
    scale = rho * G * w.head_factor * li.head * degraded * fed(p_in - w.intake_loss * np.abs(at.q) * at.q)
    lift = scale * pump.head
    dense = rho * 1e-3 * w.power_factor * li.torque * np.sqrt(degraded)
    load = dense * pump.torque

    # the shaft
    torque, torque_n = motor_torque(at.n, f, np.minimum(u.supply * w.supply, 1.0), u.energised * u.attached, w)
    drag = w.friction_torque * (1.0 + 20.0 * w.bearing_wear) + w.jam * w.breakdown * 2.0
    friction = drag * at.n / (np.abs(at.n) + STILL_SPEED)
    per_n = at.n / (at.n * at.n + 1e-4)
    load_n = dense * (2.0 * pump.torque - pump.torque_x * x) * per_n
    n_n = w.coupling * torque_n - np.maximum(load_n, 0.0) - drag * STILL_SPEED / np.square(np.abs(at.n) + STILL_SPEED)

    # the column
    slope, slope_q = tubing_friction(at.q, w, li)
    entry = w.intake_loss * np.abs(at.q)
    p_out = p_wh + hydrostatic(at.weight, w) + slope * at.q
    inertia = at.weight / np.square(w.tubing_volume / w.tubing_length) + LEAST_INERTIA
    push = p_in - entry * at.q + lift - p_out

    # the choke, and a leak in the tubing
    left = choked(at, p_wh, z, u.attached, w, li)
    fallen, _ = root(p_out - p_in, SMALL_DROP)
    leak = w.tubing_leak * fallen * np.minimum(at.liquid / (0.05 * w.tubing_volume), 1.0)
    steep_x = scale * pump.head_x * (1.0 + CONTRACTION * x_p) / (w.last_rate * w.flow_factor * li.rate)
    return Rates(
        n=(w.coupling * torque - load - friction) / w.inertia,
        q=(push - at.back * at.q) / inertia,
        p_line=(u.p_manifold + line_loss(left.out, w, li) - at.p_line) / LINE_LAG,
        given=given * swell,
        out=left.out,
        gas_out=left.gas * p_wh,
        leak=leak,
        load=load,
        friction=friction,
        lift=lift,
        push=push,
        p_wh=p_wh,
        n_n=n_n / w.inertia,
        n_f=-w.coupling * torque_n * w.direction * w.sync_ratio / (w.test_frequency * w.inertia),
        q_n=scale * (2.0 * pump.head - pump.head_x * x) * per_n / inertia,
        # a slope that would feed itself is left explicit, lest the implicit step divide by nothing
        q_q=(np.minimum(steep_x, 0.0) - slope_q - at.back - 2.0 * entry) / inertia,
        q_hole=p_in_hole / inertia,
        q_tubing=-(p_wh_liquid + rho * G * w.h_pump / w.tubing_volume) / inertia,
        given_hole=given_p * swell * p_in_hole,
        out_tubing=left.out_p * p_wh_liquid,
        gas_tubing=left.gas_p * p_wh_liquid * p_wh,
        out_volume=(left.out_p + left.gas_p) * p_wh_liquid,
    )
