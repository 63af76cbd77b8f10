"""The alarm desk: transitions go out to the bus, what people do comes in, and states outlive the process.

Each transition is first kept in a bucket and then said on the stream, one after the other. So after a kill
at most the last one kept was not said; the desk looks, says it if need be, and goes on from the states kept.

On the bus an alarm is its last transition. A field that goes back to an earlier moment has its alarms as they stood
then, and each is said anew as of the run that begins.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Mapping
from dataclasses import fields, replace

import nats.errors
import nats.js.errors
from nats.js.kv import KeyValue

from control.alarms.engine import AlarmEngine, Change
from control.alarms.handling import read
from control.alarms.life import GONE, Life, Step, lived
from control.alarms.past import Past, read_past
from control.alarms.state import Alarm, Event, State
from control.alarms.suppression import Suppressor
from control.alarms.table import SEVERITIES
from control.bus.batch import Batch
from control.bus.cancel import end_if_cancelled
from control.bus.clock import SECOND, Clock, Steps, WallClock
from control.bus.connection import Bus
from control.bus.kept import kept
from control.bus.message.alarm import Handled, Handling, Transition
from control.bus.message.announcement import PlantTime
from control.bus.outbox import ID, PAUSE, Letter, Outbox
from control.bus.subject import key_of

LOOK = 1.0  # between looks for what time alone has changed [s of the wall]
OVER = "its time on the shelf is over"
TURNED = "branch"  # the event of an alarm that stands as it stood at the moment from which a run branched off


class AlarmDesk:
    """Connects an engine with the bus. Run :meth:`run` as a task after :meth:`restore`."""

    def __init__(
        self, bus: Bus, outbox: Outbox, engine: AlarmEngine, clock: Clock, suppressor: Suppressor | None = None
    ):
        self._bus, self._outbox, self._engine, self._clock = bus, outbox, engine, clock
        self._suppressor = suppressor or Suppressor(())
        self._steps = Steps()
        self._queue: asyncio.Queue[tuple[Transition, asyncio.Future[None] | None]] = asyncio.Queue()
        self._bucket: KeyValue | None = None
        self._lives: dict[str, Life] = {}
        self._last: dict[str, Transition] = {}
        self._past = Past()
        self._is_turning = False

    @property
    def standing(self) -> int:
        """How many alarms are neither normal nor set aside."""
        return sum(1 for _, alarm in self._engine.standing() if not alarm.aside)

    async def restore(self) -> None:
        """Go on with the states from before a restart."""
        self._bucket = await self._bus.bucket("alarms")
        transitions = [Transition.decode(entry.value) for entry in await kept(self._bus, self._bucket)]
        self._past = Past(transitions, self._clock.now())
        for transition in transitions:
            self._last[transition.id] = transition
            self._restore_one(transition)
        if transitions:
            await self._say_unless_said(transitions[-1])
        suppressed = {rule.id for rule, alarm in self._engine.standing() if State.DSUPR in alarm.aside}
        self._take(self._suppressor.resume(suppressed), self._clock.now())

    def hear(self, batch: Batch) -> None:
        """Take a batch. Nothing here waits."""
        if self._is_turning:
            return  # another comes within a scan
        now = self._clock.now()
        self._take(self._suppressor.hear(batch, now), now)
        self._put(self._engine.evaluate(batch, now))

    async def watch(self) -> None:
        """See, as time passes, what has become stale, and whose time on the shelf is over."""
        while True:
            await asyncio.sleep(LOOK)
            self.look()

    def look(self) -> None:
        """See what time has changed. What the machine's clock was set by is no time that has passed."""
        if self._is_turning:
            return
        now, step = self._clock.now(), self._steps.look() if isinstance(self._clock, WallClock) else 0.0
        if step:
            self._lives = {name: _kept_on_shelf(life, int(step * SECOND)) for name, life in self._lives.items()}
        self._take(self._suppressor.look(now), now)
        self._put(self._engine.look(now))
        over = [name for name, life in self._lives.items() if (life.shelved_until_ns or now + 1) <= now]
        for name in over:
            self._put([self._engine.take(name, Event.UNSHELVE, now)], comment=OVER)

    def is_behind(self, said: PlantTime) -> bool:
        """Whether another run began while nobody was at the desk: its alarms were not said yet."""
        runs = {one.run for one in self._last.values()}
        is_unsaid = any(one.run != said.run and one.state != State.NORM for one in self._last.values())
        return is_unsaid or bool(said.from_ns and runs and said.run not in runs)

    async def turn(self, said: PlantTime) -> None:
        """Go on with all alarms as they stood at the moment from which a run branched off, or as they stand."""
        self._is_turning = True
        try:
            before, by = dict(self._last), said.since_ns - said.from_ns if said.from_ns else 0
            stood = before if not said.from_ns else self._past.at(said.from_ns)
            while stood is None:
                try:
                    stood = await read_past(self._bus, said.from_ns)
                except (TimeoutError, OSError, nats.errors.Error):
                    end_if_cancelled()
                    await asyncio.sleep(PAUSE)
            self._go_on_from(stood, by)
            self._say_turned(before, stood, by)
        finally:
            self._is_turning = False

    def _go_on_from(self, stood: Mapping[str, Transition], by: int) -> None:
        """Take states and lives as they were, ``by`` so many ns later."""
        self._engine.forget()
        self._suppressor.forget()
        self._lives = {}
        for rule in self._engine.rules:
            if (one := stood.get(rule.id)) is not None:
                life = self._lives[rule.id] = _shifted(_life_of(one), by)
                alarm = _alarm_of(replace(one, time_ns=one.time_ns + by), life)
                self._engine.restore(self._engine.row(rule.id), alarm, one.value)
        suppressed = {rule.id for rule, alarm in self._engine.standing() if State.DSUPR in alarm.aside}
        self._take(self._suppressor.resume(suppressed), self._clock.now())

    def _say_turned(self, before: Mapping[str, Transition], stood: Mapping[str, Transition], by: int) -> None:
        """Say how all alarms stand that stood in either run: so the new one tells of itself alone."""
        now = self._clock.now()
        for name in sorted(before.keys() | stood.keys()):
            one = stood.get(name) or replace(before[name], state=State.NORM, aside="", **vars(Life()))
            was = before[name].state if name in before else State.NORM
            if {one.state, was} != {State.NORM}:
                life = _shifted(_life_of(one), by) if name in stood else Life()
                told = replace(one, before=was, event=TURNED, time_ns=now, by=None, comment=None, run=self._clock.run)
                self._tell(replace(told, **vars(life)), None)

    async def handle(self, asked: Handling) -> Handled:
        """Do what somebody asks with an alarm, and answer once that is on disk.

        Raises :class:`Unknown` where there is no such alarm, and :class:`OutOfRange` where it may not be.
        """
        alarm_id, now = _id(asked.alarm), self._clock.now()
        row = self._engine.row(alarm_id)
        event = read(asked, self._engine.alarms[row], alarm_id)
        change = self._engine.take(alarm_id, event, now)
        until = None if asked.for_s is None or event is not Event.SHELVE else now + int(asked.for_s * SECOND)
        stored: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        if self._put([change], asked.by, asked.comment, until, stored):
            await stored
        alarm = self._engine.alarms[row]
        return Handled(alarm_id, alarm.state, change is not None, alarm.since, asked.by)

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
            self._engine.restore(self._engine.row(last.id), _alarm_of(last, self._lives[last.id]), last.value)
        elif state is not State.NORM:  # its row has left the table: it may not stand for ever
            self._tell(self._removed(last, state), None)

    def _removed(self, last: Transition, state: State) -> Transition:
        now = self._clock.now()
        gone = replace(last, before=state, state=State.NORM, event=GONE, time_ns=now, run=self._clock.run, aside="")
        life = self._lives[last.id] = lived(self._lives[last.id], Step(GONE, State.NORM, now))
        return replace(gone, **vars(life))

    def _take(self, events: Iterable[tuple[str, Event]], now: int) -> None:
        """Have events happen that are nobody's."""
        self._put([self._engine.take(alarm, event, now) for alarm, event in events])

    def _put(
        self, changes: Iterable[Change | None], by: str | None = None, comment: str | None = None,
        until: int | None = None, stored: asyncio.Future[None] | None = None,
    ) -> bool:  # fmt: skip
        """Have what changed kept and said, by whom and why; whether anything did."""
        found = [change for change in changes if change is not None]
        for change in found:
            self._tell(self._transition(change, by, comment, until), stored)
        return bool(found)

    def _tell(self, transition: Transition, stored: asyncio.Future[None] | None) -> None:
        self._last[transition.id] = transition
        self._past.add(transition)
        self._queue.put_nowait((transition, stored))

    def _transition(self, change: Change, by: str | None, comment: str | None, until: int | None) -> Transition:
        rule, step, aside = change.rule, change.transition, self._engine.alarms[self._engine.row(change.rule.id)].aside
        told = Step(step.event, step.after, step.time, by, comment, until)
        life = self._lives[rule.id] = lived(self._lives.get(rule.id, Life()), told)
        return Transition(
            id=rule.id, tag=rule.tag.name, kind=rule.kind, priority=rule.priority, before=step.before,
            state=step.after, event=step.event, time_ns=step.time, value=change.value, limit=rule.limit,
            unit=rule.tag.signal.unit.key, message=dict(rule.message), field=self._bus.subjects.field,
            by=by, comment=comment, run=self._clock.run, aside=" ".join(sorted(aside)), **vars(life),
        )  # fmt: skip


