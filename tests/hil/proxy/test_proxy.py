"""A proxy on a real link: a foreign master (pymodbus, or bytes written from the specification) and one of our devices.

What a fault does is told by Modbus Messaging on TCP/IP 1.0b and Modbus over serial line V1.02: which answer a master
may take for its own, and what it must throw away.
"""

import asyncio
import contextlib
import os
import struct
import tty

import pytest
from pymodbus.client import AsyncModbusTcpClient

from hil.proxy.frame import REPLY, REQUEST
from hil.proxy.gateway import Gateway
from hil.proxy.link import Link
from hil.proxy.message import Mqtt, OpcUa
from hil.proxy.modbus import Rtu, Tcp, crc
from hil.proxy.proxy import TcpProxy
from plant.error import ConfigError

pytestmark = pytest.mark.anyio


class Device:
    """Answers reads with how often it was asked, as registers; several requests of one segment, each in turn."""

    def __init__(self):
        self.asked, self.port, self._server, self._writers = 0, 0, None, []

    async def __aenter__(self):
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", 0)
        self.port = self._server.sockets[0].getsockname()[1]
        return self

    async def __aexit__(self, *_):
        self._server.close()
        for writer in self._writers:
            writer.close()

    async def _serve(self, reader, writer):
        self._writers.append(writer)
        with contextlib.suppress(asyncio.IncompleteReadError, ConnectionError):
            while True:
                transaction, _, length, unit = struct.unpack(">HHHB", await reader.readexactly(7))
                pdu = await reader.readexactly(length - 1)
                self.asked += 1
                count = struct.unpack(">H", pdu[3:5])[0]
                answer = bytes([pdu[0], 2 * count]) + struct.pack(">H", self.asked) * count
                writer.write(struct.pack(">HHHB", transaction, 0, 1 + len(answer), unit) + answer)


@pytest.fixture
async def device():
    async with Device() as running:
        yield running


@pytest.fixture
async def proxy(device):
    between = TcpProxy("127.0.0.1", device.port)
    await between.start()
    yield between
    await between.stop()


@pytest.fixture
async def master(proxy):
    reader, writer = await asyncio.open_connection("127.0.0.1", proxy.port)
    yield Master(reader, writer)
    writer.close()


class Master:
    def __init__(self, reader, writer):
        self.reader, self.writer, self.transaction = reader, writer, 0

    def ask(self, *addresses, function=3):
        frames = b""
        for address in addresses:
            self.transaction += 1
            frames += struct.pack(">HHHBBHH", self.transaction, 0, 6, 1, function, address, 1)
        self.writer.write(frames)

    async def answer(self):
        """Transaction and value, or minus the exception."""
        transaction, _, length, _ = struct.unpack(">HHHB", await self.reader.readexactly(7))
        pdu = await self.reader.readexactly(length - 1)
        return transaction, -pdu[1] if pdu[0] & 0x80 else struct.unpack(">H", pdu[2:4])[0]


async def test_a_link_without_faults_changes_nothing(proxy):
    async with AsyncModbusTcpClient("127.0.0.1", port=proxy.port) as client:
        assert (await client.read_holding_registers(0, count=3)).registers == [1, 1, 1]


async def test_what_befell_a_link_is_over_with_it(proxy, master):
    fault = proxy.inject("exception", 6)
    master.ask(0)
    assert await master.answer() == (1, -6)
    proxy.heal(fault)
    master.ask(0)
    assert await master.answer() == (2, 1)


async def test_an_exception_comes_in_the_devices_place_which_is_not_asked(proxy, master, device):
    proxy.inject("exception", 2, address="10-19", function="3")
    master.ask(9, 10, 19, 20)
    assert [await master.answer() for _ in range(4)] == [(2, -2), (3, -2), (1, 1), (4, 2)]
    assert device.asked == 2


async def test_a_dropped_answer_never_comes_and_the_next_does(proxy, master, device):
    fault = proxy.inject("drop", count=1)
    master.ask(0, 0)
    assert await master.answer() == (2, 2)
    assert (fault.hits, fault.seen, device.asked) == (1, 2, 2)


async def test_a_dropped_request_never_reaches_the_device(proxy, master, device):
    proxy.inject("drop", count=1, direction=REQUEST)
    master.ask(0, 0)
    assert await master.answer() == (2, 1)


async def test_nothing_overtakes_a_delayed_answer(proxy, master):
    proxy.inject("delay", 0.05, count=1)
    master.ask(0, 0, 0)
    assert [(await master.answer())[0] for _ in range(3)] == [1, 2, 3]


