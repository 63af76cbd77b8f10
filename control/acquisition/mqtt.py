"""MQTT: the driver of devices that say their telemetry to a broker (ThingsBoard's device API).

Nothing is asked for: the device speaks at its own pace, with its own time, and is held for lost when it has
been silent for two of its scans. What the broker keeps (retained messages) is the past, and is not heard.
"""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import json
import logging
import secrets
import uuid
from collections.abc import AsyncIterator, Awaitable, Iterator
from typing import Any

import aiomqtt

from control.acquisition.driver import Reading
from control.acquisition.mapped import Mapped
from control.acquisition.telemetry import Telemetry
from control.acquisition.tls import context_of
from control.bus import log
from control.bus.clock import SECOND, Clock
from plant.asset.bench import Device
from plant.asset.protocol.mqtt import Key
from plant.asset.topic import OFFLINE, Topics
from plant.error import DeviceLost, DeviceRefused, DeviceTimeout

LOGGER = logging.getLogger("gemelo.mqtt")
LOGGER.setLevel(logging.CRITICAL)  # what it would log, we raise
SILENCE = 2  # scans
HANDSHAKE = 5.0  # s that the broker may take
KEEPALIVE = 10  # s of silence after which either side asks whether the other is there

Ear = asyncio.Queue[Reading | Exception]


def client_of(device: Device) -> aiomqtt.Client:
    """A client of the broker of a device, as its bench says that it is reached; not connected."""
    endpoint, own, is_5 = device.endpoint, device.credentials, device.profile.settings.version == "5"
    return aiomqtt.Client(
        endpoint.host, endpoint.port, identifier=f"{device.name}-{uuid.uuid4().hex[:12]}",
        timeout=HANDSHAKE, keepalive=KEEPALIVE, logger=LOGGER, username=own.user or None,
        password=own.password(device.name) or None, clean_session=None if is_5 else True,
        protocol=aiomqtt.ProtocolVersion.V5 if is_5 else aiomqtt.ProtocolVersion.V311,
        tls_context=context_of(device) if endpoint.scheme == "mqtts" else None,
    )  # fmt: skip


