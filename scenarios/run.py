"""A run: one story told to a running stack, and what came of it.

The stack is reached over its bus alone, and everything happens in its own time: the wall's where real
hardware answers, plant time where the field is simulated and may run faster.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass

from control.bus.clock import SECOND, Clock, FieldClock
from control.bus.connection import Bus
from control.bus.keyring import Key
from control.bus.plant_time import clock_of
from control.bus.subject import Subjects
from hil.actuator import BusActuator
from hil.patience import Patience
from hil.player import play
from hil.record import Record
from hil.timeline import Timeline
from hil.verdict import Row, judge
from plant.asset.bench import Bench
from plant.asset.duration import shown
from plant.asset.place import read_place
from plant.asset.tag import Tag
from plant.error import ServiceError
from scenarios.governor import governed
from scenarios.recorder import PATIENCE, Recorder

PROVING = 3.0  # s of the wall in which the speed that the stack can follow is found, before anything is told


@dataclass(frozen=True)
class Run:
    """A story as it went."""

    timeline: Timeline
    zero: int  # plant time of the story's zero, UTC ns
    record: Record
    rows: tuple[Row, ...]

    @property
    def passed(self) -> bool:
        """Whether everything expected was seen."""
        return all(row.passed for row in self.rows)


async def run_story(
    timeline: Timeline, bench: Bench, url: str, say: Callable[[str], None] = lambda _: None, key: Key | None = None
) -> Run:
    """Tell the story to the stack on the bus at ``url`` and judge it, ``say`` being told how far it is.

    Raises :class:`ServiceError` where the stack does not answer or never gets going.
    """
    bus = await Bus.connect(url, Subjects(*read_place(timeline.field)), "scenario", key=key)
    try:
        return await _told(timeline, bench, bus, say)
    finally:
        await bus.close()


async def _told(timeline: Timeline, bench: Bench, bus: Bus, say: Callable[[str], None]) -> Run:
    recorder = Recorder(bus, timeline.name, [tag.name for tag in tags_of_interest(timeline)])
    clock = await _clock(bench, bus)
    await recorder.first_values()
    async with _followed(bus, clock, bench):
        return await _judged(timeline, bus, clock, recorder, say)


@contextlib.asynccontextmanager
async def _followed(bus: Bus, clock: Clock, bench: Bench) -> AsyncIterator[None]:
    """Within this, plant time goes as fast as the stack has been seen to follow."""
    if not isinstance(clock, FieldClock):
        yield
        return
    async with governed(bus, clock, max(device.scan for device in bench.acquired)):
        await asyncio.sleep(PROVING)
        yield


async def _judged(timeline: Timeline, bus: Bus, clock: Clock, recorder: Recorder, say: Callable[[str], None]) -> Run:
    zero = clock.now() + round(timeline.settle * SECOND)
    end = zero + round(timeline.length * SECOND)
    say(f"{timeline.title}: {shown(timeline.settle)} to settle, then {shown(timeline.length)} of plant time")
    actuator = BusActuator(bus, f"scenario {timeline.name}")
    occurrences = await play(timeline.events, clock, actuator, zero)
    await clock.sleep_until(end)
    record = await recorder.record(zero, end, occurrences)
    return Run(timeline, zero, record, tuple(judge(timeline, record)))


def tags_of_interest(timeline: Timeline) -> list[Tag]:
    """The tags that a story expects something of, then those it wants shown, once each.

    Not those of which it only expects that nothing be heard, nor commands, which show nothing.
    """
    expected = [tag for e in timeline.expectations if e.kind != "no_alarm" for tag in e.tags]
    return list({tag.name: tag for tag in (*expected, *timeline.trends) if tag.signal.kind != "command"}.values())


async def _clock(bench: Bench, bus: Bus) -> Clock:
    """The clock that the bench says the stack runs on, going."""
    clock = await clock_of(bus, bench)
    patience = Patience(PATIENCE)
    while isinstance(clock, FieldClock) and not clock.is_running:
        if patience.is_over():
            raise ServiceError(f"the field {bench.field} has not said what time it is within {PATIENCE:g} s")
        await asyncio.sleep(0.1)
    return clock
