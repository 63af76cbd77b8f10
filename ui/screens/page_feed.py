"""The pages' feed: what all pages of this process show, kept once.

It hears telemetry and alarms on the bus and keeps the last sample of every tag in arrays. Once a tick
it calls whoever listens (one call per browser session), so a page never polls and never subscribes.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from nats.errors import Error as NatsError

from control.bus import log
from control.bus.batch import Batch
from control.bus.clock import Clock, FieldClock
from control.bus.connection import Bus
from control.bus.current_run import CurrentRun
from control.bus.hearing import hear
from control.bus.kept import kept
from control.bus.message.alarm import Transition
from control.bus.message.form import parsed
from control.bus.plant_time import field_clock
from control.client import Control
from ui import trust
from ui.screens.standing import Standing

QUIET = 3.0  # s without telemetry, after which it is looked for
PERIOD = 1.0  # s between ticks
RING = 180  # points of each sparkline …
STRIDE = 5  # … and ticks from one to the next: a quarter of an hour


@dataclass(frozen=True)
class Fresh:
    """The samples that came between two ticks, as columns; ``row`` numbers tags as the feed does."""

    row: np.ndarray
    time: np.ndarray
    value: np.ndarray
    quality: np.ndarray


Listener = Callable[[Fresh], None]


class PageFeed:
    """Last samples, short histories and standing alarms of the tags ``names``, on the time of ``clock``."""

    def __init__(self, names: Iterable[str], clock: Clock, scan: float = 1.0):
        self.names = tuple(names)
        self.row = {name: i for i, name in enumerate(self.names)}
        self.clock, self.scan = clock, scan
        self.brief: dict[str, Any] = {}  # what a drill's instructor says to trainees
        self.turns = 0  # of the run that is shown into another
        self._announced = FieldClock()
        self._run = CurrentRun(clock, self._turn)
        self.alarms = Standing()
        self._forget()
        self.ticks = 0
        self._heard = time.monotonic()  # telemetry
        self._listeners: set[Listener] = set()
        self._rows_of: dict[tuple[str, ...], np.ndarray] = {}

    def _forget(self) -> None:
        """Know of no sample."""
        n = len(self.names)
        self.value = np.full(n, np.nan)
        self.time = np.zeros(n, dtype=np.int64)
        self.quality = np.zeros(n, dtype=np.uint32)
        self.recent = np.full((n, RING), np.nan, dtype=np.float32)
        self._fresh: list[Fresh] = []

    def _turn(self) -> None:
        """Another run goes on: nothing of the last one is shown any more."""
        self.turns += 1
        self._forget()
        self.alarms.forget()

    @property
    def run_shown(self) -> str:
        """The run of all that is shown."""
        return self._run.name

    async def start(self, bus: Bus) -> None:
        """Subscribe to what comes, and take what holds now."""
        await hear(bus, bus.subjects.telemetry("*"), Batch.decode, self._on_batch)
        await Control(bus).hear_alarms(self._hear)
        await hear(bus, bus.subjects.brief(), parsed, self._brief)
        self._announced = self.clock if isinstance(self.clock, FieldClock) else await field_clock(bus)
        await self.catch_up(bus)

    async def catch_up(self, bus: Bus) -> None:
        """Take the values and alarms that hold now: at the start, and after the bus was away."""
        for entry in await kept(bus, await bus.latest()):
            self.take(Batch.decode(entry.value))
        for alarm in await Control(bus).alarms():
            self._hear(alarm)

    async def follow(self, bus: Bus) -> None:
        """Catch up whenever the bus has been away: what was said then was never heard.

        Where nothing is said, since there is no room to keep it, what holds now stands in the bucket all the same.
        """
        seen = bus.client.stats["reconnects"]
        while True:
            await asyncio.sleep(PERIOD)
            now = bus.client.stats["reconnects"]
            if now == seen and time.monotonic() - self._heard <= QUIET:
                continue
            try:
                await self.catch_up(bus)
                seen = now
            except (TimeoutError, NatsError) as error:  # it went away again: tried anew in a moment
                log.warning("feed", error=str(error) or type(error).__name__)

    def _on_batch(self, batch: Batch) -> None:
        self._heard = time.monotonic()
        self.take(batch)

    async def run(self) -> None:
        """Tick for as long as the process lives."""
        loop = asyncio.get_running_loop()
        due = loop.time()
        while True:
            due = max(due + PERIOD, loop.time())
            await asyncio.sleep(due - loop.time())
            self.tick()

    def take(self, batch: Batch) -> None:
        """Keep the samples of the tags that we know; a value that is none leaves the last one standing."""
        if not self._run.takes(batch.run):
            return
        rows = self._rows(batch.tags)[batch.tag]
        known = np.argsort(batch.time, kind="stable")  # of several samples of a tag, the newest is written last
        known = known[rows[known] >= 0]
        rows, time, value = rows[known], batch.time[known], batch.value[known]
        quality = batch.quality[known]
        self._fresh.append(Fresh(rows, time, value, quality))
        known = self.time[rows]
        newer = (time >= known) | (known > self.clock.now())  # from before a clock was set back
        rows, value = rows[newer], value[newer]
        self.time[rows], self.quality[rows] = time[newer], quality[newer]
        finite = np.isfinite(value)
        self.value[rows[finite]] = value[finite]

    def tick(self) -> None:
        """Hand what came since the last tick to every listener."""
        self.ticks += 1
        if self.ticks % STRIDE == 0:
            self.recent = np.roll(self.recent, -1, axis=1)
        self.recent[:, -1] = self.known(np.arange(len(self.names)))
        fresh, self._fresh = joined(self._fresh), []
        for listener in tuple(self._listeners):
            listener(fresh)

    def listen(self, listener: Listener) -> Callable[[], None]:
        """Call ``listener`` at every tick; calling what is returned ends it."""
        self._listeners.add(listener)
        return lambda: self._listeners.discard(listener)

    @property
    def plant(self) -> FieldClock | None:
        """Plant time, once a simulated field has announced it."""
        return self._announced if self._announced.heard.is_set() else None

    @property
    def listening(self) -> int:
        """How many listen."""
        return len(self._listeners)

    def trust(self, rows: np.ndarray) -> np.ndarray:
        """How far each of these tags can be believed now, as :mod:`ui.trust` numbers it."""
        return trust.of(self.quality[rows], self.time[rows], self.clock.now(), self.scan)

    def known(self, rows: np.ndarray) -> np.ndarray:
        """Values of these tags (SI) as far as they are known now, NaN otherwise: the last value is not the present."""
        return np.where(trust.is_known(self.trust(rows)), self.value[rows], np.nan)

    def rows(self, names: Sequence[str]) -> np.ndarray:
        """Row numbers of tags that all are known."""
        return np.array([self.row[name] for name in names], dtype=np.intp)

    def _rows(self, tags: tuple[str, ...]) -> np.ndarray:
        found = self._rows_of.get(tags)
        if found is None:
            found = self._rows_of[tags] = np.array([self.row.get(tag, -1) for tag in tags], dtype=np.intp)
        return found

    def _brief(self, said: Any) -> None:
        self.brief = said if isinstance(said, dict) else {}

    def _hear(self, alarm: Transition) -> None:
        if self._run.takes(alarm.run):
            self.alarms.hear(alarm.plain())


def joined(parts: Sequence[Fresh]) -> Fresh:
    """The samples of several ticks, or of none, as those of one."""
    if not parts:
        return Fresh(np.zeros(0, np.intp), np.zeros(0, np.int64), np.zeros(0), np.zeros(0, np.uint32))
    return Fresh(*(np.concatenate([getattr(p, name) for p in parts]) for name in ("row", "time", "value", "quality")))
