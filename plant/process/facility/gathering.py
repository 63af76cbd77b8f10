"""From the wells to the separator: a manifold and a flowline per wellpad.

Each line holds oil, water and gas. What the wells give comes in; what leaves is of the line's own
composition; whatever more liquid it holds than its steel asks for has compressed the gas in it, and that
is the manifold's pressure. So volumes are conserved to the last digit. What leaks out is counted.
"""

from __future__ import annotations

from copy import copy

import numpy as np

from plant.asset.field import Field
from plant.process.facility import kernel
from plant.process.facility.board import Board
from plant.process.facility.condition import LineCondition, line_condition
from plant.process.facility.deposit import Deposits
from plant.process.facility.dip import Dips
from plant.process.facility.flowline import FlowlineParameters
from plant.process.facility.line import friction, liquid_heat, resistance, warmed
from plant.process.facility.part import Part
from plant.process.facility.row import LineKind, LineState, Stream
from plant.process.parameter import Array

FIXED = (
    "design_pressure", "length", "diameter", "factor", "oil_viscosity", "oil_density", "water_density",
)  # fmt: skip
METER_SHARE = 0.05  # of a line's length that lies behind its outlet's meters


def heat_capacity(liquid: Array) -> Array:
    """Of oil and water, rows of a stream or a stock, per kelvin; that of their gas is left out [J/K]."""
    return liquid_heat(liquid[0], liquid[1])


class Gathering(Part):
    """The manifolds and flowlines of a field, in the order of its manifolds."""

    stock: Array  # oil, water and gas held, shape (3, m) [m³ at standard conditions]
    T: Array
    inflow: Array  # of liquid [m³/s]
    outflow: Array
    delivered: Array  # oil, water and gas that leave each line for the separator, shape (3, m) [m³/s]
    leaked: Array  # since the start, shape (3, m) [m³]

    def __init__(self, field: Field, lines: FlowlineParameters):
        self.lines, m = copy(lines), len(field.manifolds)
        codes = [manifold.wellpad for manifold in field.manifolds]
        self.manifold_of = np.array([codes.index(well.wellpad) for well in field.wells])
        shares = np.stack((1.0 - lines.water_cut, lines.water_cut, lines.gas_rate / lines.rate))
        super().__init__(
            stock=shares * lines.volume, T=lines.temperature.copy(), inflow=lines.rate.copy(),
            outflow=lines.rate.copy(), delivered=np.zeros((3, m)), leaked=np.zeros((3, m)),
        )  # fmt: skip
        self.parameters: LineCondition = line_condition(field)
        self.deposits = Deposits(m)
        self.dips = Dips(m)
        moving = ("stock", "T", "inflow", "outflow", "delivered", "leaked")
        self._moving = Board(
            LineState, m, (self, moving), (self.dips, ("held", "blowing")), (self.deposits, ("hydrate", "wax"))
        )
        self.kind = Board(LineKind, m, (self.lines, FIXED), (self.parameters, tuple(vars(self.parameters))))
        self.boards = self._moving, self.kind

    @property
    def pressure(self) -> Array:
        """At the manifolds [Pa]."""
        return kernel.line_pressures(self._moving.matrix, self.kind.matrix)

    @property
    def resistance(self) -> Array:
        """Friction with what has grown in each line over that of the clean one."""
        return resistance(self._moving.rows, self.kind.rows)

    def outlet_pressure(self, p_behind: Array | float) -> Array:
        """Where the meters stand before the outlet [Pa]."""
        return np.asarray(p_behind + METER_SHARE * (self.pressure - p_behind))

    def inventory(self) -> Array:
        """Oil, water and gas held [m³]."""
        return self.stock.sum(axis=1) + self.dips.inventory()

    def settle_temperatures(self, arriving: Array, T: Array) -> None:
        """Set the lines to where they would settle while this arrives."""
        self.T[:] = warmed(self._moving.rows, self.kind.rows, 1e12, Stream(*arriving), T)

    def friction(self, q: Array, water_cut: Array) -> Array:
        """Pressure that a rate of liquid loses in each line as it is now, over that rate [Pa·s/m³]."""
        return friction(q, water_cut, self.T, self._moving.rows, self.kind.rows)

    def gather(self, streams: Array, T: Array, manifold_of: Array | None = None) -> tuple[Array, Array]:
        """Streams (3, n) of wells [m³/s] and their temperatures, as they meet at the manifolds: (3, m) and (m,).

        ``manifold_of`` says where each goes; by default they are the field's wells with pumps.
        """
        to = self.manifold_of if manifold_of is None else manifold_of
        return kernel.gather(streams, T, to, self.T)

    def step(self, dt: float, arriving: Array, T: Array, p_behind: Array | float) -> None:
        """Take in what arrives at the manifolds (3, m) [m³/s], of these temperatures, and push it on.

        ``p_behind`` is the pressure that each line, or all of them, runs into [Pa].
        """
        behind = p_behind if isinstance(p_behind, np.ndarray) else np.full(len(self.T), p_behind)
        kernel.move_lines(self._moving.matrix, self.kind.matrix, dt, arriving, T, behind)
        if self.deposits.wait(dt):
            self.deposits.grow(self.kind, self.T, self.pressure)
