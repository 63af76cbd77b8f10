"""A player: does a timeline's events, each at its moment of plant time.

It knows neither the bus nor the field: what time it is comes from a clock, and what is done is an
actuator's business. An event that fails is an occurrence like any other; the verdict speaks of it.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from control.bus.clock import SECOND, Clock
from hil.event import Event
from hil.record import Occurrence


@dataclass(frozen=True)
class Reply:
    """What came of an event: done, refused or failed; when, where the doer knows better (UTC ns); and why."""

    outcome: str
    detail: str = ""
    time: int | None = None


class Actuator(Protocol):
    """Whoever can do events."""

    async def do(self, event: Event) -> Reply:
        """Do it now."""
        ...


async def play(events: Sequence[Event], clock: Clock, actuator: Actuator, zero: int) -> list[Occurrence]:
    """Do all events, ``zero`` being the plant time (UTC ns) of the timeline's zero.

    A slow answer to one delays none of those after it. Returns what came of them, in their order.
    """
    async with asyncio.TaskGroup() as group:
        tasks = []
        for event in sorted(events, key=lambda event: event.at):
            await clock.sleep_until(zero + round(event.at * SECOND))
            tasks.append(group.create_task(_occur(event, clock, actuator, zero)))
    return [task.result() for task in tasks]


async def _occur(event: Event, clock: Clock, actuator: Actuator, zero: int) -> Occurrence:
    begun = clock.now()
    reply = await actuator.do(event)
    moment = begun if reply.time is None else reply.time
    return Occurrence(event, (moment - zero) / SECOND, reply.outcome, reply.detail)
