"""Alarm conditions: when an alarm's cause is there, for all alarms of a kind at once.

A condition is an array function of what is known at a moment; what an alarm makes of it, over delays and
acknowledgements, is the state machine's business. A Bad sample says nothing of the value, so it neither raises nor
clears anything but the alarms on quality itself.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

from control.alarms.limit import is_beyond

Array = np.ndarray


@dataclass(frozen=True)
class Settings:
    """What alarms compare with, one element per alarm, SI."""

    limit: Array  # of a limit; the largest deviation; the largest change in ``per``; of what is stale, the age [s]
    sign: Array  # side of a limit on which it alarms
    deadband: Array
    per: Array  # of a rate [s]
    states: Array  # of a discrete alarm, one row per alarm; NaN where there are no more

    def of(self, rows: slice | Array) -> Settings:
        """Those of certain alarms."""
        return Settings(self.limit[rows], self.sign[rows], self.deadband[rows], self.per[rows], self.states[rows])


@dataclass(frozen=True)
class Moment:
    """What is known of each alarm's tag, one element per alarm."""

    value: Array  # the newest, SI
    is_bad: Array
    is_new: Array  # it came just now
    other: Array  # newest usable value of the tag that is compared with; NaN where there is none
    elapsed: Array  # since the usable sample before [s]; NaN for the first
    memory: Array  # what the condition kept; NaN at first
    was: Array  # whether it held


@dataclass(frozen=True)
class Finding:
    """Which conditions hold, of which anything can be said, and what is to be kept."""

    holds: Array
    counts: Array
    memory: Array | None = None


def limit(m: Moment, s: Settings) -> Finding:
    """The value is beyond a limit."""
    return Finding(is_beyond(m.value, s.limit, s.sign, s.deadband, m.was), m.is_new & ~m.is_bad)


def deviation(m: Moment, s: Settings) -> Finding:
    """The value is further from another tag's than it may be, to either side."""
    distance = np.abs(m.value - m.other)
    is_known = np.isfinite(distance) & ~m.is_bad
    return Finding(is_beyond(distance, s.limit, s.sign, s.deadband, m.was), is_known)


def rate(m: Moment, s: Settings) -> Finding:
    """The value has changed by more than it may in the time ``per``.

    It is compared with itself behind a lag of that time: behind a steady ramp the lag stays by the ramp's change in
    it, noise averages out, and a step counts at once and is forgotten as the lag comes after.
    """
    counts = m.is_new & ~m.is_bad
    share = -np.expm1(-np.maximum(np.nan_to_num(m.elapsed), 0.0) / s.per)
    lagged = np.where(np.isnan(m.memory), m.value, m.memory + share * (m.value - m.memory))
    over = np.minimum(1.0, s.per / np.maximum(np.nan_to_num(m.elapsed), 1e-9))  # of what changed in a longer gap
    change = over * np.abs(m.value - np.where(np.isnan(m.memory), m.value, m.memory))
    return Finding(is_beyond(change, s.limit, s.sign, s.deadband, m.was), counts, np.where(counts, lagged, m.memory))


def discrete(m: Moment, s: Settings) -> Finding:
    """An enumeration shows one of the states that alarm."""
    return Finding((m.value[:, None] == s.states).any(axis=1), m.is_new & ~m.is_bad)


def quality(m: Moment, s: Settings) -> Finding:  # noqa: ARG001
    """The sample is Bad."""
    return Finding(m.is_bad, m.is_new)


def stale(m: Moment, s: Settings) -> Finding:  # noqa: ARG001
    """Nothing newer has come for too long: not so now that something is here; the engine looks at what time makes."""
    return Finding(np.zeros(len(m.value), bool), m.is_new)


Condition = Callable[[Moment, Settings], Finding]
SIGNS = {"low_low": -1, "low": -1, "high": 1, "high_high": 1}  # kinds of limit → the side on which it alarms
DEVIATION, RATE, DISCRETE, BAD, STALE = "deviation", "rate", "discrete", "bad", "stale"
# Kind of an alarm, as tables and alarms name it → its condition.
TIMED = (rate, stale)  # that ask when a sample was taken
ON_QUALITY = (quality, stale)  # of which a Bad sample says something too
CONDITIONS: Mapping[str, Condition] = {
    **dict.fromkeys(SIGNS, limit), DEVIATION: deviation, RATE: rate, DISCRETE: discrete, BAD: quality, STALE: stale,
}  # fmt: skip
KINDS = tuple(CONDITIONS)
