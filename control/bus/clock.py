"""Clocks: whose time acquisition, alarms and delays run on.

With real hardware it is the wall's. A simulated field may run at another speed; then it publishes its
time and speed, and everything that takes a :class:`Clock` lives in plant time.
"""

from __future__ import annotations

import asyncio
import json
import time
from typing import Protocol

SECOND = 1_000_000_000  # ns


class Clock(Protocol):
    """What the time is, and a way to wait for a later one."""

    def now(self) -> int:
        """UTC, ns."""
        ...

    async def sleep_until(self, moment: int) -> None:
        """Return when :meth:`now` has reached ``moment`` (ns)."""
        ...


class WallClock:
    """The machine's own clock."""

    def now(self) -> int:
        """UTC, ns."""
        return time.time_ns()

    async def sleep_until(self, moment: int) -> None:
        """Return at ``moment``."""
        await asyncio.sleep(max(0.0, (moment - self.now()) / SECOND))


class FieldClock:
    """Plant time, as a simulated field announces it. Between announcements it runs on at the last speed."""

    def __init__(self) -> None:
        self._plant, self._at, self.speed = 0, time.monotonic_ns(), 0.0
        self._changed = asyncio.Event()

    def hear(self, message: bytes) -> None:
        """Take an announcement ``{"time_ns": …, "speed": …}``."""
        said = json.loads(message)
        speed = float(said["speed"])
        # An announcement that was long under way must not turn time back.
        self._plant = max(int(said["time_ns"]), self.now())
        self._at, self.speed = time.monotonic_ns(), speed
        self._changed.set()
        self._changed = asyncio.Event()

    @property
    def is_running(self) -> bool:
        """Whether any announcement has come and plant time moves."""
        return self.speed > 0

    def now(self) -> int:
        """Plant time, UTC ns; 0 before the first announcement."""
        return self._plant + int((time.monotonic_ns() - self._at) * self.speed)

    async def sleep_until(self, moment: int) -> None:
        """Return when plant time has reached ``moment``, however often its speed changes meanwhile."""
        while (left := moment - self.now()) > 0:
            changed = self._changed
            timeout = left / SECOND / self.speed if self.speed > 0 else None
            try:
                async with asyncio.timeout(timeout):
                    await changed.wait()
            except TimeoutError:
                pass  # the time has passed undisturbed
