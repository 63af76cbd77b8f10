"""From a device's batches to alarms, at once, and to the bus, gathered."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from control.acquisition.gatherer import GATHER, Gatherer
from control.bus.batch import Batch
from control.bus.clock import Clock
from control.bus.message.event import DeviceEvent
from control.bus.outbox import Outbox
from control.bus.subject import Subjects


class Publisher:
    """Where every link of a field says what it acquired and what became of its device. Nothing here waits."""

    def __init__(self, subjects: Subjects, outbox: Outbox, gatherer: Gatherer, clock: Clock):
        self._subjects, self._outbox, self._gatherer, self._clock = subjects, outbox, gatherer, clock
        self.listeners: list[Callable[[Batch], None]] = []  # in this process, in the same moment: alarms

    def batch(self, device: str, batch: Batch) -> None:
        """Publish what was acquired from ``device``, as of the run that is."""
        batch = replace(batch, run=self._clock.run)
        for listener in self.listeners:
            listener(batch)
        self._gatherer.put(device, batch, GATHER / max(1.0, self._clock.speed))

    def event(self, device: str, state: str, detail: str) -> None:
        """Publish that a device was lost or came back."""
        event = DeviceEvent(device, state, detail, self._clock.now(), self._subjects.field, self._clock.run)
        self._outbox.put(self._subjects.events("device"), event.encode())
