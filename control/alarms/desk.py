"""The alarm desk: transitions go out to the bus, acknowledgements come in, and states outlive the process.

Each transition is first kept in a bucket and then said on the stream, one after the other. So after a kill
at most the last one kept was not said; the desk looks, says it if need be, and goes on from the states kept.

On the bus an alarm is its last transition.
"""

from __future__ import annotations

import asyncio
from dataclasses import fields, replace
from typing import Any

import nats.errors
import nats.js.errors
from nats.js.kv import KeyValue

from control.alarms.engine import AlarmEngine, Change
from control.alarms.life import Life, lived
from control.alarms.state import State
from control.alarms.table import SEVERITIES
from control.bus.batch import Batch
from control.bus.cancel import end_if_cancelled
from control.bus.clock import Clock
from control.bus.connection import Bus
from control.bus.kept import kept
from control.bus.message.alarm import Acknowledge, Acknowledged, Transition
from control.bus.outbox import ID, PAUSE, Letter, Outbox
from control.bus.subject import key_of

LOOK = 1.0  # between looks for what has become stale [s of the wall]


class AlarmDesk:
    """Connects an engine with the bus. Run :meth:`run` as a task after :meth:`restore`."""

    def __init__(self, bus: Bus, outbox: Outbox, engine: AlarmEngine, clock: Clock):
        self._bus, self._outbox, self._engine, self._clock = bus, outbox, engine, clock
        self._queue: asyncio.Queue[tuple[Transition, asyncio.Future[None] | None]] = asyncio.Queue()
        self._bucket: KeyValue | None = None
        self._lives: dict[str, Life] = {}

    @property
    def standing(self) -> int:
        """How many alarms are not normal."""
        return sum(1 for _ in self._engine.standing())

    async def restore(self) -> None:
        """Go on with the states from before a restart."""
        self._bucket = await self._bus.bucket("alarms")
        transitions = [Transition.decode(entry.value) for entry in await kept(self._bus, self._bucket)]
        for transition in transitions:
            self._restore_one(transition)
        if transitions:
            await self._say_unless_said(transitions[-1])

    def hear(self, batch: Batch) -> None:
        """Take a batch. Nothing here waits."""
        for change in self._engine.evaluate(batch, self._clock.now()):
            self._queue.put_nowait((self._transition(change), None))

    async def watch(self) -> None:
        """See, as time passes, what has become stale."""
        while True:
            await asyncio.sleep(LOOK)
            for change in self._engine.look(self._clock.now()):
                self._queue.put_nowait((self._transition(change), None))

    async def acknowledge(self, asked: Acknowledge) -> Acknowledged:
        """Acknowledge an alarm, and answer once that is on disk. Raises :class:`Unknown`."""
        alarm_id = _id(asked.alarm)
        change = self._engine.acknowledge(alarm_id, self._clock.now())
        if change is not None:
            stored: asyncio.Future[None] = asyncio.get_running_loop().create_future()
            self._queue.put_nowait((self._transition(change, asked.by, asked.comment), stored))
            await stored
        alarm = self._engine.alarms[self._engine.row(alarm_id)]
        return Acknowledged(alarm_id, alarm.state, change is not None, alarm.since, asked.by)

    async def run(self) -> None:
        """Keep and say what happens, until cancelled."""
        while True:
            transition, stored = await self._queue.get()
            await self._keep(transition)
            await self._outbox.deliver(self._letter(transition))
            if stored is not None and not stored.done():
                stored.set_result(None)
            end_if_cancelled()

    async def _keep(self, transition: Transition) -> None:
        assert self._bucket is not None, "restore first"
        while True:
            try:
                await self._bucket.put(key_of(transition.id), transition.encode())
                return
            except (TimeoutError, OSError, nats.errors.Error):
                end_if_cancelled()
                await asyncio.sleep(PAUSE)

    async def _say_unless_said(self, transition: Transition) -> None:
        letter = self._letter(transition)
        try:
            last = await self._bus.stream.get_last_msg(self._bus.event_stream, letter.subject)
            is_said = (last.headers or {}).get(ID) == letter.id
        except nats.js.errors.NotFoundError:
            is_said = False
        if not is_said:
            await self._outbox.deliver(letter)

    def _letter(self, transition: Transition) -> Letter:
        name = f"{transition.id}-{transition.time_ns}-{transition.state}"
        return Letter(self._bus.subjects.alarms(SEVERITIES[transition.priority]), transition.encode(), name)

    def _restore_one(self, last: Transition) -> None:
        state, self._lives[last.id] = State(last.state), _life_of(last)
        if last.id in {rule.id for rule in self._engine.rules}:
            self._engine.restore(last.id, state, last.time_ns, last.value)
        elif state is not State.NORM:  # its row has left the table: it may not stand for ever
            now = self._clock.now()
            gone = replace(last, before=state, state=State.NORM, event="removed", time_ns=now, run=self._clock.run)
            self._queue.put_nowait((replace(gone, **self._lived(last.id, gone.event, now)), None))

    def _lived(self, alarm: str, event: str, now: int, by: str | None = None, comment: str | None = None) -> Any:
        life = self._lives[alarm] = lived(self._lives.get(alarm, Life()), event, now, by, comment)
        return vars(life)

    def _transition(self, change: Change, by: str | None = None, comment: str | None = None) -> Transition:
        rule, step = change.rule, change.transition
        return Transition(
            id=rule.id, tag=rule.tag.name, kind=rule.kind, priority=rule.priority, before=step.before,
            state=step.after, event=step.event, time_ns=step.time, value=change.value, limit=rule.limit,
            unit=rule.tag.signal.unit.key, message=dict(rule.message), field=self._bus.subjects.field,
            by=by, comment=comment, run=self._clock.run, **self._lived(rule.id, step.event, step.time, by, comment),
        )  # fmt: skip


def _life_of(last: Transition) -> Life:
    """The life that a kept transition tells; one of before tells no more than its own moment."""
    told = {field.name: getattr(last, field.name) for field in fields(Life)}
    return Life(**told) if last.raised_ns else lived(Life(), last.event, last.time_ns, last.by, last.comment)


def _id(name: str) -> str:
    """An alarm's id, where it is named so or as ``TAG/KIND``."""
    tag, slash, kind = name.rpartition("/")
    return f"{tag}.{kind}" if slash else name
