"""What faults make of a device's manner, and of the link to it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from simulators.fault.bank import FaultBank
from simulators.fault.row import DEVICE, LINK
from simulators.fault.table import faults
from simulators.manner import SOUND, Manner

SECOND = 1_000_000_000  # ns

# What a fault changes of a manner, from its parameters, and of those that come by degrees how far it has come.
EFFECTS: Mapping[str, Callable[[Mapping[str, float]], dict[str, Any]]] = {
    "silent": lambda _: {"is_silent": True},
    "slow": lambda s: {"delay": s["delay"], "slow_share": s["share"]},
    "busy": lambda s: {"busy_share": s["share"]},
    "exception": lambda s: {"exception": int(s["code"])},
    "swapped words": lambda _: {"is_swapped": True},
    "wrong firmware map": lambda s: {"moved_by": int(s["by"])},
    "long reads refused": lambda s: {"most_registers": int(s["registers"]), "long_code": int(s["code"])},
    "gaps refused": lambda s: {"has_gaps": True, "gap_code": int(s["code"])},
    "function refused": lambda s: {"refused_function": int(s["number"])},
    "confused": lambda _: {"is_confused": True},
    "hasty requests lost": lambda s: {"pause": s["pause"]},
    "closes": lambda s: {"closes_after": int(s["answers"])},
    "closes when idle": lambda s: {"idle": s["idle"]},
    "few masters": lambda s: {"most_masters": int(s["most"])},
    "clock skew": lambda s: {"clock_error": round(s["by"] * s["level"] * SECOND)},
    "stale stamps": lambda s: {"stood_at": s["since"]},
    "reference ignored": lambda _: {"ignores_setpoints": True},
}


class DeviceFaults(FaultBank):
    """The faults of the simulated devices of a bench and of their links, in the bench's order."""

    def __init__(self, n: int, clock: Callable[[], float]):
        super().__init__((f for (of, _), f in faults().items() if of in (DEVICE, LINK)), n, clock)
        self.manners = [SOUND] * n
        self._befallen: set[int] = set()

    def apply(self) -> None:
        """Give each device the manner that its faults make."""
        levels = self.levels()
        befallen = {int(i) for name in EFFECTS.keys() & levels.keys() for i in np.flatnonzero(levels[name] > 0.0)}
        for i in self._befallen | befallen:
            self.manners[i] = self._manner(i, levels)
        self._befallen = befallen

    def unreachable(self) -> set[int]:
        """Which cannot be reached now: cut off, or starting anew."""
        levels = self.levels()
        return {int(i) for name in ("cut", "reboot") if name in levels for i in np.flatnonzero(levels[name] > 0.0)}

    def _manner(self, i: int, levels: Mapping[str, np.ndarray]) -> Manner:
        changed: dict[str, Any] = {}
        for name in EFFECTS:
            if name in levels and levels[name][i] > 0.0:
                said = {key: float(values[i]) for key, values in self.settings[name].items()}
                begun = self._clock() - float(self.since(name)[i])
                changed |= EFFECTS[name](said | {"level": float(levels[name][i]), "since": begun})
        return Manner(**changed)
