"""What the lines from manifolds to separator cost, for the streams that their wells give together."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from plant.asset.field import Field
from plant.physics.multiphase.march import end_pressure
from plant.process.flowline import FlowlineParameters
from plant.process.parameter import STEEL_ROUGHNESS, Array
from plant.process.steady.gassy import LINE_CELLS, WellFluid

Loss = Callable[[Array], Array]  # rates of liquid through the lines [m³/s] → pressures lost [Pa]
LEAST_RATE = 1e-9  # below which a manifold's stream is taken to be that of its wells in equal parts [m³/s]


class Mixed(NamedTuple):
    """Streams of the manifolds: what their wells give, by their rates."""

    water_cut: Array
    gor: Array
    T: Array


class Gathering:
    """The lines of a field: which well flows into which, and what a rate loses in each."""

    def __init__(self, field: Field, lines: FlowlineParameters, p_separator: float, author: str | None):
        self.lines, self.p_separator, self.author = lines, p_separator, author
        codes = [manifold.wellpad for manifold in field.manifolds]
        self.manifold_of = np.array([codes.index(well.wellpad) for well in field.wells])

    def gathered(self, rates: Array) -> Array:
        """What the wells of each manifold give together."""
        return np.bincount(self.manifold_of, rates, len(self.lines.length)).astype(np.float64, copy=False)

    def mixed(self, q: Array, water_cut: Array, gor: Array, T: Array) -> Mixed:
        """The streams of wells that give liquid ``q`` at temperatures ``T``."""
        q = np.maximum(q, LEAST_RATE)
        oil, liquid = q * (1.0 - water_cut), self.gathered(q)
        whole = np.maximum(self.gathered(oil), 1e-12)
        return Mixed(
            self.gathered(q * water_cut) / liquid, self.gathered(oil * gor) / whole, self.gathered(q * T) / liquid
        )

    def loss(self, mixed: Mixed) -> Loss:
        """Pressure lost between each manifold and the separator."""
        return self._liquid(mixed) if self.author is None else self._gassy(mixed, self.author)

    def _liquid(self, mixed: Mixed) -> Loss:
        lines = self.lines
        return lambda q: lines.friction(q, mixed.water_cut, mixed.T) * q

    def _gassy(self, mixed: Mixed, author: str) -> Loss:
        lines, p = self.lines, np.full(len(self.lines.length), self.p_separator)
        fluid = WellFluid(lines.oil_density, lines.water_density, lines.oil_viscosity, mixed.gor, mixed.water_cut)

        def loss(q: Array) -> Array:
            stream = fluid.stream(np.maximum(q, 0.0), lines.diameter, False)
            upstream = end_pressure(
                p, (mixed.T, mixed.T), lines.length, 0.0, stream, lines.diameter, STEEL_ROUGHNESS,
                cells=2 * LINE_CELLS, author=author, against_flow=True,
            )  # fmt: skip
            return lines.factor * (upstream - p)

        return loss
