"""Points as the rows of profiles say them, with every mistake told."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from plant.asset.profile.meaning import Meaning
from plant.asset.profile.meaning_row import KEYS, read_meaning
from plant.asset.profile.point import Point, ScaleAt, Write
from plant.asset.protocol.row import Protocol
from plant.asset.register import TYPES, Register
from plant.asset.signal import Signal, signals
from plant.asset.table import Table
from plant.unit import UNITS, Unit

OWN = {"signal", "unit", "write", "write_only", "scale_at", *KEYS}  # what is no part of an address


def read_point(row: Table, protocol: Protocol | None, roles: Mapping[str, str], settings: Any) -> Point | None:
    """The point that a row says; None where so much is wrong that there is none."""
    role, _, name = row.text("signal").partition(".")
    signal = signals().get((roles.get(role, ""), name))
    if signal is None:
        row.mistake("signal", f"{role}.{name}", "names no signal of this profile's roles")
        return None
    unit, meaning, is_write_only = _unit(row, signal), read_meaning(row, signal), row.boolean("write_only", False)
    if is_write_only and not signal.is_writable:
        row.mistake("write_only", True, f"is said of a {signal.kind}, which is never written")
    if protocol is None:
        return None
    is_written = signal.is_writable and "write" not in row.data
    address = protocol.read_address(row, settings, signal, is_written)
    write = _write(row, protocol, signal, settings) if "write" in row.data else None
    scale_at = _scale_at(row, protocol, signal, settings) if "scale_at" in row.data else None
    row.no_others()
    if address is None:
        return None
    return Point(role, signal, unit, address, _fitted(meaning, address), write, scale_at, is_write_only)


def _fitted(meaning: Meaning, address: Any) -> Meaning:
    """With patterns of no value as a signed register reads them: 0x8000 is its -32768."""
    kind = TYPES.get(address.type) if isinstance(address, Register) else None
    if meaning.no_value is None or kind is None or kind.kind != "i":
        return meaning
    span = 1 << 8 * kind.itemsize
    return replace(
        meaning, no_value=tuple(p - span if isinstance(p, int) and 2 * p >= span else p for p in meaning.no_value)
    )


def _unit(row: Table, signal: Signal) -> Unit:
    key = row.text("unit", signal.unit.key, tuple(UNITS))
    unit = UNITS.get(key, signal.unit)
    if unit.quantity != signal.unit.quantity:
        row.mistake("unit", unit.key, f"is no unit of {signal.unit.quantity}")
    return unit


def _write(row: Table, protocol: Protocol, signal: Signal, settings: Any) -> Write | None:
    """As the point lies and is scaled, but for what the table says; bits and states of a status are not a command's."""
    if not signal.is_writable:
        row.mistake("write", None, f"is said of a {signal.kind}, which is never written")
    table = row.table("write")
    given = dict(table.data)
    table.data = {key: value for key, value in row.data.items() if key not in OWN or key in ("scale", "offset")} | given
    value = table.number("value", default=None)
    meaning = read_meaning(table, signal)
    address = protocol.read_address(table, settings, signal, True)
    table.no_others()
    return None if address is None else Write(address, meaning, value)


def _scale_at(row: Table, protocol: Protocol, signal: Signal, settings: Any) -> ScaleAt | None:
    """Of a type and order of its own: only the area is the point's where nothing is said."""
    table = row.table("scale_at")
    table.data = {key: row.data[key] for key in ("area",) if key in row.data} | table.data
    is_power = table.boolean("power", False)
    address = protocol.read_address(table, settings, signal, False)
    table.no_others()
    return None if address is None else ScaleAt(address, is_power)
