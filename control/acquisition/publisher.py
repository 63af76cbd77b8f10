"""From a device's batches to the bus: the stream that keeps them all, and the bucket of the latest."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from control.bus.batch import Batch
from control.bus.latest import Latest
from control.bus.outbox import Outbox
from control.bus.subject import Subjects, token


class Publisher:
    """Where every link of a field says what it acquired and what became of its device. Nothing here waits."""

    def __init__(self, subjects: Subjects, outbox: Outbox, latest: Latest):
        self._subjects, self._outbox, self._latest = subjects, outbox, latest
        self.listeners: list[Callable[[Batch], None]] = []  # in this process, in the same moment: alarms

    def batch(self, device: str, batch: Batch) -> None:
        """Publish what was acquired from ``device``."""
        data = batch.encode()
        self._outbox.put(self._subjects.telemetry(device), data)
        self._latest.put(token(device), data)
        for listener in self.listeners:
            listener(batch)

    def event(self, event: dict[str, Any]) -> None:
        """Publish that a device was lost or came back."""
        self._outbox.put_json(self._subjects.events("device"), {"field": self._subjects.field} | event)
