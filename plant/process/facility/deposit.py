"""What grows in cold lines: hydrate where gas and water freeze together, wax on walls colder than its appearance.

Both take bore, and so make friction (:func:`.line.resistance`); what they hold of the stream is left out of its
balance. They take minutes to days, and are stepped on a clock of their own by the equations of :mod:`.growth`.
"""

from __future__ import annotations

import numpy as np

from plant.process.facility import kernel
from plant.process.facility.board import Board
from plant.process.facility.part import Part
from plant.process.parameter import Array

STRIDE = 5.0  # of their clock [s]


class Deposits(Part):
    """``hydrate`` is the share of the bore it takes, ``wax`` the thickness of its layer [m]."""

    hydrate: Array
    wax: Array
    since: Array

    def __init__(self, m: int):
        super().__init__(hydrate=np.zeros(m), wax=np.zeros(m), since=np.zeros(1))

    def wait(self, dt: float) -> bool:
        """Let ``dt`` pass [s]; whether their clock has gone round, and they are to grow."""
        self.since += dt
        return bool(self.since[0] >= STRIDE - 1e-9)

    def grow(self, lines: Board, T: Array, p: Array) -> None:
        """Grow or melt for as long as they have waited, in these lines at their temperatures and pressures."""
        kernel.grow(self.hydrate, self.wax, lines.matrix, float(self.since[0]), T, p)
        self.since[:] = 0.0
