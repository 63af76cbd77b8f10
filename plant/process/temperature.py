"""Temperatures of every well: at the intake, in the motor, at the wellhead. All are slow."""

from __future__ import annotations

import numpy as np

from plant.physics.heat import arriving_temperature, motor_film
from plant.process.parameter import Array, WellParameters

INTAKE_LAG = 600.0  # of liquid and steel around the motor [s]
WELLHEAD_LAG = 1200.0  # of tubing and its surroundings [s]


def arriving(wells: WellParameters, q: Array) -> tuple[Array, Array]:
    """Temperatures at intake and wellhead that a steady rate brings [K]."""
    intake_cooling = wells.q_cooling * wells.casing_length / wells.tubing_length
    intake = arriving_temperature(q, wells.T_reservoir, wells.T_pump, intake_cooling)
    return intake, arriving_temperature(q, wells.T_reservoir, wells.T_surface, wells.q_cooling)


class Temperatures:
    """Steps the temperature states of all wells."""

    def __init__(self, wells: WellParameters):
        self.wells = wells
        self.intake = wells.T_pump.copy()
        self.motor = wells.T_pump.copy()
        self.wellhead = wells.T_surface.copy()

    def start(self, q: Array, heat: Array) -> None:
        """Set all to where they would settle at these rates and motor losses."""
        self.intake[:], self.wellhead[:] = arriving(self.wells, q)
        self.motor[:] = self.intake + heat / self._cooling(q)

    def step(self, dt: float, q: Array, heat: Array) -> None:
        """Advance by ``dt`` [s]; exact for constant rate and losses."""
        intake, wellhead = arriving(self.wells, q)
        self.intake += (intake - self.intake) * -np.expm1(-dt / INTAKE_LAG)
        self.wellhead += (wellhead - self.wellhead) * -np.expm1(-dt / WELLHEAD_LAG)
        cooling = self._cooling(q)
        settled = self.intake + heat / cooling
        self.motor += (settled - self.motor) * -np.expm1(-dt * cooling / self.wells.motor_heat)

    def _cooling(self, q: Array) -> Array:
        """Heat taken from the motor per temperature difference to the liquid [W/K]."""
        return self.wells.motor_area * motor_film(q / self.wells.motor_gap)
