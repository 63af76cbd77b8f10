"""Changes: which value of a monitored item is reported, and which filters may be asked for.

A change is measured from the last value that was reported (10000-4, 7.22.2). The time between samples is the
device's own, so that an accelerated field has as many as its clients asked for.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from asyncua import ua

Code = ua.StatusCodes
SLACK = timedelta(milliseconds=1)  # time stamps are rounded
HUNDRED = 100.0  # percent


@dataclass
class Watch:
    """What a monitored item remembers."""

    span: float | None = None  # width of its variable's EURange
    interval: timedelta = timedelta()  # between samples
    reported: ua.DataValue | None = None
    sampled: ua.DataValue | None = None

    def takes(self, value: ua.DataValue, filter_: Any) -> bool:
        """Whether ``value`` is sampled, and to be reported."""
        if not self._is_due(value):
            return False
        self.sampled = value
        if not is_change(self.reported, value, filter_, self.span):
            return False
        self.reported = value
        return True

    def _is_due(self, value: ua.DataValue) -> bool:
        """A status is told when it changes, for what has gone silent is not sampled again."""
        last = self.sampled
        if last is None or last.StatusCode != value.StatusCode or not last.SourceTimestamp or not value.SourceTimestamp:
            return True
        return abs(value.SourceTimestamp - last.SourceTimestamp) + SLACK >= self.interval  # clocks may be set back


def is_change(last: ua.DataValue | None, value: ua.DataValue, filter_: Any, span: float | None) -> bool:
    """Whether ``value`` is to be reported after ``last``, under a DataChangeFilter; anything else is the default."""
    filter_ = filter_ if _is(filter_, "DataChangeFilter") else None
    trigger = filter_.Trigger if filter_ else ua.DataChangeTrigger.StatusValue
    if last is None or last.StatusCode != value.StatusCode:
        return True
    if trigger == ua.DataChangeTrigger.Status:
        return False
    if _has_moved(_number(last), _number(value), filter_, span):
        return True
    # Beside a deadband this trigger is as StatusValue: a new time alone has not left the deadband.
    is_by_time = trigger == ua.DataChangeTrigger.StatusValueTimestamp and not _has_deadband(filter_)
    return is_by_time and last.SourceTimestamp != value.SourceTimestamp


def refusal(attribute: ua.AttributeIds, filter_: Any, value: Any, span: float | None) -> int:
    """Why a filter cannot be had of an attribute that shows ``value``; Good where it can (10000-4, 7.22.2; -8, 7.2)."""
    if filter_ is None or _is(filter_, "ExtensionObject"):  # node-opcua sends an empty object for none
        return Code.Good
    if _is(filter_, "EventFilter") or attribute != ua.AttributeIds.Value:
        return Code.BadFilterNotAllowed
    if not _is(filter_, "DataChangeFilter"):
        return Code.BadMonitoredItemFilterUnsupported
    if not _has_deadband(filter_):
        return Code.Good
    if isinstance(value, bool) or not isinstance(value, (int, float, type(None))):
        return Code.BadFilterNotAllowed
    return _refused_width(filter_, span)


def _refused_width(filter_: ua.DataChangeFilter, span: float | None) -> int:
    width, is_percent = filter_.DeadbandValue, filter_.DeadbandType == ua.DeadbandType.Percent
    if not 0 <= width <= (HUNDRED if is_percent else float("inf")):
        return Code.BadDeadbandFilterInvalid
    return Code.BadMonitoredItemFilterUnsupported if is_percent and span is None else Code.Good


def _is(filter_: Any, name: str) -> bool:
    """By its name, since asyncua decodes into classes of its own that are not those of ``ua``."""
    return type(filter_).__name__ == name


def _has_deadband(filter_: ua.DataChangeFilter | None) -> bool:
    return filter_ is not None and filter_.DeadbandType != ua.DeadbandType.None_


def _has_moved(before: Any, now: Any, filter_: ua.DataChangeFilter | None, span: float | None) -> bool:
    numbers = isinstance(before, (int, float)) and isinstance(now, (int, float))
    if filter_ is None or not _has_deadband(filter_) or not numbers:
        return bool(before != now)
    width = filter_.DeadbandValue
    if filter_.DeadbandType == ua.DeadbandType.Percent:
        width *= (span or 0.0) / HUNDRED
    return bool(abs(now - before) > width)


def _number(value: ua.DataValue) -> Any:
    return value.Value.Value if value.Value else None
