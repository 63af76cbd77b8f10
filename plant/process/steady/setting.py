"""What holds a field where it is: what operators have set, and the separator's pressure."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from plant.asset.field import Field
from plant.process.esp.row import Array


@dataclass(frozen=True)
class Setting:
    """One element a well, but for the separator's pressure."""

    frequency: Array  # of the drives [Hz]
    energised: NDArray[np.bool_]  # whether they run
    opening: Array  # of the chokes, 0 to 1
    p_separator: float  # [Pa]


def measured_setting(field: Field) -> Setting:
    """As the field was when its rates were measured."""
    return Setting(
        frequency=np.array([well.measured.frequency for well in field.wells], float),
        energised=np.ones(len(field.wells), bool),
        opening=np.array([well.choke.opening for well in field.wells], float),
        p_separator=field.separator.pressure,
    )
