"""What grows in cold lines: hydrate where gas and water freeze together, wax on walls colder than its appearance.

Both take bore, and so make friction; what they hold of the stream is left out of its balance. They take
minutes to days, and are stepped on a clock of their own.
"""

from __future__ import annotations

import numpy as np

from plant.physics.fluid import oil_viscosity
from plant.physics.hydrate import hydrate_margin
from plant.physics.wax import deposit_growth, hayduk_minhas_diffusivity, wall_temperature
from plant.process.facility.condition import LineCondition
from plant.process.facility.flowline import FlowlineParameters
from plant.process.facility.part import Part
from plant.process.parameter import Array

STRIDE = 5.0  # of their clock [s]
GAS_GRAVITY = 0.65
# Hydrate closes a line that is 5 K below its curve in an hour, and goes as fast when warmed: an order that pilot
# loops and field plugs show, not a kinetic law.
HYDRATE_RATE = 2e-4  # share of the open bore per subcooling [1/s/K]
FILM = 200.0  # heat transfer of the oil's film at the wall [W/m²/K]
OIL_CONDUCTIVITY = 0.13  # [W/m/K]
MELTING_TIME = 6 * 3600.0  # of a wax layer on a wall that is warm again [s]
LEAST_BORE = 2e-3  # share that even a frozen line leaves open, for its ice is porous


class Deposits(Part):
    """``hydrate`` is the share of the bore it takes, ``wax`` the thickness of its layer [m]."""

    hydrate: Array
    wax: Array
    since: Array

    def __init__(self, lines: FlowlineParameters, condition: LineCondition):
        n = len(lines.length)
        super().__init__(hydrate=np.zeros(n), wax=np.zeros(n), since=np.zeros(1))
        self._lines, self._condition = lines, condition

    @property
    def resistance(self) -> Array:
        """Friction over that of the clean line: with the fifth power of the diameter."""
        left = np.maximum((1.0 - self.hydrate) * (1.0 - self._condition.plug), LEAST_BORE)
        bore = np.maximum(1.0 - 2.0 * self.wax / self._lines.diameter, 0.05)
        return (left * bore * bore) ** -2.5

    def step(self, dt: float, T: Array, p: Array) -> None:
        """Grow or melt for ``dt`` [s] at the lines' temperatures and pressures."""
        self.since += dt
        if self.since[0] < STRIDE - 1e-9:
            return
        self._freeze(float(self.since[0]), T, np.maximum(p, 1e5))
        self._settle_wax(float(self.since[0]), T)
        self.since[:] = 0.0

    def _freeze(self, dt: float, T: Array, p: Array) -> None:
        margin = hydrate_margin(T, p, GAS_GRAVITY, np.clip(self._condition.inhibitor, 0.0, 0.5))
        growing = -np.expm1(-HYDRATE_RATE * dt * np.maximum(-margin, 0.0))
        self.hydrate += (1.0 - self.hydrate) * growing
        self.hydrate *= np.exp(-HYDRATE_RATE * dt * np.maximum(margin, 0.0))

    def _settle_wax(self, dt: float, T: Array) -> None:
        condition, lines = self._condition, self._lines
        wall = wall_temperature(T, condition.outside, np.minimum(condition.transfer, FILM), FILM)
        diffusivity = hayduk_minhas_diffusivity(wall, oil_viscosity(wall, lines.oil_viscosity))
        growth = deposit_growth(
            T, wall, condition.wax_temperature, condition.wax_content, diffusivity, OIL_CONDUCTIVITY / FILM
        )
        self.wax[:] = np.minimum(self.wax + growth * dt, 0.45 * lines.diameter)
        self.wax *= np.where(wall > condition.wax_temperature, np.exp(-dt / MELTING_TIME), 1.0)
