"""Plant time: the clock that a bench asks for, the wall's or a simulated field's as it is announced."""

from __future__ import annotations

import asyncio

from nats.aio.msg import Msg

from control.bus.clock import Clock, FieldClock, WallClock
from control.bus.connection import Bus
from plant.asset.bench import Bench


async def clock_of(bus: Bus, bench: Bench, until_heard: bool = False) -> Clock:
    """The clock of a bench; a field's at once, or ``until_heard`` only when it knows the time."""
    if bench.clock == "wall":
        return WallClock()
    clock, heard = FieldClock(), asyncio.Event()

    async def hear(message: Msg) -> None:
        clock.hear(message.data)
        heard.set()

    await bus.client.subscribe(bus.subjects.clock(), cb=hear)
    if until_heard:
        await heard.wait()
    return clock
