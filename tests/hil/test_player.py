import asyncio

import pytest

from control.bus.clock import SECOND
from hil.event import Event
from hil.player import Reply, play

ZERO = 1_700_000_000 * SECOND


class JumpingClock:
    """A clock on which waiting takes no time."""

    speed = 1.0

    def __init__(self) -> None:
        self.time = ZERO

    def now(self) -> int:
        return self.time

    async def sleep_until(self, moment: int) -> None:
        await asyncio.sleep(0)  # what was begun before gets its turn
        self.time = max(self.time, moment)


class Diary:
    """An actuator that writes down what it was asked and when, and answers the first event last."""

    def __init__(self, clock: JumpingClock):
        self.clock, self.asked = clock, list[tuple[str, float]]()
        self.last = asyncio.Event()

    async def do(self, event: Event) -> Reply:
        self.asked.append((event.name, (self.clock.now() - ZERO) / SECOND))
        if event.name == "first":
            await self.last.wait()
            return Reply("refused", "in backspin")
        self.last.set()
        return Reply("done", time=ZERO + 21 * SECOND)


@pytest.mark.anyio
async def test_events_are_done_at_their_time_and_a_slow_answer_delays_none() -> None:
    clock = JumpingClock()
    diary = Diary(clock)
    events = [Event("second", 20.0, "trip", "Well.A-1"), Event("first", 10.0, "trip", "Well.A-1")]
    occurrences = await play(events, clock, diary, ZERO)
    assert diary.asked == [("first", 10.0), ("second", 20.0)]
    assert [(o.event.name, o.time, o.outcome, o.detail) for o in occurrences] == [
        ("first", 10.0, "refused", "in backspin"),
        ("second", 21.0, "done", ""),  # by the time of who did it
    ]
