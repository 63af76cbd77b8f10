"""The alarm desk: transitions go out to the bus, acknowledgements come in, and states outlive the process.

Each transition is first kept in a bucket and then said on the stream, one after the other. So after a kill
at most the last one kept was not said; the desk looks, says it if need be, and goes on from the states kept.

On the bus an alarm is its last transition::

    {"id", "tag", "kind", "priority", "before", "state", "event", "time_ns", "value", "limit", "unit",
     "message": {"en", "es"}, "field", "by", "comment"}

Value and limit are SI; ``unit`` is the key of the unit in which people see them.
"""

from __future__ import annotations

import asyncio
import json
import re
from typing import Any

import nats.errors
import nats.js.errors
from nats.js.kv import KeyValue

from control.alarms.engine import AlarmEngine, Change
from control.alarms.state import State
from control.alarms.table import SEVERITIES
from control.bus.batch import Batch
from control.bus.cancel import end_if_cancelled
from control.bus.clock import Clock
from control.bus.connection import Bus
from control.bus.kept import kept
from control.bus.outbox import ID, PAUSE, Letter, Outbox
from plant.asset.error import CommandRefused

Message = dict[str, Any]


class AlarmDesk:
    """Connects an engine with the bus. Run :meth:`run` as a task after :meth:`restore`."""

    def __init__(self, bus: Bus, outbox: Outbox, engine: AlarmEngine, clock: Clock):
        self._bus, self._outbox, self._engine, self._clock = bus, outbox, engine, clock
        self._queue: asyncio.Queue[tuple[Message, asyncio.Future[None] | None]] = asyncio.Queue()
        self._bucket: KeyValue | None = None

    @property
    def standing(self) -> int:
        """How many alarms are not normal."""
        return sum(1 for _ in self._engine.standing())

    async def restore(self) -> None:
        """Go on with the states from before a restart."""
        self._bucket = await self._bus.bucket("alarms")
        messages = [json.loads(entry.value) for entry in await kept(self._bus, self._bucket)]
        for message in messages:
            self._restore_one(message)
        if messages:
            await self._say_unless_said(messages[-1])

    def hear(self, batch: Batch) -> None:
        """Take a batch. Nothing here waits."""
        for change in self._engine.evaluate(batch, self._clock.now()):
            self._queue.put_nowait((self._message(change), None))

    async def acknowledge(self, request: Any) -> bytes:
        """Answer ``{"alarm", "by", "comment"}``. Raises :class:`Unknown` or :class:`CommandRefused`."""
        alarm_id, by, comment = _asked(request)
        change = self._engine.acknowledge(alarm_id, self._clock.now())
        if change is not None:
            stored: asyncio.Future[None] = asyncio.get_running_loop().create_future()
            self._queue.put_nowait((self._message(change) | {"by": by, "comment": comment}, stored))
            await stored
        alarm = self._engine.alarms[self._engine.row(alarm_id)]
        reply = {"id": alarm_id, "state": alarm.state, "changed": change is not None, "time_ns": alarm.since, "by": by}
        return json.dumps(reply).encode()

    async def run(self) -> None:
        """Keep and say what happens, until cancelled."""
        while True:
            message, stored = await self._queue.get()
            await self._keep(message)
            await self._outbox.deliver(self._letter(message))
            if stored is not None and not stored.done():
                stored.set_result(None)
            end_if_cancelled()

    async def _keep(self, message: Message) -> None:
        assert self._bucket is not None, "restore first"
        while True:
            try:
                await self._bucket.put(_key(message["id"]), json.dumps(message).encode())
                return
            except (TimeoutError, OSError, nats.errors.Error):
                end_if_cancelled()
                await asyncio.sleep(PAUSE)

    async def _say_unless_said(self, message: Message) -> None:
        letter = self._letter(message)
        try:
            last = await self._bus.stream.get_last_msg(self._bus.event_stream, letter.subject)
            is_said = (last.headers or {}).get(ID) == letter.id
        except nats.js.errors.NotFoundError:
            is_said = False
        if not is_said:
            await self._outbox.deliver(letter)

    def _letter(self, message: Message) -> Letter:
        name = f"{message['id']}-{message['time_ns']}-{message['state']}"
        return Letter(self._bus.subjects.alarms(SEVERITIES[message["priority"]]), json.dumps(message).encode(), name)

    def _restore_one(self, message: Message) -> None:
        state = State(message["state"])
        if message["id"] in {rule.id for rule in self._engine.rules}:
            self._engine.restore(message["id"], state, message["time_ns"], message["value"])
        elif state is not State.NORM:  # its row has left the table: it may not stand for ever
            gone = {"before": state, "state": State.NORM, "event": "removed", "time_ns": self._clock.now()}
            self._queue.put_nowait((message | gone, None))

    def _message(self, change: Change) -> Message:
        rule, transition = change.rule, change.transition
        return {
            "id": rule.id, "tag": rule.tag.name, "kind": rule.kind, "priority": rule.priority,
            "before": transition.before, "state": transition.after, "event": transition.event,
            "time_ns": transition.time, "value": change.value, "limit": rule.limit, "unit": rule.tag.signal.unit.key,
            "message": dict(rule.message), "field": self._bus.subjects.field, "by": None, "comment": None,
        }  # fmt: skip


def _asked(request: Any) -> tuple[str, str, str]:
    if not isinstance(request, dict):
        raise CommandRefused("acknowledge", request, "must be an object with alarm and by")
    alarm, by, comment = (request.get(key, "") for key in ("alarm", "by", "comment"))
    for key, text in (("alarm", alarm), ("by", by)):
        if not isinstance(text, str) or not text.strip():
            raise CommandRefused(key, text, "must be a text that is not empty")
    tag, slash, kind = alarm.rpartition("/")
    return (f"{tag}.{kind}" if slash else alarm), by, str(comment or "")


def _key(alarm_id: str) -> str:
    return re.sub(r"[^-_=.A-Za-z0-9]", "_", alarm_id)
