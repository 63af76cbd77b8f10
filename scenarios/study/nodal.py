"""Nodal analysis of one pumped well: what its reservoir gives and what its pump, tubing and choke take.

The node is at the perforations. The inflow is the pressure that a rate leaves there; the outflow is the pressure that
the rate needs there to reach the manifold, through pump, tubing, choke and line. Where they cross the well can work:
stably where the inflow falls through the outflow. All rates of all cases are worked out beside each other, as if each
were a well of its own.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from plant.asset.field import Field
from plant.error import Unknown
from plant.physics.valve import P_SC
from plant.process.esp.parameter import bubble_point, well_parameters
from plant.process.esp.row import Array, Parameters
from plant.process.steady.field import steady
from plant.process.steady.flow import Flow, Way
from plant.process.steady.setting import Setting

Index = NDArray[np.intp]

RATES = 49  # of a curve
LEAST = 1e-3  # of the greatest rate: at rest correlations of slip tell nothing
ROUNDS, HALVINGS, CLOSER = 40, 20, 8  # of substitution; to a crossing, and of substitution at each of them
HIGHEST = 1.5  # pressure at the perforations that is looked at, over the reservoir's


@dataclass(frozen=True)
class Point:
    """Where inflow and outflow meet. SI."""

    rate: float
    is_stable: bool
    bottomhole: float
    intake: float
    discharge: float
    pumped: float  # liquid through the pump, at its intake
    current: float
    power: float


@dataclass(frozen=True)
class Case:
    """The curves of one well in one case, over its rates; NaN where none was found. SI.

    ``lift`` is the pressure that the pump adds, over what passes through it, ``pumped``.
    """

    values: Mapping[str, float]  # what is varied, by the row it sets
    q: Array
    inflow: Array
    outflow: Array
    pumped: Array
    lift: Array
    points: tuple[Point, ...]


def nodal(field: Field, code: str, setting: Setting, cases: Sequence[Mapping[str, float]]) -> list[Case]:
    """The curves of a well in each case; its manifold's pressure is that at which the whole field settles.

    Raises :class:`Unknown` for a well that there is not, :class:`OutOfRange` for a field whose steady flow is not
    worked out.
    """
    codes = [well.code for well in field.wells]
    if code not in codes:
        raise Unknown("well with a pump", code)
    well = _Well(field, codes.index(code), setting, cases)
    q = np.linspace(LEAST, 1.0, RATES)[:, None] * well.q_max
    at = np.tile(np.arange(len(cases), dtype=np.intp), RATES)
    inflow, way = well.forward(q.ravel(), at)
    outflow = well.backward(q.ravel(), at)
    surplus = (way.manifold - well.p_back[at]).reshape(q.shape)
    lift, pumped = (way.discharge - way.intake).reshape(q.shape), way.pumped.reshape(q.shape)
    inflow, outflow = inflow.reshape(q.shape), outflow.reshape(q.shape)
    points = well.points(q, surplus)
    return [
        Case(case, q[:, i], inflow[:, i], outflow[:, i], pumped[:, i], lift[:, i], tuple(points[i]))
        for i, case in enumerate(cases)
    ]


class _Well:
    """One well in several cases: its parameters and setting, an element a case."""

    def __init__(self, field: Field, index: int, setting: Setting, cases: Sequence[Mapping[str, float]]):
        w, self._table = well_parameters(field)
        settled = steady(field, setting=setting)
        manifold = next(m.code for m in field.manifolds if m.wellpad == field.wells[index].wellpad)
        p_manifold = settled.p_manifold[[m.code for m in field.manifolds].index(manifold)]

        def of(name: str, value: float) -> Array:
            return np.array([case.get(name, value) for case in cases], float)

        self._w = Parameters(*(of(name, row[index]) for name, row in zip(Parameters._fields, w, strict=True)))
        if any("gor" in case for case in cases):
            self._w.bubble_point[:] = bubble_point(self._w)
        self._set = [of(name, getattr(setting, name)[index]) for name in ("frequency", "opening")]
        self.p_back = of("p_manifold", float(p_manifold))
        self.q_max = self._flow(np.arange(len(cases), dtype=np.intp)).q_max

    def forward(self, q: Array, at: Index) -> tuple[Array, Way]:
        """From the inflow on: its pressure, and where the rates come to. ``at`` says of which case each is."""
        flow = self._flow(at)
        way = [flow.way(q) for _ in range(ROUNDS)][-1]
        return way.p_wf, way

    def backward(self, q: Array, at: Index) -> Array:
        """The pressure that each rate needs at the perforations; NaN where none in the range is enough, or any is.

        By halving, for a pump that begins to lock on gas makes the pressure at the manifold jump.
        """
        flow, w, p_back = self._flow(at), self._w, self.p_back[at]
        low, high = np.full_like(q, P_SC), HIGHEST * w.reservoir_pressure[at]
        is_found = (self._over(flow, q, low, p_back) <= 0.0) & (self._over(flow, q, high, p_back) > 0.0)
        for _ in range(HALVINGS):
            middle = 0.5 * (low + high)
            enough = self._over(flow, q, middle, p_back) > 0.0
            low, high = np.where(enough, low, middle), np.where(enough, middle, high)
        return np.where(is_found, 0.5 * (low + high), np.nan)

    @staticmethod
    def _over(flow: Flow, q: Array, p_wf: Array, p_back: Array) -> Array:
        return [flow.way(q, p_wf) for _ in range(CLOSER)][-1].manifold - p_back

    def points(self, q: Array, surplus: Array) -> list[list[Point]]:
        """Of each case where its surplus changes sign, closed in on by halving."""
        positive = surplus > 0.0
        before, at = np.nonzero(positive[:-1] != positive[1:])
        found: list[list[Point]] = [[] for _ in range(q.shape[1])]
        if not at.size:
            return found
        low, high, falls = q[before, at], q[before + 1, at], positive[before, at]
        flow, middle = self._flow(at), 0.5 * (low + high)
        for _ in range(HALVINGS):
            middle = 0.5 * (low + high)
            more = flow.arriving(middle, CLOSER) > self.p_back[at]
            low, high = np.where(more == falls, middle, low), np.where(more == falls, high, middle)
        way = flow.way(middle)
        for i, case in enumerate(at.tolist()):
            found[case].append(_point(middle, bool(falls[i]), way, i))
        return [sorted(points, key=lambda point: point.rate) for points in found]

    def _flow(self, at: Index) -> Flow:
        w = Parameters(*(row[at] for row in self._w))
        frequency, opening = (row[at] for row in self._set)
        return Flow(w, self._table, Setting(frequency, np.ones(len(at), bool), opening, 0.0), None)


def _point(q: Array, is_stable: bool, way: Way, i: int) -> Point:
    rows = (way.p_wf, way.intake, way.discharge, way.pumped, way.current, way.power)
    return Point(float(q[i]), is_stable, *(float(row[i]) for row in rows))
