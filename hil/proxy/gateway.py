"""A gateway: Modbus TCP for masters, a serial line to the device, and faults on the line between.

It asks the line one request at a time, as a line must be asked. A frame whose CRC is wrong, or that another unit sent,
it throws away as a gateway does: its master hears nothing.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections import deque
from typing import Any, cast

from hil.proxy.frame import REPLY, REQUEST, Frame, Unframed
from hil.proxy.line import Line
from hil.proxy.modbus import MBAP, Rtu, Tcp, crc
from hil.proxy.proxy import HERE, Proxy
from plant.error import ServiceError

PATIENCE = 0.3  # s that a unit may take to answer
GAP = 0.002  # s of silence between two frames: 3.5 characters at 19200 baud


class Gateway(Proxy):
    """Answers at ``port`` for the serial device at ``device``; without one, for whoever opens ``device_path``, a pty
    that is made for a process to use as its line."""

    def __init__(self, device: str = ""):
        super().__init__("modbus+serial")
        self.device, self.device_path, self.port = device, device, 0
        self._waiting: deque[tuple[_Client, Frame]] = deque()
        self._asked: tuple[_Client, Frame] | None = None
        self._given_up: asyncio.TimerHandle | None = None
        self._answer = bytearray()
        self._clients: set[_Client] = set()
        self._line: Line | None = None
        self._server: asyncio.Server | None = None

    async def start(self) -> None:
        """Open the line and listen. Raises :class:`ServiceError` where the line cannot be opened."""
        self._one = link = self._link()
        self._links.add(link)
        try:
            if self.device:
                self._line = Line.open(self.device, lambda data: link.pass_on(data, REPLY))
            else:
                self._line, self.device_path = Line.offered(lambda data: link.pass_on(data, REPLY))
        except OSError as error:
            raise ServiceError(f"proxy: cannot open {self.device} ({error.strerror})") from None
        link.ends = {REQUEST: self._line, REPLY: _Answers(self)}
        self._server = await asyncio.get_running_loop().create_server(lambda: _Client(self), HERE, 0)
        self.port = self._server.sockets[0].getsockname()[1]

    async def stop(self) -> None:
        """Close the port, the connections and the line."""
        self.break_off()
        if self._server is not None:
            self._server.close()
        if self._line is not None:
            self._line.close()
            self._line = None
        if self._given_up is not None:
            self._given_up.cancel()

    def break_off(self) -> None:
        """Break every master's connection."""
        for client in tuple(self._clients):
            client.abort()

    def as_new(self) -> None:
        """Let the next process that opens the line find it unset."""
        if self._line is not None:
            self._line.as_new()

    def ask(self, client: _Client, frame: Frame) -> None:
        """Ask the line in its turn."""
        self._waiting.append((client, frame))
        if self._asked is None:
            self._next()

    def answered(self, data: bytes) -> None:
        """Give the master what came, if it answers what was asked."""
        self._answer += data
        try:
            frames = Rtu().cut(self._answer, REPLY)
        except Unframed:
            self._answer.clear()
            return
        for frame in frames:
            if self._asked is not None and frame.unit == self._asked[1].unit:
                client, request = self._asked
                pdu = frame.data[1:-2]
                client.write(MBAP.pack(cast(int, request.key), 0, 1 + len(pdu), frame.unit) + pdu)
                self._done()

    def _next(self) -> None:
        loop = asyncio.get_running_loop()
        if not self._waiting or self._line is None:
            return
        self._asked = self._waiting.popleft()
        self._answer.clear()
        request = self._asked[1].data[MBAP.size - 1 :]
        self._given_up = loop.call_later(PATIENCE, self._done)
        self._one.pass_on(request + crc(request), REQUEST)

    def _done(self) -> None:
        if self._given_up is not None:
            self._given_up.cancel()
        self._asked = None
        asyncio.get_running_loop().call_later(GAP, self._next_if_idle)

    def _next_if_idle(self) -> None:
        if self._asked is None:
            self._next()


class _Answers:
    """The end of the line at which the gateway listens."""

    def __init__(self, gateway: Gateway):
        self._gateway = gateway

    def write(self, data: bytes) -> None:
        """An answer, as it fared."""
        self._gateway.answered(data)

    def abort(self) -> None:
        """A reset on a line breaks the masters' connections."""
        self._gateway.break_off()


class _Client(asyncio.Protocol):
    """One master."""

    def __init__(self, gateway: Gateway):
        self._gateway, self._received = gateway, bytearray()
        self._transport: asyncio.Transport | None = None

    def connection_made(self, transport: Any) -> None:
        """It came."""
        self._transport = transport
        self._gateway._clients.add(self)

    def connection_lost(self, exc: Exception | None) -> None:  # noqa: ARG002 (asyncio's signature)
        """It went."""
        self._transport = None
        self._gateway._clients.discard(self)

    def data_received(self, data: bytes) -> None:
        """Ask the line for each request."""
        self._received += data
        try:
            for frame in Tcp().cut(self._received, REQUEST):
                self._gateway.ask(self, frame)
        except Unframed:
            self.abort()

    def write(self, data: bytes) -> None:
        """An answer."""
        if self._transport is not None:
            self._transport.write(data)

    def abort(self) -> None:
        """Break off."""
        with contextlib.suppress(AttributeError):
            cast(asyncio.Transport, self._transport).abort()
