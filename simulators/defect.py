"""How instruments fail: frozen, biased, drifting or dead, each from a moment on.

Devices and masters see nothing of it but the values; only a dead one is known to be bad.
"""

from __future__ import annotations

import numpy as np

from plant.asset.error import OutOfRange, Unknown

NONE, FROZEN, BIAS, DRIFT, DEAD = range(5)
KINDS = {"frozen": FROZEN, "bias": BIAS, "drift": DRIFT, "dead": DEAD}


class Defects:
    """At most one defect of each instrument of a table."""

    def __init__(self, shape: tuple[int, int]):
        self._kind = np.zeros(shape, np.int8)
        self._size = np.zeros(shape)  # of a bias [SI], of a drift [SI/s]
        self._onset = np.zeros(shape)  # plant time [s]
        self._is_any = False

    def set(self, row: int, column: int, kind: str, size: float, onset: float) -> None:
        """Give one instrument a defect in place of any it had."""
        if kind not in KINDS:
            raise Unknown("instrument defect", kind)
        if not np.isfinite([size, onset]).all():
            raise OutOfRange("size, onset", (size, onset), "must be finite")
        self._kind[row, column], self._size[row, column], self._onset[row, column] = KINDS[kind], size, onset
        self._is_any = True

    def clear(self, row: int, column: int) -> None:
        """Take it away."""
        self._kind[row, column] = NONE
        self._is_any = bool(self._kind.any())

    def distort(self, raw: np.ndarray, now: float) -> np.ndarray:
        """Add biases and drifts, before the instrument rounds and saturates."""
        if not self._is_any:
            return raw
        since = now - self._onset
        shift = np.select([self._kind == BIAS, self._kind == DRIFT], [self._size, self._size * since], 0.0)
        return raw + np.where(since >= 0, shift, 0.0)

    def replace(self, shown: np.ndarray, previous: np.ndarray, now: float) -> np.ndarray:
        """Keep what frozen ones showed before, and nothing for dead ones."""
        if not self._is_any:
            return shown
        kind = np.where(now >= self._onset, self._kind, NONE)
        return np.select([kind == FROZEN, kind == DEAD], [previous, np.nan], shown)
