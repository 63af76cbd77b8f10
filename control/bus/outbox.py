"""An outbox: what a process has to say to the streams, kept until the bus has it on disk.

Saying something never waits. Each subject is a lane of its own: its messages go out one after the other, so
their order holds through any failure, while the lanes run side by side and share the cost of the flush.
A message stays here until it is acknowledged, through outages of any length. The outbox is bounded, in messages and in
bytes: when full, the oldest that waits is dropped, and the loss is counted.

A message carries an id, by which the server drops what it already has; its memory of ids is short, and an outage may
be long. So a lane that got no answer is unsure, and says nothing before the stream has told whether the message is
there.
"""

from __future__ import annotations

import asyncio
import uuid
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field

import nats.errors
from nats.js.errors import NotFoundError

from control.bus import log
from control.bus.cancel import end_if_cancelled
from control.bus.connection import Bus

PATIENCE = 2.0  # s that an acknowledgement may take until the stream is asked
PAUSE = 0.2  # s between attempts
LIMIT, BUDGET = 20_000, 256 * 1024 * 1024  # messages, byte
ID = "Nats-Msg-Id"


@dataclass(frozen=True)
class Letter:
    """One message that waits for its acknowledgement."""

    subject: str
    data: bytes
    id: str


@dataclass
class Lane:
    """The messages of one subject, in order, and the task that delivers them."""

    waiting: deque[Letter] = field(default_factory=deque)
    task: asyncio.Task[None] | None = None


class Outbox:
    """:meth:`put` whenever there is something to say; :meth:`drain` before the end.

    While there is a ``shortage`` of room all that was put waits, and ``trouble`` tells why; what is delivered past all
    others, as alarms are, is little enough for the reserve.
    """

    def __init__(self, bus: Bus, limit: int = LIMIT, shortage: Callable[[], str] = str, budget: int = BUDGET):
        self._bus, self._limit, self._shortage, self.trouble = bus, limit, shortage, ""
        self._name, self._count = uuid.uuid4().hex, 0
        self._lanes: dict[str, Lane] = {}
        self._budget, self._bytes = budget, 0
        self._size = 0
        self.lost = 0

    def __len__(self) -> int:
        return self._size

    def waiting(self, subject: str) -> int:
        """How many messages of a subject are not acknowledged yet."""
        lane = self._lanes.get(subject)
        return len(lane.waiting) if lane else 0

    def put(self, subject: str, data: bytes, key: str | None = None) -> None:
        """Say ``data`` on ``subject`` as soon as the bus takes it; a ``key`` of the caller must be unique."""
        while self._size and (self._size >= self._limit or self._bytes + len(data) > self._budget):
            self._drop()
        self._count += 1
        lane = self._lanes.setdefault(subject, Lane())
        lane.waiting.append(Letter(subject, data, key or f"{self._name}-{self._count}"))
        self._size, self._bytes = self._size + 1, self._bytes + len(data)
        if lane.task is None:
            lane.task = asyncio.create_task(self._deliver_all(lane))

    async def deliver(self, letter: Letter) -> None:
        """Say one message past all others, and return once it is on disk, however long that takes."""
        while not await self._is_acknowledged(letter):
            end_if_cancelled()
            await self._pause()
            # It may have arrived: to say it again is safe only within the server's memory of ids.
            while (arrived := await self._is_stored(letter)) is None:
                end_if_cancelled()
                await self._pause()
            if arrived:
                self.trouble = ""
                return

    async def _pause(self) -> None:
        await asyncio.sleep(PAUSE)
        while not self._bus.client.is_connected:
            await asyncio.sleep(PAUSE)

    async def drain(self, timeout: float) -> bool:
        """Wait until all is acknowledged; whether it was within ``timeout`` [s]. What is left then is given up."""
        tasks = [lane.task for lane in self._lanes.values() if lane.task is not None]
        if tasks:
            await asyncio.wait(tasks, timeout=timeout)
        for task in tasks:
            task.cancel()
        return self._size == 0

    async def _deliver_all(self, lane: Lane) -> None:
        while lane.waiting:
            await self._room()
            letter = lane.waiting[0]
            await self.deliver(letter)
            end_if_cancelled()
            if lane.waiting and lane.waiting[0] is letter:  # else it was dropped on the way
                self._forget(lane)
        lane.task = None

    async def _room(self) -> None:
        while short := self._shortage():
            self.trouble = short
            end_if_cancelled()
            await asyncio.sleep(PAUSE)

    async def _is_acknowledged(self, letter: Letter) -> bool:
        try:
            await self._bus.stream.publish(letter.subject, letter.data, PATIENCE, headers={ID: letter.id})
            self.trouble = ""
            return True
        except (TimeoutError, OSError, nats.errors.Error) as error:
            self.trouble = f"the bus does not store: {error or type(error).__name__}"
            return False

    async def _is_stored(self, letter: Letter) -> bool | None:
        """Whether a message that got no answer did arrive, and then it is the last of its subject; None where the
        stream does not say."""
        try:
            stream = await self._bus.stream.find_stream_name_by_subject(letter.subject)
            last = await self._bus.stream.get_last_msg(stream, letter.subject)
        except NotFoundError:
            return False  # there is none of that subject
        except (TimeoutError, OSError, nats.errors.Error) as error:
            log.warning(
                "outbox", subject=letter.subject, waiting=self._size, error=self.trouble,
                asked=str(error) or type(error).__name__,
            )  # fmt: skip
            return None
        return (last.headers or {}).get(ID) == letter.id

    def _drop(self) -> None:
        """Make room by the longest lane's oldest message."""
        lane = max(self._lanes.values(), key=lambda lane: len(lane.waiting))
        self._forget(lane)
        self.lost += 1

    def _forget(self, lane: Lane) -> None:
        """Let go of a lane's oldest message."""
        self._bytes -= len(lane.waiting.popleft().data)
        self._size -= 1
