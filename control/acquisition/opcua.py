"""OPC UA: the driver of devices whose profile is a set of nodes.

It subscribes to every node with each source timestamp reported, so that a sample of each scan arrives even
where the value stands still.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import time
from collections.abc import AsyncIterator, Awaitable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import numpy as np
from asyncua import Client, ua
from asyncua.common.node import Node
from asyncua.common.subscription import Subscription

from control.acquisition.driver import Reading
from control.acquisition.notification import Gathering, Sample, reading_of
from control.bus import quality
from control.bus.clock import Clock
from plant.asset.bench import Device
from plant.asset.profile.point import Point
from plant.asset.protocol.opcua import Node as NodeAddress
from plant.error import DeviceLost, DeviceRefused, DeviceTimeout

logging.getLogger("asyncua").setLevel(logging.CRITICAL)  # what it would log, we raise

PUBLISHING = 100.0  # ms between notifications; each brings all samples since the last
GATHER = 0.25  # s that the first values of a scan wait for the others: two notifications, and some
RETRY = 2.0  # s between questions for nodes that the server does not know, or not yet
FAREWELL = 0.5  # s that a server gets to take leave
QUEUE = 1000  # samples of one node that may wait for a notification
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
CODE = 0xFFFF_0000  # of a status; the rest says how the value was sampled
EVERY = ua.DataChangeFilter(Trigger=ua.DataChangeTrigger.StatusValueTimestamp)


class OpcUaDriver:
    """One OPC UA device: its nodes subscribed to, its setpoints written."""

    missed = 0  # nothing is scanned

    def __init__(self, device: Device, clock: Clock):
        self.device, self._clock = device, clock
        self._points = device.tags()
        self.tags = tuple(self._points)
        self._index = {tag: i for i, tag in enumerate(self.tags)}
        self._client: Client | None = None
        self._nodes: list[Node] = []
        self._gathering = Gathering(GATHER)
        self._news = asyncio.Event()
        self._lost: Exception | None = None
        self._known = self._nothing()

    async def connect(self) -> None:
        """Open a session. Raises :class:`DeviceLost` or :class:`DeviceTimeout`."""
        # Half a scan to notice and half to be sure keep a lost server's tags from looking good for two scans.
        half = self.device.scan / 2
        client = Client(str(self.device.endpoint), timeout=self.device.timeout, watchdog_intervall=half)
        client.connection_lost_callback = self._on_loss
        self._lost = None
        try:
            await self._asked(client.connect())
        except BaseException:
            await _leave(client)
            raise
        self._client = client
        self._nodes = [client.get_node(self._node(point)) for point in self._points.values()]

    async def read(self) -> Reading:
        """All nodes now. A node that the server does not know is Bad."""
        values = await self._asked(self._connected().read_attributes(self._nodes, ua.AttributeIds.Value))
        return reading_of([self._sample(i, value) for i, value in enumerate(values)], self._nothing())

    async def stream(self) -> AsyncIterator[Reading]:
        """Readings as they are notified, until the server is lost."""
        self._gathering, self._known = Gathering(GATHER), self._nothing()
        subscription = await self._asked(self._connected().create_subscription(PUBLISHING, self))
        missing, asked = await self._subscribe(subscription, range(len(self._nodes))), time.monotonic()
        if len(missing) == len(self._nodes):  # then this is all there is to say
            yield replace(self._known, time=np.full(len(self.tags), self._clock.now(), np.int64))
        while True:
            if missing and time.monotonic() - asked >= RETRY:
                missing, asked = await self._subscribe(subscription, missing), time.monotonic()
            await self._wait_for_news(GATHER if self._gathering.is_waiting else RETRY if missing else None)
            self._connected()
            self._news.clear()
            for group in self._gathering.ripe(len(self._nodes) - len(missing), time.monotonic()):
                self._known = reading_of(group, self._known)
                yield self._known

    async def write(self, tag: str, value: float) -> None:
        """Write an SI value in the node's own type and unit."""
        self._connected()
        node = self._nodes[self._index[tag]]
        kind = await self._asked(node.read_data_type_as_variant_type())
        raw = self._points[tag].unit.from_si(value)
        typed = bool(raw) if kind == ua.VariantType.Boolean else raw if _is_real(kind) else round(raw)
        try:
            await self._asked(node.write_attribute(ua.AttributeIds.Value, ua.DataValue(ua.Variant(typed, kind))))
        except DeviceRefused as error:
            raise DeviceRefused(self.device.name, f"{tag} = {value:g}: {error.rule}") from None

    async def close(self) -> None:
        """Close the session, if it is open."""
        client, self._client = self._client, None
        if client is not None:
            await _leave(client)

    def datachange_notification(self, node: Node, _: Any, data: Any) -> None:
        """Asyncua calls this for every notified value."""
        self._gathering.add(self._sample(self._nodes.index(node), data.monitored_item.Value), time.monotonic())
        self._news.set()

    def status_change_notification(self, notification: ua.StatusChangeNotification) -> None:
        """Asyncua calls this when the server gives up the subscription."""
        self._end(ua.UaStatusCodeError(notification.Status.value))

    async def _subscribe(self, subscription: Subscription, positions: Sequence[int]) -> list[int]:
        """Subscribe to these nodes; those that the server does not know (or not give) go Bad, and are returned."""
        nodes, sampling = [self._nodes[i] for i in positions], ua.Double(1e3 * self.device.scan)
        answers = await self._asked(
            subscription._subscribe(nodes, mfilter=EVERY, queuesize=QUEUE, sampling_interval=sampling)
        )
        missing = [i for i, answer in zip(positions, answers, strict=True) if isinstance(answer, ua.StatusCode)]
        self._known.quality[missing] = quality.BAD_CONFIGURATION
        return missing

    async def _wait_for_news(self, within: float | None) -> None:
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(within):
                await self._news.wait()

    async def _on_loss(self, error: Exception) -> None:
        self._end(error)

    def _end(self, error: Exception) -> None:
        self._lost = error
        self._news.set()

    def _sample(self, index: int, said: ua.DataValue) -> Sample:
        point: Point = self._points[self.tags[index]]
        code = said.StatusCode.value & CODE if said.StatusCode else quality.GOOD
        if code == ua.StatusCodes.BadNodeIdUnknown:
            code = quality.BAD_CONFIGURATION
        value = said.Value.Value if said.Value else None
        if not isinstance(value, (bool, int, float)):
            value, code = np.nan, code if quality.is_bad(code) else quality.BAD_CONFIGURATION
        moment = said.SourceTimestamp or said.ServerTimestamp
        at = _nanoseconds(moment) if moment else self._clock.now()
        return Sample(at, index, np.nan if quality.is_bad(code) else float(point.unit.to_si(value)), code)

    def _nothing(self) -> Reading:
        n = len(self.tags)
        return Reading(np.zeros(n, np.int64), np.full(n, np.nan), np.full(n, quality.BAD_NO_DATA, np.uint32))

    def _node(self, point: Point) -> str:
        assert isinstance(point.address, NodeAddress)
        return point.address.of(f"{self.device.assets[point.role]}.{point.signal.name}")

    def _connected(self) -> Client:
        if self._client is None:
            raise DeviceLost(self.device.name, "is not connected")
        if self._lost is not None:
            raise DeviceLost(self.device.name, f"session is gone: {str(self._lost) or type(self._lost).__name__}")
        return self._client

    async def _asked(self, request: Awaitable[Any]) -> Any:
        """Wait for the server, and turn whatever OPC UA throws into an error of ours."""
        try:
            return await request
        except TimeoutError:
            raise DeviceTimeout(self.device.name, "did not answer in time") from None
        except OSError as error:
            raise DeviceLost(self.device.name, f"{self.device.endpoint}: {error}") from None
        except ua.UaStatusCodeError as error:
            name = ua.status_codes.get_name_and_doc(error.code)[0]
            if name in _GONE:
                raise DeviceLost(self.device.name, f"session is gone: {name}") from None
            raise DeviceRefused(self.device.name, f"answered {name}") from None
        except Exception as error:  # whatever asyncua meets when it unpacks what is no OPC UA
            raise DeviceLost(self.device.name, f"does not answer in OPC UA: {error!r}") from None


_GONE = {
    "BadSessionIdInvalid", "BadSessionClosed", "BadSecureChannelClosed", "BadSecureChannelIdInvalid",
    "BadConnectionClosed", "BadServerHalted", "BadShutdown", "BadNotConnected", "BadServerNotConnected",
}  # fmt: skip


async def _leave(client: Client) -> None:
    with contextlib.suppress(TimeoutError, OSError, ua.UaError):  # whoever is gone cannot be taken leave of
        async with asyncio.timeout(FAREWELL):
            await client.disconnect()
    protocol = client.uaclient.protocol
    if protocol is not None and protocol.transport is not None:  # asyncua leaves the socket of a frozen server open
        protocol.transport.abort()


def _is_real(kind: ua.VariantType) -> bool:
    return kind in (ua.VariantType.Double, ua.VariantType.Float)


def _nanoseconds(moment: datetime) -> int:
    aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    span = aware - EPOCH
    return (span.days * 86_400 + span.seconds) * 1_000_000_000 + span.microseconds * 1000
