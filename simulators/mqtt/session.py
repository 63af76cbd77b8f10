"""A session: one device's own connection to a broker. It connects, says what it measures, does what is asked.

Where the broker is absent or goes, it keeps trying. What it measures meanwhile is not kept: such a device
has no memory.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging

import aiomqtt

from control.bus import log
from control.bus.cancel import end_if_cancelled
from plant.asset.bench import Device as BenchDevice
from plant.asset.topic import OFFLINE, ONLINE, Topics
from simulators.device import Device
from simulators.mqtt.message import Messages

LOGGER = logging.getLogger("gemelo.mqtt")
LOGGER.setLevel(logging.CRITICAL)  # what it would log of a lost broker, we say once
KEEPALIVE = 10  # s of silence after which either side asks whether the other is there
PATIENCE = 10.0  # s that the broker may take to acknowledge
LEAVE = 1.0  # s that taking leave may last
PAUSE = 1.0  # s between attempts to reach it
HEARTBEAT = 1.5  # scans of the wall's time after which it speaks even if plant time stands
SECOND = 1_000_000_000  # ns


class Session:
    """Runs from :meth:`start` to :meth:`stop`; :meth:`look` tells it how late it is."""

    def __init__(self, place: BenchDevice, device: Device):
        self.place, self.is_connected, self.requests = place, False, 0
        self._device, self._topics = device, Topics(place.device_id)
        self._messages = Messages(place, device)
        self._scan = int(place.scan * SECOND)
        self._due = asyncio.Event()
        self._number = 0  # of what it said
        self._slot, self._said = -1, 0.0  # scan of plant time, and moment of the wall [s], that was said last
        self._client: aiomqtt.Client | None = None
        self._task: asyncio.Task[None] | None = None
        self._complaint, self._is_leaving = "", False

    def hand_over(self, device: Device) -> None:
        """Speak for another device from here on."""
        self._device = device
        self._messages.hand_over(device)

    def start(self) -> None:
        """Begin to look for the broker."""
        self._task = asyncio.create_task(self._run())

    async def stop(self) -> None:
        """Take leave and disconnect."""
        self._is_leaving = True
        if self.is_connected and self._client is not None:
            with contextlib.suppress(aiomqtt.MqttError):  # the broker says it in our place
                await self._client.publish(self._topics.status, OFFLINE, qos=1, retain=True, timeout=LEAVE)
        if self._task is not None:
            self._task.cancel()
            await asyncio.wait({self._task}, timeout=LEAVE)

    def look(self, now: float) -> None:
        """See whether it is time to speak; ``now`` is the wall's [s]."""
        if self._device.time // self._scan != self._slot or now - self._said >= HEARTBEAT * self.place.scan:
            self._due.set()

    async def _run(self) -> None:
        # A flag, because a task group that failed leaves its task looking cancelled for ever (Python 3.11).
        while not self._is_leaving:
            try:
                async with self._new_client() as client:
                    await self._live(client)
            except* aiomqtt.MqttError as errors:
                self._complain(str(errors.exceptions[0]))
            finally:
                self.is_connected, self._client = False, None
            await asyncio.sleep(PAUSE)

    def _new_client(self) -> aiomqtt.Client:
        end, will = self.place.endpoint, aiomqtt.Will(self._topics.status, OFFLINE, qos=1, retain=True)
        return aiomqtt.Client(
            end.host, end.port, identifier=self.place.name, will=will, keepalive=KEEPALIVE, timeout=PATIENCE,
            clean_session=True, logger=LOGGER,
        )  # fmt: skip

    async def _live(self, client: aiomqtt.Client) -> None:
        await client.subscribe(f"{self._topics.request}/#", qos=1)  # which is also those without a number
        await client.publish(self._topics.status, ONLINE, qos=1, retain=True)
        self.is_connected, self._client, self._complaint = True, client, ""
        self._due.set()
        async with asyncio.TaskGroup() as group:
            group.create_task(self._speak(client))
            group.create_task(self._listen(client))

    async def _speak(self, client: aiomqtt.Client) -> None:
        while True:
            end_if_cancelled()
            await self._due.wait()
            self._due.clear()
            self._slot, self._said = self._device.time // self._scan, asyncio.get_running_loop().time()
            if self._device.manner.is_silent:
                continue
            said, self._number = self._messages.telemetry(), self._number + 1
            await asyncio.sleep(self._device.manner.wait(self._number))
            await client.publish(self._topics.telemetry, said, qos=1)

    async def _listen(self, client: aiomqtt.Client) -> None:
        async for message in client.messages:
            end_if_cancelled()
            if message.retain:
                continue  # a command of the past, that the broker keeps by somebody's mistake
            if self._device.manner.is_silent:
                continue
            self.requests += 1
            request = message.payload if isinstance(message.payload, bytes) else b""
            number = message.topic.value.removeprefix(self._topics.request)
            await asyncio.sleep(self._device.manner.wait(self.requests))
            await client.publish(self._topics.response + number, self._messages.answer(request), qos=1)
            self._due.set()  # what was set shows at once

    def _complain(self, why: str) -> None:
        if why != self._complaint:
            log.warning("broker", device=self.place.name, at=str(self.place.endpoint), error=why)
        self._complaint = why
