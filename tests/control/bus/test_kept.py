"""What a bucket holds, on a real nats-server."""

import asyncio

import pytest

from control.bus.connection import Bus
from control.bus.kept import Entry, kept
from tests.place import DEMO

pytestmark = pytest.mark.anyio


@pytest.fixture
async def bus(bus_url):
    connected = await Bus.connect(bus_url, DEMO)
    yield connected
    await connected.close()


async def test_an_empty_bucket_holds_nothing(bus):
    assert await kept(bus, await bus.bucket("alarms")) == []


async def test_the_last_value_of_each_key_comes_in_the_order_of_putting(bus):
    bucket = await bus.bucket("alarms")
    for key, value in (("a", b"1"), ("b.c", b"2"), ("a", b"3")):
        await bucket.put(key, value)
    assert await kept(bus, bucket) == [Entry(2, b"2"), Entry(3, b"3")]


async def test_a_deleted_key_is_gone(bus):
    bucket = await bus.bucket("alarms")
    await bucket.put("a", b"1")
    await bucket.put("b", b"2")
    await bucket.delete("a")
    assert await kept(bus, bucket) == [Entry(2, b"2")]


async def test_a_bucket_of_a_thousand_keys_comes_whole(bus):
    """In the server's memory, as latest values are; more than the server hands out at a time."""
    bucket = await bus.latest()
    await asyncio.gather(*(bucket.put(f"k{i}", str(i).encode()) for i in range(1000)))
    assert {entry.value for entry in await kept(bus, bucket)} == {str(i).encode() for i in range(1000)}
