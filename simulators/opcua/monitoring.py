"""Monitored items as OPC 10000-4, 5.12 has them, in place of asyncua's.

asyncua 2.1 measures a change from the sample before, so that a slow ramp is never reported; hides a change of status
behind the deadband; does not know percent; takes any filter for anything; and reports every value, however seldom it
was to be sampled.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from asyncua import Server, ua
from asyncua.server.monitored_item_service import MonitoredItemService

from simulators.opcua.change import Watch, refusal

Answer = ua.MonitoredItemCreateResult | ua.MonitoredItemModifyResult


def repair(server: Server) -> None:
    """Let every subscription of ``server`` have them; other servers of this process are left as they are."""
    service = server.iserver.subscription_service
    create = service.create_subscription

    async def created(*arguments: Any, **named: Any) -> ua.CreateSubscriptionResult:
        result = await create(*arguments, **named)
        subscription = service.subscriptions[result.SubscriptionId]
        subscription.monitored_item_srv = Monitoring(subscription, service.aspace)
        return result

    service.create_subscription = created  # type: ignore[method-assign]


class Monitoring(MonitoredItemService):
    """The monitored items of one subscription."""

    def __init__(self, *args: Any):
        super().__init__(*args)
        self._watches: dict[int, Watch] = {}

    async def _create_data_change_monitored_item(
        self, params: ua.MonitoredItemCreateRequest
    ) -> ua.MonitoredItemCreateResult:
        watch = Watch(self._span(params.ItemToMonitor.NodeId))
        if refused := self._refused(params.ItemToMonitor, params.RequestedParameters, watch):
            return ua.MonitoredItemCreateResult(StatusCode=_status(refused))
        number = self._monitored_item_counter + 1
        self._watches[number] = watch
        result = await super()._create_data_change_monitored_item(params)
        if result.StatusCode.is_good():
            self._revise(result, watch, params.RequestedParameters.SamplingInterval)
        else:
            del self._watches[number]
        return result

    def _modify_monitored_item(self, params: ua.MonitoredItemModifyRequest) -> ua.MonitoredItemModifyResult:
        item, watch = self._monitored_items.get(params.MonitoredItemId), self._watches.get(params.MonitoredItemId)
        if item is None or watch is None or item.read_value_id is None:
            return ua.MonitoredItemModifyResult(StatusCode=_status(ua.StatusCodes.BadMonitoredItemIdInvalid))
        if refused := self._refused(item.read_value_id, params.RequestedParameters, watch):
            return ua.MonitoredItemModifyResult(StatusCode=_status(refused))
        item.client_handle = params.RequestedParameters.ClientHandle
        item.filter = params.RequestedParameters.Filter
        item.queue_size = self._revise_queue_size(params.RequestedParameters.QueueSize)
        result = ua.MonitoredItemModifyResult(RevisedQueueSize=item.queue_size)
        self._revise(result, watch, params.RequestedParameters.SamplingInterval)
        return result

    def _delete_monitored_items(self, mid: int) -> ua.StatusCode:
        self._watches.pop(mid, None)
        return super()._delete_monitored_items(mid)

    async def datachange_callback(self, handle: int, value: ua.DataValue, error: ua.StatusCode | None = None) -> None:
        """What is called for every value of a variable."""
        if error:
            await self.trigger_statuschange(error)
            return
        item = self._monitored_items[self._monitored_datachange[handle]]
        if item.mode == ua.MonitoringMode.Disabled or item.monitored_item_id is None:
            return
        if self._watches[item.monitored_item_id].takes(value, item.filter):
            notification = ua.MonitoredItemNotification(ClientHandle=item.client_handle, Value=value)
            await self.isub.enqueue_datachange_event(item.monitored_item_id, notification, item.queue_size)

    def _revise(self, result: Answer, watch: Watch, asked: float) -> None:
        """A negative interval is that of publishing; no other is longer or shorter than asked for."""
        interval = self.isub.data.RevisedPublishingInterval if asked < 0 else asked
        watch.interval, result.RevisedSamplingInterval = timedelta(milliseconds=interval), ua.Double(interval)

    def _refused(self, item: ua.ReadValueId, asked: ua.MonitoringParameters, watch: Watch) -> int:
        shown = self.aspace.read_attribute_value(item.NodeId, item.AttributeId)
        if shown.StatusCode and shown.StatusCode.value in (
            ua.StatusCodes.BadNodeIdUnknown, ua.StatusCodes.BadAttributeIdInvalid,
        ):  # fmt: skip
            return 0  # which is said anyway
        value = shown.Value.Value if shown.Value else None
        return refusal(item.AttributeId, asked.Filter, value, watch.span)

    def _span(self, node: ua.NodeId) -> float | None:
        if node not in self.aspace:
            return None
        for reference in self.aspace[node].references:
            if reference.IsForward and reference.BrowseName.Name == "EURange":
                range_ = self.aspace.read_attribute_value(reference.NodeId, ua.AttributeIds.Value)
                return float(range_.Value.Value.High - range_.Value.Value.Low) if range_.Value else None
        return None


def _status(code: int) -> ua.StatusCode:
    return ua.StatusCode(ua.UInt32(code))
