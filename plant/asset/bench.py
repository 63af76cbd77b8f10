"""Benches: where each device answers. The one file that tells simulated from real.

A bench lists devices: their profile, their endpoint, the assets they serve, and whether the field's
simulators answer for them or real hardware does. Moving a well from one to the other changes this
file and no code.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path

from plant.asset.endpoint import Endpoint
from plant.asset.error import ConfigError, Unknown
from plant.asset.profile import Point, Profile, load_profile
from plant.asset.protocol.row import Protocol
from plant.asset.protocol.table import PORTS, PROTOCOLS, SPOKEN
from plant.asset.table import Table
from plant.asset.unit import split_key

FOLDER = Path(__file__).with_name("benches")


@dataclass(frozen=True)
class Device:
    """One device of the bench. Times in seconds."""

    name: str
    profile: Profile
    endpoint: Endpoint
    assets: Mapping[str, str]  # role → asset
    is_simulated: bool
    is_primary: bool
    scan: float
    timeout: float
    is_acquired: bool = True  # a primary always is, an alternate where the bench says ``record``

    @property
    def protocol(self) -> Protocol:
        """What it speaks."""
        return PROTOCOLS[self.profile.protocol]

    @property
    def device_id(self) -> str:
        """Its name in MQTT topics: the last part of its address, or the code of the asset it serves."""
        return self.endpoint.path or next(iter(self.assets.values())).partition(".")[2]

    def tags(self) -> dict[str, Point]:
        """The points it serves by the tags they carry; an alternate's tags are ``tag@device``."""
        mark = "" if self.is_primary else f"@{self.name}"
        return {f"{self.assets[p.role]}.{p.signal.name}{mark}": p for p in self.profile.points}


@dataclass(frozen=True)
class Bench:
    """All devices of a field, and whose clock the stack runs on."""

    field: str
    clock: str  # "wall" or "field"
    devices: tuple[Device, ...]
    path: Path

    def device(self, name: str) -> Device:
        """The device of that name."""
        for device in self.devices:
            if device.name == name:
                return device
        raise Unknown("device", name)

    @property
    def acquired(self) -> tuple[Device, ...]:
        """The devices that acquisition reaches for: all but alternates that nobody wants recorded."""
        return tuple(device for device in self.devices if device.is_acquired)

    def primary(self) -> dict[str, Device]:
        """For every tag that anything answers for, its primary device."""
        return {tag: device for device in self.devices if device.is_primary for tag in device.tags()}


def load_bench(source: str | Path, assets: Collection[str] | None = None, field_name: str = "") -> Bench:
    """Bench by bare name (from ``benches/``) or by path.

    ``assets`` (from the field) lets it check that each device serves assets that exist, and ``field_name`` that it
    is that field's bench at all: one of another says so in one line, and not of each of its devices.
    Raises :class:`ConfigError` with every mistake, those of its profiles included.
    """
    path = Path(source)
    path = path if path.suffix == ".toml" else FOLDER / f"{source}.toml"
    file = Table.load(path)
    field = file.text("field")
    if field and field_name and field != field_name:
        file.mistake("field", field, f"is not the field loaded, {field_name}: choose a bench of that one with --bench")
        assets = None
    clock = file.text("clock", "wall", ("wall", "field"))
    scans = _scans(file)
    devices = [d for row in file.tables("device") if (d := _device(row, path, scans, assets))]
    file.no_others()
    _check_together(file, devices, clock)
    file.finish()
    return Bench(field, clock, tuple(devices), path)


def _scans(file: Table) -> dict[str, float]:
    scan = file.table("scan", {})
    periods = {name: scan.number(name, "time", low=0.01) for name, _ in map(split_key, scan.data)}
    return {"normal": 1.0} | periods


