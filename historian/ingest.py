"""Ingest: one stream's way into the history, without loss and without doubles.

What the store says it has decides where to go on; the server's consumer is only told so. A consumer
made at the position after that one delivers in order, numbering its deliveries: a number missing
means a delivery lost (with its connection, say), and then a new consumer starts over from the store's
position. Nothing is fetched past a commit that failed.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Sequence
from concurrent.futures import Executor
from typing import Any

from nats.aio.msg import Msg
from nats.errors import Error as NatsError
from nats.js import JetStreamContext, api
from nats.js.errors import NotFoundError

from control.bus.cancel import end_if_cancelled
from control.bus.connection import Bus
from control.bus.service import Pulse
from historian.message import Unreadable
from historian.store import Historian, Position
from plant.error import ServiceError

COLLECT = 0.4  # s, of messages into one commit
MESSAGES = 100  # at most, in one commit: a million samples
PATIENCE = (0.5, 1.0, 2.0, 4.0, 8.0)  # s, between tries of a commit that fails
FORGOTTEN = 86_400.0  # s, until the server drops the consumer of a store that has not come back

Keep = Callable[[Sequence[Any], Position], int]


class Ingest:
    """Takes one stream into the store: ``read`` makes an item of a message, ``keep`` stores items."""

    def __init__(
        self, bus: Bus, stream: str, store: Historian, read: Callable[[Msg], Any], keep: Keep,
        writer: Executor, pulse: Pulse, what: str, shortage: Callable[[], str] = str,
    ):  # fmt: skip
        self.shortage = shortage
        self.bus, self.stream, self.store, self.read, self.keep = bus, stream, store, read, keep
        self.writer, self.pulse, self.what = writer, pulse, what
        self.position = Position(stream, 0)
        self.behind = 0.0  # s, from the log's time of the oldest message of a commit to the commit

    async def run(self) -> None:
        """Follow the stream until cancelled, through the bus's outages. What is being committed then is committed.

        Raises :class:`ServiceError` where the store keeps failing, or the stream is gone.
        """
        while True:
            end_if_cancelled()
            try:
                await self._follow()
            except (NatsError, TimeoutError) as error:
                self.pulse.error(f"{self.stream}: {error or type(error).__name__}")
                await asyncio.sleep(COLLECT)

    async def _follow(self) -> None:
        consumer = await self._start_over()
        try:
            delivered = 0
            while True:
                end_if_cancelled()
                if await self._is_short():
                    continue
                messages = await _fetch(consumer)
                if any(m.metadata.sequence.consumer != delivered + i for i, m in enumerate(messages, 1)):
                    return self.pulse.count("starts over")
                delivered += len(messages)
                if messages:
                    await self._take(messages)
        finally:
            if self.bus.client.is_connected:
                await consumer.unsubscribe()

    async def _is_short(self) -> bool:
        """Whether there is no room: then what comes waits in the stream."""
        short = self.shortage()
        self.pulse.trouble("room", short)
        if short:
            await asyncio.sleep(COLLECT)
        return bool(short)

    async def _start_over(self) -> JetStreamContext.PullSubscription:
        stream = self.bus.stream
        try:
            info = await stream.stream_info(self.stream)
        except NotFoundError:
            raise ServiceError(f"stream {self.stream} is gone from the bus") from None
        # A stream of the same name made anew counts from 1 again: it is another stream.
        name = named(info)
        # A server that lost its last messages gives their numbers to others: those are not kept yet.
        self.position = Position(name, min(self.store.position(name), info.state.last_seq))
        durable = f"historian-{self.store.identity}-{self.what}"
        try:
            await stream.delete_consumer(self.stream, durable)
        except NotFoundError:
            pass  # there was none yet
        await stream.add_consumer(self.stream, api.ConsumerConfig(
            durable_name=durable, deliver_policy=api.DeliverPolicy.BY_START_SEQUENCE,
            opt_start_seq=self.position.sequence + 1, ack_policy=api.AckPolicy.EXPLICIT,
            max_ack_pending=4 * MESSAGES, inactive_threshold=FORGOTTEN,
        ))  # fmt: skip
        return await stream.pull_subscribe_bind(durable, self.stream)

    async def _take(self, messages: Sequence[Msg]) -> None:
        # A commit that took longer than the server waits for its acknowledgement is delivered again.
        new = [m for m in messages if m.metadata.sequence.stream > self.position.sequence]
        items = [item for m in new if (item := await self._read(m)) is not None]
        if new:
            await self._keep(items, Position(self.position.stream, new[-1].metadata.sequence.stream))
            self.behind = time.time() - new[0].metadata.timestamp.timestamp()
        for message in messages:
            if not message.is_acked:
                await message.ack()

    async def _read(self, message: Msg) -> Any:
        try:
            return self.read(message)
        except Unreadable as error:
            self.pulse.count("unreadable messages")
            self.pulse.error(error)
            await message.term()
            return None

    async def _keep(self, items: Sequence[Any], position: Position) -> None:
        waits = iter(PATIENCE)
        while True:
            try:
                kept = await asyncio.get_running_loop().run_in_executor(self.writer, self.keep, items, position)
                break
            except ServiceError as error:
                self.pulse.trouble(self.what, f"{self.what} are not stored: {error}")
                wait = next(waits, None)
                if wait is None:
                    raise
                await asyncio.sleep(wait)
        self.position = position
        self.pulse.trouble(self.what)
        self.pulse.count(self.what, kept)


async def _fetch(consumer: JetStreamContext.PullSubscription) -> list[Msg]:
    try:
        return await consumer.fetch(MESSAGES, timeout=COLLECT)
    except TimeoutError:
        return []


def named(stream: api.StreamInfo) -> str:
    """The name under which positions in a stream are kept: it is another once it has been made anew."""
    return f"{stream.config.name}@{stream.created:%Y%m%dT%H%M%S.%f}"
