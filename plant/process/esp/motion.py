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

from plant.physics.elementwise import choose, elementwise
from plant.process.esp.pressure import (
    Place,
    Shares,
    casing_room,
    intake_pressure,
    place,
    reservoir_swell,
    shares,
)
from plant.process.esp.rate import CONTRACTION, LINE_LAG, Rates, rates
from plant.process.esp.row import Array, Liquid, Motion, Outside, Parameters

GAMMA = 1.0 - 0.5**0.5  # for which it is L-stable
OPENING = 2e4  # pressure that lifts a check valve off its seat [Pa]
# Weights of what the stages disagree about
DRIVEN, FREE = 4.0, 0.03  # speed of a shaft: under voltage, where currents follow the small slip, and without
LIQUID = 0.05  # rate, and content of the tubing
ESCAPE = 1.0 / 1200.0  # of bubbles from the hole into the casing, when nothing carries them [1/s]


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


@elementwise
def changes(r: Rates, q: Array, s: Shares) -> Change:
    """What the rates mean; that of the tubing is how fast its contents would grow at the pressure they have."""
    swollen = q * (s.swell + s.free / r.p_wh) - r.out - r.leak - r.gas_out / r.p_wh
    return Change(r.n, r.q, r.p_line, r.given - q + r.leak, swollen)


@elementwise
def solved(c: Change, j: Rates, h: float, ramp: Array) -> Change:
    """Solve (1 − h J) k = c; J, of ``j``, couples speed to rate, and the rate to the two volumes both ways.

    A drive that ramps [Hz/s] pulls the speed along: its frequency is a state, too, whose change is known.
    """
    first, second = 1.0 / (1.0 - h * j.given_hole), 1.0 / (1.0 + h * j.out_volume)
    n = (c.n + h * j.n_f * ramp) / (1.0 - h * j.n_n)
    top = c.q + h * (j.q_n * n + j.q_hole * c.hole * first + j.q_tubing * c.tubing * second)
    q = top / (1.0 - h * j.q_q + h * h * (j.q_hole * first - j.q_tubing * second))
    return Change(n, q, c.p_line / (1.0 + h / LINE_LAG), (c.hole - h * q) * first, (c.tubing + h * q) * second)


@elementwise
def passed(r: Rates, j: Rates, q: Array, k: Change, before: Change, h: float) -> Passed:
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
def half_way(at: Place, r: Rates, k: Change, s: Shares, li: Liquid, dt: float) -> Place:
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
        back=at.back,
    )


@elementwise
def substep(
    m: Motion, dt: float, f: Array, z: Array, f_next: Array, z_next: Array, x_p: Array, degraded: Array,
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
    ramp = (f_next - f) / dt
    k = solved(first, one, h, ramp)
    then = half_way(at, one, k, s, li, 0.5 * dt)
    two = rates(then, 0.5 * (f + f_next), 0.5 * (z + z_next), x_p, degraded, rho, w, li, u, table)
    c = changes(two, then.q, s)
    c = Change(c.n - k.n + first.n, c.q - k.q + first.q, c.p_line - k.p_line + first.p_line,
               c.hole - k.hole + first.hole, c.tubing - k.tubing + first.tubing)  # fmt: skip
    j = solved(c, one, h, ramp)
    shaft = choose(u.energised * u.attached > 0.5, DRIVEN, FREE) * np.abs(j.n - k.n)
    apart = shaft + LIQUID * (np.abs(j.q - k.q) + np.abs(j.tubing - k.tubing)) / w.last_rate
    return carried(m, at, two, then.q, j, passed(two, one, then.q, j, k, h), s, dt, w, li), dt * apart


@elementwise
def carried(
    m: Motion, at: Place, r: Rates, q: Array, k: Change, p: Passed, s: Shares, dt: float, w: Parameters, li: Liquid
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
    q_next = m.q + dt * k.q
    return Motion(
        n=n,
        q=q_next,
        p_line=m.p_line + dt * k.p_line,
        h_o=m.h_o + in_o - up * s.lifted.oil + back * s.held.oil,
        h_w=m.h_w + in_w - up * s.lifted.water + back * s.held.water,
        h_g=m.h_g + in_g - up * (s.lifted.gas + s.shed) + back * s.held.gas - risen,
        t_o=m.t_o + up * s.lifted.oil - (left + back) * s.held.oil,
        t_w=m.t_w + up * s.lifted.water - (left + back) * s.held.water,
        t_g=m.t_g + up * s.lifted.gas - back * s.held.gas - gas_left,
        c_g=m.c_g + up * s.shed + risen - vented,
        check=choose(q_next < 0.0, 1.0, choose(r.push > OPENING, 0.0, m.check)),
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
