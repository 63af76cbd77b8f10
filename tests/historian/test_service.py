"""The historian as it runs: a real bus, a real file, and processes that are killed."""

import asyncio
import os
import shutil
import signal
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest

from control.bus.batch import Batch
from control.bus.connection import Bus
from control.bus.quality import GOOD
from control.bus.room import Room
from historian import ingest
from historian.client import History, more, to_batch
from historian.duckdb_store import DuckDBHistorian
from historian.store import Position
from plant.error import OutOfRange, ServiceError
from tests.conftest import BusServer
from tests.historian.running import HistorianProcess, Running, running_historian, until
from tests.limit import HANGS
from tests.place import DEMO

pytestmark = pytest.mark.anyio
SECOND = 10**9
START = 1_750_000_000 * SECOND
TAGS = [f"Well.A{i}.Flow" for i in range(20)]


def scan(k: int) -> Batch:
    """The k-th scan of twenty tags, one second after the one before."""
    return Batch.snapshot(TAGS, START + k * SECOND, np.arange(20) + 100.0 * k, GOOD, "RTU-A")


async def say(bus: Bus, *batches: Batch) -> None:
    """Publish, and return when the bus has them on disk."""
    for batch in batches:
        await bus.stream.publish(bus.subjects.telemetry("RTU-A"), batch.encode())


async def test_a_published_scan_is_in_the_history(bus: Bus, historian: Running) -> None:
    await say(bus, scan(0))
    rows = await until(lambda: History(bus).raw(TAGS, START, START + SECOND), len)
    batch = to_batch(rows)
    assert sorted(zip(batch.names(), batch.value, strict=True)) == sorted(zip(TAGS, np.arange(20.0), strict=True))
    assert await History(bus).tags() == sorted(TAGS)


async def test_the_last_values_and_the_averages_are_those_of_the_scans(bus: Bus, historian: Running) -> None:
    history = History(bus)
    await say(bus, *(scan(k) for k in range(20)))
    await until(lambda: history.raw(TAGS[:1], START, START + 60 * SECOND), lambda rows: len(rows) == 20)
    last = await history.last(TAGS[3:4])
    assert last.to_pylist() == [
        {"tag": TAGS[3], "time": START + 19 * SECOND, "value": 1903.0, "quality": GOOD, "source": "RTU-A"}
    ]
    buckets = await history.buckets(TAGS[:1], START, START + 60 * SECOND, 10 * SECOND)
    assert buckets["average"].to_pylist() == [np.mean(np.arange(10) * 100), np.mean(np.arange(10, 20) * 100)]


async def test_a_long_range_comes_in_pages_of_whole_instants(bus: Bus, historian: Running) -> None:
    history, end = History(bus), START + 100 * SECOND
    await say(bus, *(scan(k) for k in range(100)))
    await until(lambda: history.raw(TAGS[:1], START, end), lambda rows: len(rows) == 100)
    first = await history.raw(TAGS, START, end, limit=110)
    assert len(first) == 100  # five whole scans of twenty, not a part of the sixth
    assert more(first) == START + 5 * SECOND
    assert len(await history.raw(TAGS, START, end, limit=5)) == 20  # one scan cannot be divided
    assert len(await history.every_sample(TAGS, START, end)) == 2000


async def test_alarms_and_events_can_be_asked_for_afterwards(bus: Bus, historian: Running) -> None:
    history = History(bus)
    done = {"tag": TAGS[0], "outcome": "done", "time_ns": START + 1}
    raised = [{"tag": TAGS[i], "state": "UNACK", "time_ns": START + i} for i in range(3)]
    await bus.record(bus.subjects.events("command"), done)
    for alarm in raised:
        await bus.record(bus.subjects.alarms("2"), alarm)
    assert await until(history.alarms, lambda found: len(found) == 3) == raised[::-1]
    assert await history.alarms(tags=[TAGS[1]]) == [raised[1]]
    assert await history.alarms(limit=1) == [raised[2]]
    assert await until(lambda: history.events(kinds=["command"]), len) == [done]


