"""The lines from manifolds to the separator as arrays, with the liquid that the wells of each give it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from plant.asset.field import Field
from plant.asset.lift import FlowingWell, NaturalWell
from plant.process.facility.line import clean_friction
from plant.process.gas_lift import design_lift_gas
from plant.process.parameter import Array

LEAST_WET = 1e-6  # liquid per gas of a gas well that is called dry


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

    def friction(self, q: Array, water_cut: Array, T: Array | float) -> Array:
        """Pressure lost per rate [Pa·s/m³]."""
        return clean_friction(
            q, water_cut, T, self.length, self.diameter, self.factor,
            self.oil_viscosity, self.oil_density, self.water_density,
        )  # fmt: skip


def flowline_parameters(field: Field) -> FlowlineParameters:
    """The nominal parameters of a field's flowlines, at the rates measured on its wells."""
    lines = {flowline.manifold: flowline for flowline in field.flowlines}
    rows = []
    for manifold in field.manifolds:
        flowline = lines[manifold.code]
        wells = [row for pad, row in _producers(field) if pad == manifold.wellpad]
        pipe = (manifold.design_pressure, flowline.line.length, flowline.line.diameter, flowline.factor.value)
        rows.append(pipe + _stream(wells))
    return FlowlineParameters(*np.array(rows, float).T)


def _producers(field: Field) -> list[tuple[str, tuple[float, ...]]]:
    """Of every well that produces liquid its wellpad, and rate, water cut, gas-oil ratio, oil's viscosity, densities
    of oil and water, temperature, and gas that does not come with its oil."""
    pumped = [
        (well.wellpad, (
            well.measured.rate, well.fluid.water_cut, well.fluid.gor, well.fluid.oil_viscosity, well.fluid.oil_density,
            well.fluid.water_density, well.measured.wellhead_temperature, 0.0,
        )) for well in field.wells
    ]  # fmt: skip
    lift_gas = design_lift_gas(field).tolist() if field.gas_lift_wells else []
    flowing: list[tuple[FlowingWell, float]] = list(zip(field.gas_lift_wells, lift_gas, strict=True))
    flowing += [(well, _dry_gas(well)) for well in field.natural_wells]
    return pumped + [(well.wellpad, (*(float(getattr(well, name)) for name in NAMES), gas)) for well, gas in flowing]


NAMES = ("rate", "water_cut", "gor", "oil_viscosity", "oil_density", "water_density", "wellhead_temperature")


def _dry_gas(well: NaturalWell) -> float:
    """Of a gas well, by the liquid that comes with it [m³/s]."""
    return well.rate / max(well.water_gas + well.condensate_gas, LEAST_WET) if well.kind == "PROD_GAS" else 0.0


def _stream(wells: list[tuple[float, ...]]) -> tuple[float, ...]:
    """What the wells together give: properties in the order of the parameters."""
    q, f_w, gor, mu, rho_o, rho_w, T, gas = np.array(wells, float).T
    oil, water = (1.0 - f_w) * q, f_w * q
    oil_share = oil / max(oil.sum(), 1e-12)
    water_share = water / max(water.sum(), 1e-12)
    return (
        float(np.exp(oil_share @ np.log(mu))),
        float(oil_share @ rho_o),
        float(water_share @ rho_w),
        float(q.sum()),
        float(water.sum() / q.sum()),
        float(oil @ gor) + float(gas.sum()),
        float(q @ T / q.sum()),
    )
