"""Pumps as tables for quick lookup: head and torque over the angle between speed and rate (Suter's form).

Head and torque are homogeneous of second degree in speed and rate, so their values on the unit circle
are all there is to know. One index per well finds them in any quadrant, at any speed.
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from plant.asset.field import Field, PumpCurve
from plant.physics.pump import four_quadrant_head, four_quadrant_torque

Array = NDArray[np.float64]

POINTS = 2048  # around the circle: an error under 1e-4 of shut-off head
_PER_RADIAN = POINTS / (2.0 * np.pi)

DROOP = 0.001  # of head from point to point, left of a flattened peak


class PumpTable:
    """The pumps of a field's wells. Wells with the same test share a row."""

    def __init__(self, field: Field):
        curves = list(dict.fromkeys(well.pump for well in field.wells))
        self._row = np.array([curves.index(well.pump) for well in field.wells]) * (POINTS + 2)
        self._head = _rows(_circle_head(curve) for curve in curves)
        self._torque = _rows(_circle_torque(curve) for curve in curves)
        self.last_rate = np.array([well.pump.rate[-1] for well in field.wells])

    def head_and_slope(self, n: Array, q: Array) -> tuple[Array, Array]:
        """Head [m] and its change with rate [m per m³/s] at speed ``n`` over test speed and rate ``q`` [m³/s]."""
        x = q / self.last_rate
        shape, change = self._look_up(self._head, n, x)
        head = shape * (n * n + x * x)
        return head, (2.0 * x * shape + n * change) / self.last_rate

    def torque(self, n: Array, q: Array) -> Array:
        """Torque on the liquid of the test [N·m]."""
        x = q / self.last_rate
        return self._look_up(self._torque, n, x)[0] * (n * n + x * x)

    def _look_up(self, table: Array, n: Array, x: Array) -> tuple[Array, Array]:
        """Value and its change with the angle, straight between points."""
        place = (np.arctan2(x, n) + np.pi) * _PER_RADIAN
        below = place.astype(np.intp)
        at = self._row + below
        value = table[at]
        step = table[at + 1] - value
        return value + step * (place - below), step * _PER_RADIAN


def _circle() -> tuple[Array, Array]:
    # one point beyond the full turn, for arctan2 may return exactly π
    angle = (np.arange(POINTS + 2) / _PER_RADIAN) - np.pi
    return np.cos(angle), np.sin(angle)


def _circle_head(curve: PumpCurve) -> Array:
    return four_quadrant_head(*_circle(), curve.rate, _without_hump(np.array(curve.head)))


def _without_hump(head: Array) -> Array:
    """The curve with a slight fall in place of any rise towards its peak (docs/decisions/10)."""
    peak = int(head.argmax())
    head[:peak] = head[peak] * (1.0 + DROOP * np.arange(peak, 0, -1))
    return head


def _circle_torque(curve: PumpCurve) -> Array:
    torque = np.asarray(curve.shaft_power) / (2.0 * np.pi * curve.speed)
    return four_quadrant_torque(*_circle(), curve.rate, torque)


def _rows(tables: Iterable[Array]) -> Array:
    return np.concatenate(list(tables))
