"""Stamps: whose clock dates a device's samples, and what is known to be wrong with it."""

from __future__ import annotations

import math
from dataclasses import dataclass

from plant.asset.table import Table

TOLERANCE = 60.0  # s that a device's clock may be off, if nobody says


@dataclass(frozen=True)
class Stamps:
    """How samples are dated. Times in seconds."""

    by_device: bool
    tolerance: float = TOLERANCE
    shift: float = 0.0  # added to the device's own


BY_ARRIVAL = Stamps(False)


def read_stamps(file: Table, has_stamps: bool) -> Stamps:
    """What a profile says of them; ``has_stamps`` tells whether its devices stamp their values at all."""
    said = file.text("time", "device" if has_stamps else "arrival", ("device", "arrival"))
    if said == "device" and not has_stamps:
        file.mistake("time", said, "must be arrival: nothing says where this device shows its clock")
    tolerance = file.number("clock_tolerance", "time", TOLERANCE, 0.001)
    shift = file.number("time_shift", "time", 0.0)
    return Stamps(said == "device", TOLERANCE if math.isnan(tolerance) else tolerance, shift)
