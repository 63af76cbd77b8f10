"""The server against raw bytes of the MODBUS Application Protocol V1.1b3 and the Messaging Guide 1.0b."""

import asyncio
import struct
from collections.abc import AsyncIterator

import numpy as np
import pytest

from plant.error import CommandRefused, OutOfRange, ServiceError
from simulators.manner import Manner
from simulators.modbus.image import Image
from simulators.modbus.server import MOST_MASTERS, ModbusServer

pytestmark = pytest.mark.anyio


class Plain:
    """A unit that is nothing but registers: word n holds n; value 999 is refused, 888 finds it busy."""

    def __init__(self, offset: int = 0):
        self.identity = {0: b"Maker", 1: b"Model", 2: b"1.0"}
        self.image = Image(coil=3000, discrete=3000, input=200, holding=200)
        for area in ("input", "holding"):
            self.image.write(area, 0, np.arange(200) + offset)
        self.image.write("coil", 0, np.array([1, 0, 1, 1, 0, 0, 1, 1, 1, 0]))
        self.refreshed, self.manner = 0, Manner()

    def refresh(self) -> None:
        self.refreshed += 1

    def write(self, area: str, address: int, values: np.ndarray) -> None:
        if 999 in values:
            raise OutOfRange("value", 999, "is not permitted")
        if 888 in values:
            raise CommandRefused("value", 888, "not now")
        self.image.write(area, address, values)


def adu(tid: int, unit: int, pdu: bytes) -> bytes:
    return struct.pack(">HHHB", tid, 0, len(pdu) + 1, unit) + pdu


def pdu(function: int, *words: int, tail: bytes = b"") -> bytes:
    return bytes([function]) + struct.pack(f">{len(words)}H", *words) + tail


async def frame(reader: asyncio.StreamReader) -> tuple[int, int, bytes]:
    tid, protocol, length, unit = struct.unpack(">HHHB", await reader.readexactly(7))
    assert protocol == 0
    return tid, unit, await reader.readexactly(length - 1)


@pytest.fixture
async def server() -> AsyncIterator[ModbusServer]:
    server = ModbusServer("127.0.0.1", 0)
    server.units = {1: Plain(), 2: Plain(offset=1000)}
    await server.start()
    yield server
    await server.stop()


@pytest.fixture
async def wire(server: ModbusServer) -> AsyncIterator[tuple[asyncio.StreamReader, asyncio.StreamWriter]]:
    reader, writer = await asyncio.open_connection("127.0.0.1", server.port)
    yield reader, writer
    writer.close()


Wire = tuple[asyncio.StreamReader, asyncio.StreamWriter]


async def ask(wire: Wire, request: bytes, unit: int = 1) -> bytes:
    wire[1].write(adu(7, unit, request))
    tid, answered, reply = await frame(wire[0])
    assert (tid, answered) == (7, unit)
    return reply


async def test_specification_examples_of_reading_come_back_as_printed_in_form(wire: Wire) -> None:
    assert await ask(wire, pdu(3, 0x6B, 3)) == bytes([3, 6]) + struct.pack(">3H", 107, 108, 109)
    assert await ask(wire, pdu(4, 8, 1)) == bytes([4, 2, 0, 8])
    assert await ask(wire, pdu(1, 0, 10)) == bytes([1, 2, 0b11001101, 0b00000001])
    assert await ask(wire, pdu(2, 0, 1)) == bytes([2, 1, 0])


async def test_writes_are_echoed_as_the_specification_says_and_read_back(wire: Wire) -> None:
    assert await ask(wire, pdu(6, 1, 3)) == pdu(6, 1, 3)
    assert await ask(wire, pdu(5, 0xAC, 0xFF00)) == pdu(5, 0xAC, 0xFF00)
    assert await ask(wire, pdu(16, 1, 2, tail=b"\x04\x00\x0a\x01\x02")) == pdu(16, 1, 2)
    assert await ask(wire, pdu(15, 0x13, 10, tail=b"\x02\xcd\x01")) == pdu(15, 0x13, 10)
    assert await ask(wire, pdu(3, 1, 2)) == bytes([3, 4, 0, 10, 1, 2])
    assert await ask(wire, pdu(1, 0x13, 10)) == bytes([1, 2, 0xCD, 0x01])


