"""Substitution that does not swing: values that follow where they lead, by shorter steps where they overshoot."""

from __future__ import annotations

import numpy as np

from plant.process.esp.row import Array

SHORTEST, LONGEST = 0.03, 0.85  # of the way, in one step
SHORTER, LONGER = 0.5, 1.1


class Follower:
    """One number of each well; ``value`` is where it is."""

    def __init__(self, value: Array):
        self.value = np.array(value)
        self._gap = np.zeros_like(self.value)
        self._share = np.full_like(self.value, LONGEST)

    def follow(self, target: Array) -> Array:
        """Go some of the way, and say where it is then."""
        gap = target - self.value
        change = np.where(gap * self._gap < 0.0, SHORTER, LONGER)
        self._share = np.clip(self._share * change, SHORTEST, LONGEST)
        self._gap = gap
        self.value = self.value + self._share * gap
        return self.value
