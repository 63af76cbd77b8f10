"""A proxy: it answers in a device's place, asks the device, and lets faults befall what passes between.

It needs nothing from the device, so it works on real links as on simulated ones. Faults may be armed and healed
while connections stand.
"""

from __future__ import annotations

import asyncio
import socket
import struct
from collections.abc import Callable
from contextlib import suppress
from typing import Any, cast

from hil.proxy.fault import KINDS, LinkFault
from hil.proxy.frame import REPLY, REQUEST, Frame
from hil.proxy.link import Link
from hil.proxy.message import Mqtt, OpcUa
from hil.proxy.modbus import Rtu, Tcp
from plant.error import ConfigError, Mistake, ServiceError

FRAMINGS: dict[str, Callable[[], Any]] = {
    "modbus": Tcp, "modbus+serial": Rtu, "modbus+rtu": Rtu, "mqtt": Mqtt, "opcua": OpcUa, "bytes": lambda: None,
}  # fmt: skip
HERE = "127.0.0.1"
Listener = Callable[[Frame, str], None]
BREAK = struct.pack("ii", 1, 0)  # SO_LINGER: closing sends a reset


class Proxy:
    """What all proxies share: the faults on one link, and who listens to it."""

    def __init__(self, speaks: str, listener: Listener | None = None):
        self.speaks, self.listener = speaks, listener
        self.faults: list[LinkFault] = []
        self._links: set[Link] = set()

    def inject(self, kind: str, value: float | None = None, **options: Any) -> LinkFault:
        """Arm a fault; what comes of it is seen at its ``hits``. Raises :class:`ConfigError` where it cannot be."""
        fault = LinkFault(kind, value, **options)
        link = "modbus+serial" if self.speaks == "modbus+rtu" else self.speaks
        if link not in KINDS[kind].links:
            rule = f"cannot befall {self.speaks}: " + ", ".join(k for k, row in KINDS.items() if link in row.links)
            raise ConfigError([Mistake("fault", "link.kind", kind, f"{rule} can")])
        if not KINDS[kind].is_transport and any(one.is_encrypted for one in self._links):
            rule = "cannot befall an encrypted link: only transport faults can"
            raise ConfigError([Mistake("fault", "link.kind", kind, rule)])
        self.faults.append(fault)
        return fault

    def heal(self, fault: LinkFault | None = None) -> None:
        """Take one fault off the link, or all."""
        self.faults[:] = [one for one in self.faults if fault is not None and one is not fault]

    def listen(self, listener: Listener | None) -> None:
        """Let ``listener`` have every frame and the fault that befell it, from now on."""
        self.listener = listener
        for link in self._links:
            link.listener = listener

    def break_off(self) -> None:
        """Break every connection that stands; new ones are taken."""
        for link in tuple(self._links):
            link.close()

    def _link(self) -> Link:
        return Link(FRAMINGS[self.speaks](), self.faults, self.listener)

    async def start(self) -> None:
        """Answer from now on. Raises :class:`ServiceError` where that cannot be."""
        raise NotImplementedError

    async def stop(self) -> None:
        """Let go of both sides."""
        raise NotImplementedError


class TcpProxy(Proxy):
    """Answers at ``port`` (0: any free one) for whoever answers at ``host`` and ``port_there``."""

    def __init__(
        self, host: str, port_there: int, speaks: str = "modbus", port: int = 0, listener: Listener | None = None
    ):
        super().__init__(speaks, listener)
        self.host, self.port_there, self.port = host, port_there, port
        self._server: asyncio.Server | None = None
        self._dials: set[asyncio.Task[None]] = set()

    async def start(self) -> None:
        """Listen. Raises :class:`ServiceError` where the port is taken."""
        loop = asyncio.get_running_loop()
        try:
            self._server = await loop.create_server(lambda: _Master(self), HERE, self.port)
        except OSError as error:
            raise ServiceError(f"proxy: cannot listen on {HERE}:{self.port} ({error.strerror})") from None
        self.port = self._server.sockets[0].getsockname()[1]

    async def stop(self) -> None:
        """Close the port and every connection."""
        for task in tuple(self._dials):
            task.cancel()
        self.break_off()
        if self._server is not None:
            self._server.close()
            self._server = None

    async def dial(self, master: _Master) -> None:
        """Reach the device for a master that came; where it cannot be reached, the master is sent away."""
        with suppress(OSError):
            loop = asyncio.get_running_loop()
            await loop.create_connection(lambda: _Side(master.link, REPLY, self._links), self.host, self.port_there)
            master.flow()
            return
        master.link.close()


class _Side(asyncio.Protocol):
    """One connection of a link; what it receives goes in ``direction``."""

    def __init__(self, link: Link, direction: str, links: set[Link]):
        self.link, self._direction, self._links = link, direction, links
        self._transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """It stands."""
        self._transport = cast(asyncio.Transport, transport)
        self._links.add(self.link)
        self.link.ends[REPLY if self._direction == REQUEST else REQUEST] = self

    def data_received(self, data: bytes) -> None:
        """Pass it on."""
        self.link.pass_on(data, self._direction)

    def connection_lost(self, exc: Exception | None) -> None:  # noqa: ARG002 (asyncio's signature)
        """The other side goes too."""
        self._transport = None
        self._links.discard(self.link)
        ends, self.link.ends = self.link.ends, {}
        for end in ends.values():
            if isinstance(end, _Side) and end._transport is not None:
                end._transport.close()

    def write(self, data: bytes) -> None:
        """Send it."""
        if self._transport is not None:
            self._transport.write(data)

    def abort(self) -> None:
        """Break off with a reset."""
        if self._transport is not None:
            with suppress(OSError):
                self._transport.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, BREAK)
            self._transport.abort()


class _Master(_Side):
    """A master's connection; what it says waits until the device is reached."""

    def __init__(self, proxy: TcpProxy):
        super().__init__(proxy._link(), REQUEST, proxy._links)
        self._proxy, self._early = proxy, bytearray()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Reach for the device."""
        super().connection_made(transport)
        task = asyncio.get_running_loop().create_task(self._proxy.dial(self))
        self._proxy._dials.add(task)
        task.add_done_callback(self._proxy._dials.discard)

    def data_received(self, data: bytes) -> None:
        """Pass it on, or keep it."""
        if REQUEST in self.link.ends:
            super().data_received(data)
        else:
            self._early += data

    def flow(self) -> None:
        """The device is there: pass on what waits."""
        if self._early:
            early, self._early = bytes(self._early), bytearray()
            super().data_received(early)
