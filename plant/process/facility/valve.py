"""How a control valve strokes and what it lets pass, whatever is wrong with it: see :mod:`.actuator`."""

from __future__ import annotations

import numpy as np

from plant.physics.elementwise import elementwise
from plant.process.facility.row import Valve
from plant.process.parameter import Array


@elementwise
def stroked(opening: Array, target: Array, v: Valve, dt: float) -> Array:
    """Opening ``dt`` later, on the way to ``target``."""
    wanted = v.air * np.minimum(np.maximum(target, 0.0), 1.0) + (1.0 - v.air) * v.fail_position
    wanted = np.minimum(np.maximum(wanted, v.stop_low), np.maximum(v.stop_high, v.stop_low))
    stroke = dt / v.stroke_time * (1.0 - v.seized)
    return opening + np.minimum(np.maximum(wanted - opening, -stroke), stroke)


@elementwise
def passed(opening: Array, v: Valve) -> Array:
    """Share of the rated capacity that is open."""
    return v.capacity * (v.leak + (1.0 - v.leak) * opening)
