"""A condition: for each sample of a tag, whether it is as expected and how far from the limit.

One function per kind of expectation that is about values. Bad samples carry no value and take no part,
except where quality itself is asked for.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from control.bus import quality
from hil.expectation import Expectation
from hil.record import Series
from plant.asset.tag import Tag
from plant.unit import UNITS, Unit
from simulators.fault.order import unit_of_difference

BASELINE = 15.0  # s before an event over which the value it started from is averaged


@dataclass(frozen=True)
class Tested:
    """Samples, each with whether it is as expected and its distance inside the limits (negative outside)."""

    time: np.ndarray
    value: np.ndarray  # as shown: SI of ``unit``
    is_so: np.ndarray
    inside: np.ndarray | None  # where a limit exists
    unit: Unit


def band(expectation: Expectation, tag: Tag, series: Series, before: Series) -> Tested:  # noqa: ARG001
    """Value within low … high."""
    return _within(expectation, series.usable(), 0.0, tag.signal.unit)


def change(expectation: Expectation, tag: Tag, series: Series, before: Series) -> Tested:
    """Value less its mean over the last seconds before the event, at least so much higher (or lower)."""
    last = before.usable()
    recent = last.value[last.time >= before.time[-1] - BASELINE] if len(last) else np.full(1, np.nan)
    return _within(expectation, series.usable(), float(recent.mean()), unit_of_difference(tag.signal.unit))


def state(expectation: Expectation, tag: Tag, series: Series, before: Series) -> Tested:  # noqa: ARG001
    """An enumeration has the number of the state's name."""
    usable = series.usable()
    return Tested(usable.time, usable.value, usable.value == expectation.low, None, tag.signal.unit)


def quality_is(expectation: Expectation, tag: Tag, series: Series, before: Series) -> Tested:  # noqa: ARG001
    """The quality is Good, Uncertain or Bad, whatever its sub-code."""
    good, bad = quality.is_good(series.quality), quality.is_bad(series.quality)
    is_so = {"Good": good, "Bad": bad, "Uncertain": ~good & ~bad}[expectation.what]
    return Tested(series.time, series.quality, is_so, None, UNITS["1"])


def _within(expectation: Expectation, series: Series, base: float, unit: Unit) -> Tested:
    value = series.value - base
    inside = np.minimum(value - expectation.low, expectation.high - value)
    return Tested(series.time, value, inside >= 0, inside, unit)


CONDITIONS: dict[str, Callable[[Expectation, Tag, Series, Series], Tested]] = {
    "band": band,
    "change": change,
    "state": state,
    "quality": quality_is,
}
