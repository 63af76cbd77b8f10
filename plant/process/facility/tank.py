"""Stock tanks: each fills from the separator, and a transfer pump empties it between two levels.

Gas that blew by through a dry separator leaves at the vent. What runs over or leaks is counted as spilled.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from plant.asset.field import Tank
from plant.process.facility.part import Part
from plant.process.parameter import Array

HEIGHT = 10.0  # of a full tank [m]
PUMP_PRESSURE, PUMP_EFFICIENCY = 1e6, 0.6  # of a transfer pump, for what it asks of the power supply
G, DISCHARGE = 9.80665, 0.6
TINY = 1e-30


@dataclass
class TankParameters:
    """Faults of tanks and their pumps, neutral as :meth:`sound` gives them."""

    leak_area: Array  # of a hole at the bottom [m²]
    pump_wear: Array  # share of the rate that is lost
    pump_power: Array  # 1 … 0 tripped
    outlet: Array  # share of the way out that is open

    @classmethod
    def sound(cls, n: int) -> TankParameters:
        """``n`` tanks without a fault."""
        return cls(np.zeros(n), np.zeros(n), np.ones(n), np.ones(n))


class Tanks(Part):
    """The tanks of a field, in its order."""

    content: Array  # of oil, water and (never) gas, shape (3, n) [m³]
    pumping: Array  # 1 while the level control calls for the pump
    shipped: Array  # since the start, shape (3, n) [m³]
    spilled: Array
    vented: Array
    power: Array  # that the pumps take [W]

    def __init__(self, tanks: tuple[Tank, ...]):
        n = len(tanks)
        self.parameters = TankParameters.sound(n)
        self._volume = np.array([tank.volume for tank in tanks])
        self._pump_rate = np.array([tank.pump_rate for tank in tanks])
        self._start = np.array([tank.pump_start for tank in tanks])
        self._stop = np.array([tank.pump_stop for tank in tanks])
        self.takes_oil = np.array([tank.content == "oil" for tank in tanks])
        content = np.zeros((3, n))
        content[np.where(self.takes_oil, 0, 1), np.arange(n)] = np.array([tank.level for tank in tanks]) * self._volume
        super().__init__(
            content=content, pumping=np.zeros(n), shipped=np.zeros((3, n)), spilled=np.zeros((3, n)),
            vented=np.zeros((3, n)), power=np.zeros(n),
        )  # fmt: skip

    @property
    def levels(self) -> Array:
        """Filled fractions."""
        return self.content.sum(axis=0) / self._volume

    def inventory(self) -> Array:
        """Oil, water and gas held [m³]."""
        return self.content.sum(axis=1)

    def step(self, dt: float, oil: Array, water: Array, supply: Array | float = 1.0) -> None:
        """Advance by ``dt`` [s] with these streams (3,) from the oil and the water outlet [m³/s].

        ``supply`` is what the power gives of each pump's speed.
        """
        p, levels = self.parameters, self.levels
        self.pumping[:] = (levels >= self._start) | ((self.pumping > 0.0) & (levels > self._stop))
        arriving = np.where(self.takes_oil, oil[:, None], water[:, None]) * dt
        self.vented[2] += arriving[2]
        self.content[:2] += arriving[:2]
        pumped = self.pumping * p.pump_power * supply * p.outlet * (1.0 - p.pump_wear) * self._pump_rate
        self.power[:] = self.pumping * p.pump_power * supply * self._pump_rate * PUMP_PRESSURE / PUMP_EFFICIENCY
        leak = DISCHARGE * p.leak_area * np.sqrt(2.0 * G * HEIGHT * self.levels)
        self.shipped += self._drawn(pumped * dt)
        self.spilled += self._drawn(leak * dt)
        self.spilled += self._drawn(np.maximum(self.content.sum(axis=0) - self._volume, 0.0))

    def draw_water(self, volume: Array) -> Array:
        """Take up to these volumes [m³] out of the water tanks, for injection: oil, water and gas, shape (3,)."""
        return self._drawn(np.where(self.takes_oil, 0.0, volume)).sum(axis=1)

    def _drawn(self, volume: Array) -> Array:
        """Take volumes out, as much as there is, in the tank's own composition."""
        held = self.content.sum(axis=0)
        out = self.content * (np.minimum(volume, held) / np.maximum(held, TINY))
        self.content -= out
        return out
