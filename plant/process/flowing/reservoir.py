"""What the reservoir gives to a flowing well, or takes back, with how that changes with pressure."""

from __future__ import annotations

import numpy as np

from plant.physics.inflow import composite_rate
from plant.process.flowing.parameter import SKIN_FREE, FlowingParameters
from plant.process.parameter import Array

NUDGE = 1e3  # of pressure, over which slopes are taken [Pa]


def inflow(wells: FlowingParameters, p_wf: Array) -> tuple[Array, Array]:
    """Rate at these bottomhole pressures, of liquid or of a gas well's gas, and its change with them.

    An oil well takes liquid back when its column presses harder than the reservoir; a gas well takes none.
    """
    both = np.maximum(np.stack((p_wf, p_wf + NUDGE)), 0.0)
    p_r = wells.reservoir_pressure * wells.reservoir_factor
    liquid = composite_rate(both, p_r, wells.bubble_point, wells.productivity)
    gas = wells.back_pressure * np.maximum(p_r * p_r - both * both, 0.0) ** wells.exponent
    now, then = np.where(wells.is_gas > 0.0, gas, liquid) * (SKIN_FREE / (SKIN_FREE + wells.skin))
    return now, np.minimum((then - now) / NUDGE, 0.0)
