"""From the wells to the separator: a manifold and a flowline per wellpad.

Each line holds oil, water and gas. What the wells give comes in; what leaves is of the line's own
composition; whatever more liquid it holds than its steel asks for has compressed the gas in it, and that
is the manifold's pressure. So volumes are conserved to the last digit.
"""

from __future__ import annotations

import numpy as np

from plant.asset.field import Field
from plant.process.flowline import FlowlineParameters
from plant.process.parameter import Array

GAS_SHARE = 0.01  # of a line's volume that is gas and gives under pressure


class Gathering:
    """The manifolds and flowlines of a field, in the order of its manifolds."""

    def __init__(self, field: Field, lines: FlowlineParameters):
        self.lines = lines
        codes = [manifold.wellpad for manifold in field.manifolds]
        self.manifold_of = np.array([codes.index(well.wellpad) for well in field.wells])
        self._compliance = GAS_SHARE * lines.volume / lines.design_pressure
        self.oil = (1.0 - lines.water_cut) * lines.volume
        self.water = lines.water_cut * lines.volume
        self.gas = lines.gas_rate / lines.rate * lines.volume
        self.inflow = lines.rate.copy()
        self.outflow = lines.rate.copy()
        self.delivered = np.zeros(3)  # oil, water and gas that leave for the separator [m³/s]

    @property
    def pressure(self) -> Array:
        """At the manifolds [Pa]."""
        return self.lines.design_pressure + (self.oil + self.water - self.lines.volume) / self._compliance

    def step(self, dt: float, liquid: Array, water_cut: Array, gor: Array, p_separator: float, T: float) -> None:
        """Take in the wells' liquid [m³/s] with the gas that comes with it, and push it on to the separator."""
        oil = (1.0 - water_cut) * liquid
        self.inflow = self._gathered(liquid)
        self._accelerate(dt, p_separator, T)
        stocks = np.stack((self.oil, self.water, self.gas))
        leaving = stocks * (self.outflow / (self.oil + self.water))
        arriving = np.stack([self._gathered(rates) for rates in (oil, water_cut * liquid, oil * gor)])
        self.oil, self.water, self.gas = stocks + (arriving - leaving) * dt
        self.delivered = leaving.sum(axis=1)

    def _gathered(self, rates: Array) -> Array:
        return np.bincount(self.manifold_of, rates, len(self.lines.rate)).astype(np.float64, copy=False)

    def _accelerate(self, dt: float, p_separator: float, T: float) -> None:
        """The liquid's momentum, its friction taken at the end of the step, which keeps any step stable."""
        lines = self.lines
        friction = lines.friction(self.outflow, self.water / (self.oil + self.water), T)
        gain = dt / lines.inertia
        self.outflow = np.maximum((self.outflow + gain * (self.pressure - p_separator)) / (1.0 + gain * friction), 0.0)
