"""Notifications: single values as a server notifies them, and the readings they make.

What is not notified has not changed: a reading gives such a tag its known value at the reading's time.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from control.acquisition.driver import Reading


class Sample(NamedTuple):
    """One notified value."""

    time: int  # UTC ns
    position: int  # of the tag
    value: float  # SI
    code: int


def scans(samples: list[Sample]) -> Iterator[list[Sample]]:
    """Samples in the order of time, cut wherever a tag would come a second time: one scan of the device each."""
    group: list[Sample] = []
    seen: set[int] = set()
    for sample in sorted(samples, key=lambda sample: sample.time):
        if sample.position in seen:
            yield group
            group, seen = [], set()
        group.append(sample)
        seen.add(sample.position)
    if group:
        yield group


def reading_of(samples: list[Sample], known: Reading) -> Reading:
    """``known`` with these samples in place, all at the newest of their times."""
    value, code = known.value.copy(), known.quality.copy()
    for sample in samples:
        value[sample.position], code[sample.position] = sample.value, sample.code
    return Reading(np.full(len(value), max(sample.time for sample in samples), np.int64), value, code)
