"""An event: one thing done to a field at one moment of plant time.

Setpoints and commands go by the wire, through the guarded command path, like an operator's. Faults go
to whoever can inject them: a simulated field's control channel, or a bench's own means.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from hil.scope import Scope
from plant.asset.duration import read
from plant.asset.table import Table
from plant.asset.tag import Tag
from plant.unit import split_key
from simulators.fault.order import HEAL, START, Order, read_heal, read_start
from simulators.fault.target import Targets

WRITE = "write"  # what a setpoint, a ramp, a step and a command all come to


@dataclass(frozen=True)
class Event:
    """What is done, to what, when. Times in seconds of plant time from the timeline's zero; values SI."""

    name: str
    at: float
    do: str  # WRITE, START or HEAL
    target: str  # a tag, an asset, a device or the field
    value: float | None = None  # to write
    order: Order | None = None  # of a fault


def read_events(row: Table, scope: Scope, name: str) -> list[Event]:
    """The events of one ``[[event]]`` table: several where it ramps, steps or names many wells."""
    at = read(row, "at")
    do = row.text("do", choices=tuple(READERS))
    events = READERS[do](row, scope, name, at) if do in READERS else []
    row.no_others()
    return events


def _set(row: Table, scope: Scope, name: str, at: float) -> list[Event]:
    tag = scope.tag(row, "tag", ("setpoint",))
    value = _permitted(row, tag, "to")
    return [Event(name, at, WRITE, tag.name, value)] if tag else []


def _ramp(row: Table, scope: Scope, name: str, at: float) -> list[Event]:
    over, steps = read(row, "over"), row.integer("steps", 10, low=1, high=1000)
    tag = scope.tag(row, "tag", ("setpoint",))
    first, last = _permitted(row, tag, "from"), _permitted(row, tag, "to")
    if tag is None:
        return []
    parts = [i / steps for i in range(1, steps + 1)]
    return [Event(name, at + part * over, WRITE, tag.name, first + part * (last - first)) for part in parts]


def _steps(row: Table, scope: Scope, name: str, at: float) -> list[Event]:
    every, tag = read(row, "every"), scope.tag(row, "tag", ("setpoint",))
    low, high = (tag.signal.low, tag.signal.high) if tag else (-math.inf, math.inf)
    values = row.numbers("to", quantity(row, tag, "to"), low=low, high=high)
    return [Event(name, at + i * every, WRITE, tag.name, value) for i, value in enumerate(values)] if tag else []


def _command(signal: str) -> Callable[[Table, Scope, str, float], list[Event]]:
    """Start, stop or reset the drives of all wells that match, ``each`` so long after the one before."""

    def events(row: Table, scope: Scope, name: str, at: float) -> list[Event]:
        wells, each = scope.assets_like(row, "well", "Well"), read(row, "each", 0.0)
        return [Event(name, at + i * each, WRITE, f"{well}.{signal}", 1.0) for i, well in enumerate(wells)]

    return events


def _orders(read: Callable[[Table, Targets], list[Order]]) -> Callable[[Table, Scope, str, float], list[Event]]:
    """A fault of the fault table, on each of the targets that are meant."""

    def events(row: Table, scope: Scope, name: str, at: float) -> list[Event]:
        return [Event(name, at, order.does, order.target, order=order) for order in read(row, scope.targets)]

    return events


READERS: dict[str, Callable[[Table, Scope, str, float], list[Event]]] = {
    "set": _set,
    "ramp": _ramp,
    "steps": _steps,
    "start": _command("Start"),
    "stop": _command("Stop"),
    "reset": _command("Reset"),
    START: _orders(read_start),
    HEAL: _orders(read_heal),
}


def quantity(row: Table, tag: Tag | None, name: str) -> str:
    """The quantity that ``name`` must have: its tag's, or whatever its key says where the tag is wrong already."""
    if tag is not None:
        return tag.signal.unit.quantity
    units = (unit for stem, unit in map(split_key, row.data) if stem == name and unit is not None)
    return next((unit.quantity for unit in units), "number")


def difference(row: Table, tag: Tag | None, name: str, default: Any = ...) -> float:
    """A difference of two readings of ``tag``, SI, of either sign."""
    optional = {} if default is ... else {"default": default}
    return row.difference(name, quantity(row, tag, name), low=-math.inf, **optional)


def _permitted(row: Table, tag: Tag | None, name: str) -> float:
    low, high = (tag.signal.low, tag.signal.high) if tag else (-math.inf, math.inf)
    return row.number(name, quantity(row, tag, name), low=low, high=high)