async def test_mask_write_gives_the_specifications_example(wire: Wire) -> None:
    await ask(wire, pdu(6, 4, 0x12))
    assert await ask(wire, pdu(22, 4, 0xF2, 0x25)) == pdu(22, 4, 0xF2, 0x25)
    assert await ask(wire, pdu(3, 4, 1)) == bytes([3, 2, 0x00, 0x17])


async def test_read_write_writes_before_it_reads(wire: Wire) -> None:
    reply = await ask(wire, pdu(23, 3, 2, 4, 1, tail=b"\x02\x00\xff"))
    assert reply == bytes([23, 4]) + struct.pack(">2H", 3, 0xFF)


async def test_diagnostic_echo_returns_its_data(wire: Wire) -> None:
    assert await ask(wire, pdu(8, 0, 0xA537)) == pdu(8, 0, 0xA537)


async def test_device_identification_streams_the_basic_objects(wire: Wire) -> None:
    reply = await ask(wire, bytes([43, 14, 1, 0]))
    assert reply == bytes([43, 14, 1, 0x81, 0, 0, 3, 0, 5]) + b"Maker" + b"\x01\x05Model" + b"\x02\x031.0"
    assert await ask(wire, bytes([43, 14, 4, 1])) == bytes([43, 14, 4, 0x81, 0, 0, 1, 1, 5]) + b"Model"


@pytest.mark.parametrize(
    ("request_", "code"),
    [
        (pdu(3, 0, 126), 3), (pdu(4, 0, 126), 3), (pdu(3, 0, 0), 3), (pdu(1, 0, 2001), 3), (pdu(2, 0, 0), 3),
        (pdu(16, 0, 124, tail=b"\xf8" + bytes(248)), 3), (pdu(15, 0, 1969, tail=b"\xf7" + bytes(247)), 3),
        (pdu(16, 0, 2, tail=b"\x03\0\0\0"), 3), (pdu(16, 0, 2, tail=b"\x04\0\0"), 3), (pdu(5, 0, 1), 3),
        (pdu(23, 0, 126, 0, 1, tail=b"\x02\0\0"), 3), (pdu(23, 0, 1, 0, 122, tail=b"\xf4" + bytes(244)), 3),
        (pdu(3, 0), 3), (pdu(8, 1, 0), 1), (pdu(8, 0), 3), (bytes([43, 13, 1, 0]), 3), (bytes([43, 14, 4, 99]), 2),
        (pdu(3, 199, 2), 2), (pdu(3, 0xFFFF, 1), 2), (pdu(6, 200, 1), 2), (pdu(1, 2999, 2), 2),
        (pdu(23, 199, 2, 0, 1, tail=b"\x02\0\x05"), 2),
        (bytes([7]), 1), (pdu(24, 0), 1), (bytes([0x55, 0, 0]), 1), (bytes([0]), 1),
    ],
)  # fmt: skip
async def test_wrong_requests_get_the_specifications_exception(wire: Wire, request_: bytes, code: int) -> None:
    assert await ask(wire, request_) == bytes([request_[0] | 0x80, code])


async def test_full_length_requests_are_answered(wire: Wire) -> None:
    assert len(await ask(wire, pdu(3, 0, 125))) == 2 + 250
    assert len(await ask(wire, pdu(1, 0, 2000))) == 2 + 250
    assert await ask(wire, pdu(16, 0, 123, tail=b"\xf6" + bytes(246))) == pdu(16, 0, 123)
    assert await ask(wire, pdu(15, 0, 1968, tail=b"\xf6" + bytes(246))) == pdu(15, 0, 1968)


async def test_a_refused_write_changes_nothing_and_says_why(wire: Wire) -> None:
    assert await ask(wire, pdu(6, 10, 999)) == bytes([0x86, 3])
    assert await ask(wire, pdu(6, 10, 888)) == bytes([0x86, 6])
    assert await ask(wire, pdu(3, 10, 1)) == bytes([3, 2, 0, 10])


async def test_a_failed_read_half_of_function_23_writes_nothing(wire: Wire) -> None:
    await ask(wire, pdu(23, 199, 2, 0, 1, tail=b"\x02\0\x05"))
    assert await ask(wire, pdu(3, 0, 1)) == bytes([3, 2, 0, 0])


