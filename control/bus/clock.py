"""Clocks: whose time acquisition, alarms and delays run on.

With real hardware it is the wall's. A simulated field may run at another speed; then it publishes its
time and speed, and everything that takes a :class:`Clock` lives in plant time.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from typing import Protocol

from control.bus.message.announcement import PlantTime
from control.bus.message.run import OWN

SECOND = 1_000_000_000  # ns
REACH = 3 * SECOND  # of the machine's time, that plant time runs on without an announcement; they come every second


class Clock(Protocol):
    """What the time is, how fast it passes, a way to wait for a later one, and whose time it is."""

    speed: float
    run: str  # to which belongs what is measured and done now

    def now(self) -> int:
        """UTC, ns."""
        ...

    async def sleep_until(self, moment: int) -> None:
        """Return when :meth:`now` has reached ``moment`` (ns)."""
        ...


class WallClock:
    """The machine's own clock, which may be set back or forward. Only the field's own run lives on it."""

    speed = 1.0
    run = OWN

    def __init__(self, read: Callable[[], int] = time.time_ns):
        self._read = read

    def now(self) -> int:
        """UTC, ns."""
        return self._read()

    async def sleep_until(self, moment: int) -> None:
        """Return at ``moment``."""
        await asyncio.sleep(max(0.0, (moment - self.now()) / SECOND))


class Steps:
    """Notices where the machine's clock is set, by what it and the time that has passed part by."""

    LEAST = 1.0  # s; less is what a time server corrects in passing

    def __init__(self, wall: Callable[[], float] = time.time, passed: Callable[[], float] = time.monotonic):
        self._wall, self._passed = wall, passed
        self._apart = wall() - passed()

    def look(self) -> float:
        """By how much the clock was set since the last look [s], back where negative; 0 where it was not."""
        before, self._apart = self._apart, self._wall() - self._passed()
        step = self._apart - before
        return step if abs(step) >= self.LEAST else 0.0


class FieldClock:
    """Plant time, as a simulated field announces it.

    Between announcements it runs on at the last speed, but not for long: a field that is killed or falls behind
    must not be outrun. Where it was outrun all the same, time stands until the field has caught up; it never
    goes back.
    """

    def __init__(self) -> None:
        self._plant, self._at, self.speed = 0, time.monotonic_ns(), 0.0
        self._latest = 0  # that was ever told
        self.ahead = 0  # of the field when it last announced its time [ns]
        self.run = OWN
        self.said: PlantTime | None = None  # the last announcement
        self.turned: list[Callable[[PlantTime], None]] = []  # called with the first announcement of another run
        self._changed = asyncio.Event()
        self.heard = asyncio.Event()  # set with the first announcement

    def hear(self, said: PlantTime) -> None:
        """Take an announcement. Another run has a time of its own, which may be an earlier one."""
        is_other = said.run != self.run
        self._latest = 0 if is_other else self.now()  # notes what was told at the old speed
        self.ahead = max(0, self._latest - said.time_ns) if self.heard.is_set() else 0
        self._plant, self._at, self.speed, self.run = said.time_ns, time.monotonic_ns(), said.speed, said.run
        self.said = said
        for turn in self.turned if is_other else ():
            turn(said)
        self._changed.set()
        self._changed = asyncio.Event()
        self.heard.set()

    @property
    def is_running(self) -> bool:
        """Whether any announcement has come and plant time moves."""
        return self.speed > 0

    def now(self) -> int:
        """Plant time, UTC ns; 0 before the first announcement."""
        elapsed = min(time.monotonic_ns() - self._at, REACH)
        self._latest = max(self._latest, self._plant + int(elapsed * self.speed))
        return self._latest

    async def sleep_until(self, moment: int) -> None:
        """Return when plant time has reached ``moment``, however often its speed changes meanwhile."""
        while moment > self.now():
            changed = self._changed
            try:
                async with asyncio.timeout(self._wait_for(moment)):
                    await changed.wait()
            except TimeoutError:
                pass  # the time has passed undisturbed

    def _wait_for(self, moment: int) -> float | None:
        """How long until ``moment`` [s of the machine]; None where another announcement must come first."""
        if self.speed <= 0:
            return None
        from_announcement = (moment - self._plant) / self.speed
        if from_announcement > REACH:
            return None
        return max(0.0, (from_announcement - (time.monotonic_ns() - self._at)) / SECOND)
