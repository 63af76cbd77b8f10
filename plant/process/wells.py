"""The wells of a field as they move: drives, liquid, chokes and temperatures over arrays."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from plant.asset.field import Field
from plant.physics.choke import choke_rate
from plant.physics.friction import friction_slope
from plant.process.drive import Drives
from plant.process.hydraulics import Drive, Hydraulics
from plant.process.parameter import STEEL_ROUGHNESS, Array, WellParameters, line_viscosity, well_viscosity
from plant.process.pump_table import PumpTable
from plant.process.temperature import Temperatures

LINE_LAG = 3.0  # of the pressure behind the choke [s]
HEAT_STEP = 1.0  # temperatures, and viscosities with them, take minutes: they are stepped this often [s]


class Wells:
    """All wells of a field. ``outflow`` is what reaches the manifolds."""

    def __init__(self, field: Field, parameters: WellParameters):
        self.parameters = parameters
        pump = PumpTable(field)
        self.drives = Drives(parameters, pump, field)
        self.hydraulics = Hydraulics(parameters, pump)
        self.temperatures = Temperatures(parameters)
        self.choke = np.array([well.choke.opening for well in field.wells], float)
        self.p_line = np.array([well.measured.flowline_pressure for well in field.wells], float)
        self.outflow = np.zeros(len(field.wells))
        self._start(field)

    def _start(self, field: Field) -> None:
        q = np.array([well.measured.rate for well in field.wells])
        wells = self.parameters
        self.drives.start(np.array([well.measured.frequency for well in field.wells]))
        self.hydraulics.start(
            wells.reservoir_pressure - q / wells.productivity,
            np.array([well.measured.wellhead_pressure for well in field.wells]),
            q,
        )
        self.drives.load(np.ones(len(q), bool), q)
        self.temperatures.start(q, self.drives.heat)
        self.outflow[:] = q
        self._warm(0.0)

    def settle_temperatures(self) -> None:
        """Set temperatures to where they would settle at the present rates."""
        self.temperatures.start(self.hydraulics.q, self.drives.heat)
        self._warm(0.0)

    def step(self, dt: float, inputs: Mapping[str, Array], p_manifold: Array) -> None:
        """Advance by ``dt`` [s]; ``p_manifold`` is that of each well's own manifold [Pa]."""
        attached = inputs["Well.Attached"].astype(bool)
        energised = np.logical_and(inputs["Well.Energised"], attached)
        self.drives.step(dt, energised, inputs["Well.FrequencyTarget"], self.hydraulics.q)
        self._move_choke(dt, inputs["Well.ChokeTarget"])
        opening = np.where(attached, self.choke, 0.0)
        coefficient = opening * self.parameters.choke_full
        self.hydraulics.step(dt, Drive(self.drives.speed, coefficient, self.p_line, self.mu))
        self._flow_out(dt, coefficient, p_manifold)
        self.drives.load(energised, self.hydraulics.q)
        self._since_heat += dt
        if self._since_heat >= HEAT_STEP - 1e-9:
            self._warm(self._since_heat)

    def _warm(self, dt: float) -> None:
        """Step temperatures and work out viscosities: ``mu`` is in casing and tubing, shape (2, n)."""
        T, self._since_heat = self.temperatures, 0.0
        T.step(dt, self.hydraulics.q, self.drives.heat)
        self.mu = well_viscosity(self.parameters, np.stack((T.intake, 0.5 * (T.intake + T.wellhead))))
        self._mu_line = line_viscosity(self.parameters, T.wellhead)

    def _move_choke(self, dt: float, target: Array) -> None:
        stroke = self.parameters.choke_slew * dt
        self.choke += np.minimum(np.maximum(np.clip(target, 0.0, 1.0) - self.choke, -stroke), stroke)

    def _flow_out(self, dt: float, coefficient: Array, p_manifold: Array) -> None:
        """What passes the choke, and the pressure that the line to the manifold then needs."""
        drop = np.maximum(self.hydraulics.wellhead_pressure() - self.p_line, 0.0)
        self.outflow[:] = choke_rate(drop, coefficient)
        wells, mu = self.parameters, self._mu_line
        slope = friction_slope(self.outflow, wells.line_length, wells.line_diameter, wells.rho, mu, STEEL_ROUGHNESS)
        needed = p_manifold + wells.line_factor * slope * self.outflow
        self.p_line += (needed - self.p_line) * (dt / (LINE_LAG + dt))
