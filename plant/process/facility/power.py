"""The field's power: generators on one bus, what they are asked for, and who is shed when they cannot.

The bus turns with the inertia of its machines; what the governors do not give slows it. Relays shed loads by
stages as the frequency falls; below what the machines can stand they leave the bus, and it goes dark.
Without generators the grid is another's: as strong as it need be, and at fault only where told so.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from plant.asset.facility import Generator
from plant.physics.generator import droop_frequency, shared_load, willans_fuel
from plant.process.facility.heater import HEATING_VALUE
from plant.process.facility.part import Part
from plant.process.parameter import Array

NOMINAL = 50.0  # [Hz]
SUBSTEP = 0.05  # [s]
DROOP, GOVERNOR_LAG, INERTIA = 0.04, 0.6, 4.0  # -, [s], kinetic energy over rating [s]
SPARE = 1.1  # that a machine gives over its rating before its voltage gives way
STAGES = (0.975, 0.965, 0.955, 0.945)  # of the frequency, at each of which one rank of loads is shed …
RELAY_TIME = 0.3  # … after this long [s]
LEAST_FREQUENCY = 0.9  # below which machines leave the bus
DARK_LAG = 1.0  # of a bus without machines [s]
ALIVE = 0.5  # share of voltage and frequency below which nothing runs
TINY = 1e-9


@dataclass
class PowerParameters:
    """Faults of the bus (one element each) and of the generators; neutral as :meth:`sound` gives them."""

    sag: Array  # share of the voltage lost
    slump: Array  # share of the frequency lost, on another's grid
    shedding: Array  # 1 … 0: relays do nothing
    extra: Array  # load besides [W]
    trip: Array  # of each generator, above a half
    derate: Array  # share of its capacity lost
    governor: Array  # 1 … 0: its power is frozen
    excitation: Array  # of its voltage

    @classmethod
    def sound(cls, n: int) -> PowerParameters:
        """A bus with ``n`` generators without a fault."""
        bus, machines = (np.zeros(1), np.zeros(1), np.ones(1), np.zeros(1)), (np.zeros(n), np.zeros(n), np.ones(n))
        return cls(*bus, *machines, np.ones(n))


class Power(Part):
    """Of the bus ``frequency`` and ``voltage`` over nominal; of each generator what it gives."""

    frequency: Array
    voltage: Array
    shed: Array  # 1 for every rank of loads that is off, the least important first
    timers: Array  # how long each stage has been called for [s]
    given: Array  # by each generator's engine [W]
    tripped: Array
    fuel_rate: Array  # [m³/s at standard conditions]
    load: Array  # of the bus [W]

    def __init__(self, generators: tuple[Generator, ...]):
        n = len(generators)
        self.parameters = PowerParameters.sound(n)
        self._rated, self._efficiency = (
            np.array([getattr(one, name) for one in generators], float) for name in ("rated_power", "efficiency")
        )
        super().__init__(
            frequency=np.ones(1), voltage=np.ones(1), shed=np.zeros(len(STAGES)), timers=np.zeros(len(STAGES)),
            given=0.5 * self._rated, tripped=np.zeros(n), fuel_rate=np.zeros(n), load=np.zeros(1),
        )  # fmt: skip

    @property
    def supply(self) -> float:
        """Share of its speed that a motor on the bus turns with; 0 where the bus is dark."""
        alive = min(float(self.frequency[0]), float(self.voltage[0])) > ALIVE
        return float(self.frequency[0]) if alive else 0.0

    def supplied(self, rank: int) -> float:
        """The same for loads of a rank, 0 while they are shed."""
        return self.supply * (1.0 - float(self.shed[rank]))

    def step(self, dt: float, loads: Array, energised: Array, reset: Array) -> None:
        """Feed these loads [W], by rank, for ``dt`` [s]; ``energised`` generators run unless they have tripped."""
        demand = float(loads.sum() + self.parameters.extra[0])
        if len(self._rated) == 0:
            self._follow_grid(demand)
            return
        self.tripped[np.asarray(reset, bool)] = 0.0
        self.tripped[self.parameters.trip > 0.5] = 1.0
        parts = max(math.ceil(dt / SUBSTEP - 1e-9), 1)
        for _ in range(parts):
            self._turn(dt / parts, demand, np.asarray(energised, float))
        if np.any(reset):
            self.shed[:] = self.timers[:] = 0.0
        self._burn(energised)

    def _follow_grid(self, demand: float) -> None:
        self.frequency[0] = 1.0 - self.parameters.slump[0]
        self.voltage[0] = 1.0 - self.parameters.sag[0]
        self.load[0] = demand

    def _turn(self, h: float, demand: float, energised: Array) -> None:
        p, on = self.parameters, energised * (1.0 - self.tripped)
        capacity = on * self._rated * (1.0 - p.derate)
        total, f = float(capacity.sum()), float(self.frequency[0])
        if total <= 0.0:
            self._go_dark(h)
            return
        self.given *= on
        wanted = np.clip(0.5 + (1.0 - f) / DROOP, 0.0, 1.0) * capacity
        self.given += (wanted - self.given) * p.governor * -np.expm1(-h / GOVERNOR_LAG)
        self.given[:] = np.minimum(self.given, capacity)
        self.voltage[0] = self._held_voltage(on, total, demand)
        taken = demand * float(self.voltage[0]) * min(f * f, 1.2)
        momentum = 2.0 * INERTIA * float(on @ self._rated)
        self.frequency[0] = max(f + h * (float(self.given.sum()) - taken) / (momentum * max(f, 0.1)), 0.0)
        self.load[0] = taken
        self._shed(h)
        if self.frequency[0] < LEAST_FREQUENCY:
            self.tripped[on > 0.0] = 1.0

    def _held_voltage(self, on: Array, total: float, demand: float) -> float:
        """As the machines' regulators hold it, until they are asked for more than they can excite."""
        excited = float((on * self._rated) @ self.parameters.excitation) / float(on @ self._rated)
        return min(1.0, SPARE * total / max(demand, TINY)) * excited * (1.0 - float(self.parameters.sag[0]))

    def _go_dark(self, h: float) -> None:
        for quantity in (self.frequency, self.voltage, self.load):
            quantity *= math.exp(-h / DARK_LAG)
        self.given[:] = 0.0

    def _shed(self, h: float) -> None:
        called = self.frequency[0] < np.array(STAGES)
        self.timers[:] = (self.timers + h) * called * self.parameters.shedding
        self.shed[self.timers >= RELAY_TIME] = 1.0

    def _burn(self, energised: Array) -> None:
        on = np.asarray(energised, float) * (1.0 - self.tripped)
        self.fuel_rate[:] = (
            on * willans_fuel(np.maximum(self.given, 0.0), self._rated, self._efficiency) / HEATING_VALUE
        )

    def start(self, loads: Array) -> None:
        """Set the bus to where it settles under these loads, nobody shed and no machine tripped."""
        demand = float(loads.sum())
        self.tripped[:] = self.shed[:] = self.timers[:] = 0.0
        self.load[0] = demand
        if len(self._rated):
            self.given[:] = shared_load(demand, self._rated)
            self.frequency[0] = droop_frequency(demand, self._rated.sum(), 1.0, DROOP)
