"""The bus: one connection of one process to NATS, with the streams and buckets that all share.

Streams keep what was said (telemetry, alarms and events); buckets keep what holds now (latest values,
alarm states). Whoever comes first creates them; doing it again changes nothing.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
from collections.abc import Awaitable, Callable
from typing import Any

import nats
from nats.aio.client import Client
from nats.aio.msg import Msg
from nats.errors import AuthorizationError
from nats.errors import Error as NatsError
from nats.js import JetStreamContext, api
from nats.js.kv import KeyValue

from control.bus import log
from control.bus.access import EVENTS, LATEST, TELEMETRY
from control.bus.keyring import Key
from control.bus.message.form import Message, parsed
from control.bus.message.refusal import accepted, refusal
from control.bus.subject import Subjects
from plant.error import GemeloError, ServiceError

DAY = 86_400.0
DRAIN = 5  # s that what is pending may take at the end
Sayable = Message | bytes | dict[str, Any] | list[Any] | str | int | float | None  # plain values go as JSON
REFUSED = 1.0  # s that a bus which refuses a key is asked again: it may be about to learn of it
NO_KEY = "its key is in keys.json of the bus's data folder; a field is let in with: gemelo admit"
TELEMETRY_DAYS = 7  # the stream is the log from which a lost history can be rebuilt


class Bus:
    """A connection, its JetStream context, and the subjects of the field that it is about."""

    def __init__(self, client: Client, subjects: Subjects):
        self.client, self.subjects = client, subjects
        self.stream: JetStreamContext = client.jetstream(timeout=5.0)
        self._answering: set[asyncio.Task[None]] = set()

    @classmethod
    async def connect(
        cls, url: str, subjects: Subjects, name: str = "gemelo", patience: float = 5.0, key: Key | None = None
    ) -> Bus:
        """Connect with a key, and keep reconnecting for as long as the process lives.

        Raises :class:`ServiceError` where nothing answers within ``patience`` [s], or the key does not fit.
        """
        is_refused = is_over = False
        limit = asyncio.timeout(patience)  # without it, endless reconnecting would begin here

        def hear(error: Exception) -> None:
            nonlocal is_refused
            if _is_refusal(error) and not is_refused and not is_over:
                is_refused = True
                soon = asyncio.get_running_loop().time() + REFUSED
                limit.reschedule(min(soon, limit.when() or soon))

        shown = {"user": key.user, "password": key.password, "inbox_prefix": key.inbox} if key else {}
        try:
            async with limit:
                client = await nats.connect(
                    url, name=name, allow_reconnect=True, max_reconnect_attempts=-1, reconnect_time_wait=0.2,
                    connect_timeout=5, ping_interval=10, drain_timeout=DRAIN, error_cb=_logger(hear), **shown,
                )  # fmt: skip
        except (TimeoutError, NatsError, OSError) as error:
            if is_refused or _is_refusal(error):
                raise ServiceError(f"bus {url} does not let {key.user if key else 'strangers'} in: {NO_KEY}") from None
            raise ServiceError(f"bus {url} does not answer: {error or type(error).__name__}") from None
        finally:
            is_over = True
        bus = cls(client, subjects)
        await bus._prepare()
        return bus

    async def _prepare(self) -> None:
        s = self.subjects
        await self._ensure_stream(self.telemetry_stream, [s.telemetry("*")], TELEMETRY_DAYS * DAY)
        await self._ensure_stream(self.event_stream, [s.alarms("*"), s.events("*")], 365 * DAY)

    @property
    def telemetry_stream(self) -> str:
        """Name of the stream of all acquired batches."""
        return self.subjects.stored(TELEMETRY)

    @property
    def event_stream(self) -> str:
        """Name of the stream of alarms and events."""
        return self.subjects.stored(EVENTS)

    async def latest(self) -> KeyValue:
        """Bucket of each device's last batch, by device.

        In memory: it is whole again after one scan, and should not cost a disk flush a batch.
        """
        return await self.bucket(LATEST, api.StorageType.MEMORY)

    async def bucket(self, name: str, storage: api.StorageType = api.StorageType.FILE) -> KeyValue:
        """A key-value bucket of this field, created if absent."""
        return await self.stream.create_key_value(
            api.KeyValueConfig(bucket=self.subjects.stored(name), history=1, storage=storage)
        )

    async def publish(self, subject: str, message: Sayable) -> None:
        """Say something that nobody need keep."""
        await self.client.publish(subject, encoded(message))

    async def record(self, subject: str, message: Sayable) -> int:
        """Say something into a stream; its sequence number once it is on disk."""
        return (await self.stream.publish(subject, encoded(message))).seq

    async def request(self, subject: str, message: Sayable, timeout: float = 5.0) -> bytes:
        """Ask another process. Raises what it refuses with, and :class:`ServiceError` where none answers in time."""
        try:
            reply: Msg = await self.client.request(subject, encoded(message), timeout=timeout)
        except (TimeoutError, NatsError) as error:
            raise ServiceError(f"no answer on {subject}: {type(error).__name__}") from None
        return accepted(reply.data)

    async def answer(
        self, subject: str, handler: Callable[[Any], Awaitable[Sayable]], read: Callable[[bytes], Any] = parsed,
        side_by_side: bool = False,
    ) -> None:  # fmt: skip
        """Answer requests on ``subject``, as ``read`` makes them of bytes. An error of ours goes back as a refusal.

        One request is answered after the other, or ``side_by_side`` where a handler may take long.
        """

        async def on_message(message: Msg) -> None:
            await message.respond(await _answered(message.data, read, handler))

        async def on_one_of_many(message: Msg) -> None:
            task = asyncio.create_task(on_message(message))
            self._answering.add(task)
            task.add_done_callback(self._answering.discard)

        await self.client.subscribe(subject, cb=on_one_of_many if side_by_side else on_message)
        await self.client.flush()  # so that who asks next is heard

    async def close(self) -> None:
        """Send what is pending and disconnect."""
        if self.client.is_connected:
            await self.client.drain()
        else:
            with contextlib.suppress(OSError):  # it flushes even a connection that is already gone
                await self.client.close()

    async def _ensure_stream(self, name: str, subjects: list[str], max_age: float) -> None:
        config = api.StreamConfig(
            name=name, subjects=subjects, max_age=max_age, storage=api.StorageType.FILE, allow_direct=True,
            duplicate_window=120,
        )  # fmt: skip
        await self.stream.add_stream(config)


def encoded(message: Sayable) -> bytes:
    """What is said, as it goes over the wire."""
    if isinstance(message, bytes):
        return message
    return message.encode() if isinstance(message, Message) else json.dumps(message).encode()


async def _answered(
    request: bytes, read: Callable[[bytes], Any], handler: Callable[[Any], Awaitable[Sayable]]
) -> bytes:  # fmt: skip
    try:
        return encoded(await handler(read(request)))
    except GemeloError as error:
        return refusal(error)
    except Exception as error:  # a defect of ours: who asked is told, rather than left to wait
        log.failure("answer", request=repr(request[:200]))
        return refusal(ServiceError(f"failed within: {error!r}"))


def _is_refusal(error: BaseException) -> bool:
    return isinstance(error, AuthorizationError) or "uthorization" in str(error)


def _logger(hear: Callable[[Exception], None]) -> Callable[[Exception], Awaitable[None]]:
    """Says each error once: an outage repeats the same one several times a second. ``hear`` hears all."""
    said: list[str] = [""]

    async def tell(error: Exception) -> None:
        text = str(error) or type(error).__name__
        if text != said[0]:
            log.warning("bus", error=text)
        said[0] = text
        hear(error)

    return tell
