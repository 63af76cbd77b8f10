"""What a device of bad manners makes of a Modbus request, before it answers and after."""

from __future__ import annotations

from typing import NamedTuple

from simulators.manner import Manner, is_turn
from simulators.modbus.request import BUSY, ILLEGAL_ADDRESS, ILLEGAL_FUNCTION, Unit, answer, refusal

READS = {1: "coil", 2: "discrete", 3: "holding", 4: "input"}
WRITES = (5, 6, 15, 16, 22)  # whose second and third byte are an address too
SILENCE = 0  # in place of an exception: no reply at all
OTHER = {3: 4, 4: 3}  # function under which a confused device answers


class Reply(NamedTuple):
    """A reply's PDU, empty where there is none, and what the connection is to make of it. Times in s of the wall."""

    pdu: bytes
    delay: float = 0.0  # before it goes
    pause: float = 0.0  # after which requests are heard again; what comes sooner is not
    closes_after: int = 0  # replies, after which the connection ends; 0: never
    idle: float = 0.0  # for which nothing comes, until it ends; 0: for ever


def treat(unit: Unit, request: bytes, number: int) -> Reply:
    """The reply to a unit's request of this ``number``."""
    manner = unit.manner
    pdu = _said(unit, request, number)
    if pdu and manner.is_confused:
        pdu = bytes((OTHER.get(pdu[0], pdu[0]),)) + pdu[1:]
    return Reply(pdu, manner.wait(number), manner.pause, manner.closes_after, manner.idle)


def _said(unit: Unit, request: bytes, number: int) -> bytes:
    manner, function = unit.manner, request[0]
    if manner.exception:
        return refusal(function, manner.exception)
    if is_turn(number, manner.busy_share):
        return refusal(function, BUSY)
    if function == manner.refused_function:
        return refusal(function, ILLEGAL_FUNCTION)
    if _is_too_long(manner, request):
        return _refused(function, manner.long_code)
    if manner.has_gaps and not _is_covered(unit, request):
        return _refused(function, manner.gap_code)
    return _elsewhere(unit, request) if manner.moved_by else answer(unit, request)


def _refused(function: int, code: int) -> bytes:
    return refusal(function, code) if code != SILENCE else b""


def _is_covered(unit: Unit, request: bytes) -> bool:
    if request[0] not in READS or len(request) != 5:
        return True
    address, count = int.from_bytes(request[1:3]), int.from_bytes(request[3:5])
    return unit.covers(READS[request[0]], address, count)


def _is_too_long(manner: Manner, request: bytes) -> bool:
    if not manner.most_registers or request[0] not in (3, 4) or len(request) != 5:
        return False
    return int.from_bytes(request[3:5]) > manner.most_registers


def _elsewhere(unit: Unit, request: bytes) -> bytes:
    """As by a map in which everything lies further on than the manual of this firmware says."""
    if request[0] not in (*READS, *WRITES) or len(request) < 5:
        return answer(unit, request)
    address = int.from_bytes(request[1:3]) - unit.manner.moved_by
    if not 0 <= address <= 0xFFFF:
        return refusal(request[0], ILLEGAL_ADDRESS)
    reply = answer(unit, request[:1] + address.to_bytes(2) + request[3:])
    is_echo = request[0] in WRITES and reply[0] == request[0]
    return reply[:1] + request[1:3] + reply[3:] if is_echo else reply
