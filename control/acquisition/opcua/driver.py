"""The driver of OPC UA devices: nodes subscribed to, setpoints written.

It asks for each source timestamp, so that a sample of each scan arrives even where the value stands still. Many
servers tell changes alone, and some have no filters: while these say nothing, that they are alive says that nothing
has changed.
"""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import AsyncIterator, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
from asyncua import ua
from asyncua.common.node import Node
from asyncua.common.subscription import Subscription

from control.acquisition.complaint import Complaints
from control.acquisition.driver import Reading
from control.acquisition.opcua.notification import Gathering, Sample, reading_of
from control.acquisition.opcua.sense import Sense
from control.acquisition.opcua.session import Session
from control.bus import quality
from control.bus.clock import SECOND, Clock
from plant.asset.bench import Device
from plant.asset.protocol.opcua import Node as NodeAddress
from plant.error import DeviceLost, DeviceRefused, OutOfRange

PUBLISHING = 100.0  # ms between notifications; each brings all samples since the last
GATHER = 0.25  # s that the first values of a scan wait for the others: two notifications, and some
RETRY = 2.0  # s between questions for nodes that the server does not know, or not yet
QUEUE = 1000  # samples of one node that may wait for a notification
QUIET = 2  # scans without a word after which what is known is said again
EVERY = ua.DataChangeFilter(Trigger=ua.DataChangeTrigger.StatusValueTimestamp)
NO_FILTER = (ua.StatusCodes.BadMonitoredItemFilterUnsupported, ua.StatusCodes.BadMonitoredItemFilterInvalid,
             ua.StatusCodes.BadFilterNotAllowed)  # fmt: skip
Answers = list[int | ua.StatusCode]


