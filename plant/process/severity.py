"""How far each of many causes has come: from the level it had, to another, from a moment on and in a time.

What befalls wells and vessels, instruments, drives and devices follows this one law.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from plant.process.parameter import Array


class Severity:
    """Levels of ``n`` causes, 0 to 1. ``state`` is all that moves, as arrays, fit to be saved."""

    def __init__(self, n: int):
        self.state: dict[str, Array] = {name: np.zeros(n) for name in ("before", "target", "onset", "ramp")}
        self.state["until"] = np.full(n, np.inf)

    def at(self, now: float) -> Array:
        """The level of each at a time [s]."""
        before, target, onset, ramp, until = self.state.values()
        passed = now - onset
        share = np.clip(passed / np.maximum(ramp, 1e-9), 0.0, 1.0) * (passed >= 0.0)
        level = before + (target - before) * np.where((ramp <= 0.0) & (passed >= 0.0), 1.0, share)
        return np.where(now < until, level, 0.0)

    def is_meant(self, now: float) -> NDArray[np.bool_]:
        """Which have a level, or are on their way to one."""
        return (self.at(now) > 0.0) | ((self.state["target"] > 0.0) & (now < self.state["until"]))

    @property
    def is_idle(self) -> bool:
        """Whether none has a level, nor will have."""
        return not (self.state["target"].any() or self.state["before"].any())

    def go(
        self, slot: int, now: float, level: float, after: float = 0.0, ramp: float = 0.0, lasts: float = np.inf
    ) -> None:  # fmt: skip
        """Let one come to ``level`` in ``ramp`` seconds, ``after`` seconds from now, and end ``lasts`` seconds on."""
        values = {
            "before": self.at(now)[slot], "target": level, "onset": now + after, "ramp": ramp,
            "until": now + after + lasts,
        }  # fmt: skip
        for name, value in values.items():
            self.state[name][slot] = value

    def end(self, now: float) -> None:
        """Put away what has lasted as long as it should."""
        is_over = now >= self.state["until"]
        if is_over.any():
            for name, values in self.state.items():
                values[is_over] = np.inf if name == "until" else 0.0

    def clear(self) -> None:
        """Let all go at once."""
        for name, values in self.state.items():
            values[:] = np.inf if name == "until" else 0.0
