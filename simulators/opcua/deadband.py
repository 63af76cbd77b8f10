"""The deadband of asyncua's server, repaired: a change is measured from the last value reported.

asyncua 2.1 compares with the previous sample, so a slow ramp is never reported; it hides a change of status
behind the deadband; and it does not know percent. Part 4, 7.22.2 says what is done here instead.
:func:`repair` puts it in place, once a process.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from asyncua import ua
from asyncua.server.monitored_item_service import MonitoredItemService

SPANS: dict[ua.NodeId, float] = {}  # EURange of the variables that have one, for percent


def repair(spans: Mapping[ua.NodeId, float]) -> None:
    """Let every subscription of this process measure changes rightly; ``spans`` are widths of EURange."""
    SPANS.update(spans)
    MonitoredItemService.datachange_callback = _on_change  # type: ignore[method-assign]


def is_change(last: ua.DataValue | None, value: ua.DataValue, filter_: Any, span: float | None) -> bool:
    """Whether ``value`` is to be reported after ``last``, under a DataChangeFilter; anything else is the default."""
    filter_ = filter_ if hasattr(filter_, "Trigger") else None  # node-opcua sends an empty object for none
    trigger = filter_.Trigger if filter_ else ua.DataChangeTrigger.StatusValue
    if last is None or last.StatusCode != value.StatusCode:
        return True
    if trigger == ua.DataChangeTrigger.Status:
        return False
    if _has_moved(_number(last), _number(value), filter_, span):
        return True
    return trigger == ua.DataChangeTrigger.StatusValueTimestamp and last.SourceTimestamp != value.SourceTimestamp


def _has_moved(before: Any, now: Any, filter_: Any, span: float | None) -> bool:
    numbers = isinstance(before, (int, float)) and isinstance(now, (int, float))
    if filter_ is None or filter_.DeadbandType == ua.DeadbandType.None_ or not numbers:
        return before != now
    width = filter_.DeadbandValue
    if filter_.DeadbandType == ua.DeadbandType.Percent:
        width *= (span or 0.0) / 100.0
    return abs(now - before) > width


def _number(value: ua.DataValue) -> Any:
    return value.Value.Value if value.Value else None


async def _on_change(self: Any, handle: int, value: ua.DataValue, error: Any = None) -> None:
    if error:
        await self.trigger_statuschange(error)
        return
    item = self._monitored_items[self._monitored_datachange[handle]]
    if item.mode == ua.MonitoringMode.Disabled:
        return
    if is_change(getattr(item, "reported", None), value, item.filter, SPANS.get(item.read_value_id.NodeId)):
        item.reported = value
        notification = ua.MonitoredItemNotification()
        notification.ClientHandle, notification.Value = item.client_handle, value
        await self.isub.enqueue_datachange_event(item.monitored_item_id, notification, item.queue_size)
