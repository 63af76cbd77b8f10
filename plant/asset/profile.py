"""Device profiles: which address of a device carries which signal, as tables in ``profiles/``.

A profile is what a maker's manual says of one kind of device. Simulators answer by it and acquisition
reads by it, so neither has an address in its code. Its points name signals by role
(``well.Frequency``); a bench says which asset fills the role.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from plant.asset.register import AREAS, ORDERS, TYPES, Register
from plant.asset.signal import Signal, signals
from plant.asset.table import Table
from plant.asset.unit import UNITS, Unit

FOLDER = Path(__file__).with_name("profiles")


@dataclass(frozen=True)
class Node:
    """An OPC UA node id, in which ``{tag}`` stands for the tag."""

    id: str

    def of(self, tag: str) -> str:
        """The node id that serves ``tag``."""
        return self.id.replace("{tag}", tag)


@dataclass(frozen=True)
class Key:
    """A key of an MQTT telemetry message, and the RPC method by which it is set, where it has one of its own."""

    name: str
    method: str = ""


Address = Register | Node | Key


@dataclass(frozen=True)
class Point:
    """One signal of a device: what it is, where it lies, and the unit the device speaks."""

    role: str
    signal: Signal
    unit: Unit
    address: Address


@dataclass(frozen=True)
class Profile:
    """One kind of device."""

    name: str
    protocol: str
    behaviour: str  # what the simulated device does behind its addresses, e.g. "well_rtu"
    roles: Mapping[str, str]  # role → asset type
    points: tuple[Point, ...]


def load_profile(source: str, beside: Path | None = None, overrides: Mapping[str, Any] | None = None) -> Profile:
    """Profile by bare name (from ``profiles/``) or by path, relative to the file ``beside`` which names it.

    ``overrides`` replaces keys of points: ``{"well.Frequency": {"address": 12}}``.
    Raises :class:`ConfigError` with every mistake.
    """
    file = Table.load(_path(source, beside))
    protocol = file.text("protocol", choices=tuple(ADDRESSES))
    roles = file.mapping("roles")
    defaults = {"order": file.text("word_order", "ABCD", ORDERS)} if protocol == "modbus" else {}
    behaviour = file.text("behaviour", "")
    rows = file.tables("point")
    _override(file, rows, overrides or {})
    points = [_point(row, protocol, roles, defaults) for row in rows]
    file.no_others()
    file.finish()
    return Profile(Path(source).stem, protocol, behaviour, roles, tuple(p for p in points if p is not None))


def _path(source: str, beside: Path | None) -> Path:
    if "/" not in source and not source.endswith(".toml"):
        return FOLDER / f"{source}.toml"
    return (beside.parent if beside else Path()) / source


def _override(file: Table, rows: list[Table], overrides: Mapping[str, Any]) -> None:
    by_signal = {row.data.get("signal"): row for row in rows}
    for signal, keys in overrides.items():
        if signal not in by_signal:
            file.mistake("point", signal, "is overridden by the bench but is no point of this profile")
        elif not isinstance(keys, dict):
            file.mistake(f"point[{signal}]", keys, "an override must be a table of keys")
        else:
            by_signal[signal].data = by_signal[signal].data | keys


def _point(row: Table, protocol: str, roles: Mapping[str, str], defaults: Mapping[str, Any]) -> Point | None:
    role, _, name = row.text("signal").partition(".")
    signal = signals().get((roles.get(role, ""), name))
    if signal is None:
        row.mistake("signal", f"{role}.{name}", "names no signal of this profile's roles")
        return None
    unit = UNITS[row.text("unit", signal.unit.key, tuple(UNITS))] if row.data.get("unit", "1") in UNITS else signal.unit
    if unit.quantity != signal.unit.quantity:
        row.mistake("unit", unit.key, f"is no unit of {signal.unit.quantity}")
    address = ADDRESSES[protocol](row, defaults) if protocol in ADDRESSES else None
    row.no_others()
    return None if address is None else Point(role, signal, unit, address)


def _register(row: Table, defaults: Mapping[str, Any]) -> Register:
    register = Register(
        row.text("area", choices=AREAS), row.integer("address", low=0, high=65535),
        row.text("type", "bool" if row.data.get("area") in ("coil", "discrete") else "uint16", tuple(TYPES)),
        row.text("order", defaults["order"], ORDERS),
        row.number("scale", default=1.0), row.number("offset", default=0.0),
    )  # fmt: skip
    if register.is_bit != (register.type == "bool"):
        row.mistake("type", register.type, f"does not fit a {register.area}")
    if register.scale == 0:
        row.mistake("scale", 0, "must not be zero")
    return register


def _node(row: Table, _: Mapping[str, Any]) -> Node:
    return Node(row.text("node", "ns=2;s={tag}"))


def _key(row: Table, _: Mapping[str, Any]) -> Key:
    return Key(row.text("key"), row.text("method", ""))


ADDRESSES: dict[str, Callable[[Table, Mapping[str, Any]], Address]] = {
    "modbus": _register, "opcua": _node, "mqtt": _key,
}  # fmt: skip
