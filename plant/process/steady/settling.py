"""Wells and lines brought to where their pressures meet, all at once, by Newton's method with secants as slopes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import numpy as np
from numpy.typing import NDArray

from plant.physics.heat import arriving_temperature
from plant.physics.network import SEPARATOR, network_point
from plant.physics.nodal import Outcome
from plant.physics.performance import LEAST_RATE, Delivery, Performance, deliver, secant
from plant.process.esp.row import Array, Parameters
from plant.process.steady.flow import Flow, Way
from plant.process.steady.gathering import Lines, Loss

MOST_ROUNDS, ROUNDS = 30, 8  # of substitution in a well: at most, and while a root is closed in on
FIRST_AGREEMENT, LEAST_AGREEMENT = 3e3, 2.0  # of two rounds about the pressure at a well's end [Pa] …
AGREEMENT = 0.02  # … and over what was missed before
PRESSURE_TOLERANCE = 10.0  # between a well's end and its manifold, and over a line [Pa]
MOST_STEPS = 25
LONGEST_STEP = 0.1  # of a well's greatest rate, at first
SHORTER, LONGER = 0.6, 1.5
LEAST_STEP = 1e-12  # [m³/s]
WIDER = 10.0  # than what a root was closed in to, for the first step from there


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

    def __init__(self, wells: Parameters, flow: Flow, lines: Lines):
        self.wells, self.flow, self.lines = wells, flow, lines
        self._manifold = lines.manifold_of

    def settle(self, scan: Performance, halvings: int = 0) -> Settled:
        """From the scan's tables to rates and pressures that meet.

        Between the points of the scan a root is first closed in on by ``halvings``: a curve that breaks off, as where
        a pump runs dry, leads secants astray.
        """
        p = self._by_scan(scan)
        found = deliver(scan, p[self._manifold])
        flowing = found.outcome == Outcome.FLOWING
        q, slope, longest = self._closed_in(scan, found, p[self._manifold], halvings)
        q, slope = np.where(flowing, q, 0.0), np.where(flowing, slope, -1.0)
        way, drift = self._looked_at(q, flowing, FIRST_AGREEMENT)
        step, over = np.full_like(q, np.inf), np.zeros_like(q)
        for _ in range(MOST_STEPS):
            was, over = over, way.manifold - p[self._manifold]
            missed = np.where(flowing, np.abs(over) + drift, 0.0)
            loss = self._loss(q, way.T_wellhead)
            residual = float(np.abs(p - self.lines.p_separator - loss(self.lines.gathered(q))).max())
            if max(residual, missed.max()) <= PRESSURE_TOLERANCE:
                break
            # a well that has just crossed its root goes back less than it came
            longest = np.where(was * over < 0.0, SHORTER * np.abs(step) + LEAST_STEP, LONGER * longest)
            rates = partial(self._followed, q, way.manifold, slope, np.where(flowing, longest, 0.0))
            p = self._network(rates, loss, p)
            arrived, step, q = way.manifold, rates(p) - q, rates(p)
            way, drift = self._looked_at(q, flowing, AGREEMENT * missed.max())
            slope = secant(slope, step, way.manifold - arrived)
        astray = flowing & (missed > PRESSURE_TOLERANCE)
        outcome = np.where(astray, Outcome.ASTRAY, found.outcome).astype(np.int8)
        return Settled(np.where(astray, np.nan, q), self._rested(way, outcome, p), outcome, found.roots, p, residual)

    def _closed_in(
        self, scan: Performance, found: Delivery, p_back: Array, halvings: int
    ) -> tuple[Array, Array, Array]:  # fmt: skip
        """Rates and slopes as found, closer; and how far to trust them."""
        if halvings == 0:
            return found.q, found.slope, LONGEST_STEP * self.flow.q_max
        wells, width = np.arange(len(p_back)), scan.q[1] - scan.q[0]
        cell = np.clip((np.nan_to_num(found.q) - scan.q[0]) / width, 0, len(scan.q) - 2).astype(np.intp)
        low, high = scan.q[cell, wells], scan.q[cell + 1, wells]
        p_low, p_high = scan.p[cell, wells], scan.p[cell + 1, wells]
        for _ in range(halvings):
            middle = 0.5 * (low + high)
            p = self.flow.arriving(middle, ROUNDS)
            more = p > p_back
            low, p_low = np.where(more, middle, low), np.where(more, p, p_low)
            high, p_high = np.where(more, high, middle), np.where(more, p_high, p)
        slope = np.minimum((p_high - p_low) / (high - low), -1.0)
        return np.clip(low + (p_back - p_low) / slope, low, high), slope, WIDER * (high - low)

    def _rested(self, way: Way, outcome: NDArray[np.int8], p: Array) -> Way:
        """The ways, with what stands behind the chokes of wells at rest: their manifold's pressure."""
        rests, behind = outcome == Outcome.DEAD, p[self._manifold]
        return way._replace(line=np.where(rests, behind, way.line), manifold=np.where(rests, behind, way.manifold))

    def _by_scan(self, scan: Performance) -> Array:
        """Manifold pressures by the tables alone."""
        w, q = self.wells, np.nan_to_num(deliver(scan, self.lines.p_separator).q)
        loss = self._loss(q, arriving_temperature(q, w.T_reservoir, w.T_surface, w.q_cooling))
        return self._network(lambda p: np.nan_to_num(deliver(scan, p[self._manifold]).q), loss)

    def _looked_at(self, q: Array, flowing: NDArray[np.bool_], agreement: float) -> tuple[Way, Array]:
        """The wells at these rates, those at rest as if they began to flow; and how far two rounds disagree."""
        q = np.maximum(q, LEAST_RATE * self.flow.q_max)
        way = self.flow.way(q)
        for _ in range(MOST_ROUNDS):
            before, way = way, self.flow.way(q)
            drift = np.where(flowing, np.abs(way.manifold - before.manifold), 0.0)
            if drift.max() <= max(agreement, LEAST_AGREEMENT):
                break
        return way, drift

    def _loss(self, q: Array, T: Array) -> Loss:
        return self.lines.loss(q, self.wells.water_cut, T)

    def _followed(self, q: Array, arrived: Array, slope: Array, longest: Array, p: Array) -> Array:
        """Rates of the wells at manifold pressures ``p``, along their slopes but not too far."""
        change = np.clip((p[self._manifold] - arrived) / slope, -longest, longest)
        return np.where(longest > 0.0, np.clip(q + change, 0.0, self.flow.q_max), 0.0)

    def _network(self, rates: Callable[[Array], Array], loss: Loss, start: Array | None = None) -> Array:
        lines = self.lines
        parent = np.full(lines.n, SEPARATOR)
        return network_point(lambda p: lines.gathered(rates(p)), loss, parent, lines.p_separator, start).p
