"""Polling keeps its grid. Time is the test's own; nobody waits."""

import pytest

from control.acquisition.poller import Poller
from control.bus.clock import SECOND

pytestmark = pytest.mark.anyio
START = 1_700_000_000 * SECOND + 300_000_000


async def times_of_scans(clock, durations: list[float], period: float = 1.0) -> tuple[list[float], int]:
    """When each scan began, in seconds after the second in which the first did, and how many were missed."""
    began: list[int] = []
    left = iter(durations)

    async def read():
        began.append(clock.time)
        clock.time += int(next(left) * SECOND)

    poller = Poller(read, period, clock)
    stream = poller.stream()
    for _ in durations:
        await anext(stream)
    await stream.aclose()
    return [(t - START // SECOND * SECOND) / SECOND for t in began], poller.missed


@pytest.fixture
def clock(manual_clock):
    manual_clock.time = START
    return manual_clock


async def test_the_first_scan_is_at_once_and_the_others_fall_on_whole_periods(clock):
    assert await times_of_scans(clock, [0.1] * 4) == ([0.3, 1.0, 2.0, 3.0], 0)


async def test_the_length_of_a_scan_does_not_shift_the_grid(clock):
    assert await times_of_scans(clock, [0.1, 0.9, 0.2, 0.7]) == ([0.3, 1.0, 2.0, 3.0], 0)


async def test_a_scan_that_overruns_misses_its_grid_points_and_is_not_made_up_for_by_a_burst(clock):
    assert await times_of_scans(clock, [0.1, 2.5, 0.1, 0.1]) == ([0.3, 1.0, 4.0, 5.0], 2)


async def test_a_clock_set_back_does_not_stop_the_scans(clock):
    scans: list[int] = []

    async def read():
        scans.append(clock.time)
        if len(scans) == 2:
            clock.time -= 3600 * SECOND

    stream = Poller(read, 1.0, clock).stream()
    for _ in range(3):
        await anext(stream)
    await stream.aclose()
    assert scans[2] - scans[1] == -3599 * SECOND


async def test_waking_a_hair_early_does_not_scan_twice(clock):
    moments: list[int] = []

    class Early(type(clock)):
        async def sleep_until(self, moment: int) -> None:
            self.time = moment - 1000  # as a slewed system clock does

    early = Early(START)

    async def read():
        moments.append(round(early.time / SECOND))

    stream = Poller(read, 1.0, early).stream()
    for _ in range(4):
        await anext(stream)
    await stream.aclose()
    assert [m - moments[0] for m in moments] == [0, 1, 2, 3]
