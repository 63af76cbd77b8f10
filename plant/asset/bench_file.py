"""Bench files: a bench read with every mistake told at once, and written so that it is read back as it was."""

from __future__ import annotations

import math
import os
from collections.abc import Collection, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from plant.asset.bench import SCANS, Bench, Device, patience_of
from plant.asset.credential import read_credentials
from plant.asset.endpoint import Endpoint
from plant.asset.listener import check_listeners, read_listeners
from plant.asset.profile.file import FOLDER as PROFILES
from plant.asset.profile.file import Profile, load_profile
from plant.asset.protocol.table import PORTS, PROTOCOLS, SPOKEN
from plant.asset.table import Table
from plant.asset.target import FEATURES, read_targets, told
from plant.asset.toml_file import key_of, toml_of
from plant.error import ConfigError
from plant.unit import split_key

FOLDER = Path(__file__).with_name("benches")


def bench_of(field: str | Path) -> Path:
    """The bench of a field for which none is named: NAME.bench.toml beside its file, else the bundled one."""
    path = Path(field)
    if path.suffix != ".toml":
        return FOLDER / f"{field}.toml"
    beside = path.with_suffix(".bench.toml")
    return beside if beside.exists() else FOLDER / f"{_name_in(path)}.toml"


def _name_in(path: Path) -> str:
    try:
        return str(Table.load(path).data.get("name", path.stem))
    except ConfigError:  # told where the field is read
        return path.stem


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
    targets = read_targets(file, [str(row.get("name")) for row in file.data.get("device", [])], path)
    listeners = read_listeners(file, path.parent)
    served = [d.endpoint for d in devices if d.is_simulated and d.profile.protocol == "opcua"]
    check_listeners(file, listeners, served)
    file.no_others()
    _check_together(file, devices, clock)
    file.finish()
    return Bench(field, clock, tuple(devices), path, scans, targets, listeners)


def _scans(file: Table) -> dict[str, float]:
    scan = file.table("scan", {})
    periods = {name: scan.number(name, "time", low=0.01) for name, _ in map(split_key, scan.data)}
    return SCANS | periods


def _device(row: Table, path: Path, scans: Mapping[str, float], assets: Collection[str] | None) -> Device | None:
    name, scan = row.text("name"), row.text("scan", "normal", tuple(scans))
    endpoint = _endpoint(row)
    profile = _profile(row, path)
    served = row.mapping("assets")
    answers = row.text("answers", "simulated", ("simulated", "real"))
    is_primary = row.text("role", "primary", ("primary", "alternate")) == "primary"
    patience = patience_of(PROTOCOLS[profile.protocol], scans.get(scan, 1.0)) if profile else math.nan
    timeout = row.number("timeout", "time", default=patience, low=0.01)
    is_acquired = row.boolean("record", is_primary)
    if is_primary and not is_acquired:
        row.mistake("record", False, "cannot be said of a primary: only alternates are left unrecorded")
    credentials, personality = read_credentials(row, path.parent), row.text("personality", "")
    if personality and answers == "real":
        row.mistake("personality", personality, "cannot be given to real hardware, which has its own")
    row.no_others()
    if profile is None or endpoint is None:
        return None
    _check_device(row, profile, endpoint, served, assets)
    if answers == "simulated" and (can := SPOKEN[endpoint.scheme].simulated) and endpoint.scheme not in can:
        row.mistake(
            "endpoint",
            str(endpoint),
            f"must be {' or '.join(f'{each}://' for each in can)} where our simulators answer",
        )
    if set(profile.roles) - set(served):
        return None
    return Device(
        name, profile, endpoint, served, answers == "simulated", is_primary, scans.get(scan, 1.0), timeout, is_acquired,
        credentials, personality,
    )  # fmt: skip


def _endpoint(row: Table) -> Endpoint | None:
    text = row.text("endpoint")
    try:
        return Endpoint.read(text, PORTS)
    except ValueError as error:
        row.mistake("endpoint", text, str(error))
        return None


