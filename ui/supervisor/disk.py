"""What the supervisor makes of the disk's room: it says when storing pauses and goes on, and renews the bus after the
disk has been full, since a bus server whose write once failed for want of room fails all that follow.
"""

from __future__ import annotations

FULL = 0.1  # of the reserve; with less left, a write may have failed


class Disk:
    """Told of the free bytes again and again."""

    def __init__(self, reserve: int):
        self._reserve = reserve
        self.is_short = self._was_full = False

    def look(self, free: int) -> tuple[bool, bool]:
        """Whether shortage began or ended with this look, and whether the bus is to be renewed."""
        was_short, self.is_short = self.is_short, free < self._reserve
        self._was_full |= free < FULL * self._reserve
        renew = self._was_full and not self.is_short
        self._was_full &= not renew
        return was_short != self.is_short, renew
