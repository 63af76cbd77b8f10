"""An order: one fault that is to begin or to end on one target, with its settings, read from a table.

A story's event, a request of the control channel, a command line and the API all come here. Units stand in the
keys, as in every file; a time may also be a text such as ``"2m30s"``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from plant.asset.duration import read as read_duration
from plant.asset.duration import shown
from plant.asset.table import Table
from plant.asset.tag import Tag
from plant.unit import UNITS, Unit, split_key
from simulators.fault.row import DIFFERENCE, INSTRUMENT, READING, Fault, Parameter
from simulators.fault.table import called, faults
from simulators.fault.target import Targets

START, HEAL = "malfunction", "heal"


@dataclass(frozen=True)
class Order:
    """What is to happen. ``settings`` are SI by parameter; what is absent is not limited."""

    does: str  # START or HEAL
    fault: Fault
    target: str
    settings: Mapping[str, Any]
    unit: Unit = UNITS["1"]  # in which readings of its target are shown

    def request(self) -> dict[str, Any]:
        """As the control channel takes it."""
        return {"do": self.does, "malfunction": self.fault.name, "on": self.target, **self.settings}

    def __str__(self) -> str:
        given = (p for p in self._parameters() if self.settings.get(p.name) not in (None, p.default))
        return " ".join((self.does, self.fault.name, "on", self.target, *map(self._told, given)))

    def _parameters(self) -> tuple[Parameter, ...]:
        return self.fault.healing if self.does == HEAL else self.fault.parameters

    def _told(self, parameter: Parameter) -> str:
        value = self.settings[parameter.name]
        if isinstance(value, str):
            return f"{parameter.name} {value}"
        if parameter.of == "time":
            return f"{parameter.name} {shown(value)}"
        if parameter.of == "fraction":
            return f"{parameter.name} {100.0 * value:.4g} %"
        unit = {READING: self.unit, DIFFERENCE: unit_of_difference(self.unit)}.get(parameter.of, UNITS["1"])
        return f"{parameter.name} {unit.from_si(value):.4g} {unit.symbol}".strip()


def read_start(row: Table, targets: Targets) -> list[Order]:
    """The orders of a table ``malfunction``, ``on`` and settings, one for each target that is meant."""
    return _orders(START, row, targets)


def read_heal(row: Table, targets: Targets) -> list[Order]:
    """The orders of a table ``malfunction``, ``on``, and how it goes."""
    return _orders(HEAL, row, targets)


def _orders(does: str, row: Table, targets: Targets) -> list[Order]:
    meant = targets.read(row)
    rows = dict.fromkeys(fault for fault, _ in meant) or dict.fromkeys(called(row.text("malfunction")))
    tags = [targets.instruments[target] for fault, target in meant if fault.acts_on == INSTRUMENT]
    settings = {fault: dict(_settings(does, row, fault, tags)) for fault in rows}
    if not rows:
        for name in {parameter.name for fault in faults().values() for parameter in fault.parameters}:
            row.leave(name)
    unit = tags[0].signal.unit if tags else UNITS["1"]
    return [Order(does, fault, target, settings[fault], unit) for fault, target in meant]


def _settings(does: str, row: Table, fault: Fault, tags: list[Tag]) -> Iterator[tuple[str, Any]]:
    if does == HEAL and fault.is_momentary:
        row.mistake("malfunction", fault.name, "is an act that leaves nothing to heal")
    for parameter in fault.healing if does == HEAL else fault.parameters:
        value = _value(row, parameter, tags)
        if value is not None:
            yield parameter.name, value


def _value(row: Table, p: Parameter, tags: list[Tag]) -> Any:
    usual = {"default": p.default} if p.is_optional or p.default is not None else {}
    if p.choices:
        return row.text(p.name, choices=p.choices, **usual)
    if p.of == "time":
        return read_duration(row, p.name, low=p.low, high=p.high, **usual)
    if p.of == DIFFERENCE:
        return row.difference(p.name, _quantity(row, p, tags), low=p.low, high=p.high, **usual)
    quantity = _quantity(row, p, tags) if p.of == READING else p.of
    return row.number(p.name, quantity, low=p.low, high=p.high, **usual)


def _quantity(row: Table, parameter: Parameter, tags: list[Tag]) -> str:
    """Of the tags that are meant, or whatever the key says where none is."""
    found = list(dict.fromkeys(tag.signal.unit.quantity for tag in tags))
    if len(found) > 1:
        row.mistake("on", row.data["on"], f"names tags of {' and '.join(found)}, but {parameter.name} is of one")
    said = (unit.quantity for stem, unit in map(split_key, row.data) if stem == parameter.name and unit)
    return found[0] if found else next(said, "number")


def unit_of_difference(unit: Unit) -> Unit:
    """The unit in which differences of values in ``unit`` are shown: °C becomes K, a gauge unit loses its mark.

    >>> unit_of_difference(UNITS["MPag"]).symbol, unit_of_difference(UNITS["degC"]).symbol
    ('MPa', 'K')
    """
    symbol = "K" if unit.symbol == "°C" else unit.symbol.replace("(g)", "")
    return Unit(unit.key, symbol, unit.quantity, unit.scale)
