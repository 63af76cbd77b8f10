"""Dating: by whose clock a device's samples count, and how far off its own is.

What a device stamps it may stamp wrong: hours behind, in another unit, or with a time that does not move. So what its
clock shows is compared with the moment at which it comes. A device tells late what it had kept, too; so it is the best
of the last minutes that says how far its clock is off.
"""

from __future__ import annotations

from collections import deque
from dataclasses import replace

import numpy as np

from control.acquisition.driver import Reading
from control.bus import quality
from control.bus.clock import SECOND
from plant.asset.profile.stamp import Stamps

WINDOW = 300 * SECOND  # within which the best counts
MOST = 512  # of that window


class Dating:
    """Of one device."""

    def __init__(self, stamps: Stamps):
        self._stamps = stamps
        self._seen: deque[tuple[int, int]] = deque(maxlen=MOST)  # when, and how far off its clock was [ns]

    @property
    def error(self) -> float | None:
        """By how much its clock is ahead of ours [s], what the profile adds to it included; None where unknown."""
        return max(off for _, off in self._seen) / SECOND if self._seen else None

    def __call__(self, reading: Reading, now: int, speed: float) -> Reading:
        """The reading as it is to be dated; ``now`` in ns. At best Uncertain where its stamps cannot be believed."""
        time = reading.time + int(self._stamps.shift * SECOND)
        if reading.clock is not None:
            self._measure(reading.clock + int(self._stamps.shift * SECOND) - now, now)
        if not self._stamps.by_device:
            return replace(reading, time=np.full(len(time), now, dtype=np.int64))
        if not self.is_off(speed):
            return replace(reading, time=time)
        code = np.maximum(reading.quality, quality.UNCERTAIN_SUBNORMAL)
        return replace(reading, time=time, quality=code.astype(np.uint32))

    def is_off(self, speed: float) -> bool:
        """Whether its clock is off by more than its profile lets pass."""
        return self.error is not None and abs(self.error) > self._stamps.tolerance * max(1.0, speed)

    def _measure(self, off: int, now: int) -> None:
        while self._seen and not 0 <= now - self._seen[0][0] <= WINDOW:
            self._seen.popleft()
        self._seen.append((now, off))
