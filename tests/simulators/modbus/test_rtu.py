"""Frames of a serial line over TCP: a foreign client, everybody's unit, wrong checksums, and the time a line takes."""

import asyncio
from collections.abc import AsyncIterator
from functools import partial

import numpy as np
import pytest
from pymodbus.client import AsyncModbusTcpClient
from pymodbus.framer import FramerRTU, FramerType

from plant.asset.bench import Device
from plant.asset.profile.file import load_profile
from simulators.device import Indication
from simulators.manner import SOUND
from simulators.modbus.image import Image
from simulators.modbus.rtu import Line, RtuConnection
from simulators.modbus.server import ModbusServer
from simulators.modbus.wire import ModbusWire

pytestmark = pytest.mark.anyio
READ = bytes.fromhex("010300000001840a")  # unit 1, one holding register from 0, as manuals print it
BAUD = 1_000_000


def framed(text: str) -> bytes:
    data = bytes.fromhex(text)
    return data + FramerRTU.compute_CRC(data).to_bytes(2)


ANSWER = framed("0103020007")


class Registers:
    """A unit of ten registers, all 7."""

    manner, identity = SOUND, {0: b"a", 1: b"b", 2: b"c"}

    def __init__(self) -> None:
        self.image = Image(holding=10)
        self.image.write("holding", 0, np.full(10, 7))

    def refresh(self) -> None:
        """It stands still."""

    def covers(self, *_: object) -> bool:
        return True

    def write(self, area: str, address: int, values: np.ndarray) -> None:
        self.image.write(area, address, values)


@pytest.fixture
async def server() -> AsyncIterator[ModbusServer]:
    server = ModbusServer("127.0.0.1", 0)
    server.joined = partial(RtuConnection, line=Line(BAUD))
    server.units = {1: Registers(), 2: Registers()}
    await server.start()
    yield server
    await server.stop()


Wire = tuple[asyncio.StreamReader, asyncio.StreamWriter]


@pytest.fixture
async def wire(server: ModbusServer) -> AsyncIterator[Wire]:
    reader, writer = await asyncio.open_connection("127.0.0.1", server.port)
    yield reader, writer
    writer.close()


async def test_a_frame_split_at_every_byte_is_answered_once_whole(wire: Wire) -> None:
    for byte in READ:
        wire[1].write(bytes((byte,)))
        await wire[1].drain()
    assert await wire[0].readexactly(len(ANSWER)) == ANSWER


async def test_a_wrong_checksum_and_an_absent_unit_are_met_with_silence_and_spoil_nothing(server: ModbusServer) -> None:
    connection = RtuConnection(server, Line(BAUD))
    for wrong in (READ[:-1] + b"\0", framed("090300000001"), READ[:4]):
        assert connection._replies(wrong) == []
    assert server.requests == {}
    connection._replies(connection._rest + READ[4:])
    assert server.requests == {1: 1}


async def test_everybody_does_what_is_written_to_unit_0_and_nobody_answers(server: ModbusServer, wire: Wire) -> None:
    wire[1].write(framed("00060003002a"))  # 42 to register 3
    wire[1].write(READ)
    assert await wire[0].readexactly(len(ANSWER)) == ANSWER  # the first thing that is heard
    assert [int(unit.image.read("holding", 3, 1)[0]) for unit in server.units.values()] == [42, 42]


async def test_pymodbus_as_a_foreign_master_agrees(server: ModbusServer) -> None:
    client = AsyncModbusTcpClient("127.0.0.1", port=server.port, framer=FramerType.RTU, timeout=5, retries=0)
    await client.connect()
    try:
        assert (await client.read_holding_registers(0, count=10, device_id=2)).registers == [7] * 10
        assert not (await client.write_registers(2, [1, 2, 3], device_id=2)).isError()
        assert (await client.read_holding_registers(1, count=5, device_id=2)).registers == [7, 1, 2, 3, 7]
        assert (await client.read_holding_registers(9, count=5, device_id=2)).exception_code == 2
    finally:
        client.close()


class Ones:
    """A device whose every signal is 1."""

    manner, time, stamp = SOUND, 0, 0

    def readings(self) -> dict[str, Indication]:
        return {f"{p.role}.{p.signal.name}": Indication(1.0) for p in load_profile("well_rtu").points}


async def test_a_bench_places_a_simulated_device_behind_a_gateway_by_its_endpoint_alone(free_port: int) -> None:
    place = Device.of(
        "RTU", "well_rtu", f"modbus+rtu://127.0.0.1:{free_port}/3", {"well": "Well.A"}, settings={"baud": 115200}
    )
    wire = ModbusWire("127.0.0.1", free_port, "the test")
    await wire.add(place, Ones())  # type: ignore[arg-type]
    client = AsyncModbusTcpClient("127.0.0.1", port=free_port, framer=FramerType.RTU, timeout=5, retries=0)
    await client.connect()
    assert (await client.read_input_registers(0, count=1, device_id=3)).registers == [100]  # 1 Hz, in hundredths
    client.close()
    await wire.remove(place)


def test_a_line_takes_eleven_bits_a_character_and_a_silence_after_each_frame() -> None:
    """100 registers at 9600 baud: 8 and 205 characters and twice 3.5 of silence, and 5 ms that the device takes."""
    assert Line(9600).time(8, 205) == pytest.approx(220 * 11 / 9600 + 0.005)
