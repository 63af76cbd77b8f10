"""The gas header: it takes what the compressors, or without any the separator, give, and feeds fuel, lift and sales.

Behind compressors it is a volume with a pressure that the sales valve holds. Without any, it is another's pipe
at a fixed pressure, and holds nothing.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from plant.asset.field import Field
from plant.physics.valve import gas_valve_rate
from plant.process.facility.line import ATMOSPHERE
from plant.process.facility.part import Part
from plant.process.parameter import Array

STORE = 120.0  # in which the rated rate would fill it [s]
BAND = 0.03  # share of its pressure in which the sales valve opens fully
SALES = 0.8  # pressure of the buyer's line over the header's
T_HEADER = 310.0  # behind the aftercoolers [K]
TINY = 1e-30


@dataclass
class GasHeaderParameters:
    """One element each: what the header is, and faults, neutral as built."""

    pressure: Array  # that the sales valve holds [Pa]
    sales_pressure: Array
    sales_size: Array  # of the sales valve [m²]
    sales: Array  # share of the way to sales that is open
    leak_area: Array  # [m²]


class GasHeader(Part):
    """Gas held and given since the start [m³ at standard conditions]."""

    gas: Array
    sales_rate: Array  # oil, water, gas [m³/s]
    sold: Array  # oil, water, gas; liquid only where nothing has caught it
    fuel: Array
    lift: Array
    leaked: Array

    def __init__(self, field: Field):
        rate = sum(one.rate for one in field.compressors)
        machines = [one.discharge_pressure for one in field.compressors]
        pressure = min(machines, default=field.separator.gas_header_pressure)
        self.holds = bool(machines)
        size = 0.0
        if machines:
            size = 1.5 * rate / float(gas_valve_rate(1.0, pressure, SALES * pressure, T_HEADER, 1.0))
        one = np.ones(1)
        self.parameters = GasHeaderParameters(pressure * one, SALES * pressure * one, size * one, one.copy(), 0.0 * one)
        self._capacity = STORE * rate / pressure  # gas per pressure [m³/Pa]
        super().__init__(
            gas=np.array([self._capacity * pressure]), sales_rate=np.zeros(3), sold=np.zeros(3), fuel=np.zeros(3),
            lift=np.zeros(3), leaked=np.zeros(3),
        )  # fmt: skip

    @property
    def pressure(self) -> float:
        """In the header [Pa]."""
        return float(self.gas[0] / self._capacity if self.holds else self.parameters.pressure[0])

    def inventory(self) -> Array:
        """Oil, water and gas held [m³]."""
        return np.array([0.0, 0.0, self.gas[0]])

    def step(self, dt: float, stream: Array, fuel: float, lift: float) -> tuple[float, float]:
        """Take in a stream (3,) and give fuel and lift gas [m³/s]; returns what it could give of them."""
        here = float(self.gas[0]) + float(stream[2]) * dt
        given = min(1.0, 0.9 * here / max((fuel + lift) * dt, TINY))
        here -= (fuel + lift) * given * dt
        self.fuel[2] += fuel * given * dt
        self.lift[2] += lift * given * dt
        out, leak = self._let_out(dt, here) if self.holds else (here, 0.0)
        self.leaked[2] += leak
        self.gas[0] = here - out - leak
        self.sales_rate[:] = stream[0], stream[1], out / dt
        self.sold += self.sales_rate * dt
        return fuel * given, lift * given

    def _let_out(self, dt: float, here: float) -> tuple[float, float]:
        """Gas to sales and through a hole during a step, in which the pressure cannot pass below that behind [m³]."""
        p, pressure = self.parameters, here / self._capacity
        opening = np.clip((pressure - p.pressure) / (BAND * p.pressure) + 0.5, 0.0, 1.0) * p.sales
        out = float(gas_valve_rate(opening, pressure, p.sales_pressure, T_HEADER, p.sales_size)[0])
        leak = float(gas_valve_rate(1.0, pressure, ATMOSPHERE, T_HEADER, p.leak_area)[0])
        gone = here * -np.expm1(-(out + leak) * dt / here)
        return gone * out / max(out + leak, TINY), gone * leak / max(out + leak, TINY)
