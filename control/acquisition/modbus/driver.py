"""Modbus TCP: the driver of devices whose profile is a register map."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

import numpy as np
from pymodbus.client import AsyncModbusTcpClient
from pymodbus.exceptions import ConnectionException, ModbusException, ModbusIOException
from pymodbus.pdu import ModbusPDU
from pymodbus.pdu.bit_message import ReadCoilsResponse, ReadDiscreteInputsResponse
from pymodbus.pdu.register_message import ReadHoldingRegistersResponse, ReadInputRegistersResponse

from control.acquisition.driver import Reading
from control.acquisition.modbus.block import Block, blocks_of, places_of
from control.acquisition.modbus.decoder import Decoder
from control.acquisition.poller import Poller
from control.bus import quality
from control.bus.clock import Clock
from plant.asset.bench import Device
from plant.asset.register import Register
from plant.error import DeviceLost, DeviceRefused, DeviceTimeout

logging.getLogger("pymodbus.logging").setLevel(logging.CRITICAL)  # what it would log, we raise

ILLEGAL_ADDRESS = 2
EXCEPTIONS = {  # Modbus application protocol V1.1b3, 7: its name, and the quality of what was asked for
    1: ("illegal function", quality.BAD_CONFIGURATION),
    2: ("illegal data address", quality.BAD_CONFIGURATION),
    3: ("illegal data value", quality.BAD_CONFIGURATION),
    4: ("server device failure", quality.BAD_DEVICE_FAILURE),
    5: ("acknowledge", quality.BAD_DEVICE_FAILURE),
    6: ("server device busy", quality.BAD_DEVICE_FAILURE),
    8: ("memory parity error", quality.BAD_DEVICE_FAILURE),
    10: ("gateway path unavailable", quality.BAD_CONFIGURATION),
    11: ("gateway target failed to respond", quality.BAD_COMMUNICATION),
}
READS = {
    "coil": "read_coils", "discrete": "read_discrete_inputs",
    "input": "read_input_registers", "holding": "read_holding_registers",
}  # fmt: skip


class ModbusDriver:
    """One Modbus device: its registers read in blocks on a fixed grid, its setpoints written."""

    def __init__(self, device: Device, clock: Clock):
        self.device, self._clock = device, clock
        points = device.tags()
        self.tags, self._points = tuple(points), points
        self._blocks = [
            (block, Decoder(block)) for block in blocks_of(places_of(tuple(points.values())), device.profile.settings)
        ]
        self._client: AsyncModbusTcpClient | None = None
        self._reading = asyncio.Lock()  # blocks may be split on the way
        self._poller = Poller(self.read, device.scan, clock)

    @property
    def missed(self) -> int:
        """Scans that came due while an earlier one was still under way."""
        return self._poller.missed

    async def connect(self) -> None:
        """Open the connection. Raises :class:`DeviceLost` where nothing takes it."""
        endpoint = self.device.endpoint
        client = AsyncModbusTcpClient(
            endpoint.host,
            port=endpoint.port,
            timeout=self.device.timeout,
            retries=0,
            reconnect_delay=0,
            name=self.device.name,
        )
        for response in _RAW:
            client.register(response)
        if not await self._asked(client.connect):
            raise DeviceLost(self.device.name, f"{endpoint} takes no connection")
        self._client = client

    async def read(self) -> Reading:
        """All tags, block by block. A block that the device refuses is Bad; silence raises."""
        value = np.full(len(self.tags), np.nan)
        code = np.full(len(self.tags), quality.BAD_NO_DATA, dtype=np.uint32)
        async with self._reading:
            for block, decoder in list(self._blocks):
                await self._read_block(block, decoder, value, code)
        return Reading(np.full(len(self.tags), self._clock.now(), dtype=np.int64), value, code)

    def stream(self) -> AsyncIterator[Reading]:
        """One reading per scan period."""
        return self._poller.stream()

    async def write(self, tag: str, value: float) -> None:
        """Write an SI value as its register holds it."""
        point = self._points[tag]
        register = point.target.address
        assert isinstance(register, Register)
        words = [int(word) for word in register.encode(point.written(value))]
        client = self._connected()
        if register.area == "coil":
            answer = await self._asked(client.write_coil, register.address, bool(words[0]))
        elif register.area != "holding":
            raise DeviceRefused(self.device.name, f"{tag} is in a register that cannot be written: {register.area}")
        elif len(words) == 1:
            answer = await self._asked(client.write_register, register.address, words[0])
        else:
            answer = await self._asked(client.write_registers, register.address, words)
        if answer.isError():
            raise DeviceRefused(self.device.name, f"{tag} = {value:g}: answered {_exception(answer)}")

    async def close(self) -> None:
        """Close the connection, if it is open."""
        if self._client is not None:
            self._client.close()
            self._client = None

    async def _read_block(self, block: Block, decoder: Decoder, value: np.ndarray, code: np.ndarray) -> None:
        answer = await self._asked_twice(getattr(self._connected(), READS[block.area]), block)
        if answer.isError():
            if answer.exception_code == ILLEGAL_ADDRESS and len(block.places) > 1:
                await self._split(block, decoder, value, code)
            else:
                code[decoder.index] = EXCEPTIONS.get(answer.exception_code, ("", quality.BAD_DEVICE_FAILURE))[1]
        elif len(answer.data) < block.size:
            code[decoder.index] = quality.BAD_DEVICE_FAILURE  # a short answer: nothing of it can be trusted
        else:
            value[decoder.index], code[decoder.index] = decoder(answer.data)

    async def _asked_twice(self, read: Callable[..., Awaitable[Any]], block: Block) -> Any:
        """One answer may get lost or late without the device being so. A write is never asked twice."""
        try:
            return await self._asked(read, block.start, count=block.count)
        except DeviceTimeout:
            return await self._asked(read, block.start, count=block.count)

    async def _split(self, block: Block, decoder: Decoder, value: np.ndarray, code: np.ndarray) -> None:
        """Read around an address that the device does not have, and remember to."""
        halves = [(half, Decoder(half)) for half in block.halves()]
        at = self._blocks.index((block, decoder))
        self._blocks[at : at + 1] = halves
        for half, half_decoder in halves:
            await self._read_block(half, half_decoder, value, code)

    def _connected(self) -> AsyncModbusTcpClient:
        if self._client is None:
            raise DeviceLost(self.device.name, "is not connected")
        return self._client

    async def _asked(self, request: Callable[..., Awaitable[Any]], *arguments: Any, **options: Any) -> Any:
        """Wait for the device, and turn whatever Modbus throws into an error of ours."""
        if arguments:
            options["device_id"] = self.device.endpoint.unit_id
        try:
            return await request(*arguments, **options)
        except ModbusIOException:
            if self._client is not None and self._client.connected:
                raise DeviceTimeout(self.device.name, "did not answer in time") from None
            raise DeviceLost(self.device.name, "connection is gone") from None
        except (ConnectionException, OSError) as error:
            raise DeviceLost(self.device.name, f"connection is gone: {error}") from None
        except ModbusException as error:
            raise DeviceRefused(self.device.name, str(error)) from None


def _exception(answer: ModbusPDU) -> str:
    code = answer.exception_code
    return f"exception {code}, {EXCEPTIONS.get(code, ('unknown', 0))[0]}"


def _undecoded(kind: type[ModbusPDU]) -> type[ModbusPDU]:
    """The same answer with its data left as it came: NumPy decodes it, not a loop over registers."""

    def decode(self: Any, data: bytes) -> None:
        self.data = data[1 : 1 + data[0]]

    return type(kind.__name__, (kind,), {"decode": decode})


_RAW = tuple(
    map(
        _undecoded,
        (ReadCoilsResponse, ReadDiscreteInputsResponse, ReadHoldingRegistersResponse, ReadInputRegistersResponse),
    )
)
