"""Modbus as a wire: one port, a unit per device, in frames of TCP or of the serial line behind a gateway."""

from __future__ import annotations

from functools import partial

from plant.asset.bench import Device as BenchDevice
from plant.asset.protocol.modbus import ModbusSettings
from simulators.device import Device
from simulators.modbus.bridge import Bridge
from simulators.modbus.rtu import Line, RtuConnection
from simulators.modbus.server import ModbusServer


class ModbusWire:
    """A :class:`simulators.wire.Wire`. The port is open while any device answers at it."""

    def __init__(self, host: str, port: int, origin: str):
        self.server = ModbusServer(host, port, origin)

    async def add(self, place: BenchDevice, device: Device) -> None:
        """Answer for a device under its unit number."""
        if place.endpoint.scheme == "modbus+rtu" and not self.server.is_open:
            assert isinstance(place.profile.settings, ModbusSettings)
            self.server.joined = partial(RtuConnection, line=Line(place.profile.settings.baud))
        await self.server.start()
        self.server.units[place.endpoint.unit_id] = Bridge(device, place.profile)

    async def hand_over(self, place: BenchDevice, device: Device) -> None:
        """Answer for another device under the same unit number."""
        self.server.units[place.endpoint.unit_id].image.close()
        self.server.units[place.endpoint.unit_id] = Bridge(device, place.profile)

    async def remove(self, place: BenchDevice) -> None:
        """Answer for it no longer; the last one closes the port."""
        unit = self.server.units.pop(place.endpoint.unit_id, None)
        if unit is not None:
            unit.image.close()
        if not self.server.units:
            await self.server.stop()

    def answers(self, place: BenchDevice) -> bool:
        """Whether its unit is there."""
        return place.endpoint.unit_id in self.server.units

    def clients(self) -> int:
        """Connections at the port."""
        return self.server.clients

    def requests(self, place: BenchDevice) -> int:
        """Requests to its unit so far."""
        return self.server.requests.get(place.endpoint.unit_id, 0)
