"""Files of closed loops: which controller is under test, what of the plant it sees, and what it moves.

The controller is met as a real device is: at an endpoint, Modbus or OPC UA. Its inputs are written, its outputs read,
once a scan.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from plant.asset.bench import Device
from plant.asset.credential import read_credentials
from plant.asset.endpoint import Endpoint
from plant.asset.profile.file import Profile
from plant.asset.protocol.modbus import ModbusSettings
from plant.asset.protocol.opcua import OpcUaSettings
from plant.asset.protocol.table import PORTS, PROTOCOLS, SPOKEN
from plant.asset.signal import Signal, signals
from plant.asset.table import Table
from plant.error import OutOfRange
from plant.unit import Unit, unit_named

SETTINGS: dict[str, Callable[[], Any]] = {"modbus": ModbusSettings, "opcua": OpcUaSettings}
FASTEST, SLOWEST = 0.005, 60.0  # s


@dataclass(frozen=True)
class Terminal:
    """One value between plant and controller, as it lies at the controller."""

    tag: str
    address: Any  # Register or Node
    unit: Unit | None = None  # that the controller counts in; none: SI
    safe: float = math.nan  # of an output, SI: what it goes to when the controller is lost

    def raw(self, si: float) -> float:
        """As the controller has it."""
        return si if self.unit is None else float(self.unit.from_si(si))

    def si(self, raw: float) -> float:
        """As the plant has it."""
        return raw if self.unit is None else float(self.unit.to_si(raw))


@dataclass(frozen=True)
class LoopFile:
    """A closed loop. Times in seconds."""

    title: str
    bench: str
    controller: Device
    inputs: tuple[Terminal, ...]
    outputs: tuple[Terminal, ...]
    scan: float
    lost_after: int  # scans in vain after which the controller is lost
    speed: float = 1.0  # seconds of the plant per second: a slow plant may be shown to a controller as a fast one


def load_loop(path: Path, endpoint: str = "") -> LoopFile:
    """A loop's file; ``endpoint`` stands in for the one it names.

    Raises :class:`~plant.error.ConfigError` with every mistake.
    """
    file = Table.load(path)
    title, bench = file.text("title"), file.text("bench", "shengli12")
    if bench.endswith(".toml"):
        bench = str((path.parent / bench).absolute())
    scan = file.number("scan", "time", 0.1, FASTEST, SLOWEST)
    timeout = file.number("timeout", "time", 0.8 * scan, 0.001, SLOWEST)
    lost_after, speed = file.integer("lost_after", 3, 1, 1000), file.number("speed", "", 1.0, 0.01, 100.0)
    controller = _controller(file.table("controller"), path, endpoint, scan, timeout)
    rows = {kind: file.tables(kind) for kind in ("input", "output")}
    protocol = controller.profile.protocol if controller else ""
    found = {kind: tuple(t for row in each if (t := _terminal(row, kind, protocol))) for kind, each in rows.items()}
    for kind, each in rows.items():
        if not each:
            file.mistake(kind, None, f"must stand there at least once: [[{kind}]]")
    _check_tags(file, found)
    file.no_others()
    file.finish()
    assert controller is not None
    return LoopFile(title, bench, controller, found["input"], found["output"], scan, lost_after, speed)


def _controller(row: Table, path: Path, endpoint: str, scan: float, timeout: float) -> Device | None:
    said = row.text("endpoint", endpoint) if endpoint else row.text("endpoint")
    text = endpoint or said
    credentials = read_credentials(row, path.parent)
    row.no_others()
    try:
        place = Endpoint.read(text, PORTS)
    except ValueError as error:
        row.mistake("endpoint", text, str(error))
        return None
    protocol = SPOKEN[place.scheme].name
    if protocol not in SETTINGS:
        row.mistake("endpoint", text, f"must speak one of {', '.join(SETTINGS)}: others have no scan")
        return None
    profile = Profile("controller", protocol, "", {}, (), settings=SETTINGS[protocol]())
    return Device("controller", profile, place, {}, False, True, scan, timeout, credentials=credentials)


def _terminal(row: Table, kind: str, protocol: str) -> Terminal | None:
    tag = row.text("tag")
    signal = _signal(row, tag)
    unit = _unit(row, signal)
    safe = row.number("safe", signal.unit.quantity, 0.0) if signal and kind == "output" else math.nan
    if protocol not in PROTOCOLS or signal is None:
        return None
    address = PROTOCOLS[protocol].read_address(row, SETTINGS[protocol](), signal, kind == "input")
    row.no_others()
    return Terminal(tag, address, unit, safe)


def _signal(row: Table, tag: str) -> Signal | None:
    asset, _, name = tag.rpartition(".")
    found = signals().get((asset.partition(".")[0], name))
    if tag and found is None:
        row.mistake("tag", tag, "is no signal: it must be TYPE.CODE.Signal, as gemelo tags lists them")
    return found


def _unit(row: Table, signal: Signal | None) -> Unit | None:
    text = row.text("unit", "")
    if not text or signal is None:
        return None
    try:
        return unit_named(text, signal.unit.quantity)
    except OutOfRange as error:
        row.mistake("unit", text, error.rule)
        return None


def _check_tags(file: Table, found: dict[str, tuple[Terminal, ...]]) -> None:
    for kind, terminals in found.items():
        tags = [one.tag for one in terminals]
        for tag in sorted({tag for tag in tags if tags.count(tag) > 1}):
            file.mistake(kind, tag, "stands there twice")