class OpcUaDriver:
    """One OPC UA device: its nodes subscribed to, its setpoints written."""

    missed = 0  # nothing is scanned

    def __init__(self, device: Device, clock: Clock):
        self.device, self._clock = device, clock
        self._points = device.tags()
        self.tags = tuple(self._points)
        self._index = {tag: i for i, tag in enumerate(self.tags)}
        self.complaints = Complaints(device.name)
        self._sense = Sense(self.tags, tuple(self._points.values()), self.complaints)
        self._session: Session | None = None
        self._nodes: list[Node] = []
        self._positions: dict[ua.NodeId, list[int]] = {}
        self._kinds: dict[ua.NodeId, ua.VariantType] = {}
        self._gathering = Gathering(GATHER)
        self._news = asyncio.Event()
        self._lost: Exception | None = None
        self._known = self._nothing()
        self._filter: ua.DataChangeFilter | None = EVERY
        self._last: dict[int, ua.DataValue] = {}  # of points with a scale, which may come after them

    async def connect(self) -> None:
        """Open a session. Raises :class:`DeviceLost`, :class:`DeviceTimeout`, or :class:`DeviceRefused` where one does
        not believe the other."""
        session = Session(self.device, self._end)
        self._lost, self._filter = None, EVERY
        await session.open()
        self._session, self._kinds, self._last = session, {}, {}
        self._sense.forget()
        self._nodes = [session.node(self._id(tag)) for tag in self.tags]
        scales = [(tag, p.scale_at.address) for tag, p in self._points.items() if p.scale_at is not None]
        self._nodes += [session.node(self._id(tag, address)) for tag, address in scales]
        self._positions = {}
        for i, node in enumerate(self._nodes):
            self._positions.setdefault(node.nodeid, []).append(i)

    async def read(self) -> Reading:
        """All nodes now. A node that the server does not know is Bad."""
        values = await self._connected().read(self._nodes)
        for i in range(len(self.tags), len(values)):
            self._sense.scale(i, values[i])
        now = self._now()
        samples = [
            self._sense.sample(i, value, now, self._tolerance()) for i, value in enumerate(values[: len(self.tags)])
        ]
        return self._dated(reading_of([self._silent(s) or s for s in samples], self._nothing()))

    async def stream(self) -> AsyncIterator[Reading]:
        """Readings as they are notified, until the server is lost; where it is quiet, what is known by then."""
        self._gathering, self._known = Gathering(GATHER), self._nothing()
        session = self._connected()
        subscription = await session.asked(session.client.create_subscription(PUBLISHING, self))
        missing, asked = await self._subscribe(subscription, range(len(self._nodes))), time.monotonic()
        heard = self._clock.now()
        if len(missing) == len(self._nodes):  # then this is all there is to say
            yield replace(self._known, time=np.full(len(self.tags), heard, np.int64))
        while True:
            if missing and time.monotonic() - asked >= RETRY:
                missing, asked = await self._subscribe(subscription, missing), time.monotonic()
            await self._wait_for_news(GATHER if self._gathering.is_waiting else min(RETRY, self.device.scan))
            self._connected()
            self._news.clear()
            for group in self._gathering.ripe(len(self.tags) - len(missing), time.monotonic()):
                heard, self._known = self._clock.now(), reading_of(group, self._known)
                yield self._dated(self._known)
            if self._clock.now() - heard >= QUIET * self.device.scan * SECOND and not self._gathering.is_waiting:
                heard = self._clock.now()
                yield self._dated(replace(self._known, time=np.full(len(self.tags), self._now(), np.int64)))

    async def write(self, tag: str, value: float) -> None:
        """Write an SI value in the node's own type and unit."""
        session, point = self._connected(), self._points[tag]
        target = point.target.address
        assert isinstance(target, NodeAddress)
        scale = 1.0 if point.scale_at is None else self._sense.scales.get(self._index[tag])
        if scale is None:
            raise DeviceRefused(self.device.name, f"{tag} = {value:g}: its scale, which the device says, is not known")
        node = session.node(self._id(tag, target))
        try:
            raw = point.written(value, scale)
            if node.nodeid not in self._kinds:
                self._kinds[node.nodeid] = await session.asked(node.read_data_type_as_variant_type())
            shown = _typed(raw, self._kinds[node.nodeid], target.index is not None)
            where = None if target.index is None else str(target.index)
            one = ua.WriteValue(node.nodeid, ua.AttributeIds.Value, where, ua.DataValue(shown))
            [status] = await session.asked(session.client.uaclient.write(ua.WriteParameters(NodesToWrite=[one])))
        except (DeviceRefused, OutOfRange) as error:
            raise DeviceRefused(self.device.name, f"{tag} = {value:g}: {error.rule}") from None
        if not status.is_good():
            raise DeviceRefused(self.device.name, f"{tag} = {value:g}: answered {status.name}")

    def raw(self) -> dict[str, str]:
        """What the node of each tag last held."""
        return {self.tags[i]: repr(value) for i, value in self._sense.raw.items()}

    async def close(self) -> None:
        """Close the session, if it is open."""
        session, self._session = self._session, None
        if session is not None:
            await session.close()

    def datachange_notification(self, node: Node, _: Any, data: Any) -> None:
        """Asyncua calls this for every notified value."""
        said, now = data.monitored_item.Value, self._now()
        for position in self._positions.get(node.nodeid, ()):
            self._take(position, said, now)
        self._news.set()

    def status_change_notification(self, notification: ua.StatusChangeNotification) -> None:
        """Asyncua calls this when the server gives up the subscription."""
        self._end(ua.UaStatusCodeError(notification.Status.value))

    def _take(self, position: int, said: ua.DataValue, now: int) -> None:
        if position >= len(self.tags):  # a scale, and with it the value that came before it
            position = self._sense.scale(position, said)
            if (before := self._last.get(position)) is None:
                return
            said = before
        elif self._points[self.tags[position]].scale_at is not None:
            self._last[position] = said
        sample = self._sense.sample(position, said, now, self._tolerance())
        self._gathering.add(self._silent(sample) or sample, time.monotonic())

    def _silent(self, sample: Sample) -> Sample | None:
        """Of a point that is only written: a command is momentary and shows nothing, a setpoint has no value."""
        point = self._points[self.tags[sample.position]]
        if not point.is_write_only:
            return None
        is_command = point.signal.kind == "command"
        value, code = (0.0, quality.GOOD) if is_command else (np.nan, quality.BAD_NO_DATA)
        return sample._replace(value=value, code=code)

    def _now(self) -> int:
        """The moment of arrival, as the device's clock would have it once it is corrected."""
        return self._clock.now() - int(self.device.profile.stamps.shift * SECOND)

    def _dated(self, reading: Reading) -> Reading:
        """What has stood still for long is of now: the server lives, and would have told of a change."""
        now = self._now()
        if now - int(reading.time.max(initial=0)) > self._tolerance():
            reading = replace(reading, time=np.full(len(reading.time), now, np.int64))
        return replace(reading, text=dict(self._sense.texts)) if self._sense.texts else reading

    def _tolerance(self) -> float:
        return self.device.profile.stamps.tolerance * max(1.0, self._clock.speed) * SECOND

    async def _subscribe(self, subscription: Subscription, positions: Sequence[int]) -> list[int]:
        """Subscribe to these nodes; those that the server does not know (or not give) go Bad, and are returned."""
        sampling, session = ua.Double(1e3 * self.device.scan), self._connected()

        async def ask(some: Sequence[int]) -> Answers:
            nodes = [self._nodes[i] for i in some]
            return await subscription._subscribe(
                nodes, mfilter=self._filter, queuesize=QUEUE, sampling_interval=sampling
            )

        answers = await session.in_parts("monitor", positions, ask)
        missing = [i for i, answer in zip(positions, answers, strict=True) if isinstance(answer, ua.StatusCode)]
        if self._filter and any(_code(answer) in NO_FILTER for answer in answers):
            self.complaints.add("has no filter by time stamps: changes alone are told")
            self._filter = None
            return await self._subscribe(subscription, missing)
        self._known.quality[[i for i in missing if i < len(self.tags)]] = quality.BAD_CONFIGURATION
        return missing

    async def _wait_for_news(self, within: float) -> None:
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(within):
                await self._news.wait()

    def _end(self, error: Exception) -> None:
        self._lost = error
        self._news.set()

    def _nothing(self) -> Reading:
        n = len(self.tags)
        return Reading(np.zeros(n, np.int64), np.full(n, np.nan), np.full(n, quality.BAD_NO_DATA, np.uint32))

    def _id(self, tag: str, address: Any = None) -> str:
        point = self._points[tag]
        place = address or point.address
        assert isinstance(place, NodeAddress)
        return place.of(f"{self.device.assets[point.role]}.{point.signal.name}")

    def _connected(self) -> Session:
        if self._session is None:
            raise DeviceLost(self.device.name, "is not connected")
        if self._lost is not None:
            raise DeviceLost(self.device.name, f"session is gone: {str(self._lost) or type(self._lost).__name__}")
        return self._session


def _typed(raw: float | int | str, kind: ua.VariantType, is_element: bool) -> ua.Variant:
    """A raw value as the node's own type has it. Raises :class:`OutOfRange` where that has none for it."""
    typed: Any = raw
    if kind == ua.VariantType.String:
        typed = raw if isinstance(raw, str) else f"{raw:g}"
    elif isinstance(raw, str):
        raise OutOfRange("value", raw, f"must be a number, which a {kind.name} is")
    elif kind == ua.VariantType.Boolean:
        typed = bool(raw)
    elif kind not in (ua.VariantType.Double, ua.VariantType.Float):
        typed = round(raw)
    return ua.Variant([typed] if is_element else typed, kind)


def _code(answer: int | ua.StatusCode) -> int:
    return int(answer.value) if isinstance(answer, ua.StatusCode) else 0
