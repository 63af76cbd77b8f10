"""The feed: one for all pages of a process."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from control.bus import quality
from control.bus.batch import Batch
from control.bus.cancel import end
from control.bus.clock import WallClock
from control.bus.connection import Bus
from control.bus.message.alarm import Transition
from control.bus.plant_time import field_clock
from tests.conftest import BusServer
from tests.limit import HANGS
from tests.place import DEMO
from ui import trust
from ui.screens.page_feed import RING, STRIDE, Fresh, PageFeed
from ui.screens.past import WIDTH, fill
from ui.screens.shown_field import ShownField

NAMES = ("Well.A.Flow", "Well.A.Current")


def batch(values: list[float], time_ns: int, code: int = quality.GOOD, tags: tuple[str, ...] = NAMES) -> Batch:
    return Batch.snapshot(tags, time_ns, values, code, "RTU-A")


def test_the_last_sample_counts_and_a_late_one_does_not_turn_time_back() -> None:
    feed = PageFeed(NAMES, WallClock())
    feed.take(batch([1.0, 2.0], 100))
    feed.take(batch([3.0, 4.0], 50))
    assert feed.value.tolist() == [1.0, 2.0]
    feed.take(batch([5.0, 6.0], 200))
    assert feed.value.tolist() == [5.0, 6.0]


def test_what_comes_after_a_clock_was_set_back_is_newer_than_what_was_known_before() -> None:
    """A pump that stopped in that hour would otherwise be shown running through all of it."""
    now = [3_600_000_000_000]
    feed = PageFeed(NAMES, WallClock(lambda: now[0]))
    feed.take(batch([1.0, 2.0], now[0]))
    now[0] -= 3_000_000_000_000
    feed.take(batch([3.0, 4.0], now[0]))
    assert feed.value.tolist() == [3.0, 4.0]
    assert feed.trust(feed.rows(NAMES)).tolist() == [trust.GOOD, trust.GOOD]
    feed.take(batch([5.0, 6.0], now[0] - 1))
    assert feed.value.tolist() == [3.0, 4.0]  # late ones are late again


def test_a_bad_sample_without_a_value_leaves_the_last_value_but_not_its_trust() -> None:
    feed = PageFeed(NAMES, WallClock())
    feed.take(batch([1.0, 2.0], time.time_ns()))
    feed.take(batch([np.nan, 2.5], time.time_ns(), quality.BAD_COMMUNICATION))
    assert feed.value.tolist() == [1.0, 2.5]
    assert feed.trust(feed.rows(NAMES)).tolist() == [trust.BAD, trust.BAD]


def test_tags_of_other_devices_are_passed_over() -> None:
    feed = PageFeed(NAMES, WallClock())
    feed.take(batch([7.0, 8.0], 1, tags=("Well.A.Flow@spare", "Well.A.Current")))
    assert np.isnan(feed.value[0])
    assert feed.value[1] == 8.0


def test_every_sample_reaches_a_listener_once_and_none_after_it_left() -> None:
    feed, heard = PageFeed(NAMES, WallClock()), list[Fresh]()
    end = feed.listen(heard.append)
    feed.take(batch([1.0, 2.0], 1))
    feed.take(batch([3.0, 4.0], 2))
    feed.tick()
    feed.tick()
    assert [fresh.value.tolist() for fresh in heard] == [[1.0, 2.0, 3.0, 4.0], []]
    end()
    feed.tick()
    assert len(heard) == 2
    assert feed.listening == 0


def test_a_sparkline_moves_one_point_in_as_many_ticks_as_it_strides() -> None:
    feed = PageFeed(NAMES, WallClock())
    for tick in range(2 * STRIDE):
        feed.take(batch([float(tick), 0.0], time.time_ns()))
        feed.tick()
    assert feed.recent[0, -3:].tolist() == [STRIDE - 2, 2 * STRIDE - 2, 2 * STRIDE - 1]


def test_the_past_fills_sparklines_only_where_nothing_live_is() -> None:
    site = ShownField.load("shengli12", "shengli12")
    tag = next(iter(site.tags.values()))
    feed, end = PageFeed(site.tags, WallClock()), 1_000_000 * WIDTH
    feed.recent[0, -2:] = 9.0
    times = np.array([end - 3 * WIDTH, end - 2 * WIDTH, end - WIDTH])
    fill(feed, times, np.array([[1.0], [2.0], [3.0]]), [tag], end)
    assert feed.recent[0, RING - 4 :].tolist() == [1.0, 2.0, 9.0, 9.0]


@pytest.mark.anyio
async def test_it_starts_with_what_holds_and_goes_on_with_what_comes(bus_url: str) -> None:
    """Over a real nats-server: the bucket of latest values, standing alarms, telemetry, alarms and plant time."""
    bus = await Bus.connect(bus_url, DEMO)
    kept = Transition(
        "Well.A.Flow.low", "Well.A.Flow", "low", 2, "NORM", "UNACK", "raise", 1, 1.0, 2.0, "m3_d", {}, "shengli12"
    )
    await (await bus.latest()).put("RTU-A", batch([1.0, 2.0], 100).encode())
    await (await bus.bucket("alarms")).put("Well.A.Flow.low", kept.encode())
    feed = PageFeed(NAMES, await field_clock(bus))
    await feed.start(bus)
    assert feed.value.tolist() == [1.0, 2.0]
    assert [a["id"] for a in feed.alarms] == ["Well.A.Flow.low"]

    done = asyncio.Event()
    await bus.client.subscribe("after", cb=_set(done))
    await bus.client.publish(bus.subjects.telemetry("RTU-A"), b"no batch at all")
    await bus.client.publish(bus.subjects.telemetry("RTU-A"), batch([3.0, 4.0], 200).encode())
    await bus.publish(bus.subjects.alarms("high"), replace(kept, state="NORM"))
    await bus.publish(bus.subjects.clock(), {"time_ns": 5_000_000_000, "speed": 0.0})
    await bus.client.publish("after")
    await bus.client.flush()
    await asyncio.wait_for(done.wait(), 10)
    assert feed.value.tolist() == [3.0, 4.0]
    assert len(feed.alarms) == 0
    assert feed.plant is feed.clock
    assert feed.clock.now() == 5_000_000_000
    await bus.close()


@pytest.mark.anyio
async def test_what_changed_while_the_bus_was_away_is_caught_up(bus_server: BusServer) -> None:
    """A real nats-server killed as kill -9 does; an alarm's state is kept where the feed could not hear it said."""
    bus, other = await Bus.connect(bus_server.url, DEMO), await Bus.connect(bus_server.url, DEMO)
    feed = PageFeed(NAMES, WallClock())
    await feed.start(bus)
    kept = Transition(
        "Well.A.Flow.low", "Well.A.Flow", "low", 2, "NORM", "UNACK", "raise", 1, 1.0, 2.0, "m3_d", {}, "shengli12"
    )
    await (await other.bucket("alarms")).put("Well.A.Flow.low", kept.encode())
    following = asyncio.create_task(feed.follow(bus))
    bus_server.kill()
    bus_server.start()
    async with asyncio.timeout(HANGS):
        while not len(feed.alarms):
            await asyncio.sleep(0)
    await end(following)
    await bus.close()
    await other.close()


def _set(event: asyncio.Event) -> Callable[[Any], Awaitable[None]]:
    async def on_message(_: Any) -> None:
        event.set()

    return on_message
