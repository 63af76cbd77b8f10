"""Where the energy of pumped wells' motors went, and the heat of their windings.

The counters close by construction of the discrete step: the torque of a motor is that which pump, friction and the
change of speed took in the step, and each loss is counted where it arises. So a closure says that no term is left
out, counted twice or lost between parts, and not that the step is exact. Independent of it are the meters of
:class:`Meter`, which sum up the power and the temperatures that anybody can see, once a step.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from plant.process.esp.heat import HEAT_CAPACITY, INTAKE_VOLUME, ROCK_FLOW
from plant.process.esp.pressure import reservoir_swell
from plant.process.esp.stride import present
from plant.process.esp.wells import Wells
from plant.process.parameter import Array


class Energy(NamedTuple):
    """Of each pumped well since the start, shape (n,) [J]."""

    drawn: Array  # at the drive's output
    cabled: Array  # lost in the cable
    warmed: Array  # lost in the motor, as heat of its windings
    rubbed: Array  # lost in bearings, seals and a jam
    taken: Array  # by the pump, as work on the liquid …
    lifted: Array  # … and this much of it came to it as pressure; the rest is heat
    cooled: Array  # that windings gave to what surrounds them
    kinetic: Array  # of the shaft, now
    windings: Array  # heat in them, now
    around: Array  # and in what surrounds them


def energy(wells: Wells) -> Energy:
    """The books of pumped wells as they stand."""
    m, o, w = wells.motion, wells.slow, wells.parameters
    counted = (o.drawn, o.cabled, o.warmed, m.rubbed, m.taken, m.lifted, o.cooled)
    kinetic = 0.5 * w.inertia * w.test_turn * m.n * m.n
    stored = (kinetic, w.motor_capacity * o.T_m, HEAT_CAPACITY * INTAKE_VOLUME * o.T_i)
    return Energy._make([*(row.copy() for row in counted), *stored])


def energy_closure(before: Energy, now: Energy) -> Array:
    """What is missing of the energy drawn, over it, shape (n,)."""
    e = Energy(*(after - then for after, then in zip(now, before, strict=True)))
    heat_of_pump = e.taken - e.lifted
    used = e.cabled + e.warmed + e.rubbed + e.lifted + heat_of_pump + e.kinetic
    return np.abs(e.drawn - used) / np.maximum(np.abs(e.drawn), 1.0)


class Meter:
    """Sums up, once a step, the power that wells show and the heat that their temperatures say was carried off."""

    def __init__(self, wells: Wells):
        self.wells, self.started = wells, energy(wells)
        self.power, self.carried = np.zeros(wells.n), np.zeros(wells.n)

    def read(self, dt: float) -> None:
        """What stands now has stood for ``dt`` [s]."""
        o = self.wells.slow
        self.power += o.power * dt
        self.carried += self._carrying() * dt

    def power_closure(self) -> Array:
        """Energy by the meter less that of the counter, over it, shape (n,)."""
        drawn = energy(self.wells).drawn - self.started.drawn
        return np.abs(self.power - drawn) / np.maximum(np.abs(drawn), 1.0)

    def thermal_closure(self) -> Array:
        """The larger of what is missing of the heat in the windings and around them, over the losses, shape (n,).

        A leak above the pump brings heat back that this does not see.
        """
        e = Energy(*(after - then for after, then in zip(energy(self.wells), self.started, strict=True)))
        missing = np.stack((e.warmed - e.cooled - e.windings, e.cooled - self.carried - e.around))
        return np.abs(missing).max(axis=0) / np.maximum(e.warmed, 1.0)

    def _carrying(self) -> Array:
        """By the liquid that passes and by the rock [W]."""
        m, o, w = self.wells.motion, self.wells.slow, self.wells.parameters
        forward = np.maximum(m.q / reservoir_swell(w, present(self.wells.liquid, o)), 0.0)
        cooling = w.q_cooling * w.casing_length / w.tubing_length
        arrived = w.T_pump + (w.T_reservoir - w.T_pump) * np.exp(-cooling / np.maximum(forward, 1e-9))
        return HEAT_CAPACITY * (forward * (o.T_i - arrived) + ROCK_FLOW * (o.T_i - w.T_pump))
