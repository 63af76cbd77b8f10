"""What a try costs: oil that was not made, energy, gas flared, motors kept too hot, and starts.

All of it is counted in barrels of oil, so that tries can be compared with one number: that beside an expert's from
the same moment is the regret.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from plant.asset.field import Field
from plant.unit import UNITS
from scenarios.drill.ground import Ground
from simulators.injection import costly
from simulators.vsd import RunState

HOT = UNITS["degC"].to_si(150.0)  # of a motor, above which its insulation ages fast: the bundled tables' alarm [K]
KWH = 3.6e6  # J
# In barrels of oil: a kilowatt-hour at 0.12 $, a thousand cubic metres of gas at 120 $ and a degree-hour of motor life
# at 30 $ beside oil at 60 $; a start, of which a motor is taken to have a thousand in a life of 120,000 $, at 120 $.
PRICES: Mapping[str, float] = {"energy_kWh": 0.002, "flared_m3": 0.002, "hot_degree_h": 0.5, "starts": 2.0}


@dataclass(frozen=True)
class Totals:
    """What was made and used since the beginning."""

    oil_bbl: float = 0.0
    energy_kWh: float = 0.0
    flared_m3: float = 0.0
    hot_degree_h: float = 0.0
    starts: int = 0

    @property
    def cost(self) -> float:
        """In barrels of oil; oil that is made is a cost below zero."""
        return sum(price * getattr(self, name) for name, price in PRICES.items()) - self.oil_bbl


@dataclass(frozen=True)
class Sight:
    """What costs, as it is in truth at one moment. SI; of every well with a drive, in the field's order."""

    flow: np.ndarray
    power: float
    flared: float
    temperature: np.ndarray
    state: np.ndarray  # of the drives

    @classmethod
    def of(cls, ground: Ground) -> Sight:
        """Of a field in this process."""
        return cls.read(costly(ground.simulated))

    @classmethod
    def read(cls, told: Mapping[str, Any]) -> Sight:
        """Of one that answered ``look`` on its control channel."""
        flow, temperature, state = (np.asarray(told[name], float) for name in ("flow", "temperature", "state"))
        return cls(flow, float(told["power"]), float(told["flared"]), temperature, state)


class Meter:
    """Adds up what a field of these wells costs, sight by sight, from a first one on."""

    def __init__(self, field: Field, first: Sight, totals: Totals = Totals()):
        self.totals = totals
        self._oil_share = np.array([1.0 - well.fluid.water_cut for well in field.wells])
        self._was_on = _is_on(first)

    def take(self, seen: Sight, dt: float) -> None:
        """Count what ``dt`` seconds brought, as the plant stands at their end."""
        was, now = self._was_on, _is_on(seen)
        oil = float(self._oil_share @ seen.flow)
        hot = np.maximum(seen.temperature - HOT, 0.0).sum()
        so_far, self._was_on = self.totals, now
        self.totals = replace(
            so_far,
            oil_bbl=so_far.oil_bbl + UNITS["bpd"].from_si(oil) * dt / 86_400.0,
            energy_kWh=so_far.energy_kWh + seen.power * dt / KWH,
            flared_m3=so_far.flared_m3 + seen.flared * dt,
            hot_degree_h=so_far.hot_degree_h + float(hot) * dt / 3600.0,
            starts=so_far.starts + int((now & ~was).sum()),
        )


def _is_on(seen: Sight) -> np.ndarray:
    """Wells that are on; one that was not and now is has been started."""
    return (seen.state == RunState.STARTING) | (seen.state == RunState.RUNNING)
