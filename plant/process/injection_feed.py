"""What injectors are fed with: water from the pumps' header, gas from the high-pressure line.

A field whose file has injectors and no pumps gets its water from another's header, at the pressure that lets its
injectors take what was measured.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from plant.asset.field import Field
from plant.physics.friction import friction_slope
from plant.physics.injection import injection_rate
from plant.process.facility.part import Part
from plant.process.facility.station import Station
from plant.process.flowing.asset import column_of
from plant.process.injector import TYPE, Injectors
from plant.process.lift_line import LiftLine
from plant.process.parameter import STEEL_ROUGHNESS, Array, G
from plant.process.parameter_table import rows_of
from plant.process.perturbation import INJECTING, perturb

SETTLING_STEP, SETTLING_STEPS = 10.0, 180  # [s]
SHUT = 0.02  # opening below which a choke is taken as this, to work out the pressure before it
PART = 3  # of the perturbations


class InjectionFeed(Part):
    """The injectors of a field and where what they take comes from."""

    brought: Array  # from another's header since the start: oil, water, gas [m³]

    def __init__(self, field: Field, seed: int | None):
        self.injectors = Injectors(field)
        self.design_pressure = design_pressure(field, self.injectors)
        if seed is not None:
            perturb(rows_of(self.injectors.parameters), seed, INJECTING, PART)
        super().__init__(brought=np.zeros(3))

    def inputs(self) -> dict[str, Array]:
        """What devices drive, as the wells stand."""
        return dict(self.injectors.inputs())

    def step(self, dt: float, inputs: Mapping[str, Array], station: Station, line: LiftLine | None) -> float:
        """Let the injectors take for ``dt`` [s]; returns the water that the station's header gives them [m³/s]."""
        pumps = station.injection
        most = np.inf if pumps is None else pumps.available / dt
        target, attached = inputs[f"{TYPE}.ChokeTarget"], inputs[f"{TYPE}.Attached"]
        self.injectors.step(dt, target, self._pressures(station, line), most, attached)
        _, water, gas = self.injectors.state["taken"].sum(axis=1)
        if line:
            line.give(float(gas) * dt)
        if pumps is None:
            self.brought[1] += water * dt
            return 0.0
        return float(water)

    def settle(self, inputs: Mapping[str, Array], station: Station) -> None:
        """Let the injectors come to the rates that their header's pressure gives."""
        target, p = inputs[f"{TYPE}.ChokeTarget"], self._pressures(station, None)
        for _ in range(SETTLING_STEPS):
            self.injectors.step(SETTLING_STEP, target, p)

    def _pressures(self, station: Station, line: LiftLine | None) -> Array:
        """Before each injector's choke [Pa]."""
        water = self.design_pressure if station.injection is None else station.injection.pressure
        level = 1.0 if line is None else line.level
        return np.where(self.injectors.parameters.is_gas > 0.0, self.design_pressure * level, water)


def design_pressure(field: Field, injectors: Injectors) -> Array:
    """At which each injector takes its measured rate through its choke as measured [Pa]."""
    p, rate = injectors.parameters, column_of(field.injectors, "rate")
    opening = np.maximum(column_of(field.injectors, "opening"), SHUT)
    slope = friction_slope(rate, p.tubing_length, p.tubing_diameter, p.density, p.viscosity, STEEL_ROUGHNESS)
    through = np.square(rate / (opening * p.choke_full))
    return _bottom(p.reservoir_pressure, rate, injectors) - p.density * G * p.depth + slope * rate + through


def _bottom(p_r: Array, rate: Array, injectors: Injectors) -> Array:
    """Pressure at which the rock takes these rates, found by halving."""
    p = injectors.parameters
    low, high = p_r.copy(), p_r + rate / p.injectivity
    for _ in range(60):
        middle = 0.5 * (low + high)
        takes = injection_rate(middle, p_r, p.injectivity, p.fracture_pressure) >= rate
        low, high = np.where(takes, low, middle), np.where(takes, middle, high)
    return high
