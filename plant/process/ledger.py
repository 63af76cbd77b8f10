"""The field's books: what crossed its border, what it holds, and whether the two agree.

Oil, water and gas are volumes at standard conditions, gas with what is dissolved. What passes from one part of the
field to another is not in the books; each part counts what crosses the border at it.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from plant.process.field import FieldProcess
from plant.process.gas_lift import GasLiftWells
from plant.process.natural_flow import NaturalWells
from plant.process.parameter import Array


class Ledger(NamedTuple):
    """Oil, water and gas, shape (3,), since the start [m³ at standard conditions]."""

    came: Array  # from the reservoir, bought, and let in at risers' feet
    gone: Array  # shipped, sold, burnt, flared, leaked, spilled, injected into the reservoir
    held: Array


def ledger(process: FieldProcess) -> Ledger:
    """The books of a field as they stand."""
    return Ledger(_came(process), _gone(process), _held(process))


def closure(before: Ledger, now: Ledger) -> Array:
    """What is missing of oil, water and gas, over what passed: in - out - change of what is held, shape (3,)."""
    came, gone, held = (after - then for after, then in zip(now, before, strict=True))
    return np.abs(came - gone - held) / np.maximum(np.maximum(np.abs(came), np.abs(gone)), 1e-9)


def _flowing(process: FieldProcess) -> list[GasLiftWells | NaturalWells]:
    return [one for one in (process.gas_lift, process.natural) if one is not None]


def _came(process: FieldProcess) -> Array:
    m, station = process.wells.motion, process.station
    came = np.array([m.in_o.sum(), m.in_w.sum(), m.in_g.sum()])
    came += sum((one.state["from_reservoir"].sum(axis=1) for one in _flowing(process)), np.zeros(3))
    if station.riser:
        came[2] += station.riser.injected.sum()
    if process.lift_line:
        came += process.lift_line.bought
    if process.feed:
        came += process.feed.brought
    return came


def _gone(process: FieldProcess) -> Array:
    """What left the station but for what stays in the field: lift gas, the injectors' water, and gas let in anew."""
    station, gone = process.station, process.station.crossed()
    gone -= station.gas.lift
    if station.riser:
        gone[2] += station.riser.injected.sum()
    gone[2] += sum(one.state["lost_gas"].sum() for one in _flowing(process))
    if process.injectors:
        gone += process.injectors.state["injected"].sum(axis=1)
        if station.injection:
            # an injector takes its header's liquid for water; the oil in it has left where the header gave it
            gone[1] -= station.injection.injected.sum()
    return gone


def _held(process: FieldProcess) -> Array:
    holders = (process.wells, process.station, process.gas_lift, process.natural, process.lift_line, process.injectors)
    return sum((one.inventory() for one in holders if one is not None), np.zeros(3))