class MqttDriver:
    """One MQTT device: its telemetry heard, its setpoints written as RPC."""

    missed = 0  # nothing is scanned

    def __init__(self, device: Device, clock: Clock):
        self.device, self._clock = device, clock
        self._points = device.tags()
        self.tags = tuple(self._points)
        self._topics = Topics(device.device_id)
        points, self._settings = tuple(self._points.values()), device.profile.settings
        self._telemetry = Telemetry(points, self._settings.report == "changes")
        self._mapped = Mapped(points, self._settings, device.device_id)
        self._numbers = itertools.count(secrets.randbelow(1 << 30))  # nobody else's, on a topic that others share
        self._replies: dict[str, asyncio.Future[Any]] = {}
        self._ears: set[Ear] = set()
        self._heard = 0  # when the device last spoke, UTC ns
        self._newest = 0, b""  # what it said then, and of what time
        self._client: aiomqtt.Client | None = None
        self._end: Exception | None = None
        self._tasks: list[asyncio.Task[None]] = []
        self._leaving = contextlib.AsyncExitStack()

    @property
    def malformed(self) -> int:
        """Messages and values so far that could not be understood."""
        return self._telemetry.malformed + self._mapped.malformed

    async def connect(self) -> None:
        """Reach the broker and listen. Whether the device is there shows in the stream."""
        client = client_of(self.device)
        await self._asked(self._leaving.enter_async_context(client))
        usual = [self._topics.telemetry, self._topics.status, f"{self._topics.response}/#"]
        topics = self._mapped.topics or usual
        await self._asked(client.subscribe([(topic, 1) for topic in topics]))
        self._client, self._end, self._heard, self._newest = client, None, self._clock.now(), (0, b"")
        self._tasks = [asyncio.create_task(work) for work in (self._listen(client), self._watch())]
        for task in self._tasks:
            task.add_done_callback(self._finished)

    async def read(self) -> Reading:
        """What the device says next."""
        with self._ear() as ear:
            return await _said(ear)

    async def stream(self) -> AsyncIterator[Reading]:
        """Readings as they come, until the device has been silent for too long."""
        with self._ear() as ear:
            while True:
                yield await _said(ear)

    async def write(self, tag: str, value: float) -> None:
        """Request that a key be set, and wait for the answer under the same number; of a topic of its own there is
        none, and only what the device then says shows whether it was taken."""
        if (where := self._mapped.target(self._points[tag])) is not None:
            raw = self._points[tag].written(value)
            await self._asked(self._connected().publish(where, json.dumps(raw), qos=1))
            return
        client, number = self._connected(), str(next(self._numbers))
        request = json.dumps({"id": int(number), **self._request(tag, value)})
        reply = self._replies[number] = asyncio.get_running_loop().create_future()
        # A request goes through the broker and back: it may take the device's time or a scan, the longer.
        patience = max(self.device.timeout, self.device.scan)
        try:
            async with asyncio.timeout(patience):
                await self._asked(client.publish(f"{self._topics.request}/{number}", request, qos=1))
                answer = await reply
        except TimeoutError:
            raise DeviceTimeout(self.device.name, f"{tag} = {value:g}: not answered within {patience:g} s") from None
        finally:
            del self._replies[number]
        if isinstance(answer, dict) and answer.get("error") is not None:
            raise DeviceRefused(self.device.name, f"{tag} = {value:g}: answered {answer['error']}")

    async def close(self) -> None:
        """Let go of the broker."""
        self._client = None
        self._finish(DeviceLost(self.device.name, "is not connected"))
        for task in self._tasks:
            task.cancel()
        self._tasks = []
        with contextlib.suppress(aiomqtt.MqttError):  # whoever is gone cannot be taken leave of
            await self._leaving.aclose()

    async def _listen(self, client: aiomqtt.Client) -> None:
        messages = aiter(client.messages)
        while True:
            self._hear(await self._asked(anext(messages)))

    async def _watch(self) -> None:
        """End in :class:`DeviceTimeout` when too much time has passed since the last message.

        It is the clock's time that counts, since devices speak by it; but however fast that runs, a message may
        be under way for as long as the device's timeout.
        """
        heard, scans = -1, SILENCE * self.device.scan
        while heard != self._heard:
            heard = self._heard
            on_the_way = asyncio.sleep(min(self.device.timeout, scans))
            await asyncio.gather(self._clock.sleep_until(heard + int(scans * SECOND)), on_the_way)
        raise DeviceTimeout(self.device.name, f"has said nothing for {SILENCE} scans")

    def _hear(self, message: aiomqtt.Message) -> None:
        topic, payload = message.topic.value, message.payload
        if message.retain or not isinstance(payload, bytes):
            return
        if self._mapped.topics:
            self._hear_mapped(message.topic, payload)
        elif topic == self._topics.telemetry:
            self._hear_telemetry(payload)
        elif topic != self._topics.status:
            self._hear_response(topic.removeprefix(self._topics.response), payload)
        elif payload == OFFLINE.encode():
            raise DeviceLost(self.device.name, "is offline, as it or its broker says")

    def _hear_telemetry(self, payload: bytes) -> None:
        self._heard, before = self._clock.now(), self._telemetry.malformed
        for reading in self._telemetry(payload, self._heard):
            if (news := (int(reading.time[0]), payload)) != self._newest:  # else it came twice, or is a sign of life
                self._newest = news
                self._tell(reading)
        if self._telemetry.malformed > before:
            log.warning("malformed", device=self.device.name, message=repr(payload[:200]))

    def _hear_mapped(self, topic: aiomqtt.Topic, payload: bytes) -> None:
        self._heard, before = self._clock.now(), self._mapped.malformed
        for reading in self._mapped(topic, payload, self._heard):
            self._tell(reading)
        if self._mapped.malformed > before:
            log.warning("malformed", device=self.device.name, message=repr(payload[:200]))

    def _hear_response(self, number: str, payload: bytes) -> None:
        try:
            answer = json.loads(payload)
        except (ValueError, RecursionError):
            answer = {"error": f"no JSON: {payload[:80]!r}"}
        known = answer.get("id") if isinstance(answer, dict) else None
        reply = self._replies.get(number.removeprefix("/") or str(known))
        if reply is not None and not reply.done():
            reply.set_result(answer)

    def _request(self, tag: str, value: float) -> dict[str, Any]:
        point = self._points[tag]
        assert isinstance(point.address, Key)
        raw = float(point.unit.from_si(value))
        if point.address.method:
            return {"method": point.address.method, "params": raw}
        return {"method": "write", "params": {"key": point.address.name, "value": raw}}

    @contextlib.contextmanager
    def _ear(self) -> Iterator[Ear]:
        self._connected()
        ear: Ear = asyncio.Queue()
        self._ears.add(ear)
        try:
            yield ear
        finally:
            self._ears.discard(ear)

    def _tell(self, news: Reading | Exception) -> None:
        for ear in self._ears:
            ear.put_nowait(news)

    def _finished(self, task: asyncio.Task[None]) -> None:
        if not task.cancelled() and (error := task.exception()) is not None:
            assert isinstance(error, Exception)
            self._finish(error)

    def _finish(self, error: Exception) -> None:
        """Nothing more will come: who waits, and who comes, gets ``error``."""
        if self._end is None:
            self._end = error
            self._tell(error)
            for reply in self._replies.values():
                if not reply.done():
                    reply.set_exception(error)

    def _connected(self) -> aiomqtt.Client:
        if self._client is None:
            raise DeviceLost(self.device.name, "is not connected")
        if self._end is not None:
            raise self._end
        return self._client

    async def _asked(self, request: Awaitable[Any]) -> Any:
        """Wait for the broker, and turn whatever MQTT throws into an error of ours."""
        try:
            return await request
        except aiomqtt.MqttError as error:
            raise DeviceLost(self.device.name, f"broker {self.device.endpoint}: {error}") from None


async def _said(ear: Ear) -> Reading:
    news = await ear.get()
    if isinstance(news, Exception):
        raise news
    return news
