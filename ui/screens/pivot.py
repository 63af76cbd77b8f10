"""Samples as columns by tag become rows by time, as a chart's source has them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pyarrow as pa

from plant.asset.tag import Tag
from ui.screens.page_feed import Fresh, joined

MS = 1_000_000  # ns


def of_fresh(fresh: Sequence[Fresh], column: Mapping[int, int]) -> tuple[np.ndarray, np.ndarray]:
    """Times and values (a row per time, a column per wanted tag) of the rows that ``column`` numbers."""
    all_that_came = joined(fresh)
    keep = np.isin(all_that_came.row, np.array(list(column), dtype=np.intp))
    row, time, value = (part[keep] for part in (all_that_came.row, all_that_came.time, all_that_came.value))
    return _spread(time, np.array([column[r] for r in row], dtype=np.intp), value, len(column))


def of_buckets(table: pa.Table, tags: Sequence[Tag]) -> tuple[np.ndarray, np.ndarray]:
    """Times and averages of a reply of the historian."""
    place = {tag.name: i for i, tag in enumerate(tags)}
    column = np.array([place[name] for name in table["tag"].to_pylist()], dtype=np.intp)
    return _spread(table["time"].to_numpy(), column, table["average"].to_numpy(zero_copy_only=False), len(tags))


def source_data(time: np.ndarray, values: np.ndarray, tags: Sequence[Tag]) -> dict[str, Any]:
    """Columns for a chart: time in ms, each tag by its signal's name in the unit that people see."""
    shown = {tag.signal.name: tag.signal.unit.from_si(values[:, i]) for i, tag in enumerate(tags)}
    return {"time": time / MS} | shown


def _spread(time: np.ndarray, column: np.ndarray, value: np.ndarray, width: int) -> tuple[np.ndarray, np.ndarray]:
    times, place = np.unique(time, return_inverse=True)
    spread = np.full((len(times), width), np.nan)
    spread[place, column] = value
    return times, spread
