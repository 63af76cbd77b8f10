"""OPC UA as a wire: one server at an endpoint, for all devices that the bench places there."""

from __future__ import annotations

import asyncio
import logging

from asyncua import Server
from asyncua.common.node import Node

from plant.asset.bench import Device as BenchDevice
from plant.asset.listener import Listener
from plant.error import ServiceError
from simulators.device import Device
from simulators.opcua import attribute, monitoring
from simulators.opcua.guard import guard
from simulators.opcua.nodes import DeviceNodes
from simulators.opcua.refusal import answer_each

logging.getLogger("asyncua").setLevel(logging.CRITICAL)  # what goes wrong with a client is the client's to hear

NAMESPACE = "urn:gemelo:field"
LOOK = 0.02  # between looks whether plant time has moved by a scan [s of the wall]
SECOND = 1_000_000_000  # ns


class OpcUaWire:
    """A :class:`simulators.wire.Wire`. The server runs while any device answers at it."""

    def __init__(self, host: str, port: int, origin: str, listener: Listener | None = None):
        self._host, self._port, self._origin, self._listener = host, port, origin, listener
        self._server: Server | None = None
        self._folders: dict[str, Node] = {}
        self._devices: dict[str, DeviceNodes] = {}
        self._task: asyncio.Task[None] | None = None
        self._late: set[asyncio.Task[None]] = set()  # what slow devices will show

    async def add(self, place: BenchDevice, device: Device) -> None:
        """Show a device's signals as nodes."""
        server = self._server or await self._start(str(place.endpoint))
        nodes = DeviceNodes(place, device)
        await nodes.create(server, self._folders)
        self._devices[place.name] = nodes

    async def hand_over(self, place: BenchDevice, device: Device) -> None:
        """Show another device's signals in the same nodes."""
        nodes = self._devices[place.name]
        nodes.device = device
        if self._server is not None:
            await nodes.refresh(self._server)

    async def remove(self, place: BenchDevice) -> None:
        """Let its nodes go Bad; the last one ends the server."""
        nodes = self._devices.pop(place.name, None)
        if nodes is None or self._server is None:
            return
        await nodes.silence(self._server)
        if not self._devices:
            await self._stop(self._server)

    def answers(self, place: BenchDevice) -> bool:
        """Whether its nodes are alive."""
        return place.name in self._devices

    def clients(self) -> int:
        """Connections at the endpoint."""
        return len(self._server.bserver.clients) if self._server and self._server.bserver else 0

    def requests(self, place: BenchDevice) -> int:
        """Writes to its nodes so far; what is subscribed to is not asked for."""
        return self._devices[place.name].writes if place.name in self._devices else 0

    async def _start(self, endpoint: str) -> Server:
        server = Server()
        await server.init()
        server.set_endpoint(endpoint)
        server.set_server_name("Gemelo simulated field")
        await guard(server, self._listener)
        answer_each(server)
        attribute.repair(server)
        monitoring.repair(server)
        await server.register_namespace(NAMESPACE)  # the first of ours: index 2
        try:
            await server.start()
        except OSError as error:
            where = f"{self._host}:{self._port} ({error.strerror or error})"
            raise ServiceError(f"cannot listen on {where}; set by {self._origin}") from None
        self._server, self._folders = server, {}
        self._task = asyncio.create_task(self._follow(server))
        return server

    async def _stop(self, server: Server) -> None:
        for task in (self._task, *self._late):
            if task is not None:
                task.cancel()
        self._server = None
        await server.stop()

    async def _follow(self, server: Server) -> None:
        """Show each device anew whenever its plant time has moved on by its scan."""
        while True:
            await asyncio.sleep(LOOK)
            for nodes in tuple(self._devices.values()):
                is_due = abs(nodes.device.time - nodes.time) >= nodes.place.scan * SECOND  # clocks may be set back
                if not is_due or nodes.device.manner.is_silent:
                    continue
                if nodes.device.manner.delay:
                    self._late.add(late := asyncio.create_task(nodes.refresh(server)))
                    late.add_done_callback(self._late.discard)
                else:
                    await nodes.refresh(server)
