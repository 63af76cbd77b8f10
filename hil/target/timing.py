"""Whose time a target lives on: the wall's, or that of a simulated field, which passes only when a test lets it."""

from __future__ import annotations

import asyncio
import math
import time
from typing import Protocol

from simulators.field import SimulatedField


class Timing(Protocol):
    """The time of a target [s]. Where it ``is_stepped`` it stands still but while somebody lets it pass."""

    is_stepped: bool

    def now(self) -> float:
        """Since some zero."""
        ...

    async def let_pass(self, duration: float) -> None:
        """Return when so much of it has passed."""
        ...


class WallTime:
    """Real hardware's: nobody stops it."""

    is_stepped = False

    def now(self) -> float:
        """Monotonic, s."""
        return time.monotonic()

    async def let_pass(self, duration: float) -> None:
        """Sleep."""
        await asyncio.sleep(duration)


class PlantTime:
    """A simulated field's. It stands still between a test's waits, so that how busy the machine is changes nothing."""

    is_stepped = True

    def __init__(self, field: SimulatedField):
        self._field, self._at = field, field.env.now
        field.set_speed(math.inf)

    def now(self) -> float:
        """Plant time, s."""
        return self._at

    async def let_pass(self, duration: float) -> None:
        """Run the field so far, as fast as it can."""
        self._at += duration
        await self._field.run(self._at + 1e-6)
