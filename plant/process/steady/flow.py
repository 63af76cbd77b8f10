"""What steady flow costs in pressure on its way from the perforations to the manifold.

The contents and properties of wells at work (:mod:`plant.process.esp.contents`) are substituted until nothing changes:
the same relations that move the wells, by which they therefore settle where this says.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from plant.physics.heat import arriving_temperature
from plant.physics.pvt.z_table import z_table
from plant.physics.valve import P_SC
from plant.process.esp.contents import GUESS, Rest, fill_hole, fill_tubing, flowing_pressure
from plant.process.esp.electricity import Electricity, cable_loss, electricity
from plant.process.esp.gas import gas_factor, pump_gas
from plant.process.esp.heat import warmed
from plant.process.esp.liquid import liquid_of
from plant.process.esp.pressure import (
    hydrostatic,
    intake_pressure,
    line_loss,
    place,
    reservoir_swell,
    root,
    shares,
    tubing_friction,
)
from plant.process.esp.pump_table import turned
from plant.process.esp.rate import CONTRACTION, SMALL_DROP, inflow, rates
from plant.process.esp.row import Array, Liquid, Motion, Outside, Parameters, Slow, blank
from plant.process.esp.wells import inflow_pressure
from plant.process.parameter import G
from plant.process.steady.follower import Follower
from plant.process.steady.setting import Setting
from plant.process.steady.tubing import marched

FOREVER = 1e12  # in which everything settles [s]
LEAST_COEFFICIENT = 1e-30  # of a closed choke: whatever flows leaves nothing behind it
ROOM = 1.2  # over what the choke passes, for liquid that shrinks on its way to the tank


class Way(NamedTuple):
    """The pressures that a rate leaves along its way [Pa], its temperature at the end, and what its motor takes."""

    p_wf: Array
    intake: Array
    discharge: Array
    wellhead: Array
    line: Array  # behind the choke
    manifold: Array
    T_wellhead: Array  # [K]
    pumped: Array  # liquid through the pump, at its intake [m³/s]
    current: Array  # of the motor [A]
    power: Array  # that its drive gives [W]


class Flow:
    """The wells of a field under a setting: the pressures that rates of liquid leave.

    It remembers the contents it came to last, from which the next ones are soon found. ``q_max`` is more than any
    well can give [m³/s]. ``author`` names the correlation of flow in the tubing; None takes it as the process does.
    """

    def __init__(self, w: Parameters, table: Array, setting: Setting, author: str | None):
        n = len(w.h_pump)
        self.w, self.table, self.setting, self.author = w, table, setting, author
        self.opened = setting.opening * w.choke_full + w.choke_wash
        self.rest = _blank_rest(n, w)
        self._outside = _outside(setting, n)
        self._turns = np.logical_and(setting.energised, setting.frequency * w.coupling > 0.0)
        self.rest.m.n[:] = np.where(self._turns, w.direction * setting.frequency / w.test_frequency, 0.0)
        self._p_wh = Follower(w.casing_pressure)
        self._p_in = Follower(np.maximum(w.reservoir_pressure - w.rho_w * G * w.h_below, w.casing_pressure))
        self.q_max = _greatest_rate(w, table, setting, self.opened)

    def way(self, q: Array, p_wf: Array | None = None) -> Way:
        """All pressures along the way, from one more round; contents and properties then are those at them.

        It begins at what the inflow leaves at the perforations, or at ``p_wf``.
        """
        w, (m, o, li, (_, _, rows)) = self.w, self.rest
        m.q[:] = q * reservoir_swell(w, li)
        p_wf = inflow_pressure(q, w) if p_wf is None else p_wf
        intake = p_wf - flowing_pressure(self.rest, w, np.zeros_like(q))
        fill_hole(m, w, li, self._p_in.follow(np.maximum(intake, 0.0)))
        discharge, motor = self._pumped(intake)
        wellhead = self._risen(discharge)
        fill_tubing(m, w, li, self._p_wh.follow(np.maximum(wellhead, P_SC)))
        line = wellhead - choke_drop(self._through_choke(q), self.opened)
        manifold = line - line_loss(self._in_tubing(q), w, li)
        o.T_i[:] = warmed(o, q, motor.loss, np.zeros_like(q), w, FOREVER)[1]
        o.T_wh[:] = arriving_temperature(q, w.T_reservoir, w.T_surface, w.q_cooling)
        rows[:] = np.array(liquid_of(m, o, w, li, m.q, z_table()))
        power = motor.active + cable_loss(motor.current, o.T_i, w)
        return Way(
            p_wf, intake, discharge, wellhead, line, manifold, o.T_wh.copy(), m.q.copy(), motor.current, power
        )  # fmt: skip

    def arriving(self, q: Array, rounds: int) -> Array:
        """Pressure at the wells' ends after some rounds [Pa]."""
        return [self.way(q) for _ in range(rounds)][-1].manifold

    def _pumped(self, intake: Array) -> tuple[Array, Electricity]:
        """Pressure behind the pump [Pa] and what the motor takes; the shaft's speed follows the torque."""
        w, (m, o, li, _), u, f = self.w, self.rest, self._outside, self.setting.frequency
        at = place(m, w, li)
        o.x_p[:], _ = pump_gas(o.x_p, np.zeros_like(f), m, w, li, FOREVER)
        rho = shares(m, intake_pressure(at, w, li)[0], w, li).rho_lifted / (1.0 + CONTRACTION * o.x_p)
        r = rates(at, f, self.setting.opening, o.x_p, gas_factor(o.x_p, m, w, li), rho, w, li, u, self.table)
        torque = r.load + r.friction
        shaft = torque * m.n * w.test_turn
        motor = electricity(shaft, m.n, f, u.supply, u.energised, w)
        m.n[:] = np.where(self._turns, w.direction * f / w.test_frequency * w.sync_ratio - slip(torque, w), 0.0)
        return intake - w.intake_loss * np.abs(m.q) * m.q + r.lift, motor

    def _risen(self, discharge: Array) -> Array:
        """Pressure at the wellhead."""
        w, (m, _, li, _) = self.w, self.rest
        if self.author is not None:
            return marched(discharge, self.rest, w, self.author)
        return discharge - hydrostatic(place(m, w, li).weight, w) - tubing_friction(m.q, w, li)[0] * m.q

    def _in_tubing(self, q: Array) -> Array:
        return q * ((1.0 - self.w.water_cut) * self.rest.li.B_tubing + self.w.water_cut)

    def _through_choke(self, q: Array) -> Array:
        """The rate of liquid alone that would lose as much there."""
        at = place(self.rest.m, self.w, self.rest.li)
        gas = self.rest.li.gas_slip * at.gas / (self._p_wh.value * np.maximum(at.liquid, 1e-6))
        return self._in_tubing(q) * np.sqrt(1.0 + gas)


