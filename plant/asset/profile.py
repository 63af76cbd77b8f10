"""Device profiles: which address of a device carries which signal, as tables in ``profiles/``.

A profile is what a maker's manual says of one kind of device. Simulators answer by it and acquisition
reads by it, so neither has an address in its code. Its points name signals by role
(``well.Frequency``); a bench says which asset fills the role.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from plant.asset.protocol.mqtt import Key
from plant.asset.protocol.opcua import Node
from plant.asset.protocol.table import PROTOCOLS
from plant.asset.register import Register
from plant.asset.signal import Signal, signals
from plant.asset.table import Table
from plant.asset.unit import UNITS, Unit

FOLDER = Path(__file__).with_name("profiles")


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
    path: Path = field(default=Path(), compare=False)  # of its file
    overrides: Mapping[str, Any] = field(default_factory=dict)  # by a bench, of its points' keys


def load_profile(source: str, beside: Path | None = None, overrides: Mapping[str, Any] | None = None) -> Profile:
    """Profile by bare name (from ``profiles/``) or by path, relative to the file ``beside`` which names it.

    ``overrides`` replaces keys of points: ``{"well.Frequency": {"address": 12}}``.
    Raises :class:`ConfigError` with every mistake.
    """
    path = _path(source, beside)
    file = Table.load(path)
    protocol = file.text("protocol", choices=tuple(PROTOCOLS))
    roles = file.mapping("roles")
    defaults = PROTOCOLS[protocol].read_defaults(file) if protocol in PROTOCOLS else {}
    behaviour = file.text("behaviour", "")
    rows = file.tables("point")
    _override(file, rows, overrides or {})
    points = [_point(row, protocol, roles, defaults) for row in rows]
    _check_once(file, rows)
    file.no_others()
    file.finish()
    found = tuple(point for point in points if point is not None)
    return Profile(Path(source).stem, protocol, behaviour, roles, found, path, overrides or {})


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
    address = PROTOCOLS[protocol].read_address(row, defaults, signal) if protocol in PROTOCOLS else None
    row.no_others()
    return None if address is None else Point(role, signal, unit, address)


def _check_once(file: Table, rows: list[Table]) -> None:
    """Of two points of one signal, all but the last would be dropped in silence."""
    told = Counter(row.data.get("signal") for row in rows)
    for signal in (name for name, count in told.items() if isinstance(name, str) and count > 1):
        file.mistake(f"point[{signal}]", None, "is a point given twice")