async def test_a_reordered_answer_comes_after_the_next(proxy, master):
    proxy.inject("reorder", 60, count=1)
    master.ask(0, 0, 0)
    assert [(await master.answer())[0] for _ in range(3)] == [2, 1, 3]


async def test_a_reordered_answer_that_no_other_follows_comes_late(proxy, master):
    proxy.inject("reorder", 0.01, count=1)
    master.ask(0)
    assert await master.answer() == (1, 1)


async def test_a_duplicate_is_the_same_answer_twice(proxy, master):
    proxy.inject("duplicate", count=1)
    master.ask(0, 0)
    assert [await master.answer() for _ in range(3)] == [(1, 1), (1, 1), (2, 2)]


async def test_a_stale_answer_has_the_transaction_of_now_and_the_value_of_before(proxy, master):
    proxy.inject("stale")
    master.ask(0, 0, 7)
    assert [await master.answer() for _ in range(3)] == [(1, 1), (2, 1), (3, 3)]  # another address: another answer


async def test_an_answer_with_a_wrong_id_is_for_nobody(proxy):
    async with AsyncModbusTcpClient("127.0.0.1", port=proxy.port, timeout=0.2, retries=0) as client:
        await client.read_holding_registers(0)
        proxy.inject("wrong_id", count=1)
        with pytest.raises(Exception, match="No response"):
            await client.read_holding_registers(0)


async def test_half_a_frame_is_all_that_comes(proxy, master):
    proxy.inject("half_frame", count=1)
    master.ask(0)
    assert len(await master.reader.readexactly(5)) == 5  # of eleven
    master.ask(0)
    assert (await master.reader.readexactly(11))[:2] == struct.pack(">H", 2)  # so what follows is not in step


async def test_a_reset_breaks_the_connection_and_a_new_one_works(proxy, master):
    proxy.inject("reset", count=1)
    master.ask(0)
    with pytest.raises((ConnectionResetError, asyncio.IncompleteReadError)):
        await master.answer()
    async with AsyncModbusTcpClient("127.0.0.1", port=proxy.port) as client:
        assert (await client.read_holding_registers(0)).registers == [2]


async def test_bandwidth_lets_a_line_carry_ten_bits_a_byte(proxy, master):
    loop = asyncio.get_running_loop()
    proxy.inject("bandwidth", 2200.0)  # 11 bytes a twentieth of a second
    start = loop.time()
    master.ask(0, 0, 0, 0)
    for _ in range(4):
        await master.answer()
    assert loop.time() - start >= 0.2 - 0.01


async def test_chance_is_drawn_from_the_seed(proxy, master):
    async def hit(seed):
        fault = proxy.inject("exception", probability=0.5, seed=seed)
        master.ask(*[0] * 40)
        answers = {}
        for _ in range(40):
            transaction, value = await master.answer()
            answers[transaction % 40] = value < 0
        proxy.heal()
        assert fault.hits == sum(answers.values())
        return answers

    first, again, other = await hit(7), await hit(7), await hit(8)
    assert first == again != other
    assert 5 < sum(first.values()) < 35


async def test_who_listens_has_every_frame_and_what_befell_it(proxy, master):
    heard = []
    proxy.listen(lambda frame, fault: heard.append((frame.direction, frame.address, fault)))
    proxy.inject("stale", count=1)
    # the connection stands already, and is listened to
    master.ask(5)
    await master.answer()
    assert heard == [(REQUEST, "5", ""), (REPLY, "5", "stale")]


@pytest.mark.parametrize(
    ("kind", "options", "told"),
    [
        ("wrong_crc", {}, "cannot befall modbus"),
        ("melt", {}, "must be one of delay"),
        ("drop", {"probability": 2, "count": 0}, "probability = 2: must be between 0 and 1\n.*count = 0"),
    ],
)
async def test_a_fault_that_cannot_be_is_told_with_all_that_is_wrong(device, kind, options, told):
    with pytest.raises(ConfigError, match=told):
        TcpProxy("127.0.0.1", device.port).inject(kind, **options)


async def test_a_device_that_is_not_there_sends_its_master_away(free_port):
    proxy = TcpProxy("127.0.0.1", free_port)
    await proxy.start()
    reader, writer = await asyncio.open_connection("127.0.0.1", proxy.port)
    with contextlib.suppress(ConnectionResetError):
        assert await reader.read() == b""
    writer.close()
    await proxy.stop()


# --------------------------------------------------------------------------------------------- frames by themselves
def test_a_crc_is_that_of_the_specification():
    assert crc(bytes.fromhex("02 07")) == bytes.fromhex("41 12")  # Modbus over serial line V1.02, appendix B


