"""From a device to its registers and back, by its profile.

The device knows no register and the server no signal; this is the one place where both meet.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from plant.asset.profile.file import Profile
from plant.asset.profile.meaning import Absent
from plant.asset.profile.point import Point
from plant.asset.register import AREAS, Register
from plant.error import Unknown
from simulators.device import Device
from simulators.manner import Manner
from simulators.modbus.image import Image


class Entry(NamedTuple):
    """A point of the profile, taken apart."""

    signal: str  # role.Signal
    point: Point
    register: Register


class Bridge:
    """One unit of a server: a device behind a profile's registers.

    Registers are encoded when somebody reads and the device's time has moved, so an idle device costs
    nothing. A 32-bit setpoint written word by word is held until all its words are there; until then the
    old one stands. Writing all at once forgets what was held.
    """

    def __init__(self, device: Device, profile: Profile):
        self.device = device
        self.identity = _identity(profile.name)
        entries = [_entry(point) for point in profile.points]
        self.image = Image.covering(entry.register for entry in entries)
        self._shown = [e for e, p in zip(entries, profile.points, strict=True) if p.signal.kind != "command"]
        self._taken = [e for e, p in zip(entries, profile.points, strict=True) if p.signal.is_writable]
        self._places = {area: frozenset(_addresses(entries, area)) for area in AREAS}
        self._values: dict[str, float] = {}  # as last encoded: what has not changed is not encoded again
        self._held: dict[str, dict[int, int]] = {}  # words of setpoints that came in part
        self._time: int | None = None
        self._was_swapped = False  # as last encoded

    @property
    def manner(self) -> Manner:
        """The device's."""
        return self.device.manner

    def refresh(self) -> None:
        """Encode what the device shows now."""
        if self._was_swapped != self.manner.is_swapped:
            self._was_swapped, self._time, self._values = self.manner.is_swapped, None, {}
        if self.device.time == self._time:
            return
        self._time = self.device.time
        readings = self.device.readings()
        for signal, point, register in self._shown:
            value = readings[signal].value
            if value != self._values.get(signal):
                self._values[signal] = value
                words = register.encode(point.raw(value))
                self.image.write(register.area, register.address, words[::-1] if self._was_swapped else words)

    def covers(self, area: str, address: int, count: int) -> bool:
        """Whether each of these addresses is one of a signal's."""
        return self._places[area].issuperset(range(address, address + count))

    def write(self, area: str, address: int, values: np.ndarray) -> None:
        """Set whatever these words hold, or nothing at all; see :class:`simulators.modbus.request.Unit`."""
        touched = list(self._touched(area, address, len(values)))
        if sum(len(offsets) for _, offsets in touched) != len(values):
            raise Unknown(f"writable {area} address", f"{address}..{address + len(values) - 1}")
        held = {entry.signal: self._with_held(entry, offsets, address, values) for entry, offsets in touched}
        changes = {
            entry.signal: _value(entry, held[entry.signal], self.manner.is_swapped)
            for entry, _ in touched
            if len(held[entry.signal]) == entry.register.width
        }
        for signal, value in changes.items():
            self._held.pop(signal, None)  # refused or not, the words are used up
            self.device.check(signal, value)
        for signal, value in changes.items():
            self.device.write(signal, value)
        self._held |= {signal: words for signal, words in held.items() if signal not in changes}
        self._time = None

    def _touched(self, area: str, address: int, count: int) -> Iterator[tuple[Entry, list[int]]]:
        for entry in self._taken:
            register = entry.register
            start, end = max(address, register.address), min(address + count, register.address + register.width)
            if register.area == area and start < end:
                yield entry, [at - register.address for at in range(start, end)]

    def _with_held(self, entry: Entry, offsets: list[int], address: int, values: np.ndarray) -> dict[int, int]:
        new = {offset: int(values[entry.register.address + offset - address]) for offset in offsets}
        return self._held.get(entry.signal, {}) | new


def _addresses(entries: list[Entry], area: str) -> Iterator[int]:
    for register in (entry.register for entry in entries if entry.register.area == area):
        yield from range(register.address, register.address + register.width)


def _entry(point: Point) -> Entry:
    assert isinstance(point.address, Register)
    return Entry(f"{point.role}.{point.signal.name}", point, point.address)


def _value(entry: Entry, words: dict[int, int], is_swapped: bool) -> float:
    ordered = np.array([words[offset] for offset in sorted(words, reverse=is_swapped)], np.uint16)
    value = entry.point.si(entry.register.decode(ordered))
    return math.nan if isinstance(value, Absent) else value


def _identity(model: str) -> dict[int, bytes]:
    return {0: b"Gemelo", 1: model.encode("ascii", "replace")[:60], 2: b"1"}
