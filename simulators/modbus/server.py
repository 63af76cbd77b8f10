"""A Modbus TCP server: frames in, frames out, in order, for any number of units on one port.

Several requests may come in one segment and one request in several; each is answered with its own
transaction id. A frame whose protocol is not Modbus, or whose length cannot be, ends the connection,
since nothing after it can be trusted. A unit that is not there is answered as a gateway does, with
exception 0x0B at once, so that a master need not wait out its timeout.
"""

from __future__ import annotations

import asyncio
import struct
from collections.abc import Iterator
from typing import cast

from plant.error import ServiceError
from simulators.modbus.request import NO_TARGET, Unit, answer, refusal

_HEADER = struct.Struct(">HHHB")  # transaction, protocol, length of what follows, unit
_ANY_UNIT = (0, 255)  # what masters send to a device that is itself the TCP end (Messaging Guide 1.0b, 4.4.2.3)
_MOST_WAITING = 100  # replies of a slow unit, beyond which its master is not read
_LONGEST = 260  # more than the specification's 254, so that writing too many registers is answered, with 03


class ModbusServer:
    """One port. ``origin`` says which setting chose it, for the message when it is taken."""

    def __init__(self, host: str, port: int, origin: str = "its endpoint"):
        self.host, self.port, self.origin = host, port, origin
        self.units: dict[int, Unit] = {}
        self.requests: dict[int, int] = {}  # answered, by unit
        self._clients: set[Connection] = set()
        self._server: asyncio.Server | None = None

    @property
    def is_open(self) -> bool:
        """Whether it listens."""
        return self._server is not None

    @property
    def clients(self) -> int:
        """Open connections."""
        return len(self._clients)

    async def start(self) -> None:
        """Listen; port 0 becomes the one that was free. Raises :class:`ServiceError` where it cannot."""
        if self.is_open:
            return
        try:
            self._server = await asyncio.get_running_loop().create_server(
                lambda: Connection(self), self.host, self.port
            )
        except OSError as error:
            reason = error.strerror or str(error)
            raise ServiceError(f"cannot listen on {self.host}:{self.port} ({reason}); set by {self.origin}") from None
        self.port = self._server.sockets[0].getsockname()[1]

    async def stop(self) -> None:
        """Close the port and every connection."""
        if self._server is None:
            return
        server, self._server = self._server, None
        server.close()
        for client in tuple(self._clients):
            client.close()
        await server.wait_closed()

    def answer(self, unit_id: int, request: bytes) -> tuple[bytes, float]:
        """The reply of one unit, and how long it keeps a master waiting [s]; empty where it does not answer."""
        if unit_id in _ANY_UNIT and unit_id not in self.units and len(self.units) == 1:
            (unit_id,) = self.units
        unit = self.units.get(unit_id)
        if unit is None:
            return refusal(request[0], NO_TARGET), 0.0
        if unit.manner.is_silent:
            return b"", 0.0
        self.requests[unit_id] = self.requests.get(unit_id, 0) + 1
        return answer(unit, request), unit.manner.delay


class Connection(asyncio.Protocol):
    """One master's connection."""

    def __init__(self, server: ModbusServer):
        self._server = server
        self._received = bytearray()
        self._waiting = 0  # replies of a slow unit …
        self._free = 0.0  # … and when the last of them goes: nothing overtakes it [s of the loop]
        self._is_lost = False  # a frame came that cannot be one
        self._transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """A master came."""
        self._transport = cast(asyncio.Transport, transport)  # uvloop's is one in all but its bases
        self._server._clients.add(self)

    def connection_lost(self, exc: Exception | None) -> None:  # noqa: ARG002 (asyncio's signature)
        """It went."""
        self._server._clients.discard(self)
        self._transport = None

    def data_received(self, data: bytes) -> None:
        """Answer every request that is complete; one write for all of them."""
        self._received += data
        replies = b"".join(self._replies())
        if self._transport is None:
            return
        if replies:
            self._transport.write(replies)
        if self._is_lost:
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

    def _replies(self) -> Iterator[bytes]:
        while len(self._received) >= _HEADER.size:
            transaction, protocol, length, unit = _HEADER.unpack_from(self._received)
            if protocol != 0 or not 2 <= length <= _LONGEST:
                self._received.clear()
                self._is_lost = True
                return
            end = 6 + length
            if len(self._received) < end:
                return
            request = bytes(self._received[_HEADER.size : end])
            del self._received[:end]
            reply, delay = self._server.answer(unit, request)
            if reply:
                frame = _HEADER.pack(transaction, 0, 1 + len(reply), unit) + reply
                yield from self._in_turn(frame, delay)

    def _in_turn(self, frame: bytes, delay: float) -> Iterator[bytes]:
        """The reply, if it can go at once; else it goes later, and after all that waits before it."""
        if delay == 0.0 and not self._waiting:
            yield frame
            return
        loop = asyncio.get_running_loop()
        self._free = max(loop.time(), self._free) + delay
        self._waiting += 1
        if self._waiting == _MOST_WAITING:
            self.pause_writing()
        loop.call_at(self._free, self._send, frame)

    def _send(self, frame: bytes) -> None:
        self._waiting -= 1
        if self._transport is not None:
            self._transport.write(frame)
        if self._waiting == _MOST_WAITING - 1:
            self.resume_writing()
