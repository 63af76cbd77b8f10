"""Modbus frames on TCP (MBAP header) and on a serial line (address, PDU, CRC), and how each is spoilt."""

from __future__ import annotations

import struct
from dataclasses import replace

from hil.proxy.frame import REPLY, REQUEST, Frame, Unframed

MBAP = struct.Struct(">HHHB")  # transaction, protocol, length of what follows, unit
READS, WRITES = (1, 2, 3, 4), (5, 6, 15, 16)
LONGEST = 260
ERROR = 0x80


def crc(data: bytes) -> bytes:
    """Modbus over serial line V1.02, 2.5.1.2: low byte first."""
    value = 0xFFFF
    for byte in data:
        value ^= byte
        for _ in range(8):
            value = (value >> 1) ^ 0xA001 if value & 1 else value >> 1
    return struct.pack("<H", value)


class Tcp:
    """Modbus TCP. Answers are joined to requests by their transaction."""

    name = "modbus"

    def cut(self, received: bytearray, direction: str) -> list[Frame]:
        """The whole frames at the head of ``received``, taken off it. Raises :class:`Unframed`."""
        found, at = [], 0
        while len(received) - at >= MBAP.size:
            transaction, protocol, length, unit = MBAP.unpack_from(received, at)
            if protocol != 0 or not 2 <= length <= LONGEST:
                raise Unframed(f"no Modbus TCP header: {bytes(received[at : at + 8]).hex(' ')}")
            end = at + 6 + length
            if len(received) < end:
                break
            found.append(_frame(bytes(received[at:end]), MBAP.size, direction, unit, transaction))
            at = end
        del received[:at]
        return found

    def exception(self, request: Frame, code: int) -> bytes:
        """The answer that refuses ``request``."""
        return MBAP.pack(request.key, 0, 3, request.unit) + bytes([request.data[7] | ERROR, code])

    def wrong_id(self, frame: Frame) -> bytes:
        """As if it answered another request."""
        return struct.pack(">H", (int.from_bytes(frame.data[:2], "big") + 0x1234) & 0xFFFF) + frame.data[2:]

    def as_answer_to(self, old: Frame, frame: Frame) -> bytes:
        """What was answered before, as if it were said now."""
        return frame.data[:2] + old.data[2:]


class Rtu:
    """Modbus on a serial line. Half-duplex: an answer belongs to the request before it."""

    name = "modbus+serial"

    def cut(self, received: bytearray, direction: str) -> list[Frame]:
        """The whole frames at the head of ``received``, by their functions' lengths. Raises :class:`Unframed`."""
        found = []
        while (length := _rtu_length(received, direction)) and len(received) >= length:
            data = bytes(received[:length])
            if crc(data[:-2]) != data[-2:]:
                raise Unframed(f"CRC is wrong: {data.hex(' ')}")
            del received[:length]
            found.append(_frame(data, 1, direction, data[0], None))
        return found

    def exception(self, request: Frame, code: int) -> bytes:
        """The answer that refuses ``request``."""
        return _closed(bytes([request.unit, request.data[1] | ERROR, code]))

    def wrong_id(self, frame: Frame) -> bytes:
        """As if another unit spoke."""
        return _closed(bytes([frame.data[0] % 247 + 1]) + frame.data[1:-2])

    def wrong_crc(self, frame: Frame) -> bytes:
        """As a line with noise makes it."""
        return frame.data[:-2] + bytes(byte ^ 0x5A for byte in frame.data[-2:])

    def as_answer_to(self, old: Frame, frame: Frame) -> bytes:  # noqa: ARG002 (no key ties them)
        """What was answered before, as if it were said now."""
        return old.data


def joined(reply: Frame, request: Frame) -> Frame:
    """A reply with the address and count of the request that it answers."""
    return replace(reply, address=request.address, count=request.count, function=request.function)


def _frame(data: bytes, at: int, direction: str, unit: int, key: object) -> Frame:
    function = data[at] & ~ERROR
    if direction == REPLY or len(data) < at + 5 or function not in (*READS, *WRITES, 22, 23):
        return Frame(data, direction, str(function), unit=unit, key=key)
    address, count = struct.unpack_from(">HH", data, at + 1)
    return Frame(data, direction, str(function), str(address), unit, 1 if function in (5, 6, 22) else count, key)


def _closed(data: bytes) -> bytes:
    return data + crc(data)


def _rtu_length(received: bytearray, direction: str) -> int:
    """Of the frame at its head; 0 where too little is there to tell."""
    if len(received) < 3:
        return 0
    function = received[1]
    if function & ERROR:
        return 5
    if direction == REQUEST:
        if function in (*READS, 5, 6):
            return 8
        if function in (15, 16):
            return 9 + received[6] if len(received) > 6 else 0
        if function == 23:
            return 13 + received[10] if len(received) > 10 else 0
        return {22: 10, 7: 4, 17: 4, 8: 8, 43: 7}.get(function, len(received))
    if function in (*READS, 23, 17):
        return 5 + received[2]
    return {5: 8, 6: 8, 15: 8, 16: 8, 22: 10, 8: 8, 7: 5}.get(function, len(received))
