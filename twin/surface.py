"""What is known of each well's surface: the newest sample of each signal that the twin looks at.

Filled from batches off the bus, whichever device they came from; samples of alternates carry other tags and
pass by. Rows are signals, columns wells.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from control.bus import quality
from control.bus.batch import Batch


class Surface:
    """Values, qualities and times of ``signals`` (rows) of ``wells`` (columns)."""

    def __init__(self, signals: Sequence[str], wells: Sequence[str]):
        shape = len(signals), len(wells)
        self.value = np.full(shape, np.nan)
        self.quality = np.full(shape, quality.BAD_NO_DATA, dtype=np.uint32)
        self.time = np.zeros(shape, dtype=np.int64)
        self._place = {
            f"{well}.{signal}": row * len(wells) + column
            for row, signal in enumerate(signals)
            for column, well in enumerate(wells)
        }

    def hear(self, batch: Batch) -> None:
        """Take the samples of ``batch`` that are newer than what is known."""
        known = np.array([self._place.get(tag, -1) for tag in batch.tags], dtype=np.intp)
        at = known[batch.tag]
        news = (at >= 0) & (batch.time >= self.time.ravel()[at])
        at = at[news]
        self.value.ravel()[at] = batch.value[news]
        self.quality.ravel()[at] = batch.quality[news]
        self.time.ravel()[at] = batch.time[news]
