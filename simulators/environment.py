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

    def __init__(self, initial_time: float = 0.0) -> None:
        super().__init__(initial_time)
        self.busy = 0.0

    def step(self) -> None:
        """Process the next event, and all others of its moment."""
        started, moment = time.perf_counter(), self.peek() + MOMENT
        super().step()
        while self.peek() < moment:
            super().step()
        self.busy += time.perf_counter() - started


class Every:
    """Calls ``act(dt)`` every ``dt`` seconds of plant time; ``due`` is when it will do so next [s].

    Begun again with the ``due`` that another had, it goes on at the same moments, to the last bit.
    """

    def __init__(self, env: simpy.Environment, dt: float, act: Callable[[float], None], due: float | None = None):
        self._env, self._dt, self._act = env, dt, act
        self.due = env.now + dt if due is None else due
        env.process(self._run())

    def _run(self) -> Generator[simpy.Event, Any, None]:
        while True:
            yield self._env.timeout(self.due - self._env.now)
            self._act(self._dt)
            self.due = self._env.now + self._dt
