"""Fired heaters before the separator: they warm the stream to a temperature, as far as their power goes."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from plant.asset.facility import Heater
from plant.process.facility.gathering import heat_capacity
from plant.process.facility.part import Part
from plant.process.parameter import Array

FIRE_LAG = 60.0  # of tubes and bath [s]
STANDING = 1.0  # heat that a standing stream still takes [W/K]
MOST_RISE = 150.0  # at which its own safeties keep it [K]
HEATING_VALUE = 38e6  # of the fuel gas [J/m³ at standard conditions]


@dataclass
class HeaterParameters:
    """Faults of heaters; neutral as :meth:`sound` gives them."""

    burner: Array  # 1 … 0 out
    fouling: Array  # share of the fire's heat that goes up the stack besides
    shift: Array  # of the thermostat [K]

    @classmethod
    def sound(cls, n: int) -> HeaterParameters:
        """``n`` heaters without a fault."""
        return cls(np.ones(n), np.zeros(n), np.zeros(n))


class Heaters(Part):
    """In series, each giving its share of what is asked."""

    fire: Array  # heat of the fire, less the stack's [W]
    fuel_rate: Array  # [m³/s at standard conditions]
    T: Array  # of the stream behind them

    def __init__(self, heaters: tuple[Heater, ...]):
        n = len(heaters)
        self.parameters = HeaterParameters.sound(n)
        self._power = np.array([one.rated_power for one in heaters])
        self._efficiency = np.array([one.efficiency for one in heaters])
        self.targets = np.array([one.temperature for one in heaters])
        super().__init__(fire=np.zeros(n), fuel_rate=np.zeros(n), T=self.targets.copy())

    @property
    def duty(self) -> Array:
        """Heat that reaches the stream [W]."""
        return self.fire * (1.0 - self.parameters.fouling)

    def start(self, stream: Array, T: float) -> float:
        """Set the fires to where they settle at this stream; returns the temperature behind."""
        self.fire[:] = self._wanted(stream, T, self.targets)
        return self.step(0.0, stream, T, self.targets)

    def step(self, dt: float, stream: Array, T: float, targets: Array) -> float:
        """Warm a stream (3,) of temperature ``T``; returns the temperature behind."""
        self.fire += (self._wanted(stream, T, targets) - self.fire) * -np.expm1(-dt / FIRE_LAG)
        self.fuel_rate[:] = self.fire / (self._efficiency * HEATING_VALUE)
        capacity = self._capacity(stream)
        self.T[:] = T + min(float(self.duty.sum()) / capacity, MOST_RISE)
        return float(self.T[0])

    def _wanted(self, stream: Array, T: float, targets: Array) -> Array:
        """Fires that the thermostats ask for, with what the tubes lose besides, as far as they can give it."""
        p = self.parameters
        asked = np.maximum(targets + p.shift - T, 0.0) * float(heat_capacity(stream)) * self._power / self._power.sum()
        return np.minimum(asked / np.maximum(1.0 - p.fouling, 0.05), self._power) * p.burner

    @staticmethod
    def _capacity(stream: Array) -> float:
        return float(heat_capacity(stream)) + STANDING
