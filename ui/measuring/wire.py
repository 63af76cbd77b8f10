"""The wire without our stack: a plain pymodbus client on a simulated device.

It sees each state of the device soon after the plant has made it, and so says when a value that comes
out of the API was made. A state is known by its fingerprint: several noisy readings of one moment, which
no other moment repeats.
"""

from __future__ import annotations

import asyncio
import math
import random
import time
from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
from pymodbus.client import AsyncModbusTcpClient

from plant.asset.bench import Device
from plant.asset.profile.meaning import Absent
from plant.asset.profile.point import Point
from plant.asset.register import Register
from plant.asset.signal import signals

SIGNALS = ("IntakePressure", "DischargePressure", "WellheadPressure", "Flow")
LOOK = 0.04  # s between two looks of the watching client
SCAN = 1.0  # s, of the demo bench and of the peer

Fingerprint = tuple[float, ...]
Arrivals = list[tuple[Fingerprint, float]]  # states, and when they came


def fingerprint(values: Mapping[str, float]) -> Fingerprint:
    """Of one device's readings (SI, by signal), the same whichever wire brought them.

    In the unit that people see, to a tenth of what the instruments resolve: a 32-bit float holds that much.
    """
    return tuple(round(float(signals()["Well", name].unit.from_si(values[name])), 5) for name in SIGNALS)


@dataclass
class Sightings:
    """When each state was first seen on a device, and when it was last known not to be there yet."""

    first: dict[Fingerprint, tuple[float, float]] = field(default_factory=dict)
    _looked: float = 0.0

    def see(self, state: Fingerprint, now: float) -> None:
        """Note that ``state`` was read at ``now``."""
        self.first.setdefault(state, (self._looked or now, now))
        self._looked = now

    def made(self, state: Fingerprint) -> float | None:
        """The earliest moment at which the plant can have made it; None where it was never seen."""
        return self.first[state][0] if state in self.first else None


class RawClient:
    """A plain client of one device, which reads the registers of the fingerprint in one request."""

    def __init__(self, device: Device):
        self._device = device
        self._points = {p.signal.name: p for p in device.profile.points if p.signal.name in SIGNALS}
        ends = [(r.address, r.address + r.width) for p in self._points.values() if (r := register_of(p))]
        self._start, self._end = min(start for start, _ in ends), max(end for _, end in ends)
        self._client = AsyncModbusTcpClient(device.endpoint.host, port=device.endpoint.port)

    async def read(self) -> Fingerprint:
        """What it holds now."""
        reply = await self._client.read_input_registers(
            self._start, count=self._end - self._start, device_id=self._device.endpoint.unit_id
        )
        words = np.asarray(reply.registers, dtype=np.uint16)
        return fingerprint({name: self._value(point, words) for name, point in self._points.items()})

    async def watch(self, deadline: float, sightings: Sightings) -> None:
        """Look every :data:`LOOK` until ``deadline`` (monotonic, s), noting what is seen."""
        async with self._client:
            while time.monotonic() < deadline:
                sightings.see(await self.read(), time.time())
                await asyncio.sleep(LOOK)

    async def scan(self, deadline: float, arrived: Arrivals) -> None:
        """Read about every :data:`SCAN`, noting what came when: the peer of our whole stack.

        The period is spread by a tenth, so that no phase between its reads and the plant's steps favours it.
        """
        spread = random.Random(self._device.name)
        async with self._client:
            while time.monotonic() < deadline:
                arrived.append((await self.read(), time.time()))
                await asyncio.sleep(SCAN * spread.uniform(0.9, 1.1))

    def _value(self, point: Point, words: np.ndarray) -> float:
        register = register_of(point)
        at = register.address - self._start
        value = point.si(register.decode(words[at : at + register.width]))
        return math.nan if isinstance(value, Absent) else value


def register_of(point: Point) -> Register:
    """Where a point of a Modbus device lies."""
    assert isinstance(point.address, Register)
    return point.address
