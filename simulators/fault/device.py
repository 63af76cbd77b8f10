"""What faults make of a device's manner, and of the link to it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from simulators.fault.bank import FaultBank
from simulators.fault.row import DEVICE, LINK
from simulators.fault.table import faults
from simulators.manner import Manner

SECOND = 1_000_000_000  # ns
BUSY = 6  # Modbus' exception


class DeviceFaults(FaultBank):
    """The faults of the simulated devices of a bench and of their links, in the bench's order."""

    def __init__(self, n: int, clock: Callable[[], float]):
        super().__init__((f for (of, _), f in faults().items() if of in (DEVICE, LINK)), n, clock)
        self.manners: Sequence[Manner] = tuple(Manner() for _ in range(n))

    def apply(self) -> None:
        """Give each device the manner that its faults make."""
        levels, own = self.levels(), self.settings
        nothing = np.zeros(len(self.manners))
        level = {name: levels.get(name, nothing) for name in self.rows}
        for i, manner in enumerate(self.manners):
            is_on = {name: bool(values[i] > 0.0) for name, values in level.items()}
            manner.is_silent, manner.is_swapped = is_on["silent"], is_on["swapped words"]
            manner.ignores_setpoints = is_on["reference ignored"]
            manner.delay = float(own["slow"]["delay"][i]) if is_on["slow"] else 0.0
            manner.exception = int(own["exception"]["code"][i]) if is_on["exception"] else BUSY * is_on["busy"]
            skew = own["clock skew"]["by"][i] * level["clock skew"][i] if is_on["clock skew"] else 0.0
            manner.clock_error = round(skew * SECOND)

    def unreachable(self) -> set[int]:
        """Which cannot be reached now: cut off, or starting anew."""
        levels = self.levels()
        return {int(i) for name in ("cut", "reboot") if name in levels for i in np.flatnonzero(levels[name] > 0.0)}
