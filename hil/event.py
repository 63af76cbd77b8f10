"""An event: one thing done to a field at one moment of plant time.

Setpoints and commands go by the wire, through the guarded command path, like an operator's. Faults go
to whoever can inject them: a simulated field's control channel, or a bench's own means.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from hil.duration import read
from hil.scope import Scope
from plant.asset.signal import signals
from plant.asset.table import Table
from plant.asset.tag import Tag
from plant.asset.unit import Unit, split_key
from plant.process.malfunction_file import FIELD, malfunctions

WRITE = "write"  # what a setpoint, a ramp, a step and a command all come to
FAULTS = ("trip", "freeze", "bias", "drift", "dead", "clear", "lose", "return", "dip", "malfunction", "heal")


@dataclass(frozen=True)
class Event:
    """What is done, to what, when. Times in seconds of plant time from the timeline's zero; values SI."""

    name: str
    at: float
    do: str  # WRITE or one of FAULTS
    target: str  # a tag, an asset or a device; empty where the whole field is meant
    value: float | None = None  # to write, to add to a reading (a drift: in the end), depth of a dip, severity
    duration: float | None = None  # of a dip, of a drift or a malfunction until its end
    code: str | None = None  # of a trip; the name of a malfunction


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


def _trip(row: Table, scope: Scope, name: str, at: float) -> list[Event]:
    states = signals()["Well", "TripCode"].states or {}
    code = row.text("code", "External", tuple(states.values()))
    return [Event(name, at, "trip", well, code=code) for well in scope.assets_like(row, "well", "Well")]


def _bias(row: Table, scope: Scope, name: str, at: float) -> list[Event]:
    tag = scope.tag(row, "tag", ("measurement",))
    value = difference(row, tag, "by")
    return [Event(name, at, "bias", tag.name, value)] if tag else []


def _drift(row: Table, scope: Scope, name: str, at: float) -> list[Event]:
    tag, over = scope.tag(row, "tag", ("measurement",)), read(row, "over")
    by = difference(row, tag, "by")
    if over < 1:
        row.mistake("over", row.data["over"], "must be a second at least: a sudden offset is a bias")
    return [Event(name, at, "drift", tag.name, by, over)] if tag else []


def _instrument(do: str) -> Callable[[Table, Scope, str, float], list[Event]]:
    def events(row: Table, scope: Scope, name: str, at: float) -> list[Event]:
        return [Event(name, at, do, tag.name) for tag in scope.tags_like(row, "tag", ("measurement",))]

    return events


def _device(do: str) -> Callable[[Table, Scope, str, float], list[Event]]:
    def events(row: Table, scope: Scope, name: str, at: float) -> list[Event]:
        return [Event(name, at, do, scope.device(row, "device"))]

    return events


def _dip(row: Table, scope: Scope, name: str, at: float) -> list[Event]:  # noqa: ARG001
    depth = row.number("depth", "fraction", low=0.0, high=1.0)
    return [Event(name, at, "dip", "", depth, read(row, "lasts"))]


def _malfunction(row: Table, scope: Scope, name: str, at: float) -> list[Event]:
    severity, over = row.number("severity", "fraction", 1.0, low=0.0, high=1.0), read(row, "over", -1.0)
    what, assets = _befallen(row, scope)
    return [Event(name, at, "malfunction", one, severity, over if over >= 0.0 else None, what) for one in assets]


def _heal(row: Table, scope: Scope, name: str, at: float) -> list[Event]:
    over = read(row, "over", 0.0)
    what, assets = _befallen(row, scope)
    return [Event(name, at, "heal", one, None, over, what) for one in assets]


def _befallen(row: Table, scope: Scope) -> tuple[str, tuple[str, ...]]:
    """A malfunction's name and the assets it befalls: those that a pattern names, or the field as a whole."""
    names = tuple(dict.fromkeys(name for _, name in malfunctions()))
    what, pattern = row.text("malfunction", choices=names), row.text("asset", FIELD)
    kind = pattern.partition(".")[0]
    if "malfunction" in row.data and (kind, what) not in malfunctions():
        row.mistake("malfunction", what, f"is no malfunction of {kind}")
    return what, (FIELD,) if pattern == FIELD else scope.assets_like(row, "asset", kind)


READERS: dict[str, Callable[[Table, Scope, str, float], list[Event]]] = {
    "set": _set,
    "ramp": _ramp,
    "steps": _steps,
    "start": _command("Start"),
    "stop": _command("Stop"),
    "reset": _command("Reset"),
    "trip": _trip,
    "freeze": _instrument("freeze"),
    "bias": _bias,
    "drift": _drift,
    "dead": _instrument("dead"),
    "clear": _instrument("clear"),
    "lose": _device("lose"),
    "return": _device("return"),
    "dip": _dip,
    "malfunction": _malfunction,
    "heal": _heal,
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


def unit_of_difference(unit: Unit) -> Unit:
    """The unit in which differences of values in ``unit`` are shown: °C becomes K, a gauge unit loses its mark.

    >>> from plant.asset.unit import UNITS
    >>> unit_of_difference(UNITS["MPag"]).symbol, unit_of_difference(UNITS["degC"]).symbol
    ('MPa', 'K')
    """
    symbol = "K" if unit.symbol == "°C" else unit.symbol.replace("(g)", "")
    return Unit(unit.key, symbol, unit.quantity, unit.scale)


def _permitted(row: Table, tag: Tag | None, name: str) -> float:
    low, high = (tag.signal.low, tag.signal.high) if tag else (-math.inf, math.inf)
    return row.number(name, quantity(row, tag, name), low=low, high=high)
