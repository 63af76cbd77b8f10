"""Modbus RTU over TCP: the frames of a serial line as they come through a gateway, and the time that the line takes.

A serial line has no transactions: who is meant hears, and whoever is not there says nothing. Unit 0 is everybody: all
do what is written, and none answers. What fails its checksum is forgotten with all that came along (Modbus over serial
line V1.02, 2.5.1).
"""

from __future__ import annotations

from dataclasses import dataclass

from pymodbus.framer import FramerRTU

from simulators.modbus.connection import Connection
from simulators.modbus.server import ModbusServer
from simulators.modbus.temper import WRITES, Reply

EVERYBODY = 0
LEAST, LONGEST = 4, 256  # bytes of a frame: unit, function, checksum …
FIXED = {1: 8, 2: 8, 3: 8, 4: 8, 5: 8, 6: 8, 8: 8, 22: 10, 43: 7}  # bytes of a request's frame, by its function
COUNTED = {15: 6, 16: 6, 23: 10}  # where a request says how many bytes follow, before its checksum
SILENCE = 3.5  # characters between two frames


@dataclass(frozen=True)
class Line:
    """How fast a serial line is: 11 bits a character, and what a device takes before it answers [s]."""

    baud: int
    turnaround: float = 0.005

    def time(self, asked: int, answered: int) -> float:
        """How long a request and its answer of so many bytes take, with the silence after each [s]."""
        return (asked + answered + 2 * SILENCE) * 11 / self.baud + self.turnaround


class RtuConnection(Connection):
    """One gateway's connection to a line."""

    def __init__(self, server: ModbusServer, line: Line):
        super().__init__(server)
        self._line = line

    def _replies(self, received: bytes) -> list[bytes]:
        replies: list[bytes] = []
        frames, self._rest = _frames(received)
        for frame in frames:
            replies += self._reply(frame)
        return replies

    def _reply(self, frame: bytes) -> list[bytes]:
        unit, request = frame[0], frame[1:-2]
        if unit == EVERYBODY:
            for each in self._server.units if request[0] in WRITES else ():
                self._server.answer(each, request)
            return []
        if unit not in self._server.units:
            return []
        said = self._server.answer(unit, request)
        reply = said if isinstance(said, Reply) else Reply(said)
        late = self._line.time(len(frame), len(reply.pdu) + 3)
        return self._treated(reply._replace(delay=reply.delay + late), _framed(unit, reply.pdu))


def _frames(received: bytes) -> tuple[list[bytes], bytes]:
    """The whole frames in what came, and what is left of it; nothing is, after one that cannot be."""
    found: list[bytes] = []
    while len(received) >= LEAST:
        length = _length(received)
        if length > len(received):
            return found, received if length <= LONGEST else b""
        frame, received = received[:length], received[length:]
        if _sum(frame[:-2]) != frame[-2:]:
            return found, b""
        found.append(frame)
    return found, received


def _length(received: bytes) -> int:
    """Of the frame that begins there; one of an unknown function is all that came."""
    function = received[1]
    if function in COUNTED:
        at = COUNTED[function]
        return at + 3 + received[at] if len(received) > at else at + 4
    return FIXED.get(function, len(received))


def _framed(unit: int, pdu: bytes) -> bytes:
    return bytes((unit,)) + pdu + _sum(bytes((unit,)) + pdu) if pdu else b""


def _sum(data: bytes) -> bytes:
    return FramerRTU.compute_CRC(data).to_bytes(2)
