"""Clocks: plant time as a field announces it. Arithmetic of time and speed; nobody waits for anything."""

import asyncio

import pytest

from control.bus import clock as module
from control.bus.clock import SECOND, FieldClock, Steps, WallClock
from control.bus.message.announcement import PlantTime
from control.bus.message.run import OWN
from tests.limit import HANGS

pytestmark = pytest.mark.anyio
START = 1_700_000_000 * SECOND


class Monotonic:
    """The machine's monotonic clock, moved by hand."""

    def __init__(self) -> None:
        self.ns = 5 * SECOND

    def __call__(self) -> int:
        return self.ns


@pytest.fixture
def machine(monkeypatch):
    hand = Monotonic()
    monkeypatch.setattr(module.time, "monotonic_ns", hand)
    return hand


def said(time_ns: int, speed: float, run: str = OWN) -> PlantTime:
    return PlantTime(time_ns, speed, run)


async def test_between_announcements_plant_time_runs_on_at_the_last_speed(machine):
    clock = FieldClock()
    clock.hear(said(START, 60.0))
    machine.ns += 2 * SECOND
    assert clock.now() == START + 120 * SECOND
    assert clock.is_running


async def test_frozen_it_stands(machine):
    clock = FieldClock()
    clock.hear(said(START, 0.0))
    machine.ns += 100 * SECOND
    assert (clock.now(), clock.is_running) == (START, False)


async def test_an_announcement_that_was_long_under_way_does_not_turn_time_back(machine):
    clock = FieldClock()
    clock.hear(said(START, 1.0))
    machine.ns += 3 * SECOND
    clock.hear(said(START + 2 * SECOND, 1.0))
    assert clock.now() == START + 3 * SECOND


async def test_it_says_how_far_it_ran_ahead_of_a_field_that_fell_behind(machine):
    clock = FieldClock()
    clock.hear(said(START, 40.0))
    machine.ns += SECOND
    clock.hear(said(START + 31 * SECOND, 40.0))
    assert clock.ahead == 9 * SECOND
    clock.hear(said(START + 45 * SECOND, 40.0))
    assert clock.ahead == 0


async def test_a_moment_that_has_come_is_not_waited_for(machine):
    clock = FieldClock()
    clock.hear(said(START, 1.0))
    await clock.sleep_until(START)
    await WallClock().sleep_until(0)


async def test_a_sleeper_in_a_frozen_field_wakes_when_the_field_has_moved_on(machine):
    clock = FieldClock()
    clock.hear(said(START, 0.0))
    sleeping = asyncio.create_task(clock.sleep_until(START + 3600 * SECOND))
    for hour in (0.5, 1.0):
        assert not sleeping.done()
        clock.hear(said(START + int(hour * 3600) * SECOND, 0.0))
        await asyncio.sleep(0)
    async with asyncio.timeout(HANGS):
        await sleeping


async def test_a_field_that_falls_silent_is_not_outrun(machine):
    """A killed or stopped field process: three seconds of the machine at the last speed, then time stands."""
    clock = FieldClock()
    clock.hear(said(START, 20.0))
    machine.ns += 100 * SECOND
    assert clock.now() == START + 60 * SECOND


async def test_a_clock_that_ran_ahead_stands_until_the_field_has_caught_up(machine):
    clock = FieldClock()
    clock.hear(said(START, 20.0))
    machine.ns += 100 * SECOND
    ahead = clock.now()
    clock.hear(said(START + 10 * SECOND, 20.0))
    assert clock.now() == ahead
    machine.ns += 3 * SECOND
    assert clock.now() == START + 70 * SECOND


async def test_another_run_has_a_time_of_its_own_and_the_fields_own_goes_on_where_it_was(machine):
    clock = FieldClock()
    clock.hear(said(START, 1.0))
    assert clock.run == OWN
    clock.hear(said(START - 3600 * SECOND, 1.0, "drill-7"))
    assert (clock.now(), clock.run) == (START - 3600 * SECOND, "drill-7")
    clock.hear(said(START + SECOND, 1.0))
    assert (clock.now(), clock.run) == (START + SECOND, OWN)


async def test_whoever_waits_for_the_first_announcement_is_told(machine):
    clock = FieldClock()
    assert not clock.heard.is_set()
    clock.hear(said(START, 0.0))
    assert clock.heard.is_set()


@pytest.mark.parametrize("step", [-3600.0, 90.0])
def test_a_clock_that_is_set_is_noticed_once_with_how_far(step: float) -> None:
    wall, passed = [1000.0], [5.0]
    steps = Steps(lambda: wall[0], lambda: passed[0])
    wall[0], passed[0] = 1002.0, 7.0
    assert steps.look() == 0.0
    wall[0], passed[0] = 1004.1 + step, 9.0
    assert steps.look() == pytest.approx(step + 0.1)
    wall[0], passed[0] = wall[0] + 2.0, 11.0
    assert steps.look() == 0.0
