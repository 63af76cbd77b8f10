"""A bank: the faults of one kind of thing, over all such things of a field; each may have several at once."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, NamedTuple

import numpy as np

from plant.process.severity import Severity
from simulators.fault.row import Fault


class Standing(NamedTuple):
    """A fault that is under way, or about to begin, on the thing at a position."""

    fault: str
    position: int
    severity: float  # now …
    target: float  # … and in the end


class FaultBank:
    """``rows`` of the fault table over ``n`` things. ``state`` is all of it as arrays, fit to be saved."""

    def __init__(self, rows: Iterable[Fault], n: int, clock: Callable[[], float]):
        self.rows = {fault.name: fault for fault in rows if not fault.is_momentary}
        self._places = {name: slice(i * n, (i + 1) * n) for i, name in enumerate(self.rows)}
        self._severity, self._clock = Severity(len(self.rows) * n), clock
        self.settings = {
            name: {p.name: np.ones(n) for p in fault.own if not p.choices} for name, fault in self.rows.items()
        }
        self.state = dict(self._severity.state)
        for name, own in self.settings.items():
            self.state |= {f"{name}.{parameter}": values for parameter, values in own.items()}

    @property
    def is_idle(self) -> bool:
        """Whether nothing is under way or will be."""
        return self._severity.is_idle

    def start(self, name: str, position: int, settings: Mapping[str, Any]) -> None:
        """Let a fault come over one thing."""
        for parameter, values in self.settings[name].items():
            values[position] = settings.get(parameter, math.nan)
        given = {key: settings[key] for key in ("after", "ramp", "lasts") if key in settings}
        self._go(name, position, settings.get("severity", 1.0), **given)

    def heal(self, name: str, position: int, settings: Mapping[str, Any]) -> None:
        """Let it go."""
        self._go(name, position, 0.0, **{key: settings[key] for key in ("after", "ramp") if key in settings})

    def clear(self) -> None:
        """Let everything go at once."""
        self._severity.clear()

    def end(self) -> None:
        """Put away what has lasted as long as it should."""
        if not self.is_idle:
            self._severity.end(self._clock())

    def levels(self) -> dict[str, np.ndarray]:
        """How far each fault that is anywhere has come, over all things."""
        if self.is_idle:
            return {}
        level = self._severity.at(self._clock())
        return {name: level[place] for name, place in self._places.items() if level[place].any()}

    def since(self, name: str) -> np.ndarray:
        """Seconds since the beginning of a fault, over all things; negative before."""
        return self._clock() - self._severity.state["onset"][self._places[name]]

    def standing(self) -> Iterator[Standing]:
        """Everything under way."""
        if self.is_idle:
            return
        now = self._clock()
        level, is_meant = self._severity.at(now), self._severity.is_meant(now)
        for name, place in self._places.items():
            for i in np.flatnonzero(is_meant[place]).tolist():
                at = place.start + i
                yield Standing(name, i, float(level[at]), float(self._severity.state["target"][at]))

    def _go(self, name: str, position: int, level: float, **how: float) -> None:
        self._severity.go(self._places[name].start + position, self._clock(), level, **how)
