"""A record: what was seen while a timeline played. The only thing a verdict looks at.

Times are seconds of plant time from the timeline's zero; values are SI.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from control.bus import quality
from hil.event import Event


@dataclass(frozen=True)
class Series:
    """The samples of one tag, in the order of their times."""

    time: np.ndarray
    value: np.ndarray
    quality: np.ndarray

    def between(self, start: float, end: float) -> Series:
        """The samples of ``start`` … ``end``, both included."""
        inside = (self.time >= start) & (self.time <= end)
        return Series(self.time[inside], self.value[inside], self.quality[inside])

    def standing(self, start: float, end: float) -> Series:
        """As :meth:`between`, led by the sample that stood at ``start`` if any: what holds until the next one."""
        first = int(np.searchsorted(self.time, start))
        begin = max(first - 1, 0)
        last = int(np.searchsorted(self.time, end, side="right"))
        return Series(np.maximum(self.time[begin:last], start), self.value[begin:last], self.quality[begin:last])

    def usable(self) -> Series:
        """The samples that are not Bad."""
        usable = ~quality.is_bad(self.quality) & np.isfinite(self.value)
        return Series(self.time[usable], self.value[usable], self.quality[usable])

    def __len__(self) -> int:
        return len(self.time)


NO_SAMPLES = Series(np.empty(0), np.empty(0), np.empty(0, dtype=np.uint32))


@dataclass(frozen=True)
class AlarmChange:
    """An alarm went from one state into another."""

    time: float
    tag: str
    kind: str  # low_low … high_high, bad
    is_raised: bool  # by this change; an acknowledgement raises nothing
    is_cleared: bool


@dataclass(frozen=True)
class Occurrence:
    """An event as it came to pass: when it was done, and what was answered."""

    event: Event
    time: float
    outcome: str  # done, refused or failed
    detail: str = ""


@dataclass(frozen=True)
class Record:
    """Everything seen in one run."""

    series: Mapping[str, Series]
    alarms: Sequence[AlarmChange]
    occurrences: Sequence[Occurrence]
    end: float

    def of(self, tag: str) -> Series:
        """The samples of a tag; none where nobody saw any."""
        return self.series.get(tag, NO_SAMPLES)

    def happened(self, event: str) -> float | None:
        """When the (first) event of that name was done; ``None`` where it was not."""
        return next((o.time for o in self.occurrences if o.event.name == event), None)
