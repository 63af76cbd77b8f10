"""Polling: readings on a fixed grid of time, from a device that only answers when asked."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable

from control.acquisition.driver import Reading
from control.bus.clock import SECOND, Clock


class Poller:
    """Reads once at the start and then at every multiple of the period.

    A scan that takes too long costs the grid points it overran, which are counted; it is never
    made up for by a burst, so a slow device is not asked still faster.
    """

    def __init__(self, read: Callable[[], Awaitable[Reading]], period: float, clock: Clock):
        self._read, self._period, self._clock = read, int(period * SECOND), clock
        self.missed = 0

    async def stream(self) -> AsyncIterator[Reading]:
        """One reading per period, for as long as reading succeeds."""
        due = self._clock.now()
        while True:
            yield await self._read()
            due = self._after(due)
            await self._clock.sleep_until(due)

    def _after(self, due: int) -> int:
        now = self._clock.now()
        if 0 < due - now < self._period:
            now = due  # woken a hair early: this grid point is done
        following = (now // self._period + 1) * self._period
        self.missed += max(0, (following - due - 1) // self._period)
        return following
