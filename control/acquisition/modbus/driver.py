"""The driver of Modbus devices: registers read in blocks on a fixed grid, setpoints written."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import numpy as np
from pymodbus.pdu import ModbusPDU

from control.acquisition.complaint import Complaints
from control.acquisition.driver import Reading
from control.acquisition.modbus import exception
from control.acquisition.modbus.block import places_of
from control.acquisition.modbus.extra import Extras
from control.acquisition.modbus.line import Line, line_to
from control.acquisition.modbus.plan import Plan
from control.acquisition.modbus.reader import READS, Ask, Reader
from control.acquisition.modbus.writer import Writer
from control.acquisition.poller import Poller
from control.bus import quality
from control.bus.clock import Clock
from plant.asset.bench import Device
from plant.asset.register import Register
from plant.error import DeviceLost, DeviceRefused, OutOfRange


class ModbusDriver:
    """One Modbus device: its registers read in blocks on a fixed grid, its setpoints written."""

    def __init__(self, device: Device, clock: Clock):
        self.device, self._clock = device, clock
        self._points = device.tags()
        self.tags = tuple(self._points)
        points = tuple(self._points.values())
        self._extras = Extras(points, device.profile.settings.clock)
        self.plan = Plan([*places_of(points), *self._extras.places], device.profile.settings)
        self._unread = [i for i, p in enumerate(points) if p.is_write_only]
        self._writer = Writer(device.endpoint.unit_id)
        self._line: Line | None = None
        self._reading = asyncio.Lock()  # blocks may be split on the way
        self._poller = Poller(self.read, device.scan, clock)
        self.complaints = Complaints(device.name)
        self._reader = Reader(device, self.plan, self._asked, self.complaints, clock)

    @property
    def missed(self) -> int:
        """Scans that came due while an earlier one was still under way."""
        return self._poller.missed

    async def connect(self) -> None:
        """Open the connection, or share the one that is open. Raises :class:`DeviceLost` where nothing takes it."""
        line = line_to(self.device)
        await line.join(self.device)
        self._line = line
        self.plan.forget()

    async def read(self) -> Reading:
        """All tags, block by block. A block that the device refuses is Bad; silence raises."""
        n = len(self.tags) + len(self._extras.places)
        value, code = np.full(n, np.nan), np.full(n, quality.BAD_NO_DATA, dtype=np.uint32)
        async with self._reading:
            await self._reader.read(value, code)
        self._extras.apply(value, code)
        for at in self._unread:
            is_command = self._points[self.tags[at]].signal.kind == "command"  # which is momentary, and shows nothing
            value[at], code[at] = (0.0, quality.GOOD) if is_command else (np.nan, quality.BAD_NO_DATA)
        return self._reading_of(value, code)

    def stream(self) -> AsyncIterator[Reading]:
        """One reading per scan period."""
        return self._poller.stream()

    async def write(self, tag: str, value: float) -> None:
        """Write an SI value as its register holds it."""
        point = self._points[tag]
        register = point.target.address
        assert isinstance(register, Register)
        if register.area not in ("coil", "holding"):
            raise DeviceRefused(self.device.name, f"{tag} is in a register that cannot be written: {register.area}")
        scale = 1.0 if point.scale_at is None else self._extras.scales.get(self.tags.index(tag))
        if scale is None:
            raise DeviceRefused(self.device.name, f"{tag} = {value:g}: its scale, which the device says, is not known")
        try:
            words = [int(word) for word in register.encode(point.written(value, scale))]
        except OutOfRange as error:
            raise DeviceRefused(self.device.name, f"{tag} = {value:g}: {error.rule}") from None
        own = point.target.meaning.mask if point.signal.kind == "setpoint" else None
        if own is not None and register.function != "mask":
            words = await self._with_others(register, words, own)
        answer = await self._writer.write(lambda request: self._asked(request, False), register, words, own)
        if answer.isError():
            raise DeviceRefused(self.device.name, f"{tag} = {value:g}: answered {exception.told(answer)}")

    def raw(self) -> dict[str, str]:
        """What the registers of each tag last held: as words, and as what their type makes of them."""
        return {self.tags[i]: text for request in self.plan for i, text in request.raw() if i < len(self.tags)}

    async def close(self) -> None:
        """Let go of the connection; whoever shares it keeps it."""
        if self._line is not None:
            self._line.leave(self.device)
            self._line = None

    def _reading_of(self, value: np.ndarray, code: np.ndarray) -> Reading:
        n, shown = len(self.tags), self._extras.time(value, code)
        moment = self._clock.now() if shown is None else shown
        texts = {i: t for request in self.plan for i, t in request.decode.texts.items()}
        return Reading(np.full(n, moment, dtype=np.int64), value[:n], code[:n], texts or None, shown)

    async def _with_others(self, register: Register, words: list[int], own: int) -> list[int]:
        """The words with the bits of other points in them, as they stand now."""
        read = READS["holding"][1]
        answer = await self._asked(lambda c: read(c, register.address, count=register.width, device_id=self._unit))
        if answer.isError():
            raise DeviceRefused(self.device.name, f"what it holds beside is refused: {exception.told(answer)}")
        held = int(register.decode(np.frombuffer(getattr(answer, "data", b""), ">u2")))
        mine = int(register.decode(np.array(words)))
        return [int(word) for word in register.encode((held & ~own) | (mine & own))]

    async def _asked(self, request: Ask, is_repeatable: bool = True) -> ModbusPDU:
        if self._line is None:
            raise DeviceLost(self.device.name, "is not connected")
        return await self._line.ask(self.device, request, is_repeatable)

    @property
    def _unit(self) -> int:
        return self.device.endpoint.unit_id
