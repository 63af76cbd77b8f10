"""Wells at work, to be measured: many of them, each of which trips once a day and restarts five minutes later.

And how far their trajectories through a trip and a restart are from those in a tenth of every step.
"""

from __future__ import annotations

from collections import deque

import numpy as np
from numpy.typing import NDArray

from plant.asset.field import Field
from plant.asset.field_file import load_field
from plant.process.esp.parameter import well_parameters
from plant.process.esp.step_size import Setting
from plant.process.esp.wells import Wells
from plant.process.tiling import tile

Array = NDArray[np.float64]

STEP = 1.0  # a well-step is a second of plant time, with all its substeps
ROUND = 100  # plant time between two looks at the clock [s]
DAY = 86_400  # in which each well trips once: a bad one, but some wells of a thousand are then always on their way
OFF = 300  # [s]
WARM = 1_000  # until as many have come back as trip [s]
APART = 7  # how far apart in the field wells are that trip one after the other, so that all kinds take turns

TRIP, RESTART, END = 30, 330, 600  # of the trajectories that are compared [s]
COMPARED = 12  # wells: the demo field's
TENTH = Setting(substep=0.0004, agreement=1e-7, refresh=0.1, fresh=0.01, changed=1e-5)
CHANNELS = (
    "PumpFlow", "ShaftSpeed", "IntakePressure", "DischargePressure", "WellheadPressure", "FlowlinePressure",
    "Current", "MotorTemperature", "WellheadTemperature", "CasingPressure",
)  # fmt: skip


class WellsAtWork:
    """So many pumped wells, each against its measured line pressure."""

    def __init__(self, n: int, setting: Setting = Setting()):  # noqa: B008
        field = tile(load_field("shengli12"), n)
        parameters, table = well_parameters(field)
        self.wells = Wells(field, parameters, table, setting)
        self.inputs = _inputs(field)
        self.p_manifold = np.array([well.measured.flowline_pressure for well in field.wells]) - 1e5
        self._seconds, self._off = 0, deque[tuple[int, int]]()  # who is off, and until when

    def simulate(self, seconds: int = ROUND) -> None:
        """As long, some wells tripping and coming back."""
        for _ in range(seconds):
            self._switch()
            self.step()

    def simulate_trip(self) -> None:
        """All of them trip together, restart, and are back."""
        for second in range(END):
            self.inputs["Well.Energised"][:] = not TRIP <= second < RESTART
            self.step()

    def step(self, dt: float = STEP) -> None:
        """Advance by ``dt`` [s]."""
        self.wells.step(dt, self.inputs, self.p_manifold)

    def _switch(self) -> None:
        energised, n = self.inputs["Well.Energised"], self.wells.n
        for k in range(self._seconds * n // DAY, (self._seconds + 1) * n // DAY):
            energised[k * APART % n] = 0.0
            self._off.append((self._seconds + OFF, k * APART % n))
        while self._off and self._off[0][0] <= self._seconds:
            energised[self._off.popleft()[1]] = 1.0
        self._seconds += 1

    @property
    def memory(self) -> float:
        """What a well takes, its parameters and its share of the pumps' tables [B]."""
        wells = self.wells
        held = sum(array.nbytes for array in wells.state.values()) + sum(row.nbytes for row in wells.parameters)
        return (held + wells.table.nbytes) / wells.n


def trip_error() -> dict[str, float]:
    """Largest departure from a run in a tenth of every step, by channel, over the channel's range at each well."""
    fine, coarse = _trip(TENTH, 0.1 * STEP), _trip(Setting(), STEP)
    span = np.maximum(np.ptp(fine, axis=0), 1e-12)
    apart = (np.abs(coarse - fine).max(axis=0) / span).max(axis=1)
    return {name: round(float(error), 5) for name, error in zip(CHANNELS, apart, strict=True)}


def _trip(setting: Setting, dt: float) -> Array:
    """Channels of all wells, second by second, through a trip and a restart."""
    work = WellsAtWork(COMPARED, setting)
    seen = []
    for second in range(END):
        work.inputs["Well.Energised"][:] = not TRIP <= second < RESTART
        for _ in range(round(1.0 / dt)):
            work.step(dt)
        signals = work.wells.signals()
        seen.append([signals[name].copy() for name in CHANNELS])
    return np.array(seen)


def _inputs(field: Field) -> dict[str, Array]:
    return {
        "Well.Energised": np.ones(len(field.wells)),
        "Well.Attached": np.ones(len(field.wells)),
        "Well.FrequencyTarget": np.array([well.measured.frequency for well in field.wells]),
        "Well.ChokeTarget": np.array([well.choke.opening for well in field.wells]),
    }
