"""A wire: one port at which devices of a bench answer, whatever protocol it speaks."""

from __future__ import annotations

from typing import Protocol

from plant.asset.bench import Device as BenchDevice
from simulators.device import Device


class Wire(Protocol):
    """What the field asks of a protocol's server. Devices may come and go while it runs."""

    async def add(self, place: BenchDevice, device: Device) -> None:
        """Let ``device`` answer where the bench places it. Raises ``ServiceError`` where it cannot listen."""
        ...

    async def hand_over(self, place: BenchDevice, device: Device) -> None:
        """Let another device answer in the place of the one that does, without anybody being disconnected."""
        ...

    async def remove(self, place: BenchDevice) -> None:
        """Let it fall silent."""
        ...

    def answers(self, place: BenchDevice) -> bool:
        """Whether it answers now."""
        ...

    def clients(self) -> int:
        """Connections now."""
        ...

    def requests(self, place: BenchDevice) -> int:
        """Requests it has answered."""
        ...
