"""What a paced field says of its time: how fast it goes, and what it lost on a machine too slow for it."""

from __future__ import annotations

import math

WINDOW = 0.5  # over which the reached speed is measured [s]
SLACK = 0.5  # plant time that may be due without being missed: steps come in strides [s]


class Announcement:
    """Watches plant time against the wall. All times in seconds."""

    def __init__(self, wall: float, plant: float, wanted: float):
        self._at = self._from = (wall, plant)
        self._wanted, self._debt = wanted, 0.0
        self.achieved = 0.0  # speed in the last window
        self.lost = 0.0  # plant time that was due and never came, in all
        self.overruns = 0  # times that some was found missing

    @property
    def speed(self) -> float:
        """To be announced: finite, and no faster than what was reached when plant time falls behind."""
        return self.achieved if math.isinf(self._wanted) or self._is_behind else self._wanted

    @property
    def _is_behind(self) -> bool:
        return self._debt > SLACK

    def look(self, wall: float, plant: float, wanted: float) -> None:
        """Take note of both clocks, and of the speed wanted from here on."""
        if math.isfinite(self._wanted):
            self._charge(self._wanted * (wall - self._at[0]) - (plant - self._at[1]))
        self._at = (wall, plant)
        passed = wall - self._from[0]
        if passed >= WINDOW:
            self.achieved = (plant - self._from[1]) / passed
        if passed >= WINDOW or wanted != self._wanted:
            self._from = self._at
        if wanted != self._wanted:
            self._wanted, self._debt = wanted, 0.0

    def _charge(self, missing: float) -> None:
        if self._is_behind:
            self._debt = 0.0  # it was counted the last time
        self._debt = max(self._debt + missing, -SLACK)
        if self._is_behind:
            self.lost += self._debt
            self.overruns += 1
