"""A SimPy environment that knows what its steps cost."""

from __future__ import annotations

import time
from collections.abc import Callable, Generator
from typing import Any

import simpy


class MeteredEnvironment(simpy.Environment):
    """``busy`` is the time spent in events so far [s]."""

    def __init__(self) -> None:
        super().__init__()
        self.busy = 0.0

    def step(self) -> None:
        """Process the next event."""
        started = time.perf_counter()
        super().step()
        self.busy += time.perf_counter() - started


def every(env: simpy.Environment, dt: float, act: Callable[[float], None]) -> Generator[simpy.Event, Any, None]:
    """A process that calls ``act(dt)`` every ``dt`` seconds of plant time."""
    while True:
        yield env.timeout(dt)
        act(dt)
