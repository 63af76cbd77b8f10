"""The twin process on a real bus."""

import argparse
import asyncio
from typing import Any

import pytest
from nats.aio.client import Client

from control.bus.batch import Batch
from control.bus.connection import Bus
from control.bus.service import Pulse
from plant.asset.field import Field
from plant.process.settled import settled_field
from tests.place import DEMO
from tests.twin.conftest import surface
from twin.service import live

DEADLINE = 20.0  # s


@pytest.mark.anyio
async def test_what_is_acquired_comes_back_as_estimates_in_the_stream(
    bus_url: str, field: Field, monkeypatch: pytest.MonkeyPatch
) -> None:
    heard: list[str] = []
    subscribe = Client.subscribe

    async def spy(self: Client, subject: str, *args: Any, **kwargs: Any) -> Any:
        heard.append(subject)
        return await subscribe(self, subject, *args, **kwargs)

    monkeypatch.setattr(Client, "subscribe", spy)
    ours, its = await Bus.connect(bus_url, DEMO), await Bus.connect(bus_url, DEMO)
    estimates: asyncio.Queue[Any] = asyncio.Queue()
    await ours.client.subscribe(ours.subjects.telemetry("twin"), cb=estimates.put)
    await ours.client.flush()
    heard.clear()
    stop = asyncio.Event()
    settings = argparse.Namespace(field="shengli12", bench="shengli12")
    twin = asyncio.create_task(live(its, settings, Pulse("twin"), stop))
    batch = await asyncio.wait_for(_answer(ours, field, estimates), DEADLINE)
    stop.set()
    await asyncio.wait_for(twin, DEADLINE)

    assert f"Well.{field.wells[0].code}.Twin.IntakePressure" in batch.tags
    info = await ours.stream.stream_info(ours.telemetry_stream)
    assert info.state.messages >= 2  # what was measured, and what was estimated
    assert not [subject for subject in heard if ".sim." in subject]
    await ours.close()
    await its.close()


async def _answer(bus: Bus, field: Field, estimates: asyncio.Queue[Any]) -> Batch:
    """Say what is measured until the twin, which may still be starting, answers."""
    process, time = settled_field(field, seed=1), 0
    while True:
        time += 1
        await bus.stream.publish(bus.subjects.telemetry("RTU"), surface(process, time).encode())
        try:
            return Batch.decode((await asyncio.wait_for(estimates.get(), 1.0)).data)
        except TimeoutError:
            continue
