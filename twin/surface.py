"""What is known of each well's surface: the newest sample of each signal that the twin looks at.

Filled from batches off the bus, whichever device they came from; samples of alternates carry other tags and
pass by. Rows are signals, columns wells.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from control.bus import quality
from control.bus.batch import Batch

MANY = 1000  # sets of tags whose places are remembered


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
        self._known: dict[tuple[str, ...], np.ndarray] = {}

    def hear(self, batch: Batch) -> None:
        """Take the samples of ``batch`` that are newer than what is known."""
        order = np.argsort(batch.time, kind="stable")  # of several samples of a tag, the newest is written last
        at = self._places(batch.tags)[batch.tag[order]]
        is_news = (at >= 0) & (batch.time[order] >= self.time.ravel()[at])
        at, news = at[is_news], order[is_news]
        self.value.ravel()[at] = batch.value[news]
        self.quality.ravel()[at] = batch.quality[news]
        self.time.ravel()[at] = batch.time[news]

    def _places(self, tags: tuple[str, ...]) -> np.ndarray:
        """Where each tag's samples go, below zero for a tag that is not looked at."""
        known = self._known.get(tags)
        if known is None:
            known = np.array([self._place.get(tag, -1) for tag in tags], dtype=np.intp)
            self._known = {tags: known} if len(self._known) > MANY else self._known | {tags: known}
        return known
