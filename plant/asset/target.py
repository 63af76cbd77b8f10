"""Targets: what an acceptance suite is run against, as a bench file says it.

A target is one or several devices of the bench together with what it takes to bring them up: processes to start,
switches that cycle power or load a test stand, locks that keep others away; and the features that it has, so that a
test of one that it lacks can be left out with that reason. Where a device answers and what its registers mean stay
where they are, in its own row and its profile.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from plant.asset.duration import read as read_duration
from plant.asset.endpoint import Endpoint
from plant.asset.protocol.modbus import MODBUS
from plant.asset.table import Table

FEATURES: Mapping[str, str] = {
    "start_stop": "it starts and stops when told over the wire",
    "ramp": "it goes to a new reference steadily, not at once",
    "reference_limits": "it refuses references outside its limits",
    "status": "it shows its state and why it tripped",
    "backspin": "it refuses to start while the shaft turns back",
    "trip_underload": "it trips on underload",
    "trip_overload": "it trips on overload",
    "trip_motor_temperature": "it trips when the motor is too hot",
    "trip_supply_voltage": "it trips when its supply sags",
    "trip_stall": "it trips when the rotor does not turn",
    "trip_ground_fault": "it trips when current leaks to ground",
    "trip_external": "it trips when another system tells it to",
    "restarts_per_hour": "it allows only so many starts an hour",
    "lost_master": "it acts when its master falls silent",
    "power_cycle": "its power can be switched, and it comes up at rest",
    "plant_fault": "the plant, drives and instruments behind it can be made to fail",
    "time_scale": "its time can be stepped, and runs as fast as it can",
}
SWITCHES = (
    "power", "underload", "overload", "motor_temperature", "supply_voltage", "stall", "ground_fault", "external",
)  # fmt: skip
REGISTERS = ("coil", "holding")


@dataclass(frozen=True)
class ProcessResource:
    """A program that is the target, or that it needs: started before it is reached, ended with all it has started.

    ``{port}`` in its command is the port of the target's first device, ``{line}`` a serial line made for it.
    """

    command: tuple[str, ...]
    ready: str = ""  # what it prints once it is there; without it, it is there once the port answers
    within: float = 30.0  # s
    folder: Path = Path()  # in which it is started; that of the bench file unless it says another


@dataclass(frozen=True)
class Switch:
    """Something with two positions: power, a relay, a brake on a test stand. A command or a Modbus register sets it."""

    name: str
    on_command: tuple[str, ...] = ()
    off_command: tuple[str, ...] = ()
    endpoint: Endpoint | None = None
    area: str = "coil"
    address: int = 0
    on: int = 1
    off: int = 0


@dataclass(frozen=True)
class Target:
    """What a suite is run against."""

    name: str
    devices: tuple[str, ...]
    features: frozenset[str]
    processes: tuple[ProcessResource, ...] = ()
    switches: Mapping[str, Switch] = field(default_factory=dict)
    lock: str = ""  # name of what nobody else may use meanwhile; empty: nothing
    lacks: Mapping[str, str] = field(default_factory=dict)  # feature → why it is not there

    def switch(self, name: str) -> Switch | None:
        """The switch of that name, if it has one."""
        return self.switches.get(name)


def read_targets(file: Table, devices: Collection[str], path: Path) -> tuple[Target, ...]:
    """The ``[[target]]`` rows of a bench file, every mistake noted."""
    own = tuple(file.mapping("features", {}))
    found = [_target(row, devices, path, (*FEATURES, *own)) for row in file.tables("target", [])]
    taken: dict[str, str] = {}
    for target in found:
        where = f"target[{target.name}]"
        if target.name in taken.values():
            file.mistake(where, None, "is a name given twice")
        for device in target.devices:
            if taken.setdefault(device, target.name) != target.name:
                file.mistake(f"{where}.devices", device, f"is already a device of {taken[device]}")
    return tuple(found)


def _target(row: Table, devices: Collection[str], path: Path, known: Collection[str]) -> Target:
    name, named = row.text("name"), row.texts("devices")
    for device in named:
        if device not in devices:
            row.mistake("devices", device, f"is no device of this bench: {', '.join(devices) or 'it has none'}")
    features, lacks = row.texts("features", []), row.mapping("lacks", {})
    for feature in (*features, *lacks):
        if feature not in known:
            row.mistake("features", feature, f"is no feature; known are {', '.join(known)}; [features] adds others")
        if feature in features and feature in lacks:
            row.mistake("lacks", feature, "is also among its features")
    processes = tuple(_process(one, path) for one in row.tables("process", []))
    switches = {switch.name: switch for switch in (_switch(one) for one in row.tables("switch", []))}
    lock = row.text("lock", "")
    row.no_others()
    return Target(name, named, frozenset(features), processes, switches, lock, lacks)


def _process(row: Table, path: Path) -> ProcessResource:
    command, ready = row.texts("command"), row.text("ready", "")
    if not command:
        row.mistake("command", command, "must be a list of texts, program first")
    folder = Path(row.text("folder", "")) if "folder" in row.data else path.parent
    found = ProcessResource(command, ready, read_duration(row, "within", 30.0), folder)
    row.no_others()
    return found


def _switch(row: Table) -> Switch:
    name = row.text("name", choices=SWITCHES)
    on, off = row.texts("on_command", []), row.texts("off_command", [])
    endpoint = _endpoint(row) if "endpoint" in row.data else None
    found = Switch(
        name, on, off, endpoint, row.text("area", "coil", REGISTERS), row.integer("address", 0, 0, 65_535),
        row.integer("on", 1, 0, 65_535), row.integer("off", 0, 0, 65_535),
    )  # fmt: skip
    row.no_others()
    if bool(on or off) == bool(endpoint):
        row.mistake("on_command", None, "and off_command, or else an endpoint with an address, must be given")
    elif bool(on) != bool(off):
        row.mistake("off_command" if on else "on_command", None, "is missing: a switch has two positions")
    return found


def _endpoint(row: Table) -> Endpoint | None:
    text = row.text("endpoint")
    try:
        return Endpoint.read(text, {"modbus": MODBUS.ports["modbus"]})
    except ValueError as error:
        row.mistake("endpoint", text, str(error))
        return None


def told(target: Target, folder: Path) -> dict[str, object]:
    """A target's row as a bench file in ``folder`` says it; what goes without saying is not said."""
    said: dict[str, object] = {"name": target.name, "devices": list(target.devices)}
    said |= {"features": sorted(target.features)} if target.features else {}
    said |= {"lacks": dict(target.lacks)} if target.lacks else {}
    said |= {"lock": target.lock} if target.lock else {}
    rows = {"process": [_process_told(one, folder) for one in target.processes]}
    rows |= {"switch": [_switch_told(one) for one in target.switches.values()]}
    return said | {key: found for key, found in rows.items() if found}


def _process_told(process: ProcessResource, folder: Path) -> dict[str, object]:
    there = "" if process.folder.resolve() == folder.resolve() else str(process.folder.resolve())
    said = {"ready": (process.ready, ""), "within_s": (process.within, 30.0), "folder": (there, "")}
    return {"command": list(process.command)} | {key: value for key, (value, usual) in said.items() if value != usual}


def _switch_told(switch: Switch) -> dict[str, object]:
    if switch.endpoint is None:
        return {"name": switch.name, "on_command": list(switch.on_command), "off_command": list(switch.off_command)}
    place = {"endpoint": str(switch.endpoint), "area": switch.area, "address": switch.address}
    return {"name": switch.name, **place, "on": switch.on, "off": switch.off}
