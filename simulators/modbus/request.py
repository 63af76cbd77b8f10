"""What a Modbus unit answers to each function (MODBUS Application Protocol V1.1b3).

A request is checked in the order of the specification's state diagrams: function, count, address, then
the device itself. Each check that fails has its exception code, and nothing has been written by then.
"""

from __future__ import annotations

import struct
from collections.abc import Callable
from typing import Any, Protocol

import numpy as np

from plant.error import CommandRefused, GemeloError, OutOfRange, Unknown
from simulators.manner import Manner
from simulators.modbus.image import Image

ILLEGAL_FUNCTION, ILLEGAL_ADDRESS, ILLEGAL_VALUE, BUSY, NO_TARGET = 1, 2, 3, 6, 11
EXCEPTIONS: dict[type[GemeloError], int] = {
    Unknown: ILLEGAL_ADDRESS,
    OutOfRange: ILLEGAL_VALUE,
    CommandRefused: BUSY,  # the value is right, the device cannot now: start during backspin
}
_REFUSING = tuple(EXCEPTIONS)
_SPAN = struct.Struct(">xHH")  # address and count, after the function


class Unit(Protocol):
    """What answers behind one unit number."""

    image: Image
    identity: dict[int, bytes]  # objects of Read Device Identification; 0, 1 and 2 at least

    @property
    def manner(self) -> Manner:
        """How the device behind it behaves."""
        ...

    def refresh(self) -> None:
        """Bring the image to the present, if anything has moved since."""
        ...

    def covers(self, area: str, address: int, count: int) -> bool:
        """Whether its map has something at each of these addresses."""
        ...

    def write(self, area: str, address: int, values: np.ndarray) -> None:
        """Take a master's write whole, or raise one of :data:`EXCEPTIONS` and change nothing."""
        ...


Function = Callable[[Unit, bytes], bytes]  # a request's PDU → its reply's


def answer(unit: Unit, request: bytes) -> bytes:
    """The reply's PDU to a request's PDU."""
    function = FUNCTIONS.get(request[0])
    if function is None:
        return refusal(request[0], ILLEGAL_FUNCTION)
    try:
        return function(unit, request)
    except _REFUSING as error:
        return refusal(request[0], next(code for kind, code in EXCEPTIONS.items() if isinstance(error, kind)))


def refusal(function: int, code: int) -> bytes:
    """An exception reply."""
    return bytes((function | 0x80, code))


def _read_bits(area: str) -> Function:
    head = bytes((1 + (area == "discrete"),))

    def read(unit: Unit, request: bytes) -> bytes:
        address, count = _span(request, 2000)
        unit.refresh()
        bits = np.packbits(unit.image.read(area, address, count), bitorder="little").tobytes()
        return head + bytes((len(bits),)) + bits

    return read


def _read_words(area: str) -> Function:
    heads = [bytes((3 + (area == "input"), 2 * count)) for count in range(126)]

    def read(unit: Unit, request: bytes) -> bytes:
        address, count = _span(request, 125)
        unit.refresh()
        return heads[count] + unit.image.read(area, address, count).tobytes()

    return read


def _span(request: bytes, most: int) -> tuple[int, int]:
    if len(request) != _SPAN.size:
        raise OutOfRange("request", request.hex(), f"must have {_SPAN.size} bytes")
    address, count = _SPAN.unpack(request)
    if not 1 <= count <= most:
        raise OutOfRange("count", count, f"must be between 1 and {most}")
    return address, count


def _whole(act: Function) -> Function:
    """A function that is given what follows its number, and says what follows it in the reply."""
    return lambda unit, request: request[:1] + act(unit, request[1:])


def _write_bit(unit: Unit, body: bytes) -> bytes:
    address, value = _fields(">HH", body)
    if value not in (0x0000, 0xFF00):
        raise OutOfRange("coil value", value, "must be 0x0000 or 0xFF00")
    unit.write("coil", address, np.array([value != 0], np.uint8))
    return body