def _profile(row: Table, path: Path) -> Profile | None:
    source, overrides, settings = row.text("profile"), row.mapping("overrides", {}), row.mapping("settings", {})
    try:
        return load_profile(source, path, overrides, settings) if source else None
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
    lines: dict[tuple[str, int], str] = {}
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
        alike = device.protocol.alike(device.endpoint, device.profile.settings)
        if alike and lines.setdefault(device.endpoint.place, alike) != alike:
            file.mistake(f"{where}.settings", alike, f"must be {lines[device.endpoint.place]}, as others there have it")
        if (other := _first_at(ports, device)).endpoint.scheme != device.endpoint.scheme:
            port = f"{device.endpoint.host}:{device.endpoint.port}"
            file.mistake(f"{where}.endpoint", port, f"is where {other.name} answers already, in another protocol")
        if clock == "field" and not device.is_simulated:
            file.mistake("clock", clock, f"must be wall, because {device.name} is real")


def _first_at(ports: dict[tuple[str, int], Device], device: Device) -> Device:
    """The first simulated device that listens where ``device`` would."""
    return ports.setdefault(device.endpoint.place, device) if device.listens_here else device


def write_bench(bench: Bench, path: Path, assets: Collection[str] | None = None) -> Bench:
    """Write it as a file, and return it as read from there.

    Raises :class:`ConfigError` with every mistake of it, and leaves what stood there.
    """
    draft = path.with_suffix(".new.toml")
    draft.write_text(_text(bench, path.parent), encoding="utf-8")
    try:
        found = load_bench(draft, assets)
        draft.replace(path)
    except ConfigError as error:
        raise ConfigError([replace(m, file=str(path)) if m.file == str(draft) else m for m in error.mistakes]) from None
    finally:
        draft.unlink(missing_ok=True)
    return replace(found, path=path)


def _text(bench: Bench, folder: Path) -> str:
    names = {period: name for name, period in reversed(list(bench.scans.items()))}
    for device in bench.devices:
        names.setdefault(device.scan, f"scan{len(names)}")
    head = [f"field = {toml_of(bench.field)}", f"clock = {toml_of(bench.clock)}", "", "[scan]"]
    scans = {name: period for period, name in names.items()} | dict(bench.scans)
    periods = [f"{name}_s = {toml_of(period)}" for name, period in scans.items()]
    rows = [_row(device, names[device.scan], folder) for device in bench.devices]
    targets = [_table("target", told(target, folder)) for target in bench.targets]
    listeners = [_table("listener", one.said()) for one in bench.listeners]
    own = {one for target in bench.targets for one in (*target.features, *target.lacks) if one not in FEATURES}
    features = ["", "[features]", *(f'{key_of(name)} = ""' for name in sorted(own)), ""] if own else []
    return "\n".join([*head, *periods, *features, ""]) + "".join((*rows, *listeners, *targets))


def _table(name: str, keys: Mapping[str, Any]) -> str:
    return "\n".join(["", f"[[{name}]]", *(f"{key} = {toml_of(value)}" for key, value in keys.items()), ""])


def _row(device: Device, scan: str, folder: Path) -> str:
    """One device; what goes without saying is not said."""
    keys: dict[str, Any] = {
        "name": device.name, "profile": _source(device.profile, folder), "endpoint": str(device.endpoint),
        "assets": device.assets,
    }  # fmt: skip
    said = {
        "answers": ("simulated" if device.is_simulated else "real", "simulated"),
        "role": ("primary" if device.is_primary else "alternate", "primary"),
        "record": (device.is_acquired, device.is_primary),
        "scan": (scan, "normal"),
        "timeout_s": (device.timeout, patience_of(device.protocol, device.scan)),
        "overrides": (device.profile.overrides, {}),
        "settings": (device.profile.overruled, {}),
        "personality": (device.personality, ""),
    }
    keys |= {key: value for key, (value, unsaid) in said.items() if value != unsaid}
    keys |= device.credentials.said()
    return _table("device", keys)


def _source(profile: Profile, folder: Path) -> str:
    """A profile as a bench in ``folder`` names it."""
    if profile.path.parent == PROFILES:
        return profile.name
    return Path(os.path.relpath(profile.path.resolve(), folder.resolve())).as_posix()