def _alarm_of(last: Transition, life: Life) -> Alarm:
    """The alarm as it was kept. Of one that is set aside nobody knows what its condition is now."""
    state, aside = State(last.state), frozenset(map(State, last.aside.split()))
    is_once = State.SHLVD in aside and life.shelved_until_ns is None
    return Alarm(state, last.time_ns, holds=state.is_active, aside=aside, is_once=is_once)


def _kept_on_shelf(life: Life, by: int) -> Life:
    until = life.shelved_until_ns
    return life if until is None else replace(life, shelved_until_ns=until + by)


def _shifted(life: Life, by: int) -> Life:
    """The same life, so many ns later."""
    times = {name: at + by for name, at in vars(life).items() if name.endswith("_ns") and at is not None}
    return replace(life, **times)


def _life_of(last: Transition) -> Life:
    """The life that a kept transition tells; one of before tells no more than its own moment."""
    told = {field.name: getattr(last, field.name) for field in fields(Life)}
    if last.raised_ns or last.aside:
        return Life(**told)
    return lived(Life(), Step(last.event, State(last.state), last.time_ns, last.by, last.comment))


def _id(name: str) -> str:
    """An alarm's id, where it is named so or as ``TAG/KIND``."""
    tag, slash, kind = name.rpartition("/")
    return f"{tag}.{kind}" if slash else name
