"""Live values: server-sent events, over HTTP and as the queues behind them."""

import asyncio
import json
from collections.abc import AsyncIterator
from typing import Any

import pytest

from control.bus.batch import Batch
from control.bus.quality import GOOD
from tests.historian.running import until
from tests.ui.api.running import DEVICE, SECOND, WELL, Stack
from ui.api import live
from ui.api.listener import Listener

pytestmark = pytest.mark.anyio
START = 1_760_000_000 * SECOND
TAGS = [f"{WELL}.Frequency", f"{WELL}.Current"]


def scan(k: int) -> Batch:
    return Batch.snapshot(TAGS, START + k * SECOND, [50.0 + k, 30.0 + k], GOOD, DEVICE)


async def events(lines: AsyncIterator[str]) -> AsyncIterator[dict[str, Any]]:
    async for line in lines:
        if line.startswith("data: "):
            yield json.loads(line.removeprefix("data: "))


async def test_values_come_as_they_stand_and_then_as_they_change(stack: Stack) -> None:
    asked = {"tags": f"{TAGS[0]},Tank.OIL.Level"}
    async with stack.client.stream("GET", "/api/v1/live", params=asked) as reply:
        assert reply.headers["content-type"].startswith("text/event-stream")
        stream = events(reply.aiter_lines())
        first = await anext(stream)
        assert [value["tag"] for value in first["values"]] == [TAGS[0], "Tank.OIL.Level"]
        for k in range(1, 4):
            await stack.say(scan(k))
            (value,) = (await anext(stream))["values"]  # the current was not asked for, and the level did not change
            assert (value["tag"], value["value"], value["time_ns"]) == (TAGS[0], 50.0 + k, START + k * SECOND)


async def test_each_client_has_its_own_units(stack: Stack) -> None:
    async with stack.client.stream("GET", "/api/v1/live", params={"tags": f"{WELL}.Choke", "units": "si"}) as reply:
        stream = events(reply.aiter_lines())
        await anext(stream)
        await stack.say(Batch.snapshot([f"{WELL}.Choke"], START, [0.25], GOOD, DEVICE))
        assert (await anext(stream))["values"][0]["value"] == 0.25
        assert (await stack.get(f"/values/{WELL}.Choke"))["value"] == 25.0


async def test_a_client_that_leaves_is_forgotten(stack: Stack) -> None:
    async with stack.client.stream("GET", "/api/v1/live", params={"tags": TAGS[0]}) as reply:
        await anext(events(reply.aiter_lines()))
        assert stack.pulse.gauges["live_clients"] == 1

    async def gauges() -> dict[str, float]:
        return stack.pulse.gauges

    await until(gauges, lambda shown: shown["live_clients"] == 0)


async def test_a_silent_stream_shows_that_it_lives(stack: Stack, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(live, "HEARTBEAT", 0.01)
    async with stack.client.stream("GET", "/api/v1/live", params={"tags": TAGS[0]}) as reply:
        lines = reply.aiter_lines()
        assert ":" in [await anext(lines) for _ in range(4)]


async def test_a_slow_client_loses_the_oldest_and_is_told_how_many() -> None:
    listener = Listener([0], 1, "field", depth=3)
    for event in "abcde":
        listener.offer(event)
    assert listener.dropped == 2
    assert [await listener.next(1.0) for _ in range(3)] == ["c", "d", "e"]


async def test_a_client_that_waits_is_let_go_when_the_service_stops() -> None:
    listener = Listener([0], 1, "field")
    waiting = asyncio.create_task(listener.next(60.0))
    await asyncio.sleep(0)
    listener.close()
    assert await waiting is None
