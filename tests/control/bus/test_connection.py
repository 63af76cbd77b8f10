"""The bus as every process uses it, on a real nats-server."""

import asyncio
import json
from itertools import pairwise

import pytest

from control.bus.connection import Bus
from plant.error import ServiceError, Unknown
from tests.limit import HANGS
from tests.place import DEMO

pytestmark = pytest.mark.anyio


@pytest.fixture
async def bus(bus_url):
    connected = await Bus.connect(bus_url, DEMO)
    yield connected
    await connected.close()


async def echo(message) -> bytes:
    return json.dumps({"heard": message}).encode()


async def test_a_request_is_answered(bus):
    await bus.answer("demo.echo", echo)
    assert json.loads(await bus.request("demo.echo", {"a": 1})) == {"heard": {"a": 1}}


async def test_an_error_of_ours_goes_back_as_an_error(bus):
    async def refuse(message) -> bytes:
        raise Unknown("tag", "x")

    await bus.answer("demo.refuse", refuse)
    with pytest.raises(Unknown, match="no tag 'x'"):
        await bus.request("demo.refuse", {})


async def test_what_is_no_json_is_refused_and_the_next_request_is_answered(bus):
    await bus.answer("demo.echo", echo)
    reply = await bus.client.request("demo.echo", b"\xff{", timeout=5)
    assert "is no JSON" in json.loads(reply.data)["error"]["detail"]
    assert json.loads(await bus.request("demo.echo", 1)) == {"heard": 1}


async def test_nobody_listening_is_a_service_error(bus):
    with pytest.raises(ServiceError, match=r"no answer on demo\.nobody"):
        await bus.request("demo.nobody", {})


async def test_requests_side_by_side_do_not_wait_for_each_other(bus):
    gate = asyncio.Event()

    async def slow(message) -> bytes:
        if message == "slow":
            await gate.wait()
        return json.dumps(message).encode()

    await bus.answer("demo.slow", slow, side_by_side=True)
    waiting = asyncio.create_task(bus.request("demo.slow", "slow"))
    assert json.loads(await bus.request("demo.slow", "quick")) == "quick"
    assert not waiting.done()
    gate.set()
    assert json.loads(await waiting) == "slow"


async def test_an_outage_is_said_once_not_five_times_a_second(bus, bus_server, caplog):
    bus_server.kill()
    async with asyncio.timeout(HANGS):
        while not bus.client.is_reconnecting:
            await asyncio.sleep(0.01)
    bus_server.start()
    async with asyncio.timeout(HANGS):
        while not bus.client.is_connected:
            await asyncio.sleep(0.01)
    lines = [record.facts["error"] for record in caplog.records if record.msg == "bus"]
    assert lines
    assert all(one != other for one, other in pairwise(lines))
