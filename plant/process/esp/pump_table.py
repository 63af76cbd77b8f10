"""Pumps as tables for quick lookup: head and torque in all four quadrants (Suter's form).

Head and torque are homogeneous of second degree in speed and rate, so their values on the square
``|n| + |x| = 1`` are all there is to know. One number between −1 and 3 tells the place on it without any
trigonometry: the rate's share while the pump turns forward, two less it while it turns backward.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from plant.asset.field import Field, PumpCurve
from plant.physics.elementwise import choose, elementwise
from plant.physics.pump import four_quadrant_head, four_quadrant_torque
from plant.process.parameter import Array

SIDE = 512  # points from a share of 0 to one of 1
POINTS = 4 * SIDE + 2  # one beyond the full turn, for a share may be exactly 3
DROOP = 0.001  # of head from point to point, left of a flattened peak


class Turned(NamedTuple):
    """Head [m] and torque [N·m] of a pump on the liquid of its test, and their changes with the rate."""

    head: Array
    head_x: Array
    torque: Array
    torque_x: Array


@elementwise
def turned(table: Array, row: Array, n: Array, x: Array) -> Turned:
    """What a pump makes at a speed and a rate, both over those of its test."""
    reach = np.abs(n) + np.abs(x) + 1e-12
    share = x / reach
    place = choose(n >= 0.0, 1.0 + share, 3.0 - share) * SIDE
    below = np.floor(place)
    at = np.intp(row + below) * 2
    part = place - below
    head, head_rise = table[at], table[at + 2] - table[at]
    torque, torque_rise = table[at + 1], table[at + 3] - table[at + 1]
    head, torque = head + head_rise * part, torque + torque_rise * part
    side, turn = 2.0 * reach * choose(x >= 0.0, 1.0, -1.0), n * SIDE
    return Turned(
        reach * reach * head, side * head + turn * head_rise, reach * reach * torque, side * torque + turn * torque_rise
    )


def pump_tables(field: Field) -> tuple[Array, Array]:
    """The table of all pumps, head and torque beside each other, and where each well's begins.

    Wells with the same test share a table.
    """
    curves = list(dict.fromkeys(well.pump for well in field.wells))
    rows = np.array([curves.index(well.pump) for well in field.wells]) * float(POINTS)
    return np.concatenate([_table(curve) for curve in curves]).ravel(), rows


def _table(curve: PumpCurve) -> Array:
    n, x = _square()
    torque = np.asarray(curve.shaft_power) / (2.0 * np.pi * curve.speed)
    return np.stack(
        (
            four_quadrant_head(n, x, curve.rate, _without_hump(np.array(curve.head))),
            four_quadrant_torque(n, x, curve.rate, torque),
        ),
        axis=1,
    )


def _square() -> tuple[Array, Array]:
    """Speed and rate of each point: forwards from all backflow to all flow, then backwards."""
    place = np.arange(POINTS) / SIDE - 1.0
    share = np.where(place <= 1.0, place, 2.0 - place)
    return np.where(place <= 1.0, 1.0, -1.0) * (1.0 - np.abs(share)), share


def _without_hump(head: Array) -> Array:
    """The curve with a slight fall in place of any rise towards its peak (docs/decisions/10)."""
    peak = int(head.argmax())
    head[:peak] = head[peak] * (1.0 + DROOP * np.arange(peak, 0, -1))
    return head
