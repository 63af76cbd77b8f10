"""What streams of before hold, carried over into a field's own: ``python -m historian.heritage``, before others start.

Telemetry and events that were acknowledged and not yet kept go into the history. Events and alarm states go on in the
field's own stream and bucket, for the chain of commands and standing alarms live there. What is another field's stays.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import json
from concurrent.futures import ThreadPoolExecutor

from nats.aio.msg import Msg
from nats.js import api
from nats.js.errors import NotFoundError

from control.bus.connection import Bus
from control.bus.kept import kept
from control.bus.service import Pulse, options, run
from control.bus.subject import key_of
from control.bus.work import until
from historian.duckdb_store import HISTORY, DuckDBHistorian
from historian.ingest import Ingest, named
from historian.message import read_batch, read_entry
from historian.store import Position

LOOK = 0.05  # s between looks how far it is
PATIENCE = 10.0  # s for the bus to hand over a batch of messages
MANY = 500  # messages at a time
CARRIED = "Gemelo-Carried"  # header: the number that a message had before


async def carry_over(bus: Bus, settings: argparse.Namespace, pulse: Pulse, _stop: asyncio.Event) -> None:
    """Carry over all there is, say how much, and drop what was carried."""
    store, tenant = DuckDBHistorian(settings.data / HISTORY), bus.subjects.tenant
    telemetry, events, alarms = f"{tenant}-telemetry", f"{tenant}-events", f"{tenant}-alarms"
    with ThreadPoolExecutor(1) as writer:
        await _finish(Ingest(bus, telemetry, store, read_batch, store.append, writer, pulse, "samples"))
        await _finish(Ingest(bus, events, store, read_entry, store.record, writer, pulse, "entries"))
    carried, left = await _events(bus, events)
    own = await bus.stream.stream_info(bus.event_stream)
    store.record([], Position(named(own), own.state.last_seq))  # which the history has already
    states = await _alarms(bus, alarms)
    store.close()
    for stream in (telemetry, *(() if left else (events, f"KV_{alarms}"))):
        with contextlib.suppress(NotFoundError):
            await bus.stream.delete_stream(stream)
    if not carried + states:
        return
    counts = {name: pulse.counts.get(name, 0) for name in ("samples", "entries")}
    print(
        f"carried over from the bus of before: {carried} events and {states} alarms into the field's own stream; "
        f"{counts['samples']} samples and {counts['entries']} events that the history had not kept yet"
        + (f"; {left} events of other fields are left" if left else "")
    )


async def _finish(ingest: Ingest) -> None:
    """Take what a stream holds into the history, to its end."""
    try:
        last = (await ingest.bus.stream.stream_info(ingest.stream)).state.last_seq
    except NotFoundError:
        return
    stop = asyncio.Event()

    async def watch() -> None:
        while ingest.position.sequence < last:
            await asyncio.sleep(LOOK)
        stop.set()

    await until(stop, ingest.run(), watch())


async def _events(bus: Bus, stream: str) -> tuple[int, int]:
    """How many events were carried into the field's own stream, and how many are another field's."""
    carried, left, begun = 0, 0, await _begun(bus)
    for message in await _all(bus, stream):
        sequence = message.metadata.sequence.stream
        if _field(message.data) not in (None, bus.subjects.field):
            left += 1
        elif sequence > begun:
            subject = bus.subjects.all.removesuffix(">") + message.subject.partition(".")[2]
            await bus.stream.publish(subject, message.data, headers={CARRIED: str(sequence)})
            await bus.stream.delete_msg(stream, sequence)  # the next start must not carry it again
            carried += 1
    return carried, left


async def _alarms(bus: Bus, bucket: str) -> int:
    try:
        before = await bus.stream.key_value(bucket)
    except NotFoundError:
        return 0
    own, field = await bus.bucket("alarms"), bus.subjects.field
    ours = [state.value for state in await kept(bus, before) if _field(state.value) == field]
    for value in ours:
        key = key_of(json.loads(value)["id"])
        await own.put(key, value)
        await before.delete(f"{field}.{key}")
    return len(ours)


async def _all(bus: Bus, stream: str) -> list[Msg]:
    """Every message of a stream, in order."""
    try:
        subscription = await bus.stream.pull_subscribe(
            f"{bus.subjects.tenant}.pf.>", stream=stream,
            config=api.ConsumerConfig(ack_policy=api.AckPolicy.NONE, inactive_threshold=PATIENCE, mem_storage=True),
        )  # fmt: skip
    except NotFoundError:
        return []
    waiting, found = (await subscription.consumer_info()).num_pending or 0, list[Msg]()
    while len(found) < waiting:
        found += await subscription.fetch(min(MANY, waiting - len(found)), timeout=PATIENCE)
    await subscription.unsubscribe()
    return found


async def _begun(bus: Bus) -> int:
    """Number of the last message that was carried before, should that have been cut short."""
    try:
        last = await bus.stream.get_last_msg(bus.event_stream, bus.subjects.all)
    except NotFoundError:
        return 0
    return int((last.headers or {}).get(CARRIED, 0))


def _field(data: bytes) -> str | None:
    """The field that a message says it is of; None where it says nothing."""
    try:
        said = json.loads(data)
    except ValueError:
        return None
    field = said.get("field") if isinstance(said, dict) else None
    return field if isinstance(field, str) else None


def main() -> None:
    """Entry point."""
    run("heir", carry_over, options("Carries over what a bus of before kept."))


if __name__ == "__main__":
    main()
