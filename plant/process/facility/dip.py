"""A dip in a line's path: liquid gathers in it until it bars the gas, which then blows it out as a slug.

That is terrain slugging. A dip of no volume holds nothing, and the stream passes as it came.
"""

from __future__ import annotations

import numpy as np

from plant.process.facility.part import Part
from plant.process.parameter import Array

CAUGHT = 0.8  # share of the liquid that stays while the dip fills
BLOW_TIME = 60.0  # in which a full dip is emptied [s]
LEFT = 0.1  # share of a dip at which the gas has broken through


class Dips(Part):
    """One per line."""

    held: Array  # oil, water, gas, shape (3, m) [m³]
    blowing: Array  # 1 while a slug leaves

    def __init__(self, m: int):
        super().__init__(held=np.zeros((3, m)), blowing=np.zeros(m))

    def inventory(self) -> Array:
        """Oil, water and gas held [m³]."""
        return self.held.sum(axis=1)

    def step(self, dt: float, stream: Array, volume: Array) -> Array:
        """What goes on of a stream (3, m) past dips of these volumes [m³/s]."""
        held = self.held[0] + self.held[1]
        self.blowing[:] = (held >= volume) | ((self.blowing > 0.0) & (held > LEFT * volume))
        caught = stream * (CAUGHT * (1.0 - self.blowing))
        emptied = np.where(volume > 0.0, -np.expm1(-2.3 * dt / BLOW_TIME), 1.0)
        released = self.held * (self.blowing * emptied)
        self.held += caught * dt - released
        return stream - caught + released / dt
