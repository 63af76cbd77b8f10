"""Plant time: the clock that a bench asks for, for those who only show how old things are."""

from __future__ import annotations

from nats.aio.msg import Msg

from control.bus.clock import Clock, FieldClock, WallClock
from control.bus.connection import Bus
from plant.asset.bench import Bench


async def clock_of(bus: Bus, bench: Bench) -> Clock:
    """The wall's, or the simulated field's as it is announced on the bus."""
    if bench.clock == "wall":
        return WallClock()
    clock = FieldClock()

    async def hear(message: Msg) -> None:
        clock.hear(message.data)

    await bus.client.subscribe(bus.subjects.clock(bench.field), cb=hear)
    return clock
