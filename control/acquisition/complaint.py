"""Complaints: what goes wrong with a device again and again, said once, and then counted."""

from __future__ import annotations

from collections import Counter

from control.bus import log

MOST = 200  # different ones of a device; what comes beyond is counted as one
OTHERS = "others"


class Complaints:
    """Of one device. Each is logged when it first comes, and again when it has come 10, 100, 1000 … times."""

    def __init__(self, device: str):
        self._device = device
        self.counts: Counter[str] = Counter()

    def add(self, what: str, traceback: bool = False) -> None:
        """Something went wrong; ``traceback`` where the exception at hand should not have been possible."""
        what = what if what in self.counts or len(self.counts) < MOST else OTHERS
        self.counts[what] += 1
        count = self.counts[what]
        if traceback and count == 1:
            log.failure("complaint", device=self._device, what=what)
        elif str(count).rstrip("0") == "1":
            log.warning("complaint", device=self._device, what=what, count=count)
