"""What moves within a second: shaft, liquid hydrostatic, and the contents of hole, tubing and casing.

Three rates couple the contents: what the reservoir gives, what the pump lifts, what the choke lets out (and,
in a leak, what falls back). Pressures follow from contents: at the intake from the level in the annulus and
the gas above it, at the wellhead from how much liquid and gas share the tubing. So a well that stops drains,
spins its pump backwards, and fills again on restart, by the same equations.

A substep solves speed, rate and volumes together by a two-stage W-method, a linearly implicit midpoint rule: L-stable,
and of second order for any approximation of the Jacobian [1]_. The mean rates it finds then move the contents, so
what leaves one place arrives at the next to the last digit, however coarse the step.

References
----------
.. [1] E. Hairer, G. Wanner, Solving Ordinary Differential Equations II, 2nd ed., 1996, ch. IV.7.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from plant.process.elementwise import choose, elementwise
from plant.process.esp.pump_table import turned
from plant.process.esp.row import Array, Liquid, Motion, Outside, Parameters

G = 9.80665
GAMMA = 1.0 - 0.5**0.5  # for which it is L-stable
BULK_MODULUS = 1e9  # of liquid and the steel around it [Pa]
P_REFERENCE = 101_325.0
LINE_LAG = 3.0  # of the pressure behind the choke [s]
SMALL_DROP = 2e4  # of pressure at an orifice, below which its root becomes a straight line [Pa]
CAVITATION_PRESSURE = 3e5  # of intake, at which a pump has lost a third of its head, and below which all [Pa]
DRAINED = 0.03  # share of a flowing tubing's liquid that is missing where half of what leaves is gas
LEAST_INERTIA = 1e7  # of the liquid below the pump [kg/m⁴]
STILL_SPEED = 0.02  # over test speed; below, friction gives way to rest
CHECK_RESISTANCE = 1e8  # of a check valve that lets back through a little [Pa·s/m³]
LEAST_GAS = 1e-4  # free in the tubing, at standard conditions [m³]
ESCAPE = 1.0 / 1200.0  # of bubbles from the hole into the casing, when nothing carries them [1/s]
CONTRACTION = 0.5  # mean volume of free gas in a pump over that at its intake


class Place(NamedTuple):
    """The numbers that a stage of a substep starts from."""

    n: Array
    q: Array
    p_line: Array
    liquid: Array  # in the tubing [m³]
    gas: Array  # free, in the tubing: pressure times volume, as far as it expands as at the wellhead [J]
    weight: Array  # of what is in the tubing [kg]
    hole: Array  # liquid in hole and annulus [m³]
    casing: Array  # pressure times volume of the gas above it [J]


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
    p_wh: Array
    n_n: Array
    q_n: Array
    q_q: Array
    q_hole: Array
    q_tubing: Array
    given_hole: Array
    out_tubing: Array
    gas_tubing: Array
    out_volume: Array  # of liquid and gas together, which is what the pressure feels


class Change(NamedTuple):
    """Changes per second that a stage finds, of speed, rate, line pressure and the two volumes."""

    n: Array
    q: Array
    p_line: Array
    hole: Array
    tubing: Array


class Passed(NamedTuple):
    """Mean rates of a substep [m³/s, W]."""

    given: Array
    lifted: Array
    out: Array
    gas_out: Array
    leak: Array


class Share(NamedTuple):
    """What is in a cubic metre of liquid that passes a place [m³ at standard conditions]."""

    oil: Array
    water: Array
    gas: Array


class Shares(NamedTuple):
    """What a cubic metre of passing liquid holds, at standard conditions; and what of it is free gas [J/m³]."""

    lifted: Share  # into the tubing
    shed: Array  # gas kept out of the pump, into the casing
    bubbles: Array  # free gas in the whole hole
    held: Share  # of the tubing's liquid, without its free gas
    free: Array  # gas that is free in the tubing: pressure times volume
    swell: Array  # volume in the tubing of what had one cubic metre below
    rho_lifted: Array  # [kg/m³]
    rho_held: Array


@elementwise
def root(x: Array, small: float) -> tuple[Array, Array]:
    """The square root with the sign of ``x``, straight where it vanishes, and its slope."""
    square = x * x + small * small
    fourth = np.sqrt(np.sqrt(square))
    return x / fourth, (square - 0.5 * x * x) / (square * fourth)


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
def tubing_pressure(liquid: Array, gas: Array, w: Parameters) -> tuple[Array, Array]:
    """At the wellhead, of liquid and free gas that share the tubing [Pa]; and its rise with liquid [Pa/m³].

    Both are compressed until they fit: :math:`V_l (1 - (p - p_0)/K) + a/p = V`. Where the liquid alone does not
    fill the tubing, the gas has what is left, as a pocket.
    """
    soft = liquid / BULK_MODULUS
    excess = liquid * (1.0 + P_REFERENCE / BULK_MODULUS) - w.tubing_volume
    whole = np.sqrt(excess * excess + 4.0 * gas * soft)
    p = choose(excess > 0.0, (excess + whole) / (2.0 * soft), 2.0 * gas / (whole - np.minimum(excess, 0.0)))
    p = np.maximum(p, 1.0)
    return p, 1.0 / (soft + gas / (p * p))


@elementwise
def intake_pressure(at: Place, w: Parameters, liquid: Liquid) -> tuple[Array, Array]:
    """At the pump's intake, from the level above it and the casing's gas [Pa]; and its rise with liquid."""
    above, room = at.hole - w.sump_volume, casing_room(at.hole, w)
    weight = liquid.rho_annulus * G / w.annulus_area
    p_casing = at.casing / room
    return p_casing + weight * above, weight + p_casing / room


@elementwise
def casing_room(hole: Array, w: Parameters) -> Array:
    """What the liquid leaves of the annulus to its gas [m³]."""
    return np.maximum(w.annulus_volume + w.sump_volume - hole, 0.02 * w.annulus_volume)


@elementwise
def reservoir_swell(w: Parameters, li: Liquid) -> Array:
    """Volume in the hole of a cubic metre that the reservoir gives."""
    return (1.0 - w.water_cut) * li.B_hole + w.water_cut


@elementwise
def hydrostatic(weight: Array, w: Parameters) -> Array:
    """Pressure of what stands in the tubing, wherever in it it is [Pa]."""
    return weight * (G * w.h_pump / w.tubing_volume)


@elementwise
def tubing_friction(q: Array, w: Parameters, liquid: Liquid) -> tuple[Array, Array]:
    """Pressure lost in the tubing per rate, and the change of the loss with the rate [Pa·s/m³]."""
    steep = liquid.turbulent * q
    slope = np.sqrt(liquid.laminar * liquid.laminar + steep * steep)
    block = w.tubing_block * np.abs(q)
    return slope + block, slope + steep * steep / (slope + 1e-30) + 2.0 * block


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
    scale = rho * G * w.head_factor * li.head * degraded * fed(p_in)
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
    back = CHECK_RESISTANCE * np.maximum(1.0 / (w.check_leak + 1e-5) - 1.0, 0.0) * choose(at.q < 0.0, 1.0, 0.0)
    entry = w.intake_loss * np.abs(at.q)
    p_out = p_wh + hydrostatic(at.weight, w) + slope * at.q
    inertia = at.weight / np.square(w.tubing_volume / w.tubing_length) + LEAST_INERTIA
    force = p_in - (entry + back) * at.q + lift - p_out

    # the choke, and a leak in the tubing
    free = np.maximum(p_wh - at.p_line, 0.0)
    through, through_p = root(free, SMALL_DROP)
    missing = np.maximum(1.0 - at.liquid / (li.full * w.tubing_volume), 0.0) / DRAINED
    wet = 1.0 / (1.0 + missing * missing * missing * missing)
    per_liquid = li.gas_slip * at.gas / (p_wh * np.maximum(at.liquid, 1e-6))
    light = np.sqrt(1.0 + per_liquid)
    opened = (z * w.choke_full + w.choke_wash) * u.attached
    out = opened * through / light * wet
    fallen, _ = root(p_out - p_in, SMALL_DROP)
    leak = w.tubing_leak * fallen * np.minimum(at.liquid / (0.05 * w.tubing_volume), 1.0)
    opened_p = opened * through_p / light
    gas_p = opened_p * p_wh_liquid * per_liquid
    steep_x = scale * pump.head_x * (1.0 + CONTRACTION * x_p) / (w.last_rate * w.flow_factor * li.rate)
    return Rates(
        n=(w.coupling * torque - load - friction) / w.inertia,
        q=force / inertia,
        p_line=(u.p_manifold + line_loss(out, w, li) - at.p_line) / LINE_LAG,
        given=given * swell,
        out=out,
        gas_out=opened * through / light * per_liquid * p_wh,
        leak=leak,
        load=load,
        friction=friction,
        lift=lift,
        p_wh=p_wh,
        n_n=n_n / w.inertia,
        q_n=scale * (2.0 * pump.head - pump.head_x * x) * per_n / inertia,
        # a slope that would feed itself is left explicit, lest the implicit step divide by nothing
        q_q=(np.minimum(steep_x, 0.0) - slope_q - back - 2.0 * entry) / inertia,
        q_hole=p_in_hole / inertia,
        q_tubing=-(p_wh_liquid + rho * G * w.h_pump / w.tubing_volume) / inertia,
        given_hole=given_p * swell * p_in_hole,
        out_tubing=opened_p * p_wh_liquid * wet,
        gas_tubing=gas_p * p_wh,
        out_volume=opened_p * p_wh_liquid * wet + gas_p,
    )


@elementwise
def fed(p_in: Array) -> Array:
    """Share of its head that a pump makes at an intake pressure: it starves near vacuum."""
    ratio = np.maximum(p_in, 0.0) / CAVITATION_PRESSURE
    hungry = 1.0 / (1.0 + 0.25 * ratio * ratio)
    hungry = hungry * hungry
    return 1.0 - hungry * hungry


@elementwise
def line_loss(out: Array, w: Parameters, li: Liquid) -> Array:
    """Pressure lost between choke and manifold [Pa]."""
    steep = li.turbulent_line * out
    return out * (np.sqrt(li.laminar_line * li.laminar_line + steep * steep) + w.line_block * np.abs(out))


@elementwise
def changes(r: Rates, q: Array, s: Shares) -> Change:
    """What the rates mean; that of the tubing is how fast its contents would grow at the pressure they have."""
    swollen = q * (s.swell + s.free / r.p_wh) - r.out - r.leak - r.gas_out / r.p_wh
    return Change(r.n, r.q, r.p_line, r.given - q + r.leak, swollen)


@elementwise
def solved(c: Change, j: Rates, h: Array) -> Change:
    """Solve (1 − h J) k = c; J, of ``j``, couples speed to rate, and the rate to the two volumes both ways."""
    first, second = 1.0 / (1.0 - h * j.given_hole), 1.0 / (1.0 + h * j.out_volume)
    n = c.n / (1.0 - h * j.n_n)
    top = c.q + h * (j.q_n * n + j.q_hole * c.hole * first + j.q_tubing * c.tubing * second)
    q = top / (1.0 - h * j.q_q + h * h * (j.q_hole * first - j.q_tubing * second))
    return Change(n, q, c.p_line / (1.0 + h / LINE_LAG), (c.hole - h * q) * first, (c.tubing + h * q) * second)


@elementwise
def passed(r: Rates, j: Rates, q: Array, k: Change, before: Change, h: Array) -> Passed:
    """The second stage's rates, as the states' further change bends them."""
    hole, tubing = h * (k.hole - before.hole), h * (k.tubing - before.tubing)
    return Passed(
        given=r.given + j.given_hole * hole,
        lifted=q + h * (k.q - before.q),
        out=r.out + j.out_tubing * tubing,
        gas_out=r.gas_out + j.gas_tubing * tubing,
        leak=r.leak,
    )


@elementwise
def shares(m: Motion, p_in: Array, w: Parameters, li: Liquid) -> Shares:
    """Compositions on both sides of the pump."""
    hole, tubing = m.h_o * li.B_hole + m.h_w, np.maximum(m.t_o * li.B_tubing + m.t_w, 1e-9)
    soluble = np.minimum(m.h_o * li.gas_per_pressure * np.maximum(p_in, 0.0), m.h_g)
    free = li.gas_slip_hole * (m.h_g - soluble) / hole
    shed = li.separated * free
    up = Share(m.h_o / hole, m.h_w / hole, soluble / hole + free - shed)
    held = Share(m.t_o / tubing, m.t_w / tubing, np.minimum(m.t_o * li.dissolved, m.t_g) / tubing)
    return Shares(
        lifted=up,
        shed=shed,
        bubbles=m.h_g - soluble,
        held=held,
        free=np.maximum(up.gas - up.oil * li.dissolved, 0.0) * li.gas_volume_tubing,
        swell=up.oil * li.B_tubing + up.water,
        rho_lifted=up.oil * w.rho_o + up.water * w.rho_w + up.gas * w.rho_g,
        rho_held=held.oil * w.rho_o + held.water * w.rho_w + m.t_g / tubing * w.rho_g,
    )


@elementwise
def place(m: Motion, w: Parameters, li: Liquid) -> Place:
    """Where a substep starts."""
    free = np.maximum(m.t_g - m.t_o * li.dissolved, LEAST_GAS)
    return Place(
        n=m.n,
        q=m.q,
        p_line=m.p_line,
        liquid=m.t_o * li.B_tubing + m.t_w,
        gas=free * li.gas_volume_tubing,
        weight=m.t_o * w.rho_o + m.t_w * w.rho_w + m.t_g * w.rho_g,
        hole=m.h_o * li.B_hole + m.h_w,
        casing=m.c_g * li.gas_volume_casing,
    )


@elementwise
def half_way(at: Place, r: Rates, k: Change, s: Shares, li: Liquid, dt: Array) -> Place:
    """Where the first stage expects it to be after ``dt``."""
    q = at.q + 0.5 * dt * k.q  # mean until then
    gone = r.out + r.leak
    return Place(
        n=at.n + dt * k.n,
        q=at.q + dt * k.q,
        p_line=at.p_line + dt * k.p_line,
        liquid=np.maximum(at.liquid + dt * (q * s.swell - gone), 1e-6),
        gas=np.maximum(at.gas + dt * (q * s.free - r.gas_out), 1e-3 * at.gas),
        weight=np.maximum(at.weight + dt * (q * s.rho_lifted - gone * s.rho_held), 1e-3),
        hole=at.hole + dt * k.hole,
        casing=at.casing + dt * np.maximum(q, 0.0) * s.shed * li.gas_volume_casing,
    )


@elementwise
def substep(
    m: Motion, dt: Array, f: Array, z: Array, f_next: Array, z_next: Array, x_p: Array, degraded: Array,
    w: Parameters, li: Liquid, u: Outside, table: Array,
) -> tuple[Motion, Array]:  # fmt: skip
    """Everything that moves, ``dt`` later, and how far the stages disagree about it.

    Frequency and choke run straight to their next values. The disagreement is that of speed, rate and wellhead
    pressure, each over its usual size.
    """
    at = place(m, w, li)
    p_in, _ = intake_pressure(at, w, li)
    s = shares(m, p_in, w, li)
    rho = s.rho_lifted / (1.0 + CONTRACTION * x_p)
    h = GAMMA * dt
    one = rates(at, f, z, x_p, degraded, rho, w, li, u, table)
    first = changes(one, at.q, s)
    k = solved(first, one, h)
    then = half_way(at, one, k, s, li, 0.5 * dt)
    two = rates(then, 0.5 * (f + f_next), 0.5 * (z + z_next), x_p, degraded, rho, w, li, u, table)
    c = changes(two, then.q, s)
    c = Change(c.n - k.n + first.n, c.q - k.q + first.q, c.p_line - k.p_line + first.p_line,
               c.hole - k.hole + first.hole, c.tubing - k.tubing + first.tubing)  # fmt: skip
    j = solved(c, one, h)
    apart = np.abs(j.n - k.n) + (np.abs(j.q - k.q) + np.abs(j.tubing - k.tubing)) / w.last_rate
    return carried(m, at, two, then.q, j, passed(two, one, then.q, j, k, h), s, dt, w, li), dt * apart


@elementwise
def carried(
    m: Motion, at: Place, r: Rates, q: Array, k: Change, p: Passed, s: Shares, dt: Array, w: Parameters, li: Liquid
) -> Motion:
    """The contents after the mean rates have moved them, each flow with its donor's composition."""
    given, lifted = dt * p.given, dt * p.lifted
    up, down = np.maximum(lifted, 0.0), np.minimum(np.maximum(-lifted, 0.0), 0.5 * at.liquid)
    left = np.minimum(np.maximum(dt * p.out, 0.0), 0.5 * at.liquid)
    back = down + np.maximum(dt * p.leak, 0.0)
    flashed = np.maximum(dt * p.gas_out, 0.0) / li.gas_volume_tubing
    gas_left = np.minimum(left * s.held.gas + flashed, 0.5 * m.t_g)
    risen = dt * ESCAPE * s.bubbles
    liquid_in = given / reservoir_swell(w, li)  # at standard conditions
    in_o = choose(given >= 0.0, liquid_in * (1.0 - w.water_cut), given * s.lifted.oil)
    in_w = choose(given >= 0.0, liquid_in * w.water_cut, given * s.lifted.water)
    in_g = choose(given >= 0.0, in_o * w.gor, given * s.lifted.gas)
    surplus = at.casing / casing_room(at.hole, w) - w.casing_pressure
    vented = np.minimum(dt * w.casing_valve * np.maximum(surplus, 0.0), 0.1 * m.c_g)
    n = m.n + dt * k.n
    angle = 0.5 * dt * w.test_turn * (m.n + n)
    gain = w.inertia * (n - m.n) / dt
    return Motion(
        n=n,
        q=m.q + dt * k.q,
        p_line=m.p_line + dt * k.p_line,
        h_o=m.h_o + in_o - up * s.lifted.oil + back * s.held.oil,
        h_w=m.h_w + in_w - up * s.lifted.water + back * s.held.water,
        h_g=m.h_g + in_g - up * (s.lifted.gas + s.shed) + back * s.held.gas - risen,
        t_o=m.t_o + up * s.lifted.oil - (left + back) * s.held.oil,
        t_w=m.t_w + up * s.lifted.water - (left + back) * s.held.water,
        t_g=m.t_g + up * s.lifted.gas - back * s.held.gas - gas_left,
        c_g=m.c_g + up * s.shed + risen - vented,
        in_o=m.in_o + in_o,
        in_w=m.in_w + in_w,
        in_g=m.in_g + in_g,
        out_o=m.out_o + left * s.held.oil,
        out_w=m.out_w + left * s.held.water,
        out_g=m.out_g + gas_left + vented,
        turned=m.turned + (r.load + r.friction + gain) * angle,
        taken=m.taken + r.load * angle,
        rubbed=m.rubbed + r.friction * angle,
        lifted=m.lifted + dt * r.lift * q,
    )
