"""What was said is on disk once and in order, whatever happens to the server. The server is a real nats-server."""

import asyncio

import pytest

from control.bus.cancel import end
from control.bus.connection import Bus
from control.bus.latest import Latest
from control.bus.outbox import Outbox
from tests.limit import HANGS
from tests.place import DEMO

pytestmark = pytest.mark.anyio


@pytest.fixture
async def bus(bus_server):
    connected = await Bus.connect(bus_server.url, DEMO)
    yield connected
    await connected.close()


async def stored(bus: Bus, device: str) -> list[int]:
    """Everything in the telemetry stream from ``device``, in its order."""
    subject = bus.subjects.telemetry(device)
    count = (await bus.stream.stream_info(bus.telemetry_stream, subjects_filter=subject)).state.subjects or {}
    if not count:
        return []
    subscription = await bus.stream.subscribe(subject, ordered_consumer=True)
    found = [int((await subscription.next_msg(timeout=HANGS)).data) for _ in range(count[subject])]
    await subscription.unsubscribe()
    return found


async def test_messages_are_stored_in_order_each_once(bus):
    outbox = Outbox(bus)
    for n in range(200):
        outbox.put(bus.subjects.telemetry("d"), str(n).encode())
    assert await outbox.drain(30)
    assert await stored(bus, "d") == list(range(200))


async def test_a_server_killed_and_started_again_misses_nothing_and_has_nothing_twice(bus, bus_server):
    outbox = Outbox(bus)
    for n in range(300):
        for device in ("a", "b", "c"):
            outbox.put(bus.subjects.telemetry(device), str(n).encode())
        if n in (100, 200):
            await asyncio.sleep(0)  # let the lanes send, so that the kill finds messages in flight
            while len(outbox) > 30:
                await asyncio.sleep(0)
            bus_server.kill()
            bus_server.start()
    assert await outbox.drain(60)
    for device in ("a", "b", "c"):
        assert await stored(bus, device) == list(range(300))
    assert outbox.lost == 0


@pytest.mark.parametrize("silent", [0, 2], ids=["the stream answers", "the stream does not answer at first"])
async def test_an_outage_longer_than_the_servers_memory_of_ids_stores_nothing_twice(bus, monkeypatch, silent):
    # The answers to stored messages are lost, and when one is sent again the server no longer knows its id.
    outbox, publish, last, calls, asked = Outbox(bus), bus.stream.publish, bus.stream.get_last_msg, [], []

    async def losing_the_first_answer(subject, data, *arguments, headers, **options):
        calls.append(data)
        again = {} if calls.count(data) == 1 else {"Nats-Msg-Id": "forgotten"}
        answer = await publish(subject, data, *arguments, headers=headers | again, **options)
        if again:
            return answer
        raise TimeoutError

    async def silent_at_first(*arguments, **options):
        asked.append(arguments)
        if len(asked) <= silent:
            raise TimeoutError
        return await last(*arguments, **options)

    monkeypatch.setattr(bus.stream, "publish", losing_the_first_answer)
    monkeypatch.setattr(bus.stream, "get_last_msg", silent_at_first)
    monkeypatch.setattr("control.bus.outbox.PAUSE", 0.01)
    for n in range(3):
        outbox.put(bus.subjects.telemetry("d"), str(n).encode())
    assert await outbox.drain(30)
    assert await stored(bus, "d") == [0, 1, 2]


async def test_when_full_the_oldest_is_dropped_and_counted(bus, bus_server):
    bus_server.kill()
    outbox = Outbox(bus, limit=10)
    for n in range(25):
        outbox.put(bus.subjects.telemetry("d"), str(n).encode())
    assert (outbox.lost, len(outbox)) == (15, 10)
    bus_server.start()
    assert await outbox.drain(60)
    assert (await stored(bus, "d"))[-10:] == list(range(15, 25))


async def test_its_budget_in_bytes_counts_as_its_number_of_messages_does(bus, bus_server):
    bus_server.kill()
    outbox = Outbox(bus, budget=1000)
    for n in range(8):
        outbox.put(bus.subjects.telemetry("d"), str(n).encode().zfill(250))
    assert (outbox.lost, len(outbox), outbox.waiting(bus.subjects.telemetry("d"))) == (4, 4, 4)
    bus_server.start()
    assert await outbox.drain(60)
    assert outbox.waiting(bus.subjects.telemetry("d")) == 0
    assert (await stored(bus, "d"))[-4:] == [4, 5, 6, 7]


async def test_what_cannot_be_delivered_in_time_at_the_end_is_reported(bus, bus_server):
    outbox = Outbox(bus)
    bus_server.kill()
    outbox.put(bus.subjects.telemetry("d"), b"1")
    assert not await outbox.drain(0.1)


async def test_latest_values_are_there_again_after_the_server_lost_its_memory(bus, bus_server):
    latest = Latest(bus)
    running = asyncio.create_task(latest.run())
    latest.put("f.a", b"1")
    latest.put("f.b", b"2")
    bus_server.kill()
    bus_server.start()
    latest.put("f.a", b"3")
    async with asyncio.timeout(HANGS):
        while await value(bus, "f.a") != b"3" or await value(bus, "f.b") != b"2":
            await asyncio.sleep(0.05)
    await end(running)


async def value(bus: Bus, key: str) -> bytes | None:
    try:
        return (await (await bus.latest()).get(key)).value
    except Exception:  # the bucket or the key is not there yet
        return None


async def test_without_room_nothing_is_said_and_with_room_again_everything(bus):
    said = ["nothing is stored: no room"]
    outbox = Outbox(bus, shortage=lambda: said[0])
    for n in range(20):
        outbox.put(bus.subjects.telemetry("d"), str(n).encode())
    while not outbox.trouble:
        await asyncio.sleep(0)
    assert outbox.trouble == "nothing is stored: no room"
    assert await stored(bus, "d") == []
    said[0] = ""
    assert await outbox.drain(30)
    assert outbox.trouble == ""
    assert await stored(bus, "d") == list(range(20))
