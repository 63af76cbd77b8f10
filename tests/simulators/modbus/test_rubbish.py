"""Malformed frames by the thousand, seeded: none raises, none is kept, and what is right is answered as before."""

import random
import struct
import tracemalloc

import numpy as np
import pytest

from simulators.manner import SOUND
from simulators.modbus.connection import Connection
from simulators.modbus.image import Image
from simulators.modbus.server import ModbusServer

FRAMES = 5_000
GROWTH = 200_000  # bytes that all of them together may leave behind


class Registers:
    """A unit of 200 registers that takes whatever is written."""

    manner, identity = SOUND, {0: b"a", 1: b"b", 2: b"c"}

    def __init__(self) -> None:
        self.image = Image(coil=200, discrete=200, input=200, holding=200)

    def refresh(self) -> None:
        """It stands still."""

    def covers(self, *_: object) -> bool:
        return True

    def write(self, area: str, address: int, values: np.ndarray) -> None:
        self.image.write(area, address, values)


class Line:
    """A transport that counts what is sent, and remembers that it was closed."""

    def __init__(self) -> None:
        self.sent, self.is_closed = 0, False

    def get_extra_info(self, _: str) -> "Line":
        return self

    def setsockopt(self, *_: int) -> None:
        """A line has none."""

    def write(self, data: bytes) -> None:
        self.sent += len(data)

    def close(self) -> None:
        self.is_closed = True


def joined(server: ModbusServer) -> tuple[Connection, Line]:
    line, connection = Line(), Connection(server)
    connection.connection_made(line)  # type: ignore[arg-type]
    return connection, line


def rubbish(lot: random.Random) -> bytes:
    """A frame that may be right in its header, in its function, in its lengths, or in nothing."""
    function = lot.choice((*range(1, 7), 8, 15, 16, 22, 23, 43, lot.randrange(256)))
    pdu = bytes((function,)) + lot.randbytes(lot.randrange(1, 40))
    length = len(pdu) + 1 if lot.random() < 0.9 else lot.randrange(0x10000)
    return struct.pack(">HHHB", lot.randrange(0x10000), lot.random() < 0.05, length, lot.choice((0, 1, 2, 255))) + pdu


@pytest.fixture
def server() -> ModbusServer:
    server = ModbusServer("127.0.0.1", 0)
    server.units[1] = Registers()
    return server


def test_malformed_frames_leave_nothing_behind(server: ModbusServer) -> None:
    lot = random.Random(20261201)

    def send(frames: int) -> int:
        connection, line = joined(server)
        ended = 0
        for _ in range(frames):
            frame = rubbish(lot)
            cut = lot.randrange(len(frame)) if lot.random() < 0.1 else len(frame)
            for piece in (frame[:cut], frame[cut:]):
                connection.data_received(piece)
            assert len(connection._rest) < 7 + 260
            if line.is_closed:  # as a frame that cannot be one wants it
                ended += 1
                connection.connection_lost(None)
                connection, line = joined(server)
        connection.connection_lost(None)
        return ended

    send(1000)
    tracemalloc.start()
    before, _ = tracemalloc.get_traced_memory()
    assert send(FRAMES) > 50
    after, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert after - before < GROWTH
    assert server.clients == 0
    connection, line = joined(server)
    connection.data_received(struct.pack(">HHHBBHH", 1, 0, 6, 1, 3, 0, 100))
    assert line.sent == 209
