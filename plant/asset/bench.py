"""Benches: where each device answers. The one thing that tells simulated from real.

A bench lists devices: their profile, their endpoint, the assets they serve, and whether the field's
simulators answer for them or real hardware does. Moving a well from one to the other changes the bench
and no code. It is read from a file or built by program (:mod:`plant.asset.bench_file`), and never
changes: what changes it gives another.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from plant.asset.credential import NONE, Credentials
from plant.asset.endpoint import Endpoint
from plant.asset.listener import Listener
from plant.asset.profile.file import Profile, load_profile
from plant.asset.profile.point import Point
from plant.asset.protocol.row import Protocol
from plant.asset.protocol.table import PORTS, PROTOCOLS
from plant.asset.target import Target
from plant.error import ConfigError, Mistake, Unknown

SCANS = {"normal": 1.0}  # periods that every bench has [s]


def patience_of(protocol: Protocol, scan: float) -> float:
    """How long a device may take to answer if the bench does not say [s].

    One that is asked once a scan may be asked in vain twice within it: so a silent one is Bad within two.
    """
    return min(protocol.timeout, 0.45 * scan) if protocol.is_polled else protocol.timeout


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
    credentials: Credentials = NONE
    personality: str = ""  # bad manners of a simulated one, by name

    @classmethod
    def of(
        cls, name: str, profile: str, endpoint: str, assets: Mapping[str, str], *, is_simulated: bool = True,
        is_primary: bool = True, is_acquired: bool | None = None, scan: float = SCANS["normal"],
        timeout: float | None = None, overrides: Mapping[str, Any] | None = None,
        settings: Mapping[str, Any] | None = None, credentials: Credentials = NONE, personality: str = "",
    ) -> Device:  # fmt: skip
        """A device as a bench file would say it, with what it would leave unsaid.

        Raises :class:`ConfigError` where profile or endpoint is none; whether all fits together is said where the
        bench is written (:func:`plant.asset.bench_file.write_bench`).
        """
        found = load_profile(profile, None, overrides, settings)
        try:
            place = Endpoint.read(endpoint, PORTS)
        except ValueError as error:
            raise ConfigError([Mistake("bench", f"device[{name}].endpoint", endpoint, str(error))]) from None
        patience = patience_of(PROTOCOLS[found.protocol], scan) if timeout is None else timeout
        is_acquired = is_primary if is_acquired is None else is_acquired
        return cls(
            name, found, place, dict(assets), is_simulated, is_primary, scan, patience, is_acquired, credentials,
            personality,
        )  # fmt: skip

    @property
    def protocol(self) -> Protocol:
        """What it speaks."""
        return PROTOCOLS[self.profile.protocol]

    @property
    def device_id(self) -> str:
        """Its name in MQTT topics: the last part of its address, or the code of the asset it serves."""
        return self.endpoint.path or next(iter(self.assets.values())).partition(".")[2]

    @property
    def listens_here(self) -> bool:
        """Whether the field's simulators listen for it at its endpoint."""
        return self.is_simulated and self.protocol.listens

    def tags(self) -> dict[str, Point]:
        """The points it serves by the tags they carry; an alternate's tags are ``tag@device``."""
        mark = "" if self.is_primary else f"@{self.name}"
        return {f"{self.assets[p.role]}.{p.signal.name}{mark}": p for p in self.profile.points}


@dataclass(frozen=True)
class Bench:
    """All devices of a field, and whose clock the stack runs on."""

    field: str
    clock: str = "wall"  # or "field"
    devices: tuple[Device, ...] = ()
    path: Path = dataclasses.field(default=Path("bench"), compare=False)  # of its file, which messages name
    scans: Mapping[str, float] = dataclasses.field(
        default_factory=lambda: SCANS
    )  # periods by the names its file gives them [s]
    targets: tuple[Target, ...] = ()  # what suites are run against
    listeners: tuple[Listener, ...] = ()  # whom servers of simulated devices let in

    def device(self, name: str) -> Device:
        """The device of that name."""
        for device in self.devices:
            if device.name == name:
                return device
        raise Unknown("device", name)

    def listener(self, endpoint: Endpoint) -> Listener | None:
        """Whom the server there lets in; None where it lets everybody in."""
        return next((one for one in self.listeners if one.endpoint.place == endpoint.place), None)

    @property
    def acquired(self) -> tuple[Device, ...]:
        """The devices that acquisition reaches for: all but alternates that nobody wants recorded."""
        return tuple(device for device in self.devices if device.is_acquired)

    def primary(self) -> dict[str, Device]:
        """For every tag that anything answers for, its primary device."""
        return {tag: device for device in self.devices if device.is_primary for tag in device.tags()}

    @property
    def broker(self) -> int:
        """The port at which simulated devices meet their broker on this machine; 0 where none does."""
        met = (d.endpoint for d in self.devices if d.is_simulated and not d.protocol.listens)
        return next((endpoint.port for endpoint in met if endpoint.is_here), 0)

    def with_device(self, device: Device) -> Bench:
        """With this one in the place of the device of its name, or as its last."""
        names = [other.name for other in self.devices]
        if device.name not in names:
            return replace(self, devices=(*self.devices, device))
        return self.each(lambda other: device if other.name == device.name else other)

    def changed(self, name: str, **keys: Any) -> Bench:
        """With a device that differs in these attributes. An alternate made primary is acquired."""
        changed = replace(self.device(name), **keys)
        return self.with_device(replace(changed, is_acquired=changed.is_acquired or changed.is_primary))

    def only(self, which: Callable[[Device], bool]) -> Bench:
        """With those devices alone."""
        return replace(self, devices=tuple(device for device in self.devices if which(device)))

    def each(self, change: Callable[[Device], Device]) -> Bench:
        """With every device changed."""
        return replace(self, devices=tuple(change(device) for device in self.devices))

    def on_clock(self, clock: str) -> Bench:
        """On another clock, ``wall`` or ``field``."""
        return replace(self, clock=clock)

    def moved(self, ports: Iterator[int], broker: int = 0) -> Bench:
        """With simulated devices at other ports: those that listen at the next of ``ports``, in the bench's order.

        Devices of one port stay together. Whoever meets at their broker on this machine meets at ``broker``, where
        that is not 0; real devices stay where they are.
        """
        there = {
            place: next(ports) for place in dict.fromkeys(d.endpoint.place for d in self.devices if d.listens_here)
        }
        meeting = self.broker if broker else 0

        def port(device: Device) -> int:
            end = device.endpoint
            if device.listens_here:
                return there[end.place]
            return broker if not device.protocol.listens and end.is_here and end.port == meeting else end.port

        return self.each(lambda device: replace(device, endpoint=replace(device.endpoint, port=port(device))))