def _write_word(unit: Unit, body: bytes) -> bytes:
    address, value = _fields(">HH", body)
    unit.write("holding", address, np.array([value], ">u2"))
    return body


def _write_bits(unit: Unit, body: bytes) -> bytes:
    address, count, size = _fields(">HHB", body[:5])
    _check("count", count, 1968)
    _check_size(body[5:], size, (count + 7) // 8)
    bits = np.unpackbits(np.frombuffer(body[5:], np.uint8), bitorder="little")[:count]
    unit.write("coil", address, bits)
    return body[:4]


def _write_words(unit: Unit, body: bytes) -> bytes:
    address, count, size = _fields(">HHB", body[:5])
    _check("count", count, 123)
    _check_size(body[5:], size, 2 * count)
    unit.write("holding", address, np.frombuffer(body[5:], ">u2"))
    return body[:4]


def _mask_word(unit: Unit, body: bytes) -> bytes:
    address, keep, put = _fields(">HHH", body)
    unit.refresh()
    held = int(unit.image.read("holding", address, 1)[0])
    unit.write("holding", address, np.array([(held & keep) | (put & ~keep & 0xFFFF)], ">u2"))
    return body


def _write_and_read_words(unit: Unit, body: bytes) -> bytes:
    read_at, read_count, write_at, write_count, size = _fields(">HHHHB", body[:9])
    _check("count to read", read_count, 125)
    _check("count to write", write_count, 121)
    _check_size(body[9:], size, 2 * write_count)
    unit.image.read("holding", read_at, read_count)  # refused before anything is written
    unit.write("holding", write_at, np.frombuffer(body[9:], ">u2"))
    unit.refresh()
    return _counted(unit.image.read("holding", read_at, read_count).tobytes())


def _echo(_: Unit, request: bytes) -> bytes:
    if len(request) < 5:
        raise OutOfRange("request", request.hex(), "must carry a sub-function and data")
    return request if request[1:3] == b"\0\0" else refusal(request[0], ILLEGAL_FUNCTION)  # Return Query Data alone


def _identify(unit: Unit, body: bytes) -> bytes:
    kind, category, first = _fields(">BBB", body)
    if kind != 0x0E:
        raise OutOfRange("MEI type", kind, "only Read Device Identification (14) is answered")
    _check("category", category, 4)
    if category == 4 and first not in unit.identity:
        raise Unknown("identification object", str(first))
    start = first if first in unit.identity else 0
    chosen = [(k, v) for k, v in sorted(unit.identity.items()) if (k == first if category == 4 else k >= start)]
    objects = b"".join(bytes((k, len(v))) + v for k, v in chosen)
    # 0x81: basic objects, readable as a stream and one by one. All fit one reply, so no more follows.
    return bytes((kind, category, 0x81, 0, 0, len(chosen))) + objects


FUNCTIONS: dict[int, Function] = {
    1: _read_bits("coil"),
    2: _read_bits("discrete"),
    3: _read_words("holding"),
    4: _read_words("input"),
    5: _whole(_write_bit),
    6: _whole(_write_word),
    8: _echo,
    15: _whole(_write_bits),
    16: _whole(_write_words),
    22: _whole(_mask_word),
    23: _whole(_write_and_read_words),
    43: _whole(_identify),
}


def _fields(layout: str, body: bytes) -> tuple[Any, ...]:
    if len(body) != struct.calcsize(layout):
        raise OutOfRange("request", body.hex(), f"must carry {struct.calcsize(layout)} bytes here")
    return struct.unpack(layout, body)


def _check(name: str, count: int, most: int) -> None:
    if not 1 <= count <= most:
        raise OutOfRange(name, count, f"must be between 1 and {most}")


def _check_size(data: bytes, said: int, due: int) -> None:
    if not len(data) == said == due:
        raise OutOfRange("byte count", said, f"must be {due}, and that many bytes must follow")


def _counted(data: bytes) -> bytes:
    return bytes((len(data),)) + data
