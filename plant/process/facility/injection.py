"""Water injection: pumps in parallel from the water tank into one header, which the injectors draw from."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from plant.asset.facility import InjectionPump
from plant.process.facility.line import ATMOSPHERE, DISCHARGE
from plant.process.facility.part import Part
from plant.process.parameter import Array

SPEED_LAG = 4.0  # of a pump behind its supply [s]
STORE_TIME = 10.0  # in which the rated rate would raise the header by its rated pressure [s]
SURGE_TIME = 0.05  # in which the rated pressure would bring the water to its rated rate [s]
FILTER_LOSS = 0.02  # of the rated pressure at the rated rate
TINY = 1e-30


@dataclass
class InjectionParameters:
    """Arrays over the pumps, except where one element is said; faults are neutral as built."""

    rate: Array
    pressure: Array  # gained at the rated rate [Pa]
    shut_in_pressure: Array
    efficiency: Array
    wear: Array  # share of the head that is lost
    power: Array  # 1 … 0 tripped
    filter: Array  # share of the passage that is blocked
    leak_area: Array  # of the header, one element [m²]


class Injection(Part):
    """Pumps and header. The header's water presses what the steel holds."""

    excess: Array  # water in the header beyond what it holds unpressed, one element [m³]
    dirt: Array  # oil that came along in the water and is in the header, one element [m³]
    speed: Array  # over the rated one
    flow: Array  # of each pump [m³/s]
    taken_power: Array  # [W]
    leaked: Array  # since the start, shape (3,) [m³]
    injected: Array

    def __init__(self, pumps: tuple[InjectionPump, ...]):
        rate, pressure, shut_in, efficiency = (
            np.array([getattr(one, name) for one in pumps], float)
            for name in ("rate", "pressure", "shut_in_pressure", "efficiency")
        )
        n = len(pumps)
        self.parameters = InjectionParameters(
            rate, pressure, shut_in, efficiency, np.zeros(n), np.ones(n), np.zeros(n), np.zeros(1)
        )
        self._compliance = STORE_TIME * float(rate.sum()) / max(float(pressure.max(initial=0.0)), 1.0)
        super().__init__(
            excess=np.array([0.9 * self._compliance * float(pressure.min(initial=1e300)) if n else 0.0]),
            dirt=np.zeros(1), speed=np.ones(n), flow=np.zeros(n), taken_power=np.zeros(n), leaked=np.zeros(3),
            injected=np.zeros(3),
        )  # fmt: skip

    @property
    def pressure(self) -> float:
        """In the header [Pa]."""
        if not self._compliance:
            return ATMOSPHERE
        return ATMOSPHERE + float(self.excess[0] + self.dirt[0]) / self._compliance

    @property
    def available(self) -> float:
        """What the header can give at once [m³]."""
        return max(float(self.excess[0] + self.dirt[0]), 0.0)

    def inventory(self) -> Array:
        """Oil, water and gas held [m³]."""
        return np.array([self.dirt[0], self.excess[0], 0.0])

    def wanted(self, dt: float, energised: Array, supply: float) -> Array:
        """Spin the pumps for ``dt`` [s] and tell the rate that each would draw from its tank [m³/s]."""
        p, gained = self.parameters, self.pressure - ATMOSPHERE
        turning = np.asarray(energised, float) * p.power * supply
        self.speed += (turning - self.speed) * -np.expm1(-dt / SPEED_LAG)
        head = p.shut_in_pressure * (1.0 - p.wear) * self.speed**2
        loss = (p.shut_in_pressure - p.pressure) / p.rate**2
        loss = loss + FILTER_LOSS * p.pressure / (p.rate * np.maximum(1.0 - p.filter, 1e-3)) ** 2
        gain = dt * p.rate / (SURGE_TIME * p.pressure)
        return np.maximum((self.flow + gain * (head - gained)) / (1.0 + gain * loss * self.flow), 0.0)

    def step(self, dt: float, drawn: Array, wanted: Array, taken: float) -> float:
        """Press what was drawn (3,) [m³] into the header; injectors get up to ``taken`` [m³/s], which is returned.

        They come before a leak. Less than nothing is what flows back from them.
        """
        p = self.parameters
        self.excess += drawn[1]
        self.dirt += drawn[0]
        total = float(wanted.sum())
        self.flow[:] = wanted * (float(drawn.sum()) / max(total * dt, TINY))
        self.taken_power[:] = self.flow * p.shut_in_pressure * self.speed**2 / p.efficiency
        held = float(self.excess[0] + self.dirt[0])
        leak = DISCHARGE * float(p.leak_area[0]) * np.sqrt(2.0 * max(self.pressure - ATMOSPHERE, 0.0) / 1000.0)
        given, back = min(max(taken * dt, 0.0), held), max(-taken * dt, 0.0)
        lost = min(leak * dt, held - given)
        self._count(self.injected, given, held)
        self._count(self.leaked, lost, held)
        self.injected[1] -= back
        self.excess -= self.excess * ((given + lost) / max(held, TINY)) - back
        self.dirt -= self.dirt * ((given + lost) / max(held, TINY))
        return (given - back) / dt

    def _count(self, total: Array, volume: float, held: float) -> None:
        total[0] += volume * float(self.dirt[0]) / max(held, TINY)
        total[1] += volume * float(self.excess[0]) / max(held, TINY)
