"""A token bucket for each caller: so many requests a minute, that many at once, and who has none left is told when."""

from __future__ import annotations

import math
import time
from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from ui.identity.error import Busy

MINUTE = 60.0  # s
ROOM = 100_000  # callers that are remembered; whoever was not heard for longest starts anew


@dataclass
class _Level:
    left: float
    at: float


class Buckets:
    """How many requests each caller has left, filled again evenly over a minute."""

    def __init__(self, clock: Callable[[], float] = time.monotonic):
        self._clock = clock
        self._levels: OrderedDict[str, _Level] = OrderedDict()

    def take(self, who: str, a_minute: float) -> Mapping[str, str]:
        """Count one request; the headers that say what is left. Raises :class:`Busy` where nothing is."""
        size, now = a_minute, self._clock()
        if math.isinf(size):
            return {}
        level = self._levels.setdefault(who, _Level(size, now))
        self._levels.move_to_end(who)
        level.left, level.at = min(size, level.left + (now - level.at) * size / MINUTE), now
        if level.left < 1.0:
            raise Busy(f"more than {size:g} requests a minute", (1.0 - level.left) * MINUTE / size)
        level.left -= 1.0
        if len(self._levels) > ROOM:
            self._levels.popitem(last=False)
        return {
            "RateLimit-Limit": f"{size:g}", "RateLimit-Remaining": f"{int(level.left)}",
            "RateLimit-Reset": f"{math.ceil((size - level.left) * MINUTE / size)}",
        }  # fmt: skip
