"""What a try costs: oil that was not made, energy, gas flared, motors kept too hot, and starts.

All of it is counted in barrels of oil, so that tries can be compared with one number: that beside an expert's from
the same moment is the regret.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from plant.unit import UNITS
from scenarios.drill.ground import Ground
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


class Meter:
    """Reads the true plant of a ground, step by step."""

    def __init__(self, ground: Ground):
        self._ground, self.totals = ground, Totals()
        self._oil_share = np.array([1.0 - well.fluid.water_cut for well in ground.field.wells])
        self._is_starting = self._starting()

    def take(self, dt: float) -> None:
        """Count what ``dt`` seconds brought, as the plant stands at their end."""
        signals, was, now = self._ground.simulated.plant.signals, self._is_starting, self._starting()
        oil = float(self._oil_share @ signals["Well.Flow"])
        flared = float(signals["Flare.Flow"].sum()) if "Flare.Flow" in signals else 0.0
        hot = np.maximum(signals["Well.MotorTemperature"] - HOT, 0.0).sum()
        so_far, self._is_starting = self.totals, now
        self.totals = replace(
            so_far,
            oil_bbl=so_far.oil_bbl + UNITS["bpd"].from_si(oil) * dt / 86_400.0,
            energy_kWh=so_far.energy_kWh + float(signals["Well.ActivePower"].sum()) * dt / KWH,
            flared_m3=so_far.flared_m3 + flared * dt,
            hot_degree_h=so_far.hot_degree_h + float(hot) * dt / 3600.0,
            starts=so_far.starts + int((now & ~was).sum()),
        )

    def _starting(self) -> np.ndarray:
        """Wells that are on; one that was not and now is has been started."""
        state = self._ground.simulated.site.drives.state
        return (state == RunState.STARTING) | (state == RunState.RUNNING)
