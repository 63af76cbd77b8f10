"""The command log's chain. That a changed, removed or inserted record shows is the property of any hash chain."""

import copy

import pytest

from control.bus.connection import Bus
from control.bus.message.command import CommandEvent
from control.commands.log import GENESIS, CommandLog, first_break, sealed
from plant.error import ServiceError
from tests.place import DEMO


def event(name: str) -> CommandEvent:
    """What a command named so became."""
    return CommandEvent(name, "done", "Well.A.Choke", 0.5, 0.4, 0.5, "", "ana", "test", "RTU", 0)


def chain(n: int) -> list[dict]:
    records, prev = [], GENESIS
    for i in range(n):
        records.append(sealed({"id": str(i), "value": i / 3}, prev))
        prev = records[-1]["sha256"]
    return records


def test_a_chain_as_written_is_whole():
    assert first_break(chain(5)) is None


def test_the_end_of_a_chain_whose_beginning_expired_is_whole():
    assert first_break(chain(5)[2:]) is None


def test_a_changed_record_shows():
    records = chain(5)
    records[2]["value"] = 9
    assert first_break(records) == 2


def test_a_changed_record_with_its_hash_made_anew_shows_in_the_one_after():
    records = chain(5)
    records[2] = sealed(records[2] | {"value": 9}, records[2]["prev"])
    assert first_break(records) == 3


def test_a_removed_record_shows():
    records = chain(5)
    del records[2]
    assert first_break(records) == 2


def test_a_record_slipped_in_shows():
    records = chain(5)
    records.insert(2, copy.deepcopy(records[1]))
    assert first_break(records) == 2


@pytest.fixture
async def bus(bus_server):
    connected = await Bus.connect(bus_server.url, DEMO)
    yield connected
    await connected.close()


@pytest.mark.anyio
async def test_the_chain_goes_on_over_restarts_among_other_events(bus):
    for n in range(3):
        log = CommandLog(bus)
        await log.resume()
        await bus.record(bus.subjects.events("device"), {"state": "lost"})
        await log.append(event(f"a{n}"))
        await log.append(event(f"b{n}"))
    assert [record["id"] for record in await log.read()] == ["a0", "b0", "a1", "b1", "a2", "b2"]
    assert await log.verify() is None


@pytest.mark.anyio
async def test_two_writers_do_not_fork_the_chain(bus):
    one, other = CommandLog(bus), CommandLog(bus)
    await one.resume()
    await other.resume()
    for n in range(3):
        await one.append(event(f"one{n}"))
        await other.append(event(f"other{n}"))
    assert len(await one.read()) == 6
    assert await one.verify() is None


@pytest.mark.anyio
async def test_a_record_written_by_somebody_else_breaks_the_chain(bus):
    log = CommandLog(bus)
    await log.append(event("a"))
    await bus.record(bus.subjects.events("command"), {"id": "forged", "prev": GENESIS, "sha256": "0"})
    assert await log.verify() == 1


@pytest.mark.anyio
async def test_a_message_whose_answer_was_lost_is_not_logged_twice(bus, monkeypatch):
    log, publish = CommandLog(bus), bus.stream.publish

    async def losing_the_answer(*arguments, **options):
        await publish(*arguments, **options)
        raise TimeoutError

    monkeypatch.setattr(bus.stream, "publish", losing_the_answer)
    await log.append(event("a"))
    await log.append(event("b"))
    assert [record["id"] for record in await log.read()] == ["a", "b"]


@pytest.mark.anyio
async def test_what_cannot_be_logged_is_refused(bus, bus_server, monkeypatch):
    monkeypatch.setattr("control.commands.log.PAUSE", 0.0)
    monkeypatch.setattr(bus.stream, "_timeout", 0.1)
    bus_server.kill()
    with pytest.raises(ServiceError, match="nothing is done that is not logged"):
        await CommandLog(bus).append(event("a"))


@pytest.mark.anyio
async def test_a_message_that_is_no_record_breaks_the_chain_but_not_the_log(bus):
    """Control must start, and write, whatever somebody put into the stream."""
    log = CommandLog(bus)
    await log.append(event("a"))
    await bus.stream.publish(bus.subjects.events("command"), b"garbage")
    later = CommandLog(bus)
    await later.resume()
    await later.append(event("b"))
    assert await later.verify() == 1
    assert [one.id for one in await later.events()] == ["a", "b"]
