"""From the wells to the separator: a manifold and a flowline per wellpad.

Each line holds oil, water and gas. What the wells give comes in; what leaves is of the line's own
composition; whatever more liquid it holds than its steel asks for has compressed the gas in it, and that
is the manifold's pressure. So volumes are conserved to the last digit. What leaks out is counted.
"""

from __future__ import annotations

import numpy as np

from plant.asset.field import Field
from plant.process.facility.condition import LineCondition, line_condition
from plant.process.facility.deposit import Deposits
from plant.process.facility.dip import Dips
from plant.process.facility.flowline import FlowlineParameters
from plant.process.facility.part import Part
from plant.process.parameter import Array

GAS_SHARE = 0.01  # of a line's volume that is gas and gives under pressure
ATMOSPHERE = 101_325.0
DISCHARGE = 0.6  # of a hole's edge
METER_SHARE = 0.05  # of a line's length that lies behind its outlet's meters
OIL_HEAT, WATER_HEAT = 1.8e6, 4.1e6  # to warm a volume [J/m³/K]
TINY = 1e-30


def heat_capacity(liquid: Array) -> Array:
    """Of oil and water, rows of a stream or a stock, per kelvin; that of their gas is left out [J/K]."""
    return OIL_HEAT * liquid[0] + WATER_HEAT * liquid[1]


class Gathering(Part):
    """The manifolds and flowlines of a field, in the order of its manifolds."""

    stock: Array  # oil, water and gas held, shape (3, m) [m³ at standard conditions]
    T: Array
    inflow: Array  # of liquid [m³/s]
    outflow: Array
    delivered: Array  # oil, water and gas that leave each line for the separator, shape (3, m) [m³/s]
    leaked: Array  # since the start, shape (3, m) [m³]

    def __init__(self, field: Field, lines: FlowlineParameters):
        self.lines, m = lines, len(field.manifolds)
        codes = [manifold.wellpad for manifold in field.manifolds]
        self.manifold_of = np.array([codes.index(well.wellpad) for well in field.wells])
        shares = np.stack((1.0 - lines.water_cut, lines.water_cut, lines.gas_rate / lines.rate))
        super().__init__(
            stock=shares * lines.volume, T=lines.temperature.copy(), inflow=lines.rate.copy(),
            outflow=lines.rate.copy(), delivered=np.zeros((3, m)), leaked=np.zeros((3, m)),
        )  # fmt: skip
        self._compliance = GAS_SHARE * lines.volume / lines.design_pressure
        self._wall = np.pi * lines.diameter * lines.length
        self.parameters: LineCondition = line_condition(field)
        self.deposits = Deposits(lines, self.parameters)
        self.dips = Dips(m)

    @property
    def pressure(self) -> Array:
        """At the manifolds [Pa]."""
        held = self.stock[0] + self.stock[1]
        return self.lines.design_pressure + (held - self.lines.volume) / self._compliance

    def outlet_pressure(self, p_behind: Array | float) -> Array:
        """Where the meters stand before the outlet [Pa]."""
        return np.asarray(p_behind + METER_SHARE * (self.pressure - p_behind))

    def inventory(self) -> Array:
        """Oil, water and gas held [m³]."""
        return self.stock.sum(axis=1) + self.dips.inventory()

    def settle_temperatures(self, arriving: Array, T: Array) -> None:
        """Set the lines to where they would settle while this arrives."""
        self._warm(1e12, arriving, T)

    def friction(self, q: Array, water_cut: Array) -> Array:
        """Pressure that a rate of liquid loses in each line as it is now, over that rate [Pa·s/m³]."""
        p = self.parameters
        clean = self.lines.friction(q, water_cut, self.T)
        return clean * p.fouling * self.deposits.resistance + p.outlet_drop * q

    def gather(self, streams: Array, T: Array, manifold_of: Array | None = None) -> tuple[Array, Array]:
        """Streams (3, n) of wells [m³/s] and their temperatures, as they meet at the manifolds: (3, m) and (m,).

        ``manifold_of`` says where each goes; by default they are the field's wells with pumps.
        """
        to = self.manifold_of if manifold_of is None else manifold_of
        m = len(self.T)
        met = np.stack([np.bincount(to, rates, m) for rates in streams]).astype(np.float64, copy=False)
        heat = heat_capacity(streams)
        brought = np.bincount(to, heat, m)
        return met, np.where(brought > 0.0, np.bincount(to, heat * T, m) / np.maximum(brought, TINY), self.T)

    def step(self, dt: float, arriving: Array, T: Array, p_behind: Array | float) -> None:
        """Take in what arrives at the manifolds (3, m) [m³/s], of these temperatures, and push it on.

        ``p_behind`` is the pressure that each line, or all of them, runs into [Pa].
        """
        self.inflow[:] = arriving[0] + arriving[1]
        self._warm(dt, arriving, T)
        self._accelerate(dt, p_behind)
        per_liquid = self.stock / (self.stock[0] + self.stock[1])
        leaving, leaking = per_liquid * self.outflow, per_liquid * self._leak(dt, p_behind)
        self.stock += (arriving - leaving - leaking) * dt
        self.leaked += leaking * dt
        self.delivered[:] = self.dips.step(dt, leaving, self.parameters.dip_volume)
        self.deposits.step(dt, self.T, self.pressure)

    def _warm(self, dt: float, arriving: Array, T_arriving: Array) -> None:
        """The stream brings its heat into a line that gives some away; exact for a constant rate."""
        brings = heat_capacity(arriving)
        loses = self.parameters.transfer * self._wall
        settled = (brings * T_arriving + loses * self.parameters.outside) / np.maximum(brings + loses, TINY)
        self.T += (settled - self.T) * -np.expm1(-dt * (brings + loses) / heat_capacity(self.stock))

    def _accelerate(self, dt: float, p_behind: Array | float) -> None:
        """The liquid's momentum, its friction taken at the end of the step, which keeps any step stable."""
        friction = self.friction(self.outflow, self.stock[1] / (self.stock[0] + self.stock[1]))
        gain = dt / self.lines.inertia
        pushed = (self.outflow + gain * (self.pressure - p_behind)) / (1.0 + gain * friction)
        self.outflow[:] = np.maximum(pushed, 0.0)

    def _leak(self, dt: float, p_behind: Array | float) -> Array:
        """Liquid out of a hole half way, its pressure taken at the end of the step."""
        p_inlet = self.pressure
        drop = np.maximum(np.minimum(p_inlet, 0.5 * (p_inlet + p_behind)) - ATMOSPHERE, 1.0)
        q = DISCHARGE * self.parameters.leak_area * np.sqrt(2.0 * drop / 1000.0)
        return q / (1.0 + 0.5 * dt * q / (drop * self._compliance))
