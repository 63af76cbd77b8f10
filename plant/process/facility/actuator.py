"""Control valves with their actuators: they stroke at a speed, and stick, leak, wear and lose their air.

Arrays run over the vessels that such a valve serves.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from plant.process.facility.part import Part
from plant.process.parameter import Array

STROKE_TIME = 10.0  # of a pneumatic actuator, end to end [s]


@dataclass
class ValveParameters:
    """What a valve is, and what may be wrong with it; neutral as :meth:`sound` gives it."""

    stroke_time: Array  # [s]
    fail_position: Array  # without air
    seized: Array  # 0 free … 1 stuck where it stands
    stop_low: Array  # it closes no further …
    stop_high: Array  # … and opens no further
    leak: Array  # share of full capacity that passes a shut valve
    air: Array  # 1 supplied … 0 lost
    capacity: Array  # of the rated one: below 1 plugged, above 1 washed out

    @classmethod
    def sound(cls, n: int, fail_position: float, stroke_time: float = STROKE_TIME) -> ValveParameters:
        """``n`` valves without a fault."""
        values = (stroke_time, fail_position, 0.0, 0.0, 1.0, 0.0, 1.0, 1.0)
        return cls(*(np.full(n, value) for value in values))


class Valves(Part):
    """Their openings, 0 to 1."""

    opening: Array

    def __init__(self, parameters: ValveParameters, opening: float):
        super().__init__(opening=np.full(len(parameters.air), opening))
        self.parameters = parameters

    def step(self, dt: float, target: Array) -> None:
        """Stroke towards ``target`` for ``dt`` [s]."""
        p = self.parameters
        wanted = p.air * np.clip(target, 0.0, 1.0) + (1.0 - p.air) * p.fail_position
        wanted = np.minimum(np.maximum(wanted, p.stop_low), np.maximum(p.stop_high, p.stop_low))
        stroke = dt / p.stroke_time * (1.0 - p.seized)
        self.opening += np.minimum(np.maximum(wanted - self.opening, -stroke), stroke)

    def passing(self) -> Array:
        """Share of the rated capacity that is open."""
        p = self.parameters
        return p.capacity * (p.leak + (1.0 - p.leak) * self.opening)
