"""A three-phase separator: gas over an oil and a water compartment, each emptied by its valve.

Levels do not regulate themselves: what does not leave through a valve stays. Pressure is that of the gas
in the space the liquids leave it, so a rising level raises it too. A compartment that runs over spills
into the other, and when both are full the gas carries liquid away; one that runs dry passes no more than
comes in.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from plant.asset.field import Separator
from plant.physics.valve import P_SC, T_SC, gas_valve_rate, liquid_valve_rate
from plant.process.parameter import Array

TANK_PRESSURE = 1.2e5  # at the tanks' inlets [Pa]
VALVE_STROKE = 10.0  # full stroke of an actuator [s]
DRY = 0.02  # level below which the outlet draws gas and passes less and less liquid
START_LEVEL = 0.5


@dataclass(frozen=True)
class Stream:
    """What arrives at, or leaves, the separator [m³/s]; gas at standard conditions."""

    oil: float
    water: float
    gas: float


class SeparatorVessel:
    """The vessel's contents and valves. Valves are in the order oil, water, gas."""

    def __init__(self, separator: Separator, design: Stream, densities: tuple[float, float], T: float):
        self.separator, self.temperature = separator, T
        self._densities = densities
        self.oil = START_LEVEL * separator.oil_volume
        self.water = START_LEVEL * separator.water_volume
        self.gas = separator.pressure * self._gas_space() / (P_SC * T / T_SC)  # at standard conditions [m³]
        self.carried_over = 0.0  # liquid that left with the gas since the start [m³]
        self.opening = np.full(3, separator.valve_opening)
        self._sizes = self._fit(design)
        self.outflow = self._rates()

    @property
    def pressure(self) -> float:
        """Of the gas [Pa]."""
        return self.gas * P_SC * self.temperature / T_SC / self._gas_space()

    @property
    def levels(self) -> tuple[float, float]:
        """Filled fraction of the oil and the water compartment."""
        return self.oil / self.separator.oil_volume, self.water / self.separator.water_volume

    def step(self, dt: float, stream: Stream, T: float, targets: Sequence[float]) -> None:
        """Advance by ``dt`` [s]: take in a stream of temperature ``T``, move the valves, let out."""
        self._move_valves(dt, targets)
        out = self.outflow = self._rates()
        self.oil += (stream.oil - out.oil) * dt
        self.water += (stream.water - out.water) * dt
        self.gas += (stream.gas - out.gas) * dt
        self._spill()
        self.temperature += (T - self.temperature) * min(
            (stream.oil + stream.water) * dt / (self.oil + self.water), 1.0
        )

    def balance(self, stream: Stream) -> None:
        """Set the valves to where they hold this stream."""
        for i, (wanted, flowing) in enumerate(zip(self._as_array(stream), self._as_array(self._rates()), strict=True)):
            self.opening[i] = min(max(self.opening[i] * wanted / flowing, 0.0), 1.0)
        self.outflow = self._rates()

    def _fit(self, design: Stream) -> Array:
        """Valve sizes that pass the design stream at the design opening."""
        self._sizes = np.ones(3)
        return self._as_array(design) / self._as_array(self._rates())

    def _rates(self) -> Stream:
        p, p_gas = self.pressure, self.separator.gas_header_pressure
        oil_level, water_level = self.levels
        x, size, (rho_o, rho_w) = self.opening, self._sizes, self._densities
        return Stream(
            float(liquid_valve_rate(x[0], p, TANK_PRESSURE, rho_o, size[0])) * _wetted(oil_level),
            float(liquid_valve_rate(x[1], p, TANK_PRESSURE, rho_w, size[1])) * _wetted(water_level),
            float(gas_valve_rate(x[2], p, p_gas, self.temperature, size[2])),
        )

    def _move_valves(self, dt: float, targets: Sequence[float]) -> None:
        stroke = dt / VALVE_STROKE
        self.opening += np.clip(np.clip(targets, 0.0, 1.0) - self.opening, -stroke, stroke)

    def _spill(self) -> None:
        """Over the weir: what one compartment cannot hold goes to the other, and from both into the gas line."""
        room = self.separator.oil_volume, self.separator.water_volume
        over_oil, over_water = max(self.oil - room[0], 0.0), max(self.water - room[1], 0.0)
        self.oil += over_water - over_oil
        self.water += over_oil - over_water
        carried = max(self.oil - room[0], 0.0) + max(self.water - room[1], 0.0)
        self.oil, self.water = min(self.oil, room[0]), min(self.water, room[1])
        self.carried_over += carried

    def _gas_space(self) -> float:
        return max(self.separator.volume - self.oil - self.water, 0.02 * self.separator.volume)

    @staticmethod
    def _as_array(stream: Stream) -> Array:
        return np.array((stream.oil, stream.water, stream.gas))


def _wetted(level: float) -> float:
    return min(max(level / DRY, 0.0), 1.0)
