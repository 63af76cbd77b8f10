"""A set checker of numbered points: of each tag every number from 1 on must be kept, and once."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import numpy as np

from control.bus.column import to_numpy, whole
from historian.duckdb_store import DuckDBHistorian

ALL_TIME = 2**62  # ns
TAGS = 500  # looked at together
MANY = 100_000_000  # rows of them


class Found(NamedTuple):
    """What a history holds of numbered points."""

    kept: int
    lost: int
    duplicated: int
    highest: int  # the last numbers of all tags, added up


def checked(history: Path) -> Found:
    """Look through a history that nobody writes any more."""
    store = DuckDBHistorian(history)
    try:
        tags = store.tags()
        parts = [_part(store, tags[i : i + TAGS]) for i in range(0, len(tags), TAGS)]
    finally:
        store.close()
    return Found(*(sum(column) for column in zip(*parts, strict=True))) if parts else Found(0, 0, 0, 0)


def _part(store: DuckDBHistorian, tags: list[str]) -> Found:
    table = store.raw(tags, 0, ALL_TIME, MANY)
    value, tag = to_numpy(whole(table["value"])), to_numpy(whole(table["tag"]).indices)
    is_number = np.isfinite(value)  # a device that was lost says none
    return numbered(tag[is_number], value[is_number].astype(np.int64))


def numbered(tag: np.ndarray, number: np.ndarray) -> Found:
    """What is there of numbers of tags, in any order."""
    if not len(tag):
        return Found(0, 0, 0, 0)
    order = np.lexsort((number, tag))
    tag, number = tag[order], number[order]
    is_last = np.append(tag[1:] != tag[:-1], True)
    is_again = np.append(False, (tag[1:] == tag[:-1]) & (number[1:] == number[:-1]))
    highest, again = int(number[is_last].sum()), int(is_again.sum())
    return Found(len(tag), highest - (len(tag) - again), again, highest)
