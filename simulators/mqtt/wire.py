"""MQTT as a wire: a broker, and at it a session for each device. The broker is not ours to run."""

from __future__ import annotations

import asyncio

from plant.asset.bench import Device as BenchDevice
from simulators.device import Device
from simulators.mqtt.session import Session

LOOK = 0.02  # between looks whether plant time has moved by a scan [s of the wall]


class MqttWire:
    """A :class:`simulators.wire.Wire`. A device whose broker is absent does not answer, and keeps trying."""

    def __init__(self) -> None:
        self._sessions: dict[str, Session] = {}
        self._task: asyncio.Task[None] | None = None

    async def add(self, place: BenchDevice, device: Device) -> None:
        """Let a device connect."""
        await self.remove(place)
        session = self._sessions[place.name] = Session(place, device)
        session.start()
        if self._task is None:
            self._task = asyncio.create_task(self._look())

    async def hand_over(self, place: BenchDevice, device: Device) -> None:
        """Let another device speak in the same session."""
        self._sessions[place.name].hand_over(device)

    async def remove(self, place: BenchDevice) -> None:
        """Disconnect it."""
        session = self._sessions.pop(place.name, None)
        if session is not None:
            await session.stop()
        if not self._sessions and self._task is not None:
            self._task.cancel()
            self._task = None

    def answers(self, place: BenchDevice) -> bool:
        """Whether it is connected to its broker."""
        return place.name in self._sessions and self._sessions[place.name].is_connected

    def clients(self) -> int:
        """Its devices that are connected: the broker alone knows who listens to them."""
        return sum(session.is_connected for session in self._sessions.values())

    def requests(self, place: BenchDevice) -> int:
        """Requests it has answered since it was connected."""
        return self._sessions[place.name].requests if place.name in self._sessions else 0

    async def _look(self) -> None:
        """One look at all devices: a task each would wake the process a dozen times as often."""
        while True:
            now = asyncio.get_running_loop().time()
            for session in tuple(self._sessions.values()):
                session.look(now)
            await asyncio.sleep(LOOK)
