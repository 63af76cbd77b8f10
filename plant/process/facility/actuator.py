"""Control valves with their actuators: they stroke at a speed, and stick, leak, wear and lose their air.

Arrays run over the vessels that such a valve serves.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from plant.process.facility.part import Part
from plant.process.facility.row import Valve
from plant.process.facility.valve import passed, stroked
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
        self.opening[:] = stroked(self.opening, target, self.kind, dt)

    def passing(self) -> Array:
        """Share of the rated capacity that is open."""
        return passed(self.opening, self.kind)

    @property
    def kind(self) -> Valve:
        """What the valves are, by the names that the equations know."""
        return Valve(**vars(self.parameters))
