"""A pump and its motor at work on contents that are at rest: speed, lift, power and heat at a frequency."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from plant.process.esp.contents import Rest
from plant.process.esp.electricity import Electricity, electricity
from plant.process.esp.gas import gas_factor, pump_gas
from plant.process.esp.heat import warmed
from plant.process.esp.pressure import intake_pressure, place, shares
from plant.process.esp.rate import CONTRACTION, rates
from plant.process.esp.row import Array, Outside, Parameters, blank

ROUNDS = 12  # of substitution between speed and torque


class Work(NamedTuple):
    """What a pump does and takes."""

    lift: Array  # [Pa]
    n: Array  # speed over test speed
    x_p: Array  # free gas per liquid in the pump
    electricity: Electricity
    T_i: Array  # where motor and passing liquid settle at the intake [K]
    T_m: Array


def working(rest: Rest, w: Parameters, table: Array, f: Array, q_sc: Array) -> Work:
    """At frequency ``f`` and a rate ``q_sc`` of liquid; the speed, left in ``rest``, is that of the torque's slip."""
    m, li = rest.m, rest.li
    _, u = blank(Outside, len(f))
    u.energised[:], u.attached[:], u.supply[:] = 1.0, 1.0, 1.0
    still = np.zeros_like(f)
    m.n[:] = f / w.test_frequency
    for _ in range(ROUNDS):
        x_p, _ = pump_gas(still, still, m, w, li, 1e9)
        at, degraded = place(m, w, li), gas_factor(x_p, m, w, li)
        rho = shares(m, intake_pressure(at, w, li)[0], w, li).rho_lifted / (1.0 + CONTRACTION * x_p)
        r = rates(at, f, still, x_p, degraded, rho, w, li, u, table)
        over = w.breakdown / (r.load + r.friction)
        m.n[:] = f / w.test_frequency * w.sync_ratio - w.breakdown_slip * (over - np.sqrt(over * over - 1.0))
    e = electricity((r.load + r.friction) * m.n * w.test_turn, m.n, f, 1.0, 1.0, w)
    T_m, T_i, _ = warmed(rest.o, q_sc, e.loss, 0.0, w, 1e12)
    return Work(r.lift, m.n, x_p, e, T_i, T_m)
