"""The controller's end of a closed loop: its inputs written and its outputs read, whatever it speaks."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import Any, Protocol

import numpy as np
from pymodbus.exceptions import ModbusException

from control.acquisition.modbus.client import client_of
from hil.loop.loop_file import LoopFile, Terminal
from plant.asset.register import Register
from plant.error import DeviceLost, DeviceRefused

MOST = 120  # registers in one request


class Controller(Protocol):
    """One that is not ours. Everything raises :class:`DeviceError` where it does not do what it should."""

    async def connect(self) -> None:
        """Reach it."""
        ...

    async def exchange(self, shown: Sequence[float]) -> list[float]:
        """Write what the plant shows, and read what it wants moved, raw; NaN where it says nothing."""
        ...

    async def close(self) -> None:
        """Let go."""
        ...


class ModbusController:
    """Over Modbus: neighbouring registers go in one request."""

    def __init__(self, loop: LoopFile):
        self._device, self._inputs, self._outputs = loop.controller, loop.inputs, loop.outputs
        self._writes, self._reads = _groups(loop.inputs), _groups(loop.outputs)
        self._client: Any = None

    async def connect(self) -> None:
        """Reach it."""
        await self.close()
        self._client, errors = client_of(self._device)
        if not await self._client.connect():
            raise DeviceLost(self._device.name, str(errors[-1]) if errors else f"{self._device.endpoint}: nobody there")

    async def exchange(self, shown: Sequence[float]) -> list[float]:
        """Write, then read."""
        if self._client is None or not self._client.connected:
            raise DeviceLost(self._device.name, "is not connected")
        for group in self._writes:
            await self._write(group, shown)
        wanted = [math.nan] * len(self._outputs)
        for group in self._reads:
            await self._read(group, wanted)
        return wanted

    async def close(self) -> None:
        """Let go."""
        if self._client is not None:
            self._client.close()
            self._client = None

    async def _write(self, group: list[int], shown: Sequence[float]) -> None:
        registers = [_register(self._inputs[i]) for i in group]
        words = [int(w) for i, r in zip(group, registers, strict=True) for w in r.encode(shown[i])]
        send, start, unit = self._client, registers[0].address, self._device.endpoint.unit_id
        if registers[0].is_bit:
            await self._asked(send.write_coils(start, [bool(word) for word in words], device_id=unit))
        else:
            await self._asked(send.write_registers(start, words, device_id=unit))

    async def _read(self, group: list[int], wanted: list[float]) -> None:
        registers = [_register(self._outputs[i]) for i in group]
        start = registers[0].address
        count = registers[-1].address + registers[-1].width - start
        asks: dict[str, Callable[..., Any]] = {
            "holding": self._client.read_holding_registers, "input": self._client.read_input_registers,
            "coil": self._client.read_coils, "discrete": self._client.read_discrete_inputs,
        }  # fmt: skip
        ask = asks[registers[0].area]
        answer = await self._asked(ask(start, count=count, device_id=self._device.endpoint.unit_id))
        words = _words(answer, registers[0].is_bit)
        for i, register in zip(group, registers, strict=True):
            at = register.address - start
            wanted[i] = float(register.decode(words[at : at + register.width]))

    async def _asked(self, request: Any) -> Any:
        try:
            answer = await request
        except (ModbusException, OSError, TimeoutError) as error:
            raise DeviceLost(self._device.name, f"did not answer: {error}") from None
        if answer.isError():
            raise DeviceRefused(self._device.name, f"answered exception {getattr(answer, 'exception_code', '?')}")
        return answer


class OpcUaController:
    """Over OPC UA: one write and one read a scan."""

    def __init__(self, loop: LoopFile):
        from control.acquisition.opcua.session import Session  # half a second, for controllers that speak it

        self._device, self._inputs, self._outputs = loop.controller, loop.inputs, loop.outputs
        self._make: Callable[[], Session] = lambda: Session(self._device, lambda _: None)
        self._session: Session | None = None
        self._kinds: list[Any] = []

    async def connect(self) -> None:
        """Open a session, and learn of what types the inputs are."""
        await self.close()
        session = self._make()
        await session.open()
        self._written = [session.node(one.address.of(one.tag)) for one in self._inputs]
        self._read = [session.node(one.address.of(one.tag)) for one in self._outputs]
        self._kinds = [await session.asked(node.read_data_type_as_variant_type()) for node in self._written]
        self._session = session

    async def exchange(self, shown: Sequence[float]) -> list[float]:
        """Write, then read."""
        from asyncua import ua

        session = self._session
        if session is None:
            raise DeviceLost(self._device.name, "is not connected")
        values = [ua.DataValue(ua.Variant(_as(kind, v), kind)) for kind, v in zip(self._kinds, shown, strict=True)]
        await session.asked(session.client.write_values(self._written, values))
        said = await session.read(self._read)
        return [_number(one) for one in said]

    async def close(self) -> None:
        """Close the session."""
        session, self._session = self._session, None
        if session is not None:
            await session.close()


CONTROLLERS: dict[str, Callable[[LoopFile], Controller]] = {"modbus": ModbusController, "opcua": OpcUaController}


def controller_of(loop: LoopFile) -> Controller:
    """The one that a loop's file names."""
    return CONTROLLERS[loop.controller.profile.protocol](loop)


def _groups(terminals: Sequence[Terminal]) -> list[list[int]]:
    """Positions of terminals that lie side by side in one area, by address."""
    order = sorted(range(len(terminals)), key=lambda i: (_register(terminals[i]).area, _register(terminals[i]).address))
    groups: list[list[int]] = [[order[0]]] if order else []
    for before, after in pairwise(order):
        one, other, first = (_register(terminals[i]) for i in (before, after, groups[-1][0]))
        is_next = one.area == other.area and one.address + one.width == other.address
        if is_next and other.address + other.width - first.address <= MOST:
            groups[-1].append(after)
        else:
            groups.append([after])
    return groups


def _register(terminal: Terminal) -> Register:
    assert isinstance(terminal.address, Register)
    return terminal.address


def _words(answer: Any, is_bit: bool) -> np.ndarray:
    """What an answer holds, which our client leaves as it came."""
    data = np.frombuffer(answer.data, np.uint8)
    return np.unpackbits(data, bitorder="little") if is_bit else data.view(">u2").astype(np.uint16)


def _as(kind: Any, value: float) -> Any:
    """A number of a variant's type."""
    if kind.name == "Boolean":
        return value != 0
    return value if kind.name in ("Float", "Double") else (0 if math.isnan(value) else round(value))


def _number(said: Any) -> float:
    value = said.Value.Value if said.Value is not None else None
    return float(value) if isinstance(value, (bool, int, float)) and said.StatusCode.is_good() else math.nan
