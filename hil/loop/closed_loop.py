"""A closed loop: the plant at the speed of the wall, and a controller that is not ours at a fixed scan.

Each scan begins when it is due, whatever the last one took: the controller's inputs are written, its outputs read, and
the plant's actuators moved. After so many scans in vain the controller is lost, and the outputs go to their safe values
until it answers again; it is looked for once a scan.
"""

from __future__ import annotations

import asyncio
import math
from collections.abc import Callable
from typing import Any

from hil.loop.beat import Beat
from hil.loop.controller import Controller, controller_of
from hil.loop.loop_file import LoopFile
from hil.loop.plant_end import PlantEnd
from hil.loop.trace import Trace
from plant.error import DeviceError
from simulators.field import SimulatedField


class ClosedLoop:
    """See the module. ``seen`` is called after every scan."""

    def __init__(self, file: LoopFile, plant: SimulatedField, seen: Callable[[ClosedLoop], None] = lambda _: None):
        self.file, self.beat = file, Beat(file.scan)
        self.trace = Trace([one.tag for one in file.inputs], [one.tag for one in file.outputs])
        self.plant = PlantEnd(plant, file.inputs, file.outputs)
        self.trouble = ""  # what kept the controller from answering, when it last did not
        self._controller: Controller = controller_of(file)
        self._seen, self._in_vain, self._is_connected = seen, 0, False

    @property
    def is_lost(self) -> bool:
        """Whether the controller is lost, and the outputs are safe."""
        return self._in_vain >= self.file.lost_after

    async def run(self, seconds: float) -> None:
        """Run so long. Raises :class:`DeviceError` where there is no controller to begin with."""
        await self._controller.connect()
        self._is_connected = True
        loop = asyncio.get_running_loop()
        start = loop.time()
        number, last = 0, round(seconds / self.file.scan)
        try:
            while number < last:
                due = start + number * self.file.scan
                await asyncio.sleep(max(0.0, due - loop.time()))
                began = loop.time()
                answered = await self._scan(began - start)
                self.beat.count(began - due, loop.time() - began, answered)
                self._seen(self)
                behind = int((loop.time() - start) / self.file.scan)  # the last one that is due by now
                self.beat.skipped += max(0, min(behind, last) - number - 1)
                number = max(number + 1, behind)
        finally:
            await self._controller.close()

    async def _scan(self, at: float) -> bool:
        shown = self.plant.show()
        try:
            async with asyncio.timeout(self.file.controller.timeout):
                if not self._is_connected:
                    await self._controller.connect()
                    self._is_connected = True
                raw = await self._controller.exchange([t.raw(v) for t, v in zip(self.file.inputs, shown, strict=True)])
        except (DeviceError, TimeoutError) as error:
            await self._miss(str(error) or "did not answer in time")
            self.trace.add(at, shown, self._safe() if self.is_lost else self._held(), False)
            return False
        moved = [t.si(v) for t, v in zip(self.file.outputs, raw, strict=True)]
        self._in_vain = 0
        self.plant.move(moved)
        self.trace.add(at, shown, moved, True)
        return True

    async def _miss(self, trouble: str) -> None:
        self.trouble, self._is_connected = trouble, False
        self._in_vain += 1
        await self._controller.close()
        if self._in_vain == self.file.lost_after:
            self.beat.safe += 1
            self.plant.move(self._safe())

    def _safe(self) -> list[float]:
        return [one.safe for one in self.file.outputs]

    def _held(self) -> list[float]:
        return [math.nan] * len(self.file.outputs)  # nothing was moved

    def plain(self) -> dict[str, Any]:
        """What it came to, for JSON."""
        return {
            "title": self.file.title, "controller": str(self.file.controller.endpoint), **self.beat.plain(),
            "refused": self.plant.refused, "is_lost": self.is_lost, "trouble": self.trouble,
        }  # fmt: skip