def slip(torque: Array, w: Parameters) -> Array:
    """Of a motor under a torque, over test speed: Kloss' formula turned round; that at breakdown where it is more."""
    over = np.clip(torque / (w.breakdown * np.square(np.minimum(w.supply, 1.0))), -1.0, 1.0)
    return w.breakdown_slip * over / (1.0 + np.sqrt(1.0 - over * over))


def choke_drop(q: Array, coefficient: Array) -> Array:
    """Pressure drop at which :func:`plant.process.esp.pressure.root` gives a rate that is not negative: its inverse."""
    square = np.square(q / np.maximum(coefficient, LEAST_COEFFICIENT))
    # Δp⁴ = (q/C)⁴ (Δp² + δ²), a quadratic in Δp²; the root that is not negative, free of overflow
    return np.sqrt(0.5 * square * (square + np.hypot(square, 2.0 * SMALL_DROP)))


def _greatest_rate(w: Parameters, table: Array, setting: Setting, opened: Array) -> Array:
    """The rate at no flowing pressure, or what the choke passes under all that reservoir and pump could bring."""
    open_flow = inflow(np.zeros_like(opened), w)[0]
    n = setting.energised * w.sync_ratio * setting.frequency / w.test_frequency
    shut_off = np.maximum(turned(table, w.pump_row, n, np.zeros_like(n)).head, 0.0)
    brought = w.reservoir_pressure + np.maximum(w.rho_o, w.rho_w) * G * w.head_factor * shut_off
    return np.where(opened > 0.0, np.minimum(open_flow, ROOM * opened * root(brought, SMALL_DROP)[0]), open_flow)


def _blank_rest(n: int, w: Parameters) -> Rest:
    """As full of liquid, to begin with."""
    (m_s, m), (o_s, o), (l_s, li) = blank(Motion, n), blank(Slow, n), blank(Liquid, n)
    for name, value in GUESS.items():
        getattr(li, name)[:] = value
    o.T_i[:], o.T_m[:], o.T_wh[:] = w.T_pump, w.T_pump, w.T_surface
    m.t_o[:], m.t_w[:] = (1.0 - w.water_cut) * w.tubing_volume, w.water_cut * w.tubing_volume
    return Rest(m, o, li, (m_s, o_s, l_s))


def _outside(setting: Setting, n: int) -> Outside:
    _, u = blank(Outside, n)
    u.energised[:], u.frequency[:], u.choke[:] = setting.energised, setting.frequency, setting.opening
    u.attached[:], u.supply[:] = 1.0, 1.0
    return u
