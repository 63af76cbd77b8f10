"""A SimPy environment that knows what its steps cost, and takes a moment's events together."""

from __future__ import annotations

import time
from collections.abc import Callable, Generator
from typing import Any

import simpy

MOMENT = 1e-3  # s of plant time: what is closer together bears one stamp on the wires, the finest of which are in ms


class MeteredEnvironment(simpy.Environment):
    """``busy`` is the time spent in events so far [s].

    Sums of 0.2 s and of 0.5 s differ in their last bits. Whoever looked in between would see devices whose time has
    come and whose plant has not.
    """

    def __init__(self) -> None:
        super().__init__()
        self.busy = 0.0

    def step(self) -> None:
        """Process the next event, and all others of its moment."""
        started, moment = time.perf_counter(), self.peek() + MOMENT
        super().step()
        while self.peek() < moment:
            super().step()
        self.busy += time.perf_counter() - started


def every(env: simpy.Environment, dt: float, act: Callable[[float], None]) -> Generator[simpy.Event, Any, None]:
    """A process that calls ``act(dt)`` every ``dt`` seconds of plant time."""
    while True:
        yield env.timeout(dt)
        act(dt)
