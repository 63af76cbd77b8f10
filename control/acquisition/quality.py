"""Is this sample believable? Quality given to a reading by what is known of its signals."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import numpy as np

from control.acquisition.driver import Reading
from control.bus import quality
from control.bus.clock import SECOND
from plant.asset.signal import Signal

SLACK = 1e-9  # of the span: a reference of exactly its highest value is within it, whatever its binary fraction


AHEAD = 5.0  # s that a device's clock may be ahead of ours, on the machine's time


def bounded(reading: Reading, now: int, speed: float) -> Reading:
    """The reading, what is dated beyond ``now`` (ns) stamped with it and at best Uncertain.

    A sample from the future would be the newest for as long as that future lasts, whatever came after it.
    """
    is_ahead = reading.time > now + int(AHEAD * max(1.0, speed) * SECOND)
    if not is_ahead.any():
        return reading
    code = np.where(is_ahead, np.maximum(reading.quality, quality.UNCERTAIN_SUBNORMAL), reading.quality)
    return replace(reading, time=np.where(is_ahead, now, reading.time), quality=code.astype(np.uint32))


class Validator:
    """Checks each reading of a device against the spans of its signals."""

    def __init__(self, signals: Iterable[Signal]):
        low, high = np.array([(s.low, s.high) for s in signals]).reshape(-1, 2).T
        slack = SLACK * (high - low)
        self._low, self._high = low - slack, high + slack

    def __call__(self, reading: Reading) -> Reading:
        """The reading, its Good values outside their span made Uncertain and its Good NaN made Bad."""
        is_good = quality.is_good(reading.quality)
        is_absent = is_good & np.isnan(reading.value)
        if reading.text:
            is_absent[list(reading.text)] = False  # a text is its own value
        is_beyond = is_good & ((reading.value < self._low) | (reading.value > self._high))
        code = np.where(is_absent, quality.BAD_SENSOR_FAILURE, reading.quality)
        code = np.where(is_beyond, quality.UNCERTAIN_UNITS_EXCEEDED, code).astype(np.uint32)
        return replace(reading, quality=code)
