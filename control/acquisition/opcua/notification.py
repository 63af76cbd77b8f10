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


class Gathering:
    """Samples on their way to be whole scans.

    Of a scan that comes in two notifications the first would show old values at the new time. So it waits for the
    rest, but no longer than ``patience`` [s], as a server need not notify what has not changed.
    """

    def __init__(self, patience: float):
        self._patience, self._since = patience, 0.0
        self._samples: list[Sample] = []

    @property
    def is_waiting(self) -> bool:
        """Whether there is part of a scan."""
        return bool(self._samples)

    def add(self, sample: Sample, now: float) -> None:
        """Take a sample that came ``now`` [s]."""
        if not self._samples:
            self._since = now
        self._samples.append(sample)

    def ripe(self, nodes: int, now: float) -> list[list[Sample]]:
        """The scans that are whole, having all of ``nodes``, or overtaken by a later one, or have waited enough."""
        groups = list(scans(self._samples))
        is_due = now - self._since >= self._patience
        self._samples = groups.pop() if groups and len(groups[-1]) < nodes and not is_due else []
        if groups:
            self._since = now
        return groups


def reading_of(samples: list[Sample], known: Reading) -> Reading:
    """``known`` with these samples in place, all at the newest of their times."""
    value, code = known.value.copy(), known.quality.copy()
    for sample in samples:
        value[sample.position], code[sample.position] = sample.value, sample.code
    return Reading(np.full(len(value), max(sample.time for sample in samples), np.int64), value, code)
