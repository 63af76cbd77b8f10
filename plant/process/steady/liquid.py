"""Wells whose liquid carries no free gas: the columns and losses of the wells in motion, at rest.

The same parameters and relations as :mod:`plant.process.hydraulics`, which therefore settles where this says.
"""

from __future__ import annotations

import numpy as np

from plant.physics.friction import friction_loss
from plant.process.hydraulics import CAVITATION_PRESSURE
from plant.process.parameter import STEEL_ROUGHNESS, Array, G, WellParameters, line_viscosity, well_viscosity
from plant.process.pump_table import PumpTable
from plant.process.steady.flow import Way, choke_drop, greatest_rate
from plant.process.temperature import arriving


class LiquidFlow:
    """All wells of a field, at given speeds over test speed and flow coefficients of their chokes."""

    def __init__(self, wells: WellParameters, pump: PumpTable, speed: Array, coefficient: Array):
        self.wells, self.pump = wells, pump
        self.speed, self.coefficient = speed, coefficient
        self.q_max = greatest_rate(wells, pump, speed, coefficient)

    def way(self, q: Array, cells: int) -> Way:  # noqa: ARG002 - a full pipe is worked out in one
        """All pressures along the way."""
        wells = self.wells
        T_intake, T_wh = arriving(wells, q)
        p_wf = wells.reservoir_pressure - q / wells.productivity
        below = self._loss(q, wells.casing_length, wells.casing_diameter, well_viscosity(wells, T_intake))
        intake = p_wf - wells.rho * G * wells.h_below - below
        discharge = intake + self._lift(q, intake)
        mu = well_viscosity(wells, 0.5 * (T_intake + T_wh))
        above = self._loss(q, wells.tubing_length, wells.tubing_diameter, mu)
        wellhead = discharge - wells.rho * G * wells.h_pump - above
        line = wellhead - choke_drop(q, self.coefficient)
        loss = friction_loss(
            q, wells.line_length, wells.line_diameter, wells.rho, line_viscosity(wells, T_wh), STEEL_ROUGHNESS
        )
        return Way(p_wf, intake, discharge, wellhead, line, line - wells.line_factor * loss, T_wh)

    def _loss(self, q: Array, length: Array, diameter: Array, mu: Array) -> Array:
        return self.wells.friction_factor * friction_loss(q, length, diameter, self.wells.rho, mu, STEEL_ROUGHNESS)

    def _lift(self, q: Array, intake: Array) -> Array:
        head = self.pump.head_and_slope(self.speed, q)[0]
        return self.wells.rho * G * self.wells.head_factor * head * primed(intake)


def primed(intake: Array) -> Array:
    """Share of its head that a pump makes at an intake pressure: it starves near vacuum."""
    return -np.expm1(-np.square(np.maximum(intake, 0.0) / CAVITATION_PRESSURE))
