"""What trips a compressor and keeps it tripped: one table of causes."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import numpy as np

from plant.process.facility.part import Part
from plant.process.parameter import Array

if TYPE_CHECKING:
    from plant.process.facility.compressor import Compressors

HOT = 455.0  # behind the machine [K]
FLOODED = 0.6  # level of the drum
REVERSED = 2.0  # of reverse flow, less what has been forgotten since [s]
FORGOTTEN = 60.0  # [s]
STARVED = 0.3  # suction pressure over the one designed for

# Cause by its code: which machines it holds for.
CAUSES: tuple[tuple[int, str, Callable[[Any], Any]], ...] = (
    (1, "Ordered", lambda machines: machines.parameters.trip > 0.5),
    (2, "DrumLevel", lambda machines: np.full(len(machines.flow), machines.drum.level > FLOODED)),
    (3, "Temperature", lambda machines: machines.T_2 > HOT),
    (4, "Surge", lambda machines: machines.protection.reversed > REVERSED),
    (5, "SuctionPressure", lambda machines: machines.drum.pressure < STARVED * machines.parameters.suction_pressure),
)
POWER = 6


class Protection(Part):
    """Of all machines; ``code`` is the cause that tripped each, 0 for none."""

    code: Array
    reversed: Array  # time of reverse flow lately [s]

    def __init__(self, n: int):
        super().__init__(code=np.zeros(n), reversed=np.zeros(n))

    def running(self, energised: Array) -> Array:
        """1 where a machine is driven."""
        return np.asarray(energised, float) * (self.code == 0.0)

    def step(
        self, dt: float, machines: Compressors, running: Array, energised: Array, reset: Array, supply: float
    ) -> None:  # fmt: skip
        """Trip what runs and has a cause, and let go what is reset; a machine whose power fails trips too."""
        self.reversed *= np.exp(-dt / FORGOTTEN)
        self.reversed += (machines.flow < 0.0) * running * dt
        self.code[np.asarray(reset, bool)] = 0.0
        driven = np.asarray(energised, bool) & (self.code == 0.0)
        for code, _, holds in CAUSES:
            self.code[driven & (self.code == 0.0) & holds(machines)] = code
        if supply <= 0.0:
            self.code[driven & (self.code == 0.0)] = POWER
