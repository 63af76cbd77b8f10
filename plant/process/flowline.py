"""The lines from manifolds to the separator as arrays, with the liquid that the wells of each give it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from plant.asset.field import Field, Well
from plant.physics.emulsion import broken_viscosity
from plant.physics.fluid import mixture_density, oil_viscosity, water_viscosity
from plant.physics.friction import friction_slope
from plant.process.parameter import STEEL_ROUGHNESS, Array


@dataclass
class FlowlineParameters:
    """One array per parameter, one element per manifold, in the order of the field's manifolds; SI."""

    design_pressure: Array
    length: Array
    diameter: Array
    factor: Array  # of friction
    oil_viscosity: Array  # of the wells' oils together, at 50 °C
    oil_density: Array
    water_density: Array
    rate: Array  # of liquid, as measured
    water_cut: Array
    gas_rate: Array  # at standard conditions
    temperature: Array  # of the streams together

    @property
    def volume(self) -> Array:
        """What a full line holds [m³]."""
        return 0.25 * np.pi * self.diameter**2 * self.length

    @property
    def inertia(self) -> Array:
        """Pressure that accelerates the liquid, per acceleration of the rate [kg/m⁴]."""
        return 1000.0 * self.length / (0.25 * np.pi * self.diameter**2)

    def friction(self, q: Array, water_cut: Array, T: Array | float) -> Array:
        """Pressure lost per rate [Pa·s/m³]."""
        mu = broken_viscosity(water_cut, oil_viscosity(T, self.oil_viscosity), water_viscosity(T))
        rho = mixture_density(water_cut, self.oil_density, self.water_density)
        return self.factor * friction_slope(q, self.length, self.diameter, rho, mu, STEEL_ROUGHNESS)


def flowline_parameters(field: Field) -> FlowlineParameters:
    """The nominal parameters of a field's flowlines, at the rates measured on its wells."""
    lines = {flowline.manifold: flowline for flowline in field.flowlines}
    rows = []
    for manifold in field.manifolds:
        flowline = lines[manifold.code]
        wells = [well for well in field.wells if well.wellpad == manifold.wellpad]
        pipe = (manifold.design_pressure, flowline.line.length, flowline.line.diameter, flowline.factor.value)
        rows.append(pipe + _stream(wells))
    return FlowlineParameters(*np.array(rows, float).T)


def _stream(wells: list[Well]) -> tuple[float, ...]:
    """What the wells together give: properties in the order of the parameters."""
    q = np.array([well.measured.rate for well in wells])
    f_w = np.array([well.fluid.water_cut for well in wells])
    oil, water = (1.0 - f_w) * q, f_w * q
    oil_share = oil / max(oil.sum(), 1e-12)
    water_share = water / max(water.sum(), 1e-12)
    return (
        float(np.exp(oil_share @ np.log([well.fluid.oil_viscosity for well in wells]))),
        float(oil_share @ [well.fluid.oil_density for well in wells]),
        float(water_share @ [well.fluid.water_density for well in wells]),
        float(q.sum()),
        float(water.sum() / q.sum()),
        float(oil @ [well.fluid.gor for well in wells]),
        float(q @ [well.measured.wellhead_temperature for well in wells] / q.sum()),
    )
