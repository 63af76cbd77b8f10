"""Plant time: the clock that a bench asks for, the wall's or a simulated field's as it is announced."""

from __future__ import annotations

from control.bus.clock import Clock, FieldClock, WallClock
from control.bus.connection import Bus
from control.bus.hearing import hear
from control.bus.message.announcement import PlantTime
from plant.asset.bench import Bench


async def clock_of(bus: Bus, bench: Bench, until_heard: bool = False) -> Clock:
    """The clock of a bench; a field's at once, or ``until_heard`` only when it knows the time."""
    if bench.clock == "wall":
        return WallClock()
    clock = await field_clock(bus)
    if until_heard:
        await clock.heard.wait()
    return clock


async def field_clock(bus: Bus) -> FieldClock:
    """A simulated field's clock, which hears its announcements from now on."""
    clock = FieldClock()
    await hear(bus, bus.subjects.clock(), PlantTime.decode, clock.hear)
    return clock
