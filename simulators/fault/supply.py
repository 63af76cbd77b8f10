"""Dips of the supply: of single drives, or of all at once."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from plant.process.malfunction_file import FIELD
from simulators.fault.bank import FaultBank
from simulators.fault.table import faults


class SupplyFaults:
    """Sets ``supply``, the share of nominal voltage at each drive, while a dip lasts and once at its end."""

    def __init__(self, supply: np.ndarray, clock: Callable[[], float]):
        self._supply = supply
        self.wells = FaultBank([faults()["Well", "dip"]], len(supply), clock)
        self.whole = FaultBank([faults()[FIELD, "dip"]], 1, clock)

    def apply(self) -> None:
        """Let the drives feel what dips there are."""
        lost = np.maximum(_lost(self.wells), _lost(self.whole))
        self._supply[:] = 1.0 - lost


def _lost(bank: FaultBank) -> np.ndarray:
    level = bank.levels().get("dip")
    depth = bank.settings["dip"]["depth"]
    return np.zeros(len(depth)) if level is None else np.where(level > 0.0, depth * level, 0.0)
