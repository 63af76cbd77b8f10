"""Wells with gas: traverses of multiphase flow in casing, tubing and line, a pump that loses head to gas.

The gas all goes through the pump, for a packer closes the annulus. Its density and rate there, and in the choke,
are the mean of those before and behind. What factors of friction add is worked out without slip.
"""

from __future__ import annotations

from dataclasses import replace
from functools import partial

import numpy as np

from plant.physics.emulsion import broken_viscosity, emulsion_viscosity
from plant.physics.esp.gas import turpin_head_factor
from plant.physics.friction import churchill_factor
from plant.physics.multiphase.march import end_pressure
from plant.physics.multiphase.stream import Stream, black_oil_stream
from plant.physics.multiphase.traverse import LEAST_PRESSURE, StreamAt
from plant.physics.pvt.blackoil import Fluid, Properties
from plant.physics.pvt.formation_volume import RHO_WATER_SC
from plant.physics.pvt.legal import LEGAL
from plant.physics.pvt.z_table import quick_properties
from plant.process.parameter import STEEL_ROUGHNESS, Array, G, WellParameters
from plant.process.pump_table import PumpTable
from plant.process.steady.flow import Way, choke_drop, greatest_rate
from plant.process.steady.liquid import primed
from plant.process.temperature import arriving

GAS_GRAVITY = 0.7  # of all wells' gas, for none was published
TUBING_CELLS, LINE_CELLS = 4, 2  # per cell of the casing


class WellFluid:
    """Fluids of wells or of mixed streams, an array over them each, with viscosities of oil and water together."""

    def __init__(self, rho_o: Array, rho_w: Array, mu_o_50: Array, gor: Array, f_w: Array):
        # no oil dissolves more than the range of correlations; the rest is free at any pressure
        self.fluid = Fluid(rho_o / RHO_WATER_SC, GAS_GRAVITY, np.minimum(gor, LEGAL["R_s"][1]), mu_o_50=mu_o_50)
        self.gor, self.f_w = gor, f_w
        self.salt = rho_w / self.fluid.rho_w_sc  # density of the brine over that of water

    def stream(self, q: Array, diameter: Array, stirred: bool) -> StreamAt:
        """The stream of a liquid rate [m³/s], an emulsion where a pump has stirred it."""
        q_o = q * (1.0 - self.f_w)
        mixed = emulsion_viscosity if stirred else broken_viscosity
        fluid, salt, f_w = self.fluid, self.salt, self.f_w

        def known(p: Array, T: Array) -> Properties:
            at = quick_properties(fluid, p, T)
            mu = mixed(f_w, at.mu_o, at.mu_w)
            return replace(at, rho_w=at.rho_w * salt, mu_o=mu, mu_w=mu)

        return black_oil_stream(known, q_o, q - q_o, q_o * self.gor, diameter)


