"""The suction drum before the compressors: gas at a pressure, and what liquid the gas brought along."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from plant.physics.valve import P_SC, T_SC
from plant.process.facility.part import Part
from plant.process.parameter import Array

DUMP_LEVEL = 0.1  # at which the drum's own valve drains it
DUMP_TIME = 30.0  # in which it would be empty [s]
FULL_LEVEL = 0.8  # above, what comes is drained past the valve, lest the machines drown


@dataclass
class DrumParameters:
    """One element each; neutral as built."""

    dump: Array  # share of the drain that is open


class SuctionDrum(Part):
    """One for all machines."""

    gas: Array  # [m³ at standard conditions]
    T: Array
    liquid: Array  # oil, water [m³]

    def __init__(self, volume: float, pressure: float, T: float):
        self.volume = volume
        self.parameters = DrumParameters(np.ones(1))
        super().__init__(
            gas=np.array([pressure * volume / (P_SC * T / T_SC)]), T=np.array([T]), liquid=np.zeros(2)
        )  # fmt: skip

    @property
    def pressure(self) -> float:
        """Of its gas [Pa]."""
        space = max(self.volume - float(self.liquid.sum()), 0.1 * self.volume)
        return float(self.gas[0]) * P_SC * float(self.T[0]) / (T_SC * space)

    @property
    def level(self) -> float:
        """Filled fraction."""
        return float(self.liquid.sum()) / self.volume

    def inventory(self) -> Array:
        """Oil, water and gas held [m³]."""
        return np.array([*self.liquid, self.gas[0]])

    def take_liquid(self, dt: float, stream: Array) -> Array:
        """Catch a stream's liquid for ``dt`` [s], and drain some: returns the drain (3,) [m³/s]."""
        self.liquid += stream[:2] * dt
        held = max(float(self.liquid.sum()), 1e-30)
        drained = (
            float(self.parameters.dump[0]) * max(held - DUMP_LEVEL * self.volume, 0.0) * -np.expm1(-dt / DUMP_TIME)
        )
        drained += max(held - drained - FULL_LEVEL * self.volume, 0.0)
        out = self.liquid * (drained / held)
        self.liquid -= out
        return np.array([*(out / dt), 0.0])

    def mix(self, gained: float, fresh: float, T_fresh: float, back: Array, T_back: Array) -> None:
        """Change the gas held by ``gained`` [m³], of which these came fresh and back at their temperatures."""
        brought = fresh * T_fresh + float(back @ T_back)
        came = fresh + float(back.sum())
        held = float(self.gas[0])
        self.gas += gained
        self.T[0] = (held * self.T[0] + brought) / (held + came)
