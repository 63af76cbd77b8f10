"""Wells and lines brought to where their pressures meet, all at once, by Newton's method with secants as slopes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import numpy as np
from numpy.typing import NDArray

from plant.physics.network import SEPARATOR, network_point
from plant.physics.nodal import Outcome
from plant.physics.performance import LEAST_RATE, Performance, deliver, secant
from plant.process.parameter import Array, WellParameters
from plant.process.steady.flow import Flow, Way
from plant.process.steady.gathering import Gathering, Loss
from plant.process.temperature import arriving

CELLS = 4  # of a casing; tubing and line have some for each
PRESSURE_TOLERANCE = 10.0  # between a well's end and its manifold, and over a line [Pa]
MOST_STEPS = 15
LONGEST_STEP = 0.1  # of a well's greatest rate


@dataclass
class Settled:
    """Where wells and manifolds came to: rates and ways of the wells, pressures of the manifolds, what was missed."""

    q: Array  # [m³/s]
    way: Way
    outcome: NDArray[np.int8]
    roots: NDArray[np.int64]  # that the scan saw
    p: Array  # [Pa]
    residual: float  # [Pa]


class Settling:
    """Wells that flow into manifolds, manifolds that flow to the separator."""

    def __init__(self, wells: WellParameters, flow: Flow, gathering: Gathering):
        self.wells, self.flow, self.gathering = wells, flow, gathering
        self._manifold = gathering.manifold_of

    def settle(self, scan: Performance) -> Settled:
        """From the scan's tables to rates and pressures that meet."""
        p = self._by_scan(scan)
        found = deliver(scan, p[self._manifold])
        flowing = found.outcome == Outcome.FLOWING
        q, slope = np.where(flowing, found.q, 0.0), np.where(flowing, found.slope, -1.0)
        way = self._looked_at(q)
        for _ in range(MOST_STEPS):
            missed = np.where(flowing, way.manifold - p[self._manifold], 0.0)
            loss = self._loss(q, way.T_wellhead)
            residual = float(np.abs(p - self.gathering.p_separator - loss(self.gathering.gathered(q))).max())
            if max(residual, np.abs(missed).max()) <= PRESSURE_TOLERANCE:
                break
            rates = partial(self._followed, q, way.manifold, slope, flowing)
            p = self._network(rates, loss, p)
            before, q = (q, way.manifold), rates(p)
            way = self._looked_at(q)
            slope = secant(slope, q - before[0], way.manifold - before[1])
        astray = flowing & (np.abs(missed) > PRESSURE_TOLERANCE)
        outcome = np.where(astray, Outcome.ASTRAY, found.outcome).astype(np.int8)
        return Settled(np.where(astray, np.nan, q), self._rested(way, outcome, p), outcome, found.roots, p, residual)

    def _rested(self, way: Way, outcome: NDArray[np.int8], p: Array) -> Way:
        """The ways, with what stands behind the chokes of wells at rest: their manifold's pressure."""
        rests, behind = outcome == Outcome.DEAD, p[self._manifold]
        return way._replace(line=np.where(rests, behind, way.line), manifold=np.where(rests, behind, way.manifold))

    def _by_scan(self, scan: Performance) -> Array:
        """Manifold pressures by the tables alone."""
        q = np.nan_to_num(deliver(scan, self.gathering.p_separator).q)
        loss = self._loss(q, arriving(self.wells, q)[1])
        return self._network(lambda p: np.nan_to_num(deliver(scan, p[self._manifold]).q), loss)

    def _looked_at(self, q: Array) -> Way:
        """The wells at these rates; those at rest as if they began to flow."""
        return self.flow.way(np.maximum(q, LEAST_RATE * self.flow.q_max), CELLS)

    def _loss(self, q: Array, T: Array) -> Loss:
        return self.gathering.loss(self.gathering.mixed(q, self.wells.water_cut, self.wells.gor, T))

    def _followed(self, q: Array, arrived: Array, slope: Array, flowing: NDArray[np.bool_], p: Array) -> Array:
        """Rates of the wells at manifold pressures ``p``, along their slopes but not too far."""
        longest = LONGEST_STEP * self.flow.q_max
        change = np.clip((p[self._manifold] - arrived) / slope, -longest, longest)
        return np.where(flowing, np.clip(q + change, 0.0, self.flow.q_max), 0.0)

    def _network(self, rates: Callable[[Array], Array], loss: Loss, start: Array | None = None) -> Array:
        gathering = self.gathering
        parent = np.full(len(gathering.lines.length), SEPARATOR)
        return network_point(lambda p: gathering.gathered(rates(p)), loss, parent, gathering.p_separator, start).p