async def test_two_requests_in_one_segment_get_two_answers_in_order(wire: Wire) -> None:
    """pymodbus 3.16.1 answers one of them."""
    wire[1].write(adu(0xC3, 2, pdu(3, 0, 1)) + adu(0xD4, 2, pdu(3, 1, 1)))
    assert await frame(wire[0]) == (0xC3, 2, bytes([3, 2]) + struct.pack(">H", 1000))
    assert await frame(wire[0]) == (0xD4, 2, bytes([3, 2]) + struct.pack(">H", 1001))


async def test_pipelined_requests_to_different_units_keep_their_ids_and_values(wire: Wire) -> None:
    """pymodbus 3.16.1 crosses the replies when a unit takes its time."""
    for tid in range(500):
        wire[1].write(adu(tid, 1 + tid % 2, pdu(3, tid % 100, 1)))
    for tid in range(500):
        value = tid % 100 + 1000 * (tid % 2)
        assert await frame(wire[0]) == (tid, 1 + tid % 2, bytes([3, 2]) + struct.pack(">H", value))


async def test_a_request_split_at_every_byte_is_answered_once_complete(server: ModbusServer, wire: Wire) -> None:
    for byte in adu(1, 1, pdu(3, 5, 1)) + adu(2, 1, pdu(3, 6, 1)):
        wire[1].write(bytes([byte]))
        await wire[1].drain()
    assert (await frame(wire[0]))[2] == bytes([3, 2, 0, 5])
    assert (await frame(wire[0]))[2] == bytes([3, 2, 0, 6])
    assert server.requests == {1: 2}


async def test_an_absent_unit_is_answered_as_a_gateway_does(wire: Wire) -> None:
    """Exception 0x0B, gateway target device failed to respond; pymodbus 3.16.1 says 04."""
    assert await ask(wire, pdu(3, 0, 1), unit=9) == bytes([0x83, 0x0B])


async def test_a_device_alone_on_its_port_answers_to_the_tcp_unit_numbers(server: ModbusServer, wire: Wire) -> None:
    """Messaging Guide 1.0b, 4.4.2.3: 0xFF, and 0, mean the device at this address itself."""
    assert await ask(wire, pdu(3, 0, 1), unit=255) == bytes([0x83, 0x0B])
    del server.units[2]
    assert await ask(wire, pdu(3, 1, 1), unit=255) == bytes([3, 2, 0, 1])
    assert await ask(wire, pdu(3, 1, 1), unit=0) == bytes([3, 2, 0, 1])
    assert await ask(wire, pdu(3, 1, 1), unit=2) == bytes([0x83, 0x0B])


@pytest.mark.parametrize("length", [0, 1, 261, 0xFFFF])
async def test_an_impossible_length_ends_the_connection(wire: Wire, length: int) -> None:
    wire[1].write(struct.pack(">HHHB", 1, 0, length, 1) + bytes(8))
    assert await wire[0].read() == b""


async def test_a_foreign_protocol_ends_the_connection_after_what_came_before_it(wire: Wire) -> None:
    wire[1].write(adu(1, 1, pdu(3, 0, 1)) + struct.pack(">HHHB", 2, 1, 6, 1) + pdu(3, 0, 1))
    assert (await frame(wire[0]))[0] == 1
    assert await wire[0].read() == b""


async def test_other_clients_survive_one_that_sends_rubbish(server: ModbusServer, wire: Wire) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", server.port)
    writer.write(b"GET / HTTP/1.1\r\n\r\n")
    assert await reader.read() == b""
    writer.close()
    assert (await ask(wire, pdu(3, 0, 1)))[0] == 3
    assert server.clients == 1


async def test_a_master_that_never_reads_is_not_read_either(server: ModbusServer, wire: Wire) -> None:
    """Or its replies would fill the memory."""
    await ask(wire, pdu(3, 0, 1))
    wire[0]._transport.pause_reading()
    (client,) = server.masters
    while client._transport.is_reading():
        wire[1].write(adu(1, 1, pdu(3, 0, 125)) * 1000)
        await asyncio.sleep(0)
    assert client._transport.get_write_buffer_size() < 1_000_000
    wire[1].transport.abort()


async def test_a_flood_of_masters_is_sent_away_and_those_that_were_there_stay(server: ModbusServer, wire: Wire) -> None:
    await ask(wire, pdu(3, 0, 1))
    came = [await asyncio.open_connection("127.0.0.1", server.port) for _ in range(MOST_MASTERS + 20)]
    assert [await reader.read() for reader, _ in came[MOST_MASTERS - 1 :]] == [b""] * 21
    assert server.clients == MOST_MASTERS
    assert (await ask(wire, pdu(3, 0, 1)))[0] == 3
    for _, writer in came:
        writer.transport.abort()


