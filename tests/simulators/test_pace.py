import asyncio
import math

import pytest
import simpy

from simulators.pace import pace

pytestmark = pytest.mark.anyio


class Wall:
    """A clock that moves only when somebody sleeps."""

    def __init__(self, monkeypatch):
        self.now = 100.0
        self._sleep = asyncio.sleep
        monkeypatch.setattr(asyncio.get_running_loop(), "time", lambda: self.now)
        monkeypatch.setattr("simulators.pace.asyncio.sleep", self.sleep)

    async def sleep(self, seconds):
        self.now += max(seconds, 1e-3)
        await self._sleep(0)


@pytest.fixture
async def wall(monkeypatch):
    return Wall(monkeypatch)


def ticking(env, period=0.2):
    while True:
        yield env.timeout(period)


@pytest.mark.parametrize("speed", [0.5, 1.0, 7.0, 60.0])
async def test_plant_time_passes_at_the_speed_asked_for(wall, speed):
    env = simpy.Environment()
    env.process(ticking(env))
    await pace(env, 30.0, speed=lambda: speed)
    assert (wall.now - 100.0) * speed == pytest.approx(env.now, abs=0.2 + 0.06 * speed)


async def test_a_change_of_speed_takes_effect_at_once(wall):
    env = simpy.Environment()
    env.process(ticking(env))
    speed = {"now": 1.0}
    env.timeout(10.0).callbacks.append(lambda _: speed.update(now=10.0))
    await pace(env, 30.0, speed=lambda: speed["now"])
    assert wall.now - 100.0 == pytest.approx(10.0 + 2.0, abs=0.5)


async def test_a_frozen_environment_stands_still_until_it_is_let_go(wall):
    env = simpy.Environment()
    env.process(ticking(env))
    speed = {"now": 0.0}
    task = asyncio.create_task(pace(env, 5.0, speed=lambda: speed["now"]))
    for _ in range(50):
        await asyncio.sleep(0)
    assert env.now == 0.0
    speed["now"] = math.inf
    await task
    assert env.now == pytest.approx(4.8, abs=0.21)


async def test_servers_get_their_turn_while_it_runs_as_fast_as_it_can():
    env, reached = simpy.Environment(), asyncio.Event()
    env.process(ticking(env))
    env.timeout(50.0).callbacks.append(lambda _: reached.set())
    task = asyncio.create_task(pace(env, speed=lambda: math.inf))
    await reached.wait()  # would never return, were the endless run not to yield
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task


async def test_an_error_in_the_plant_reaches_whoever_paces_it():
    env = simpy.Environment()

    def failing():
        yield env.timeout(1.0)
        raise ZeroDivisionError("the plant broke")

    env.process(failing())
    with pytest.raises(ZeroDivisionError, match="the plant broke"):
        await pace(env, speed=lambda: math.inf)


async def test_it_ends_when_nothing_is_left_to_happen():
    env = simpy.Environment()
    env.timeout(3.0)
    await pace(env, speed=lambda: math.inf)
    assert env.now == 3.0
