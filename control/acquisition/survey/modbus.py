"""The survey of a Modbus endpoint: which units answer, what they call themselves, which registers they have."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from contextlib import suppress

import numpy as np
from pymodbus.client.base import ModbusBaseClient

from control.acquisition.modbus.line import line_to
from control.acquisition.modbus.reader import READS, Ask
from control.acquisition.survey import guess
from control.acquisition.survey.extent import Extent, extents
from control.acquisition.survey.finding import Finding, Wanted
from plant.asset.protocol.modbus import MOST_BITS, MOST_REGISTERS, ModbusSettings
from plant.asset.register import AREAS
from plant.error import DeviceError, DeviceRefused, DeviceTimeout

USUAL = (1, 255, 0, 2, 3, 4, 5)  # units that a device at an unknown address answers to, as a rule
ABSENT = (10, 11)  # exceptions by which a gateway says that a unit is not there


async def probe(wanted: Wanted) -> AsyncIterator[Finding]:
    """Everything found, as it is found. Raises :class:`DeviceLost` where nothing takes the connection."""
    units = tuple(wanted.units) or ((wanted.endpoint.unit_id,) if wanted.endpoint.path else USUAL)
    survey = Survey(wanted)
    await survey.open()
    try:
        there = [unit for unit in units if await survey.answers(unit)]
        yield Finding(f"units that answer: {', '.join(map(str, there)) or 'none'} (of {', '.join(map(str, units))})")
        for unit in there:
            if named := await survey.identity(unit):
                yield Finding(f"unit {unit} calls itself {named}")
            for area in AREAS:
                async for finding in survey.area(unit, area):
                    yield finding
    finally:
        survey.close()


class Survey:
    """One connection, and what is asked over it."""

    def __init__(self, wanted: Wanted):
        self._wanted = wanted
        self._device = wanted.device("modbus", ModbusSettings(connection="own"))
        self._line = line_to(self._device)

    async def open(self) -> None:
        """Connect."""
        await self._line.join(self._device)

    def close(self) -> None:
        """Let go."""
        self._line.leave(self._device)

    async def answers(self, unit: int) -> bool:
        """Whether a unit says anything, be it an exception."""
        for area in ("holding", "input", "coil"):
            with suppress(DeviceTimeout, DeviceRefused):
                answer = await self._ask(_reading(area, self._wanted.addresses[0], 1, unit))
                if not answer.isError() or answer.exception_code not in ABSENT:
                    return True
        return False

    async def identity(self, unit: int) -> str:
        """Maker, model and version, where it says them (function 43/14)."""
        with suppress(DeviceError):
            answer = await self._ask(lambda client: client.read_device_information(device_id=unit))
            if not answer.isError():
                parts = (value for value in getattr(answer, "information", {}).values())
                return ", ".join(p.decode("utf-8", "replace") if isinstance(p, bytes) else str(p) for p in parts)
        return ""

    async def area(self, unit: int, area: str) -> AsyncIterator[Finding]:
        """Which addresses it has in one area, and what stands there."""
        most = MOST_REGISTERS if area in ("input", "holding") else MOST_BITS
        values: dict[int, int] = {}

        async def read(start: int, count: int) -> bool:
            said = await self._values(area, start, count, unit)
            values.update(enumerate(said, start))
            return bool(said)

        first, last = self._wanted.addresses
        found = [extent async for extent in extents(read, first, last, most)]
        if not found:
            return
        longest = max(extent.longest for extent in found)
        ranges = ", ".join(f"{e.first}..{e.last}" for e in _joined(found))
        limit = f"; reads of at most {longest}" if longest < min(most, max(e.last - e.first + 1 for e in found)) else ""
        yield Finding(f"unit {unit}, {area}: {ranges}{limit}")
        if area in ("input", "holding"):
            yield Finding(f"unit {unit}, {area}, all but zeros", guess.HEAD, guess.rows(values))
        else:
            on = [address for address, value in sorted(values.items()) if value]
            yield Finding(f"unit {unit}, {area}, that are on: {', '.join(map(str, on)) or 'none'}")

    async def _values(self, area: str, start: int, count: int, unit: int) -> list[int]:
        """What lies there; empty where the unit does not say."""
        with suppress(DeviceTimeout, DeviceRefused):
            answer = await self._ask(_reading(area, start, count, unit))
            data = b"" if answer.isError() else getattr(answer, "data", b"")
            if area in ("input", "holding") and len(data) == 2 * count:
                return [int(word) for word in np.frombuffer(data, ">u2")]
            if area in ("coil", "discrete") and len(data) == -(-count // 8):
                return [int(b) for b in np.unpackbits(np.frombuffer(data, np.uint8), bitorder="little")[:count]]
        return []

    async def _ask(self, request: Ask):  # type: ignore[no-untyped-def]
        return await self._line.ask(self._device, request, True)


def _reading(area: str, start: int, count: int, unit: int) -> Ask:
    read = READS[area][1]

    async def ask(client: ModbusBaseClient):  # type: ignore[no-untyped-def]
        return await read(client, start, count=count, device_id=unit)

    return ask


def _joined(found: list[Extent]) -> Iterator[Extent]:
    """Extents that touch as one."""
    last = found[0]
    for extent in found[1:]:
        if extent.first == last.last + 1:
            last = Extent(last.first, extent.last, max(last.longest, extent.longest))
        else:
            yield last
            last = extent
    yield last