async def test_stopping_closes_every_connection_and_frees_the_port(server: ModbusServer, wire: Wire) -> None:
    await ask(wire, pdu(3, 0, 1))
    port = server.port
    await server.stop()
    assert await wire[0].read() == b""
    with pytest.raises(ConnectionRefusedError):
        await asyncio.open_connection("127.0.0.1", port)
    await server.start()
    assert server.port == port


async def test_a_taken_port_is_named_with_the_setting_that_chose_it(server: ModbusServer) -> None:
    other = ModbusServer("127.0.0.1", server.port, "device[RTU-1].endpoint in bench.toml")
    with pytest.raises(ServiceError, match=rf"127\.0\.0\.1:{server.port} .*device\[RTU-1\]\.endpoint in bench\.toml"):
        await other.start()


async def test_a_unit_is_refreshed_before_it_is_read(server: ModbusServer, wire: Wire) -> None:
    await ask(wire, pdu(3, 0, 1))
    await ask(wire, pdu(1, 0, 1))
    assert server.units[1].refreshed == 2


async def test_pymodbus_as_a_foreign_client_agrees_on_every_function(server: ModbusServer) -> None:
    from pymodbus.client import AsyncModbusTcpClient

    client = AsyncModbusTcpClient("127.0.0.1", port=server.port, timeout=5, retries=0)
    await client.connect()
    try:
        assert (await client.read_holding_registers(0, count=125, device_id=2)).registers == list(range(1000, 1125))
        assert (await client.read_input_registers(5, count=3, device_id=1)).registers == [5, 6, 7]
        assert (await client.read_coils(0, count=9, device_id=1)).bits[:9] == [c == "1" for c in "101100111"]
        assert not (await client.write_registers(0, [7, 8], device_id=1)).isError()
        assert not (await client.write_coils(0, [False, True], device_id=1)).isError()
        assert not (await client.mask_write_register(address=0, and_mask=0xFFF0, or_mask=1, device_id=1)).isError()
        both = await client.readwrite_registers(read_address=0, read_count=3, write_address=2, values=[77], device_id=1)
        assert both.registers == [1, 8, 77]
        assert (await client.read_device_information(device_id=1)).information[0] == b"Maker"
        assert (await client.read_holding_registers(199, count=2, device_id=1)).exception_code == 2
        assert (await client.write_register(0, 888, device_id=1)).exception_code == 6
    finally:
        client.close()


async def test_a_unit_with_an_exception_answers_every_request_with_it(server: ModbusServer, wire: Wire) -> None:
    server.units[1].manner = Manner(exception=6)
    assert await ask(wire, pdu(3, 0, 1)) == bytes([0x83, 6])
    assert await ask(wire, pdu(6, 1, 3)) == bytes([0x86, 6])
    assert await ask(wire, pdu(3, 0, 1), unit=2) == bytes([3, 2]) + struct.pack(">H", 1000)


async def test_a_silent_unit_lets_its_master_wait_while_others_answer(server: ModbusServer, wire: Wire) -> None:
    server.units[1].manner = Manner(is_silent=True)
    wire[1].write(adu(1, 1, pdu(3, 0, 1)))
    assert await ask(wire, pdu(3, 5, 1), unit=2) == bytes([3, 2]) + struct.pack(">H", 1005)


async def test_a_slow_unit_answers_late_and_nothing_overtakes_what_waits(server: ModbusServer, wire: Wire) -> None:
    server.units[1].manner = Manner(delay=0.2)
    started = asyncio.get_running_loop().time()
    wire[1].write(adu(1, 1, pdu(3, 0, 1)) + adu(2, 2, pdu(3, 0, 1)))
    assert [(await frame(wire[0]))[0] for _ in range(2)] == [1, 2]
    assert asyncio.get_running_loop().time() - started >= 0.19


async def test_a_master_that_floods_a_slow_unit_is_not_read_until_it_has_been_answered(
    server: ModbusServer, wire: Wire
) -> None:
    server.units[1].manner = Manner(delay=0.001)
    for number in range(300):
        wire[1].write(adu(number, 1, pdu(3, 0, 1)))
    assert [(await frame(wire[0]))[0] for _ in range(300)] == list(range(300))
