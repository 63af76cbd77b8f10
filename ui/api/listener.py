"""A listener: one client of the live stream, and what waits to be sent to it."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Sequence

import numpy as np

from ui.api.snapshot import Units

DEPTH = 64  # events


class Listener:
    """A bounded queue. A client that reads too slowly loses the oldest events, and is told how many."""

    def __init__(self, rows: Sequence[int], of: int, units: Units, depth: int = DEPTH):
        self.rows, self.units = tuple(rows), units
        self.wants = np.zeros(of, bool)
        self.wants[list(rows)] = True
        self.dropped = 0
        self.is_closed = False
        self._waiting: deque[str] = deque(maxlen=depth)
        self._wake = asyncio.Event()

    def offer(self, event: str) -> None:
        """Something to send. Never waits."""
        self.dropped += len(self._waiting) == self._waiting.maxlen
        self._waiting.append(event)
        self._wake.set()

    def close(self) -> None:
        """Nothing more will come."""
        self.is_closed = True
        self._wake.set()

    async def next(self, patience: float) -> str | None:
        """What waits longest, as soon as anything does; ``None`` after ``patience`` [s] without, or once closed."""
        if not self._waiting and not self.is_closed:
            self._wake.clear()
            try:
                await asyncio.wait_for(self._wake.wait(), patience)
            except TimeoutError:
                return None
        return self._waiting.popleft() if self._waiting else None
