"""A verdict: what was expected, what was seen instead or indeed, and by how much it passed.

Pure: a timeline and a record in, rows out. What was not seen does not pass: no samples, no event and no
answer are failures, never a reason to skip a row.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from control.bus import quality
from hil.condition import CONDITIONS, Tested
from hil.expectation import Expectation
from hil.record import AlarmChange, Record
from hil.timeline import Timeline
from plant.asset.duration import shown
from plant.asset.tag import Tag
from plant.unit import UNITS, Unit
from simulators.fault.order import unit_of_difference

TIME = UNITS["s"]
HELD = ("state", "quality")  # what one sample says of these holds until the next


@dataclass(frozen=True)
class Finding:
    """What was seen of one tag or event. ``margin`` (SI of ``unit``) is how far it was from going wrong."""

    observed: str
    passed: bool
    margin: float = math.nan
    unit: Unit = TIME

    def margin_shown(self) -> str:
        """The margin with its unit; empty where there is none."""
        if math.isnan(self.margin) or math.isinf(self.margin):
            return ""
        return f"{self.unit.from_si(self.margin):.3g} {self.unit.symbol}".strip()


@dataclass(frozen=True)
class Row:
    """One line of the verdict."""

    expectation: Expectation
    finding: Finding

    @property
    def passed(self) -> bool:
        """Whether what was expected was seen."""
        return self.finding.passed


def judge(timeline: Timeline, record: Record) -> list[Row]:
    """One row per expectation of the timeline, in its order."""
    return [Row(expectation, _find(expectation, record)) for expectation in timeline.expectations]


def _find(expectation: Expectation, record: Record) -> Finding:
    if expectation.kind == "outcome":
        return _outcome(expectation, record)
    origin = 0.0 if expectation.window.after is None else record.happened(expectation.window.after)
    if origin is None:
        return Finding(f"{expectation.window.after} did not happen", False)
    find = FINDERS[expectation.kind]
    return _worst([(tag, find(expectation, tag, record, origin)) for tag in expectation.tags])


def _worst(findings: Sequence[tuple[Tag, Finding]]) -> Finding:
    """A pattern passes as its worst tag does."""

    def badness(pair: tuple[Tag, Finding]) -> tuple[bool, float]:
        margin = pair[1].margin
        return pair[1].passed, math.inf if math.isnan(margin) else margin

    tag, worst = min(findings, key=badness)
    if len(findings) == 1:
        return worst
    failed = sum(not finding.passed for _, finding in findings)
    count = f"{failed} of {len(findings)} wrong" if failed else f"all {len(findings)}"
    which = f"; worst {tag.name}" if failed or not math.isnan(worst.margin) else ""
    return Finding(f"{count}{which}: {worst.observed}", worst.passed, worst.margin, worst.unit)


def _outcome(expectation: Expectation, record: Record) -> Finding:
    seen = [o for o in record.occurrences if o.event.name in expectation.events]
    wrong = [o for o in seen if o.outcome != expectation.what]
    shown_one = (wrong or seen)[:1]
    if not shown_one:
        return Finding("did not happen", False)
    one = shown_one[0]
    several = f"{len(seen) - len(wrong)} of {len(seen)} {expectation.what}; " if len(seen) > 1 and wrong else ""
    detail = f": {one.detail}" if one.detail else ""
    return Finding(f"{several}{one.outcome}{detail}", not wrong)


def _condition(expectation: Expectation, tag: Tag, record: Record, origin: float) -> Finding:
    window, series = expectation.window, record.of(tag.name)
    before = series.between(-math.inf, np.nextafter(origin, -math.inf))
    if window.throughout:
        take = series.standing if expectation.kind in HELD else series.between
        during = take(origin + window.start, origin + window.end)
    else:
        during = series.between(origin, origin + window.end)
    tested = CONDITIONS[expectation.kind](expectation, tag, during, before)
    if not len(tested.time):
        return Finding("no samples", False)
    if window.throughout:
        return _throughout(tested, tag, expectation, origin)
    return _once(tested, tag, expectation, origin)


def _throughout(tested: Tested, tag: Tag, expectation: Expectation, origin: float) -> Finding:
    margin = math.nan if tested.inside is None else float(tested.inside.min())
    unit = unit_of_difference(tested.unit)
    if tested.is_so.all():
        return Finding(f"{_extent(tested, tag, expectation)}, {len(tested.time)} samples", True, margin, unit)
    first = int(np.argmin(tested.is_so))
    seen = _value(tested, first, tag, expectation)
    return Finding(f"{seen} at {shown(tested.time[first] - origin)}", False, margin, unit)


def _once(tested: Tested, tag: Tag, expectation: Expectation, origin: float) -> Finding:
    window = expectation.window
    if not tested.is_so.any():
        return Finding(f"{_nearest(tested, tag, expectation)} by {shown(window.end)}", False)
    first = int(np.argmax(tested.is_so))
    delay = float(tested.time[first]) - origin
    seen = f"{_value(tested, first, tag, expectation)} after {shown(delay)}"
    if delay < window.start:
        return Finding(f"{seen}: too early", False, delay - window.start)
    return Finding(seen, True, min(window.end - delay, delay - window.start if window.start else math.inf))


def _nearest(tested: Tested, tag: Tag, expectation: Expectation) -> str:
    nearest = len(tested.time) - 1 if tested.inside is None else int(np.argmax(tested.inside))
    return f"no nearer than {_value(tested, nearest, tag, expectation)}"


def _extent(tested: Tested, tag: Tag, expectation: Expectation) -> str:
    ends = {_value(tested, int(i), tag, expectation) for i in (np.argmin(tested.value), np.argmax(tested.value))}
    return " … ".join(sorted(ends))


def _value(tested: Tested, index: int, tag: Tag, expectation: Expectation) -> str:
    value = tested.value[index]
    if expectation.kind == "quality":
        return quality.name(int(value))
    if tag.signal.states:
        return tag.signal.states.get(int(value), f"{value:g}")
    sign = "+" if expectation.kind == "change" else ""
    return f"{tested.unit.from_si(float(value)):{sign}.4g} {tested.unit.symbol}".strip()


def _spread(expectation: Expectation, tag: Tag, record: Record, origin: float) -> Finding:
    window = expectation.window
    value = record.of(tag.name).between(origin + window.start, origin + window.end).usable().value
    unit = unit_of_difference(tag.signal.unit)
    if len(value) < 2:
        return Finding("fewer than two samples", False)
    spread = float(np.ptp(value))
    margin = min(spread - expectation.low, expectation.high - spread)
    seen = f"{unit.from_si(spread):.4g} {unit.symbol}".strip()
    return Finding(f"{seen} between lowest and highest of {len(value)}", margin >= 0, margin, unit)


def _alarm(expectation: Expectation, tag: Tag, record: Record, origin: float) -> Finding:
    window, is_raise = expectation.window, expectation.kind == "alarm"
    changes = [c for c in _alarms(record, tag, expectation.what) if (c.is_raised if is_raise else c.is_cleared)]
    delays = [c.time - origin for c in changes if c.time >= origin]
    word = "raised" if is_raise else "cleared"
    if not delays:
        return Finding(f"not {word} by {shown(record.end - origin)}", False)
    delay, seen = delays[0], f"{word} after {shown(delays[0])}"
    if delay < window.start:
        return Finding(f"{seen}: too early", False, delay - window.start)
    return Finding(seen, delay <= window.end, window.end - delay)


def _no_alarm(expectation: Expectation, tag: Tag, record: Record, origin: float) -> Finding:
    window = expectation.window
    raised = [c for c in _alarms(record, tag, expectation.what) if c.is_raised]
    inside = [c for c in raised if window.start <= c.time - origin <= window.end]
    if not inside:
        return Finding("none", True)
    return Finding(f"{inside[0].kind} raised after {shown(inside[0].time - origin)}", False)


def _alarms(record: Record, tag: Tag, kind: str) -> list[AlarmChange]:
    return [change for change in record.alarms if change.tag == tag.name and kind in ("", change.kind)]


FINDERS: dict[str, Callable[[Expectation, Tag, Record, float], Finding]] = {
    **dict.fromkeys(CONDITIONS, _condition),
    "spread": _spread,
    "alarm": _alarm,
    "cleared": _alarm,
    "no_alarm": _no_alarm,
}
