"""The command log: who wanted what written, and what became of it, in a chain that shows any tampering.

Each record carries the hash of the one before and its own, so a record changed, removed or slipped in
breaks the chain from there on. The log is the stream of command events, and goes on where it ended.
"""

from __future__ import annotations

import asyncio
import contextlib
import hashlib
import json
from collections.abc import Iterable
from typing import Any

import nats.errors
import nats.js.errors
from nats.js import api

from control.bus.connection import Bus
from control.bus.message.command import CommandEvent
from plant.error import OutOfRange, ServiceError

Record = dict[str, Any]
GENESIS = "0" * 64
PAUSE = 0.5  # s between attempts
ATTEMPTS = 4  # to append what must not be done unlogged


def sealed(record: Record, prev: str) -> Record:
    """The record with the hash of the one before it and its own."""
    record = {key: value for key, value in record.items() if key != "sha256"} | {"prev": prev}
    return record | {"sha256": hashlib.sha256(_canonical(record)).hexdigest()}


def first_break(records: Iterable[Record]) -> int | None:
    """Position of the first record that does not follow from the one before; ``None`` where the chain is whole."""
    prev = None
    for i, record in enumerate(records):
        if sealed(record, record.get("prev", "")) != record or prev not in (None, record["prev"]):
            return i
        prev = record["sha256"]
    return None


class CommandLog:
    """The chain on the bus. One writer at a time, which the bus makes sure of."""

    def __init__(self, bus: Bus):
        self._bus, self._subject = bus, bus.subjects.events("command")
        self._prev, self._sequence = GENESIS, 0
        self._writing = asyncio.Lock()

    async def append(self, event: CommandEvent, insist: bool = False) -> Record:
        """Add an event's record; it is on disk then. With ``insist`` it is tried until it is.

        Otherwise raises :class:`ServiceError` where the bus does not take it.
        """
        async with self._writing:
            attempt = 0
            while True:
                whole = sealed(event.plain(), self._prev)
                if await self._store(whole):
                    return whole
                attempt += 1
                if attempt >= ATTEMPTS and not insist:
                    raise ServiceError("the command log cannot be written: nothing is done that is not logged")
                await asyncio.sleep(PAUSE)

    async def read(self, newest: int | None = None) -> list[Record]:
        """The log, or what of it lies among the ``newest`` messages of the event stream."""
        state = (await self._bus.stream.stream_info(self._bus.event_stream)).state
        first = 1 if newest is None else max(1, state.last_seq - newest + 1)
        last = await self._last()
        return [] if last is None or (last.seq or 0) < first else await self._between(first, last.seq or 0)

    async def events(self, newest: int | None = None) -> list[CommandEvent]:
        """The events of :meth:`read`, without what is none."""
        found = []
        for record in await self.read(newest):
            with contextlib.suppress(OutOfRange):
                found.append(CommandEvent.of(record))
        return found

    async def _between(self, first: int, last: int) -> list[Record]:
        start = api.ConsumerConfig(deliver_policy=api.DeliverPolicy.BY_START_SEQUENCE, opt_start_seq=first)
        subscription = await self._bus.stream.subscribe(self._subject, ordered_consumer=True, config=start)
        records: list[Record] = []
        at = 0
        while at < last:
            message = await subscription.next_msg(timeout=5)
            at = message.metadata.sequence.stream
            records.append(_record_of(message.data))
        await subscription.unsubscribe()
        return records

    async def verify(self) -> int | None:
        """Position of the first record that breaks the chain, or ``None``."""
        return first_break(await self.read())

    async def resume(self) -> None:
        """Go on from the last record."""
        last = await self._last()
        self._prev = GENESIS if last is None else _record_of(last.data or b"")["sha256"]
        self._sequence = 0 if last is None else last.seq or 0

    async def _last(self) -> api.RawStreamMsg | None:
        try:
            return await self._bus.stream.get_last_msg(self._bus.event_stream, self._subject)
        except nats.js.errors.NotFoundError:
            return None

    async def _store(self, record: Record) -> bool:
        expected = {"Nats-Expected-Last-Subject-Sequence": str(self._sequence)}
        try:
            ack = await self._bus.stream.publish(self._subject, _canonical(record), headers=expected)
        except (TimeoutError, nats.errors.Error):
            return await self._is_last(record)
        self._prev, self._sequence = record["sha256"], ack.seq
        return True

    async def _is_last(self, record: Record) -> bool:
        """Whether a record that got no answer did arrive; if another did, go on from that one."""
        try:
            await self.resume()
        except (TimeoutError, nats.errors.Error):
            return False
        return self._prev == record["sha256"]


def _record_of(data: bytes) -> Record:
    """The record that stands in a message. What is none breaks the chain, which goes on from its digest."""
    try:
        record = json.loads(data)
    except ValueError:
        record = None
    if isinstance(record, dict) and isinstance(record.get("sha256"), str):
        return record
    return {"unreadable": data.decode(errors="replace"), "sha256": hashlib.sha256(data).hexdigest()}


def _canonical(record: Record) -> bytes:
    return json.dumps(record, sort_keys=True, separators=(",", ":"), allow_nan=False).encode()
