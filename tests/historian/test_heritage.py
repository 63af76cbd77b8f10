"""A data folder of before: streams of a server without accounts, whose names had a tenant and no field."""

import argparse
import asyncio
import json
from pathlib import Path

import pytest
from nats.js import api

from control.bus import heritage
from control.bus.batch import Batch
from control.bus.connection import Bus
from control.bus.keyring import Ring
from control.bus.message.command import CommandEvent
from control.bus.service import Pulse
from control.client import Control
from control.commands.log import GENESIS, CommandLog, sealed
from historian.client import History
from historian.heritage import carry_over
from historian.service import serve
from tests.conftest import BusServer
from tests.historian.running import until
from tests.place import DEMO

TAG = "Well.A.Flow"
ALARM = {
    "id": f"{TAG}.low", "tag": TAG, "kind": "low", "priority": 2, "before": "NORM", "state": "UNACK", "event": "raise",
    "time_ns": 5, "value": 1.0, "limit": 2.0, "unit": "m3_d", "message": {}, "field": "shengli12", "by": None,
    "comment": None,
}  # fmt: skip


def commands(n: int) -> list[dict]:
    """A chain as control wrote it before: without version and run."""
    chain, prev = [], GENESIS
    for i in range(n):
        event = CommandEvent(f"c{i}", "done", TAG, 1.0, None, 1.0, "", "ana", "test", "RTU", 7 + i).plain()
        chain.append(sealed({key: value for key, value in event.items() if key not in ("version", "run")}, prev))
        prev = chain[-1]["sha256"]
    return chain


async def leave(url: str) -> None:
    """What a field of before leaves on its bus."""
    bus = await Bus.connect(url, DEMO)
    for name in (bus.telemetry_stream, bus.event_stream):
        await bus.stream.delete_stream(name)
    await bus.stream.add_stream(api.StreamConfig(name="demo-telemetry", subjects=["demo.pf.telemetry.raw.*.*"]))
    subjects = ["demo.pf.alarms.*", "demo.pf.events.*"]
    await bus.stream.add_stream(api.StreamConfig(name="demo-events", subjects=subjects))
    bucket = await bus.stream.create_key_value(api.KeyValueConfig(bucket="demo-alarms"))
    for i in range(3):
        batch = Batch.snapshot([TAG], 100 + i, [float(i)], 0, "RTU")
        await bus.stream.publish("demo.pf.telemetry.raw.shengli12.RTU", batch.encode())
    for record in commands(3):
        await bus.stream.publish("demo.pf.events.command", json.dumps(record).encode())
    for field in ("shengli12", "other"):
        alarm = json.dumps(ALARM | {"field": field}).encode()
        await bus.stream.publish("demo.pf.alarms.medium", alarm)
        await bucket.put(f"{field}.{TAG}.low", alarm)
    await bus.close()


@pytest.mark.anyio
async def test_what_a_folder_of_before_holds_goes_on_as_the_fields_own(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = BusServer(tmp_path / "bus")
    before.start()
    await leave(before.url)
    before.stop()
    assert heritage.take_over(tmp_path / "bus", "demo")
    assert not heritage.take_over(tmp_path / "bus", "demo")
    assert heritage.is_there(tmp_path / "bus", "demo")

    ring = Ring({}, {}).with_field(DEMO)
    server = BusServer(tmp_path / "bus", ring=ring)
    server.start()
    heir = await Bus.connect(server.url, DEMO, key=ring.key(DEMO, "heir"))
    await carry_over(heir, argparse.Namespace(data=tmp_path / "data"), Pulse("heir"), asyncio.Event())
    await heir.close()
    said = capsys.readouterr().out
    assert "4 events and 1 alarms" in said
    assert "3 samples and 5 events that the history had not kept yet; 1 events of other fields are left" in said
    heir = await Bus.connect(server.url, DEMO, key=ring.key(DEMO, "heir"))
    await carry_over(heir, argparse.Namespace(data=tmp_path / "data"), Pulse("heir"), asyncio.Event())
    await heir.close()
    assert capsys.readouterr().out == ""  # once

    bus = await Bus.connect(server.url, DEMO, key=ring.key(DEMO, "hil"))
    log = CommandLog(bus)
    assert [event.id for event in await log.events()] == ["c0", "c1", "c2"]
    assert await log.verify() is None
    assert [alarm.id for alarm in await Control(bus).alarms()] == [ALARM["id"]]
    own, stop = await Bus.connect(server.url, DEMO, key=ring.key(DEMO, "historian")), asyncio.Event()
    settings = argparse.Namespace(data=tmp_path / "data", bench="shengli12", raw_days=30.0)
    historian = asyncio.create_task(serve(own, settings, Pulse("historian"), stop))
    assert (await until(lambda: History(bus).raw([TAG], 0, 1000), len))["value"].to_pylist() == [0.0, 1.0, 2.0]
    assert len(await until(lambda: History(bus).events(kinds=["command"]), len)) == 3  # once
    stop.set()
    await historian
    await own.close()
    await bus.close()
    server.stop()
