"""High-pressure gas: a line that a booster fills from the gas header, for the gas-lifted wells and gas injectors.

The booster's ratio is fixed, so the line follows the header's pressure; what the line stores bridges the time
between what is taken from it and what comes. A field without compressors has another's pipe for a header, which
gives what its own gas does not.
"""

from __future__ import annotations

import math

import numpy as np

from plant.asset.field import Field
from plant.process.facility.gas_header import GasHeader
from plant.process.facility.part import Part
from plant.process.gas_lift import design_lift_gas
from plant.process.injector import GAS_DENSITY
from plant.process.parameter import Array

STORE = 60.0  # in which the design rate would fill the line [s]
FILL_TIME = 10.0  # in which the booster makes up for what the line lacks [s]
MOST = 3.0  # of the design rate, that the booster takes


def takes_gas(field: Field) -> bool:
    """Whether a field has wells that need such a line."""
    return bool(field.gas_lift_wells) or any(one.kind == "INJ_GAS" for one in field.injectors)


class LiftLine(Part):
    """Gas in the line and what went in and out, at standard conditions."""

    gas: Array  # [m³]
    asked: Array  # taken since the booster last looked [m³]
    bought: Array  # from another's pipe since the start, oil, water and gas [m³]

    def __init__(self, field: Field, header: GasHeader):
        injected = sum(one.rate * one.density / GAS_DENSITY for one in field.injectors if one.kind == "INJ_GAS")
        self._rate = float(design_lift_gas(field).sum()) + injected
        self._capacity = STORE * self._rate
        self._header_pressure = header.pressure
        super().__init__(gas=np.array([self._capacity]), asked=np.zeros(1), bought=np.zeros(3))

    @property
    def level(self) -> float:
        """Its pressure over that which it is built to hold."""
        return float(self.gas[0]) / self._capacity

    def inventory(self) -> Array:
        """Oil, water and gas held [m³]."""
        return np.array([0.0, 0.0, self.gas[0]])

    def fill(self) -> None:
        """To the pressure that it is built to hold."""
        self.gas[0], self.asked[0] = self._capacity, 0.0

    def give(self, volume: float) -> None:
        """Let wells take this much [m³]; less than nothing comes back."""
        self.gas -= volume
        self.asked += volume

    def wanted(self, dt: float, header: GasHeader) -> float:
        """Rate that the booster would take from the header now [m³/s]."""
        held = header.pressure / self._header_pressure
        lacking = self._capacity * held - float(self.gas[0]) - float(self.asked[0])
        rate = (float(self.asked[0]) + lacking * -math.expm1(-dt / FILL_TIME)) / dt
        return min(max(rate, 0.0), MOST * self._rate)

    def step(self, dt: float, wanted: float, given: float, is_own: bool) -> None:
        """Take in for ``dt`` [s] what the header gave of the rate wanted; buy the rest where it is another's."""
        bought = 0.0 if is_own else wanted - given
        self.gas += (given + bought) * dt
        self.bought[2] += bought * dt
        self.asked[0] = 0.0