async def test_the_pulse_shows_rate_lag_and_size(bus: Bus, historian: Running) -> None:
    await say(bus, scan(0))

    async def gauges() -> dict[str, float]:
        return historian.pulse.gauges

    shown = await until(gauges, lambda g: g.get("rows") == 20)
    assert shown["file_mb"] > 0
    assert shown["lag_s"] > 3600  # the newest sample is of 2025


async def test_a_wrong_request_is_told_argument_value_and_rule(bus: Bus, historian: Running) -> None:
    with pytest.raises(OutOfRange, match=r"tags = Well\.A: must be a list of names"):
        await bus.request(bus.subjects.history("raw"), {"tags": "Well.A"})


async def test_the_client_says_what_the_historian_refused(bus: Bus, historian: Running) -> None:
    with pytest.raises(OutOfRange, match="end_ns = 1: must be later than start_ns = 2"):
        await History(bus).raw(TAGS, 2, 1)


async def test_without_a_historian_the_client_says_that_none_answers(bus: Bus) -> None:
    with pytest.raises(ServiceError, match="no answer"):
        await History(bus).tags()


async def test_a_message_that_is_no_batch_is_reported_and_the_next_one_stored(bus: Bus, historian: Running) -> None:
    await bus.stream.publish(bus.subjects.telemetry("RTU-A"), b"no batch")
    await say(bus, scan(1))
    await until(History(bus).last, len)
    assert historian.pulse.counts["unreadable messages"] == 1
    assert "not a batch" in historian.pulse.last_error["what"]
    assert await pending(bus) == 0  # it is not delivered again for ever


async def test_no_event_can_stop_the_journal(bus: Bus, historian: Running) -> None:
    for data in (b"", b"[]", b"\xff", b'{"tag": "\\ud800", "time_ns": 1e400}', b'{"time_ns": 99999999999999999999}'):
        await bus.stream.publish(bus.subjects.events("odd"), data)
    await bus.stream.publish(bus.subjects.events("odd"), b'{"tag": "a\\u0000b"}')
    await bus.record(bus.subjects.events("command"), {"n": 1})
    assert await until(lambda: History(bus).events(kinds=["command"]), len) == [{"n": 1}]
    assert historian.pulse.counts["unreadable messages"] == 3


async def test_out_of_order_and_late_scans_are_kept_like_others(bus: Bus, historian: Running) -> None:
    order = np.random.default_rng(3).permutation(50)
    await say(bus, *(scan(int(k)) for k in order))
    rows = await until(lambda: History(bus).raw(TAGS[:1], START, START + 60 * SECOND), lambda found: len(found) == 50)
    assert rows["value"].to_pylist() == [100.0 * k for k in range(50)]


async def test_a_history_begun_anew_is_filled_from_the_stream(bus: Bus, bus_url: str, tmp_path) -> None:
    await say(bus, *(scan(k) for k in range(5)))
    for folder in ("first", "second"):
        async with running_historian(bus_url, tmp_path / folder):
            await until(lambda: History(bus).raw(TAGS, START, START + SECOND * 9), lambda rows: len(rows) == 100)


async def test_a_historian_stopped_and_started_stores_nothing_twice(bus: Bus, bus_url: str, tmp_path) -> None:
    for k in range(3):
        async with running_historian(bus_url, tmp_path):
            await say(bus, scan(k))
            seen = await until(History(bus).last, lambda rows, k=k: rows["value"].to_pylist()[:1] == [100.0 * k])
    assert len(seen) == 20
    async with running_historian(bus_url, tmp_path):
        assert len(await History(bus).raw(TAGS, START, START + SECOND * 9)) == 60


async def test_a_bus_that_dies_and_returns_costs_no_sample(bus_server, bus: Bus, historian: Running) -> None:
    await say(bus, *(scan(k) for k in range(10)))
    await until(History(bus).last, len)
    bus_server.kill()
    bus_server.start()
    later = await Bus.connect(bus_server.url, DEMO)
    await say(later, *(scan(k) for k in range(10, 20)))
    rows = await until(lambda: History(later).raw(TAGS, START, START + 60 * SECOND), lambda found: len(found) >= 400)
    assert sorted(rows["value"].to_pylist()) == sorted((np.arange(20) + 100.0 * np.arange(20)[:, None]).ravel())
    await later.close()


