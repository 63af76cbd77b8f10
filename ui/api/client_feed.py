"""The clients' feed: what the API hears on the bus, once for all its clients.

Latest values start from the bucket that keeps them and go on from telemetry as it passes; alarms start
from theirs and go on from their transitions; pulses say which processes live.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import numpy as np
from nats.errors import Error as NatsError

from control.alarms.state import State
from control.bus.batch import Batch
from control.bus.connection import Bus
from control.bus.current_run import CurrentRun
from control.bus.hearing import hear
from control.bus.kept import kept
from control.bus.message.alarm import Transition
from control.bus.message.beat import Beat
from control.bus.service import PULSE_PERIOD, Pulse
from control.client import Control
from ui.api.listener import Listener
from ui.api.snapshot import Snapshot, Units

SILENT = 3 * PULSE_PERIOD  # s without a pulse
QUIET = 3.0  # s without telemetry, after which it is looked for
LOOK = 1.0  # s, between looks whether the bus was away


class ClientFeed:
    """Values, alarms and pulses as they stand, and the clients that want to hear of changes."""

    def __init__(self, snapshot: Snapshot, pulse: Pulse):
        self.snapshot, self._pulse = snapshot, pulse
        self._run = CurrentRun(snapshot.clock, self._turn)
        self.alarms: dict[str, dict[str, Any]] = {}
        self._beats: dict[str, tuple[float, dict[str, Any]]] = {}
        self._listeners: set[Listener] = set()
        self._heard = time.monotonic()  # telemetry

    async def start(self, bus: Bus) -> None:
        """Hear first and then take what stood before, so that nothing falls between."""
        await hear(bus, bus.subjects.telemetry("*"), Batch.decode, self._on_batch, self._pulse.error)
        await Control(bus).hear_alarms(self._hear)
        await Control(bus).hear_beats(self._note)
        await self._catch_up(bus)

    async def follow(self, bus: Bus) -> None:
        """Catch up after each outage of the bus, until cancelled: what was said meanwhile was not heard.

        Where nothing is said, since there is no room to keep it, what holds now stands in the bucket all the same.
        """
        seen = bus.client.stats["reconnects"]
        while True:
            await asyncio.sleep(LOOK)
            self._offer(self.snapshot.grown_stale())
            now = bus.client.stats["reconnects"]
            try:
                if now != seen or time.monotonic() - self._heard > QUIET:
                    await self._catch_up(bus)
                    seen = now
            except (NatsError, TimeoutError) as error:  # gone again
                self._pulse.error(f"catching up: {error or type(error).__name__}")

    def _on_batch(self, batch: Batch) -> None:
        self._heard = time.monotonic()
        self._take(batch)

    def services(self) -> dict[str, dict[str, Any]]:
        """The last pulse of each process, with its state: running, or silent for too long."""
        now = time.monotonic()
        return {name: _shown(pulse, now - heard) for name, (heard, pulse) in sorted(self._beats.items())}

    @contextmanager
    def listening(self, rows: Sequence[int], units: Units) -> Iterator[Listener]:
        """A client that hears of changes of these rows for as long as it is here."""
        listener = Listener(rows, len(self.snapshot.time), units)
        self._listeners.add(listener)
        self._pulse.gauges["live_clients"] = len(self._listeners)
        try:
            yield listener
        finally:
            self._listeners.discard(listener)
            self._pulse.gauges["live_clients"] = len(self._listeners)

    def close(self) -> None:
        """Let all clients go."""
        for listener in self._listeners:
            listener.close()

    async def _catch_up(self, bus: Bus) -> None:
        for entry in await kept(bus, await bus.latest()):
            self._take(Batch.decode(entry.value))
        for alarm in await Control(bus).alarms():
            self._hear(alarm)

    def _turn(self) -> None:
        """Another run goes on: nothing of the last one stands any more."""
        self.snapshot.forget()
        self.alarms.clear()
        self._offer(np.arange(len(self.snapshot.time)))

    def _hear(self, alarm: Transition) -> None:
        if not self._run.takes(alarm.run):
            return
        if alarm.state == State.NORM:
            self.alarms.pop(alarm.id, None)
        else:
            self.alarms[alarm.id] = alarm.plain()

    def _note(self, beat: Beat) -> None:
        self._beats[beat.service] = (time.monotonic(), beat.plain())

    def _take(self, batch: Batch) -> None:
        if not self._run.takes(batch.run):
            return
        changed = self.snapshot.take(batch)
        self._pulse.count("samples", len(batch))
        self._offer(changed)

    def _offer(self, changed: np.ndarray) -> None:
        for listener in self._listeners:
            if (rows := changed[listener.wants[changed]]).size:
                listener.offer(self.snapshot.event(rows.tolist(), listener.units))


def _shown(pulse: dict[str, Any], age: float) -> dict[str, Any]:
    """A pulse as it is sent. Whether the devices of a process that is silent still answer, nobody knows."""
    is_silent = age > SILENT
    shown = pulse | {
        "state": "silent" if is_silent else "running", "age_s": round(age, 3),
        "up_s": round(pulse["time"] - pulse["started"], 3),
    }  # fmt: skip
    if is_silent and pulse.get("devices"):
        shown["devices"] = {
            name: device | dict.fromkeys({"connected"} & set(device)) for name, device in pulse["devices"].items()
        }
    return shown
