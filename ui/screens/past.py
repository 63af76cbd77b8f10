"""The past of the sparklines: filled from the historian once, when the process starts."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

import numpy as np

from control.bus.clock import SECOND
from historian.client import History
from plant.asset.tag import Tag
from plant.error import ServiceError
from ui.screens import pivot
from ui.screens.page_feed import PERIOD, RING, STRIDE, PageFeed

PAUSE = 3.0  # s between attempts, while the historian does not answer
WIDTH = int(STRIDE * PERIOD * SECOND)  # of a point [ns]


async def remember(feed: PageFeed, history: History, tags: Sequence[Tag]) -> None:
    """Fill the short histories of ``tags``; tries until the historian answers."""
    while True:
        end = feed.clock.now()
        if not end:  # a field whose clock nobody has heard yet
            await asyncio.sleep(PAUSE)
            continue
        try:
            table = await history.buckets([tag.name for tag in tags], max(end - RING * WIDTH, 0), end, WIDTH)
        except ServiceError:
            await asyncio.sleep(PAUSE)
            continue
        fill(feed, *pivot.of_buckets(table, tags), tags, end)
        return


def fill(feed: PageFeed, time: np.ndarray, values: np.ndarray, tags: Sequence[Tag], end: int) -> None:
    """Put averages where the feed's ring has nothing yet."""
    rows = feed.rows([tag.name for tag in tags])
    place = RING - 1 - (end - time) // WIDTH
    inside = (place >= 0) & (place < RING - 1)
    past = np.full((len(tags), RING), np.nan, dtype=np.float32)
    past[:, place[inside]] = values[inside].T
    here = feed.recent[rows]
    feed.recent[rows] = np.where(np.isnan(here), past, here)
