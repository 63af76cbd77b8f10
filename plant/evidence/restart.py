"""A trip and a restart of one well, on every channel that the plant shows of it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from plant.evidence.case.well import field
from plant.process.settled import settled_field

Array = NDArray[np.float64]
TRIP, RESTART, END = 120.0, 1320.0, 2700.0  # of plant time [s]
SAMPLE = 3.0


@dataclass(frozen=True)
class Restart:
    """The true channels of a well over time, SI."""

    code: str
    time: Array
    channels: dict[str, Array]  # by the signal's name


def trip_and_restart(code: str = "CACB27A-P1") -> Restart:
    """Run the nominal field: one well's supply is lost, and comes back when the tubing has drained."""
    process = settled_field(field(), seed=None)
    well = process.index(f"Well.{code}")
    names = [name for name in process.signals if name.startswith("Well.")]
    time = np.arange(0.0, END, SAMPLE)
    seen = []
    for now in time:
        if now > process.env.now:
            process.env.run(until=now)
        process.inputs["Well.Energised"][well] = not TRIP <= now < RESTART
        seen.append([process.signals[name][well] for name in names])
    channels = dict(zip((name.partition(".")[2] for name in names), np.array(seen).T, strict=True))
    return Restart(code, time, channels)