def test_frames_are_cut_wherever_segments_end():
    wire = struct.pack(">HHHBBHH", 1, 0, 6, 1, 3, 100, 2) * 3
    for size in (1, 5, 12, 13, 36):
        framing, received, found = Tcp(), bytearray(), []
        for at in range(0, len(wire), size):
            received += wire[at : at + size]
            found += framing.cut(received, REQUEST)
        assert [(frame.address, frame.count) for frame in found] == [("100", 2)] * 3


def test_a_serial_frames_length_is_told_by_its_function():
    frames = [bytes.fromhex(text) for text in ("01 03 00 64 00 02", "01 06 00 01 01 F4", "01 10 00 01 00 01 02 01 F4")]
    received = bytearray(b"".join(frame + crc(frame) for frame in frames))
    assert [frame.function for frame in Rtu().cut(received, REQUEST)] == ["3", "6", "16"]
    assert not received


def test_mqtt_packets_are_told_by_name_and_topic():
    packet = b"\x30\x0a" + b"\x00\x04a/bc" + b"said"
    (frame,) = Mqtt().cut(bytearray(packet), REQUEST)
    assert (frame.function, frame.address) == ("PUBLISH", "a/bc")


def test_stale_telemetry_says_what_was_said_before_under_its_packet_id():
    def publish(number, text):
        body = b"\x00\x01t" + struct.pack(">H", number) + text
        return bytes([0x32, len(body)]) + body

    framing = Mqtt()
    old, new = (framing.cut(bytearray(publish(*one)), REQUEST)[0] for one in ((1, b"was"), (2, b"is")))
    assert framing.as_answer_to(old, new) == publish(2, b"was")


class End:
    def __init__(self):
        self.sent = b""

    def write(self, data):
        self.sent += data

    def abort(self):
        self.sent += b"(broken)"


@pytest.mark.parametrize(
    ("framing", "start"),
    [
        (
            OpcUa,
            b"OPNF" + struct.pack("<I", 70) + b"http://opcfoundation.org/UA/SecurityPolicy#Basic256Sha256".ljust(62),
        ),
        (Tcp, b"\x16\x03\x01\x00\x10" + bytes(16)),
    ],
)
async def test_on_an_encrypted_link_only_transport_faults_do_anything_and_the_others_say_so(framing, start):
    from hil.proxy.fault import LinkFault

    faults = [LinkFault("stale", direction=REQUEST), LinkFault("drop", count=1, direction=REQUEST)]
    link, end = Link(framing(), faults), End()
    link.ends = {REQUEST: end}
    link.pass_on(start, REQUEST)
    link.pass_on(start, REQUEST)
    assert end.sent == start
    assert "only transport faults" in faults[0].refused
    assert [fault.hits for fault in faults] == [0, 1]


class SerialDevice:
    """Answers on a line as Modbus RTU has it; ``crc`` may spoil what it says."""

    def __init__(self, path):
        self.file = os.open(path, os.O_RDWR | os.O_NOCTTY)
        tty.setraw(self.file)

    async def answer(self, pdu):
        request = await asyncio.to_thread(os.read, self.file, 64)
        data = request[:1] + pdu
        os.write(self.file, data + crc(data))
        return request


@pytest.fixture
async def line():
    gateway = Gateway()
    await gateway.start()
    device = SerialDevice(gateway.device_path)
    yield gateway, device
    await gateway.stop()
    os.close(device.file)


FIVE = bytes([3, 2, 0, 5])


async def test_a_serial_line_is_asked_in_its_own_frames(line):
    gateway, device = line
    async with AsyncModbusTcpClient("127.0.0.1", port=gateway.port, timeout=30) as client:
        asked = asyncio.create_task(client.read_holding_registers(7, device_id=9))
        assert await device.answer(FIVE) == bytes.fromhex("09 03 0007 0001") + crc(bytes.fromhex("09 03 0007 0001"))
        assert (await asked).registers == [5]


@pytest.mark.parametrize("kind", ["wrong_crc", "wrong_id", "half_frame", "drop"])
async def test_what_noise_has_spoilt_on_a_line_is_thrown_away_and_the_next_is_answered(line, kind):
    gateway, device = line
    fault = gateway.inject(kind, count=1)
    master = Master(*await asyncio.open_connection("127.0.0.1", gateway.port))
    master.ask(7, 8)
    for _ in range(2):
        await device.answer(FIVE)
    assert await master.answer() == (2, 5)
    assert fault.hits == 1
    master.writer.close()


async def test_an_exception_on_a_line_comes_without_its_device(line):
    gateway, _ = line
    gateway.inject("exception", 6)
    async with AsyncModbusTcpClient("127.0.0.1", port=gateway.port, timeout=30) as client:
        assert (await client.read_holding_registers(7)).exception_code == 6
