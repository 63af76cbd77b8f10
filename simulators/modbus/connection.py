"""A master's connection over TCP: frames in, frames out, in order.

Several requests may come in one segment and one request in several; each is answered with its own transaction id.
A frame whose protocol is not Modbus, or whose length cannot be, ends the connection, since nothing after it can be
trusted.
"""

from __future__ import annotations

import asyncio
import struct
from typing import TYPE_CHECKING, cast

from simulators.modbus.temper import Reply

if TYPE_CHECKING:
    from simulators.modbus.server import ModbusServer

_HEADER = struct.Struct(">HHHB")  # transaction, protocol, length of what follows, unit
_READ, _WRITTEN = _HEADER.unpack_from, _HEADER.pack
_MOST_WAITING = 100  # replies of a slow unit, beyond which its master is not read
_LONGEST = 260  # more than the specification's 254, so that writing too many registers is answered, with 03


class Connection(asyncio.Protocol):
    """One master's."""

    def __init__(self, server: ModbusServer):
        self._server, self._answer = server, server.answer
        self._rest = b""  # of a frame that has come in part
        self._waiting = 0  # replies of a slow unit …
        self._free = 0.0  # … and when the last of them goes: nothing overtakes it [s of the loop]
        self._answered, self._heard = 0, 0.0  # replies so far, and when the last request came [s of the loop]
        self._is_ending = False  # a frame came that cannot be one, or a unit has had enough
        self._idle: asyncio.TimerHandle | None = None
        self._transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """A master came."""
        self._transport = cast(asyncio.Transport, transport)  # uvloop's is one in all but its bases
        if not self._server.admit(self, transport.get_extra_info("socket")):
            self._transport.abort()

    def connection_lost(self, exc: Exception | None) -> None:  # noqa: ARG002 (asyncio's signature)
        """It went."""
        self._server.masters.discard(self)
        self._transport = None
        if self._idle is not None:
            self._idle.cancel()

    def data_received(self, data: bytes) -> None:
        """Answer every request that is complete; one write for all of them."""
        if self._transport is None or self._is_ending:
            return
        replies = self._replies(self._rest + data if self._rest else data)
        if replies:
            self._transport.write(replies[0] if len(replies) == 1 else b"".join(replies))
        if self._is_ending and not self._waiting:
            self._transport.close()

    def pause_writing(self) -> None:
        """A master that does not read its replies is not read either, or they would pile up here."""
        if self._transport is not None:
            self._transport.pause_reading()

    def resume_writing(self) -> None:
        """It reads again."""
        if self._transport is not None:
            self._transport.resume_reading()

    def close(self) -> None:
        """End the connection; replies that a master does not take are not waited for."""
        if self._transport is not None and self._transport.get_write_buffer_size():
            self._transport.abort()
        elif self._transport is not None:
            self._transport.close()

    def _replies(self, received: bytes) -> list[bytes]:
        """To what has come, those that can go at once; what is left of it is kept."""
        at, end, replies = 0, len(received), []
        while end - at >= 7:
            transaction, protocol, length, unit = _READ(received, at)
            if protocol or not 2 <= length <= _LONGEST:
                self._is_ending, at = True, end
                break
            stop = at + 6 + length
            if stop > end:
                break
            reply = self._answer(unit, received[at + 7 : stop])
            at = stop
            if isinstance(reply, Reply):
                framed = _WRITTEN(transaction, 0, 1 + len(reply.pdu), unit) + reply.pdu
                replies += self._treated(reply, framed)
                if self._is_ending:
                    at = end
                    break
            else:
                frame = _WRITTEN(transaction, 0, 1 + len(reply), unit) + reply
                replies += self._in_turn(frame, 0.0) if self._waiting else (frame,)
        self._rest = received[at:]
        return replies

    def _treated(self, reply: Reply, frame: bytes) -> list[bytes]:
        """What a unit of bad manners, or a slow line, lets its master have of a reply's frame at once."""
        now = asyncio.get_running_loop().time()
        is_hasty, self._heard = now - self._heard < reply.pause, now
        if not reply.pdu or is_hasty:
            return []
        self._answered += 1
        self._is_ending = 0 < reply.closes_after <= self._answered
        if self._idle is not None:
            self._idle.cancel()
        if reply.idle:
            self._idle = asyncio.get_running_loop().call_later(reply.idle, self.close)
        return self._in_turn(frame, reply.delay)

    def _in_turn(self, frame: bytes, delay: float) -> list[bytes]:
        """The reply, if it can go at once; else it goes later, and after all that waits before it."""
        if delay == 0.0 and not self._waiting:
            return [frame]
        loop = asyncio.get_running_loop()
        self._free = max(loop.time(), self._free) + delay
        self._waiting += 1
        if self._waiting == _MOST_WAITING:
            self.pause_writing()
        loop.call_at(self._free, self._send, frame)
        return []

    def _send(self, frame: bytes) -> None:
        self._waiting -= 1
        if self._transport is None:
            return
        self._transport.write(frame)
        if self._is_ending and not self._waiting:
            self._transport.close()
        elif self._waiting == _MOST_WAITING - 1:
            self.resume_writing()
