"""A governor: plant time goes no faster than the stack can follow.

A story asks for a speed. What follows the plant needs time of the wall (a scan, a message, a write and its read-back),
which at forty times is forty times as long in plant time: on a slow or busy machine an answer that was in time would
look late. So plant time waits: the governor looks how far samples arrive behind the plant, and how far the field is
behind the clock that its announcements keep, and lets the field run only as fast as keeps the longest recent delay
short.
"""

from __future__ import annotations

import asyncio
import contextlib
import statistics
from collections.abc import AsyncIterator

import numpy as np
from nats.aio.msg import Msg

from control.bus.batch import Batch
from control.bus.cancel import end
from control.bus.clock import SECOND, FieldClock
from control.bus.connection import Bus

BEHIND = 2.0  # s of plant time by which what was measured may arrive late
FADING = 0.98  # of the longest delay, a look: half of it is forgotten within half a minute of looks
SLOWEST = 1.0  # a story takes no longer than what it tells
STEP = 1.25  # smaller changes of speed are not worth a message
LOOK = 0.2  # s of the wall between two looks


class Governor:
    """How fast plant time may go, from delays of the wall [s]. Pure."""

    def __init__(self, asked: float):
        self.asked = self.speed = asked
        self._longest = 0.0

    def look(self, delay: float) -> float:
        """The speed after one more look at how long the newest sample took beyond its scan."""
        self._longest = max(delay, self._longest * FADING)
        fitting = self.asked if self._longest <= 0.0 else BEHIND / self._longest
        wanted = min(max(fitting, min(SLOWEST, self.asked)), self.asked)
        is_worth_it = not self.speed / STEP < wanted < self.speed * STEP
        if is_worth_it or wanted == self.asked:
            self.speed = wanted
        return self.speed


@contextlib.asynccontextmanager
async def governed(bus: Bus, clock: FieldClock, scan: float) -> AsyncIterator[Governor]:
    """Within this, the field that ``clock`` hears runs no faster than the stack can follow; then as before.

    ``scan`` is the longest period between two samples of a device [s of plant time].
    """
    newest: dict[str, int] = {}

    async def hear(message: Msg) -> None:
        batch = Batch.decode(message.data)
        last = np.zeros(len(batch.sources), dtype=np.int64)
        np.maximum.at(last, batch.source, batch.time)
        newest.update((source, time) for source, time in zip(batch.sources, last.tolist(), strict=True) if time)

    governor = Governor(clock.speed)
    heard = await bus.client.subscribe(bus.subjects.telemetry("*"), cb=hear)
    work = asyncio.create_task(_govern(bus, clock, governor, scan, newest))
    try:
        yield governor
    finally:
        await end(work)
        await heard.unsubscribe()
        await _set(bus, governor.asked)


async def _govern(bus: Bus, clock: FieldClock, governor: Governor, scan: float, newest: dict[str, int]) -> None:
    while True:
        await asyncio.sleep(LOOK)
        before = governor.speed
        if newest and clock.speed > 0:
            late = (clock.now() - statistics.median(newest.values())) / SECOND - scan
            if governor.look(max(late, clock.ahead / SECOND) / clock.speed) != before:
                await _set(bus, governor.speed)


async def _set(bus: Bus, speed: float) -> None:
    await bus.request(bus.subjects.sim_control(), {"do": "speed", "speed": speed})
