"""Stock tanks: each fills from the separator, and a transfer pump empties it between two levels.

Gas that blew by through a dry separator leaves at the vent. What runs over or leaks is counted as spilled.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from plant.asset.field import Tank
from plant.process.facility import kernel
from plant.process.facility.board import Board
from plant.process.facility.filling import share
from plant.process.facility.part import Part
from plant.process.facility.row import TankKind, TankState
from plant.process.parameter import Array


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


@dataclass
class Built:
    """What tanks are built for, as their file says."""

    volume: Array
    pump_rate: Array
    start: Array
    stop: Array
    is_oil: Array


def built(tanks: tuple[Tank, ...]) -> Built:
    """Of every tank."""
    rows = [(one.volume, one.pump_rate, one.pump_start, one.pump_stop, one.content == "oil") for one in tanks]
    return Built(*np.array(rows, float).reshape(len(tanks), len(BUILT)).T)


BUILT = ("volume", "pump_rate", "start", "stop", "is_oil")


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
        self._built = built(tanks)
        self.takes_oil = self._built.is_oil > 0.0
        content = np.zeros((3, n))
        level = np.array([tank.level for tank in tanks])
        content[np.where(self.takes_oil, 0, 1), np.arange(n)] = level * self._built.volume
        super().__init__(
            content=content, pumping=np.zeros(n), shipped=np.zeros((3, n)), spilled=np.zeros((3, n)),
            vented=np.zeros((3, n)), power=np.zeros(n),
        )  # fmt: skip
        self._moving = Board(TankState, n, (self, ("content", "pumping", "shipped", "spilled", "vented", "power")))
        self._kind = Board(
            TankKind, n, (self.parameters, ("leak_area", "pump_wear", "pump_power", "outlet")), (self._built, BUILT)
        )
        self.boards = self._moving, self._kind

    @property
    def levels(self) -> Array:
        """Filled fractions."""
        return self.content.sum(axis=0) / self._built.volume

    def inventory(self) -> Array:
        """Oil, water and gas held [m³]."""
        return self.content.sum(axis=1)

    def step(self, dt: float, oil: Array, water: Array, supply: float = 1.0) -> None:
        """Advance by ``dt`` [s] with these streams (3,) from the oil and the water outlet [m³/s].

        ``supply`` is what the power gives of each pump's speed.
        """
        kernel.move_tanks(self._moving.matrix, self._kind.matrix, dt, oil, water, supply)

    def draw_water(self, volume: Array) -> Array:
        """Take up to these volumes [m³] out of the water tanks, for injection: oil, water and gas, shape (3,)."""
        return self._drawn(np.where(self.takes_oil, 0.0, volume)).sum(axis=1)

    def _drawn(self, volume: Array) -> Array:
        """Take volumes out, as much as there is, in the tank's own composition."""
        held = self.content.sum(axis=0)
        out = self.content * share(volume, held)
        self.content -= out
        return out
