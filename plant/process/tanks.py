"""Stock tanks: each fills from the separator, and a transfer pump empties it between two levels."""

from __future__ import annotations

import numpy as np

from plant.asset.field import Tank
from plant.process.parameter import Array


class Tanks:
    """The tanks of a field, in its order."""

    def __init__(self, tanks: tuple[Tank, ...]):
        self._volume = np.array([tank.volume for tank in tanks])
        self._pump_rate = np.array([tank.pump_rate for tank in tanks])
        self._start = np.array([tank.pump_start for tank in tanks])
        self._stop = np.array([tank.pump_stop for tank in tanks])
        self._takes_oil = np.array([tank.content == "oil" for tank in tanks])
        self.content = np.array([tank.level for tank in tanks]) * self._volume
        self.is_pumping = np.zeros(len(tanks), bool)
        self.shipped = np.zeros(len(tanks))  # since the start [m³]
        self.spilled = np.zeros(len(tanks))  # overflowed since the start [m³]

    @property
    def levels(self) -> Array:
        """Filled fractions."""
        return self.content / self._volume

    def step(self, dt: float, oil: float, water: float) -> None:
        """Advance by ``dt`` [s] with these rates from the separator [m³/s]."""
        levels = self.levels
        self.is_pumping = (levels >= self._start) | (self.is_pumping & (levels > self._stop))
        out = np.minimum(self.is_pumping * self._pump_rate * dt, self.content)
        self.content += np.where(self._takes_oil, oil, water) * dt - out
        over = np.maximum(self.content - self._volume, 0.0)
        self.content -= over
        self.shipped += out
        self.spilled += over