async def test_a_bus_that_lost_its_streams_ends_the_historian_and_a_new_one_takes_the_new_stream(
    bus_server: BusServer, bus: Bus, tmp_path: Path
) -> None:
    data = tmp_path / "data"
    async with running_historian(bus_server.url, data) as running:
        await say(bus, *(scan(k) for k in range(5)))
        await until(lambda: History(bus).raw(TAGS, START, START + 9 * SECOND), lambda rows: len(rows) == 100)
        bus_server.kill()
        shutil.rmtree(bus_server.store)
        bus_server.start()
        with pytest.raises(ServiceError, match=r"stream demo-shengli12-\w+ is gone"):
            await running.ended
    later = await Bus.connect(bus_server.url, DEMO)
    async with running_historian(bus_server.url, data):
        await say(later, scan(5))  # its number in the new stream is one that the history has of the old
        await until(lambda: History(later).raw(TAGS, START, START + 9 * SECOND), lambda rows: len(rows) == 120)
    await later.close()


async def test_a_commit_that_fails_is_tried_again(
    bus: Bus, bus_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    failing(monkeypatch, times=2)
    async with running_historian(bus_url, tmp_path) as running:
        await say(bus, *(scan(k) for k in range(5)))
        await until(lambda: History(bus).raw(TAGS, START, START + 9 * SECOND), lambda rows: len(rows) == 100)
        assert running.pulse.last_error["what"] == "rows are not stored: disk full"
        assert running.pulse.troubles == {}


async def test_a_store_that_keeps_failing_ends_the_historian_and_the_next_one_has_it_all(
    bus: Bus, bus_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    failing(monkeypatch, times=99)
    async with running_historian(bus_url, tmp_path) as running:
        await say(bus, *(scan(k) for k in range(5)))
        with pytest.raises(ServiceError, match="disk full"):
            await running.ended
    monkeypatch.undo()
    async with running_historian(bus_url, tmp_path):
        await until(lambda: History(bus).raw(TAGS, START, START + 9 * SECOND), lambda rows: len(rows) == 100)


@pytest.mark.skipif(os.name == "nt", reason="limits of Unix")
async def test_a_historian_that_cannot_write_ends_by_itself(bus: Bus, historian_process: HistorianProcess) -> None:
    """The system lets its file grow no further; a process that hung on its way out would never be started again."""
    impatient = """
import resource, sys
from historian import ingest, service
resource.setrlimit(resource.RLIMIT_FSIZE, (600_000, 600_000))
ingest.PATIENCE = (0.0, 0.0)
service.main()
"""
    historian_process.command[1:3] = ["-c", impatient]
    process = historian_process.start()
    await until(History(bus).tags)
    for k in range(3000):
        await say(bus, scan(k))
        if process.poll() is not None:
            break
    assert await asyncio.to_thread(process.wait, 60) == 1
    assert "historian: history" in process.stderr.read()


@pytest.mark.parametrize("damage", [lambda _: b"", lambda sound: sound[: len(sound) // 2], lambda _: b"no database"])
async def test_a_damaged_history_is_put_aside_named_and_filled_again_from_the_stream(
    bus: Bus, bus_url: str, tmp_path: Path, damage: Callable[[bytes], bytes]
) -> None:
    """Empty, cut short, or something else; the file stays for whoever can read more of it."""
    async with running_historian(bus_url, tmp_path):
        await say(bus, *(scan(k) for k in range(5)))
        await until(lambda: History(bus).raw(TAGS, START, START + 9 * SECOND), lambda rows: len(rows) == 100)
    file = tmp_path / "history.duckdb"
    file.write_bytes(damaged := damage(file.read_bytes()))
    async with running_historian(bus_url, tmp_path) as running:
        await until(lambda: History(bus).raw(TAGS, START, START + 9 * SECOND), lambda rows: len(rows) == 100)
        (aside,) = tmp_path.glob("history.duckdb.damaged-*")
        assert aside.read_bytes() == damaged
        assert aside.name in running.pulse.last_error["what"]
        told = await until(lambda: History(bus).events(kinds=["history"]), lambda events: events)
        assert aside.name in told[0]["detail"]


async def test_without_room_what_comes_waits_in_the_stream_and_is_stored_when_there_is_room_again(
    bus: Bus, bus_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And meanwhile the pulse says why, by which `/ready` does."""
    monkeypatch.setattr(Room, "free", property(lambda _: 0))
    async with running_historian(bus_url, tmp_path) as running:
        await say(bus, *(scan(k) for k in range(5)))
        while "nothing is stored: 0 MB are free" not in running.pulse.troubles.get("room", ""):
            await asyncio.sleep(0.02)
        assert len(await History(bus).raw(TAGS, START, START + 9 * SECOND)) == 0
        monkeypatch.undo()
        await until(lambda: History(bus).raw(TAGS, START, START + 9 * SECOND), lambda rows: len(rows) == 100)
        assert running.pulse.troubles == {}


def failing(monkeypatch: pytest.MonkeyPatch, times: int) -> None:
    """Let the store fail that often before it keeps anything."""
    append, left = DuckDBHistorian.append, iter(range(times))

    def fail_first(store: DuckDBHistorian, batches: Sequence[Batch], position: Position) -> int:
        if next(left, None) is not None:
            raise ServiceError("disk full")
        return append(store, batches, position)

    monkeypatch.setattr(DuckDBHistorian, "append", fail_first)
    monkeypatch.setattr(ingest, "PATIENCE", (0.0, 0.0, 0.0))


async def test_killed_in_the_middle_it_has_every_acknowledged_sample_once(
    bus: Bus, historian_process: HistorianProcess
) -> None:
    scans, history = 600, History(bus, timeout=2.0)
    historian_process.start()
    await until(history.tags)

    async def publish() -> None:
        for k in range(scans):
            await say(bus, scan(k))  # acknowledged by the bus before the next

    publishing = asyncio.create_task(publish())
    for _ in range(3):
        before = bus_sequence(await until(history.last))
        await until(history.last, lambda rows, before=before: bus_sequence(rows) > before or publishing.done())
        historian_process.kill()
        historian_process.start()
    await publishing
    end = START + scans * SECOND
    rows = await until(lambda: history.every_sample(TAGS, START, end), lambda found: len(found) >= scans * 20)
    times, values = rows["time"].to_numpy(), rows["value"].to_numpy()
    assert len(rows) == scans * 20
    assert np.array_equal(np.sort(values), np.sort((np.arange(20) + 100.0 * np.arange(scans)[:, None]).ravel()))
    assert np.array_equal((times - START) // SECOND, values // 100)
    assert historian_process.stop() == 0


async def test_told_to_stop_it_commits_what_it_has_and_ends_well(bus: Bus, historian_process: HistorianProcess) -> None:
    process = historian_process.start()
    await until(History(bus).tags)
    await say(bus, scan(0))
    process.send_signal(signal.SIGTERM)
    assert process.wait(HANGS) == 0
    assert process.stderr.read() == ""


async def test_a_second_historian_on_the_same_data_ends_with_one_line(
    bus: Bus, historian_process: HistorianProcess
) -> None:
    first = historian_process.start()
    await until(History(bus).tags)
    second = HistorianProcess(historian_process.command[4], historian_process.command[6])
    process = second.start()
    assert process.wait(HANGS) == 1
    said = process.stderr.read()
    assert said.startswith("historian: history ")
    assert str(first.pid) in said
    assert len(said.splitlines()) == 1


async def test_the_historian_does_not_hear_the_simulated_field(historian: Running) -> None:
    heard = {subscription.subject for subscription in historian.bus.client._subs.values()}
    assert not any(".sim." in subject for subject in heard)


async def pending(bus: Bus) -> int:
    """Messages delivered to the historian and not acknowledged."""

    async def outstanding() -> int:
        (consumer,) = await bus.stream.consumers_info(bus.telemetry_stream)
        return consumer.num_ack_pending + consumer.num_pending

    return await until(outstanding, lambda n: n == 0)


def bus_sequence(rows: pa.Table) -> int:
    """How far the history has come."""
    return max(rows["time"].to_pylist(), default=0)