def _device(row: Table, path: Path, scans: Mapping[str, float], assets: Collection[str] | None) -> Device | None:
    name, scan = row.text("name"), row.text("scan", "normal", tuple(scans))
    endpoint = _endpoint(row)
    profile = _profile(row, path)
    served = row.mapping("assets")
    answers = row.text("answers", "simulated", ("simulated", "real"))
    is_primary = row.text("role", "primary", ("primary", "alternate")) == "primary"
    patience = PROTOCOLS[profile.protocol].timeout if profile else math.nan
    timeout = row.number("timeout", "time", default=patience, low=0.01)
    is_acquired = row.boolean("record", is_primary)
    if is_primary and not is_acquired:
        row.mistake("record", False, "cannot be said of a primary: only alternates are left unrecorded")
    row.no_others()
    if profile is None or endpoint is None:
        return None
    _check_device(row, profile, endpoint, served, assets)
    if set(profile.roles) - set(served):
        return None
    return Device(
        name, profile, endpoint, served, answers == "simulated", is_primary, scans.get(scan, 1.0), timeout, is_acquired
    )


def _endpoint(row: Table) -> Endpoint | None:
    text = row.text("endpoint")
    try:
        return Endpoint.read(text, PORTS)
    except ValueError as error:
        row.mistake("endpoint", text, str(error))
        return None


def _profile(row: Table, path: Path) -> Profile | None:
    source, overrides = row.text("profile"), row.mapping("overrides", {})
    try:
        return load_profile(source, path, overrides) if source else None
    except ConfigError as error:
        known = {str(mistake) for mistake in row.mistakes}
        row.mistakes.extend(mistake for mistake in error.mistakes if str(mistake) not in known)
        return None


def _check_device(
    row: Table, profile: Profile, endpoint: Endpoint, served: Mapping[str, str], assets: Collection[str] | None
) -> None:
    spoken = SPOKEN[endpoint.scheme]
    if spoken.name != profile.protocol:
        row.mistake("endpoint", str(endpoint), f"does not speak {profile.protocol}, as the profile {profile.name} does")
    else:
        for mistake in spoken.rules(endpoint, profile.roles, profile.name):
            row.mistake(*mistake)
    for role, asset_type in profile.roles.items():
        asset = served.get(role)
        if asset is None:
            row.mistake("assets", dict(served), f"must say which {asset_type} is its {role}")
        elif not isinstance(asset, str) or asset.partition(".")[0] != asset_type:
            row.mistake(f"assets.{role}", asset, f"must be a {asset_type}")
        elif assets is not None and asset not in assets:
            row.mistake(f"assets.{role}", asset, "is no asset of the field")
    for role in set(served) - set(profile.roles):
        row.mistake(f"assets.{role}", served[role], f"is no role of the profile {profile.name}")


def _check_together(file: Table, devices: list[Device], clock: str) -> None:
    names: set[str] = set()
    tags: dict[str, str] = {}
    places: dict[str, str] = {}
    ports: dict[tuple[str, int], Device] = {}
    for device in devices:
        where = f"device[{device.name}]"
        if device.name and device.name in names:
            file.mistake(where, None, "is a name given twice")
        names.add(device.name)
        for tag in device.tags():
            if tags.setdefault(tag, device.name) != device.name:
                file.mistake(where, tag, f"is already served by {tags[tag]}; one of them must be an alternate")
                break
        place = device.protocol.place(device.endpoint, device.device_id)
        if place and places.setdefault(place, device.name) != device.name:
            file.mistake(f"{where}.endpoint", place, f"is already that of {places[place]}")
        if (other := _first_at(ports, device)).endpoint.scheme != device.endpoint.scheme:
            port = f"{device.endpoint.host}:{device.endpoint.port}"
            file.mistake(f"{where}.endpoint", port, f"is where {other.name} answers already, in another protocol")
        if clock == "field" and not device.is_simulated:
            file.mistake("clock", clock, f"must be wall, because {device.name} is real")


def _first_at(ports: dict[tuple[str, int], Device], device: Device) -> Device:
    """The first simulated device that listens where ``device`` would."""
    listens = device.is_simulated and device.protocol.listens
    return ports.setdefault(device.endpoint.place, device) if listens else device