class GassyFlow:
    """All wells of a field, at given speeds over test speed and flow coefficients of their chokes."""

    def __init__(
        self, wells: WellParameters, fluid: WellFluid, pump: PumpTable, speed: Array, coefficient: Array, author: str
    ):
        self.wells, self.fluid, self.pump = wells, fluid, pump
        self.speed, self.coefficient, self.author = speed, coefficient, author
        self.q_max = greatest_rate(wells, pump, speed, coefficient)
        self._fall_below = np.arcsin(np.clip(wells.h_below / wells.casing_length, -1.0, 1.0))
        self._fall_above = np.arcsin(np.clip(wells.h_pump / wells.tubing_length, -1.0, 1.0))

    def way(self, q: Array, cells: int) -> Way:
        """All pressures along the way."""
        wells = self.wells
        T_intake, T_wh = arriving(wells, q)
        p_wf = np.maximum(wells.reservoir_pressure - q / wells.productivity, LEAST_PRESSURE)
        stream = partial(self.fluid.stream, q)
        casing = stream(wells.casing_diameter, True)
        intake = self._pipe(p_wf, (wells.T_reservoir, T_intake), "casing", self._fall_below, casing, cells)
        tubing = stream(wells.tubing_diameter, True)
        discharge = self._pumped(intake, T_intake, tubing)
        above = TUBING_CELLS * cells
        wellhead = self._pipe(discharge, (T_intake, T_wh), "tubing", self._fall_above, tubing, above)
        line = self._choked(wellhead, T_wh, tubing)
        return Way(p_wf, intake, discharge, wellhead, line, self._gathered(line, T_wh, stream, cells), T_wh)

    def _pipe(self, p: Array, T: tuple[Array, Array], name: str, angle: Array, stream: StreamAt, cells: int) -> Array:
        wells = self.wells
        length, diameter = getattr(wells, f"{name}_length"), getattr(wells, f"{name}_diameter")
        end = end_pressure(p, T, length, angle, stream, diameter, STEEL_ROUGHNESS, cells=cells, author=self.author)
        return np.maximum(end - self._more_friction(0.5 * (p + end), T[1], stream, length, diameter), LEAST_PRESSURE)

    def _more_friction(self, p: Array, T: Array, stream: StreamAt, length: Array, diameter: Array) -> Array:
        return (self.wells.friction_factor - 1.0) * length * level_friction(stream(p, T), diameter)

    def _pumped(self, intake: Array, T: Array, stream: StreamAt) -> Array:
        """Discharge pressure: twice around, for density and rate change on the way through the stages."""
        before = self._through(stream(intake, T))
        gassed = turpin_head_factor(before[2], intake) * primed(intake) * self.wells.head_factor
        discharge = intake + self._lift(before) * gassed
        behind = self._through(stream(np.maximum(discharge, LEAST_PRESSURE), T))
        mean = tuple(0.5 * (one + other) for one, other in zip(before, behind, strict=True))
        return np.maximum(intake + self._lift(mean) * gassed, LEAST_PRESSURE)

    def _through(self, stream: Stream) -> tuple[Array, ...]:
        """Rate and density of the mixture, and gas per liquid."""
        q = stream.v_m * self.wells.tubing_area
        return q, stream.rho_n, np.asarray(stream.v_sg) / np.maximum(stream.v_sl, 1e-12)

    def _lift(self, through: tuple[Array, ...]) -> Array:
        return through[1] * G * self.pump.head_and_slope(self.speed, through[0])[0]

    def _choked(self, wellhead: Array, T: Array, stream: StreamAt) -> Array:
        """Behind the choke. The mixture drops as a liquid of its momentum would; the sound barrier is left out."""
        before = self._momentum(stream(wellhead, T))
        line = np.maximum(wellhead - choke_drop(np.sqrt(before), self.coefficient), LEAST_PRESSURE)
        mean = 0.5 * (before + self._momentum(stream(line, T)))
        return np.maximum(wellhead - choke_drop(np.sqrt(mean), self.coefficient), LEAST_PRESSURE)

    def _momentum(self, stream: Stream) -> Array:
        """Square of the rate of the process's liquid that has the momentum of this mixture."""
        return np.square(stream.v_m * self.wells.tubing_area) * stream.rho_n / self.wells.rho

    def _gathered(self, line: Array, T: Array, stream: partial[StreamAt], cells: int) -> Array:
        wells = self.wells
        flow = stream(wells.line_diameter, False)
        end = end_pressure(
            line, (T, T), wells.line_length, 0.0, flow, wells.line_diameter, STEEL_ROUGHNESS,
            cells=LINE_CELLS * cells, author=self.author,
        )  # fmt: skip
        return np.maximum(line - wells.line_factor * (line - end), LEAST_PRESSURE)


def level_friction(stream: Stream, diameter: Array) -> Array:
    """Pressure lost to friction per length, as of a liquid with the mixture's density and viscosity [Pa/m]."""
    factor = churchill_factor(stream.rho_n * stream.v_m * diameter / stream.mu_n, STEEL_ROUGHNESS / diameter)
    return factor * stream.rho_n * np.square(stream.v_m) / (2.0 * diameter)
