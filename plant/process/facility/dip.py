"""A dip in a line's path: liquid gathers in it until it bars the gas, which then blows it out as a slug.

That is terrain slugging. A dip of no volume holds nothing, and the stream passes as it came. How it moves is in
:mod:`.line`.
"""

from __future__ import annotations

import numpy as np

from plant.process.facility.part import Part
from plant.process.parameter import Array


class Dips(Part):
    """One per line."""

    held: Array  # oil, water, gas, shape (3, m) [m³]
    blowing: Array  # 1 while a slug leaves

    def __init__(self, m: int):
        super().__init__(held=np.zeros((3, m)), blowing=np.zeros(m))

    def inventory(self) -> Array:
        """Oil, water and gas held [m³]."""
        return self.held.sum(axis=1)
