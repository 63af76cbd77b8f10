"""Trust: how a value's quality and age look to an operator, as one small number.

Scripts get the number beside each value and show it by more than colour: a mark, and the value faded.
"""

from __future__ import annotations

import numpy as np

from control.bus import quality as q
from control.bus.clock import SECOND

GOOD, UNCERTAIN, BAD, STALE, NONE = range(5)
NAMES = ("Good", "Uncertain", "Bad", "Stale", "No data")
KNOWN = tuple(NAMES[level] for level in (GOOD, UNCERTAIN))
AHEAD = 5.0  # s that a device's clock may be ahead; beyond, a clock was set back and nobody knows how old a value is
PERIODS = 3.5  # scans without a sample after which a value is stale; a lost device shows as Bad before


def is_known(trust: np.ndarray) -> np.ndarray:
    """Whether anything is known now: a value that is bad, stale or absent says nothing of the present."""
    return (trust == GOOD) | (trust == UNCERTAIN)


def of(quality: np.ndarray, time: np.ndarray, now: int, scan: float) -> np.ndarray:
    """Trust of each value from its quality and the time (UTC ns) of its sample."""
    patience = max(PERIODS * max(scan, 1.0), AHEAD) * SECOND
    old = (now - time > PERIODS * max(scan, 1.0) * SECOND) | (time - now > patience)
    none = (time == 0) | (quality == q.BAD_WAITING)
    return np.select([none, q.is_bad(quality), old, ~q.is_good(quality)], [NONE, BAD, STALE, UNCERTAIN], GOOD)
