"""A link: the life of one device as acquisition sees it. It is reached, read, lost, and reached again.

While it is lost all its tags are Bad (communication error), and say so again with each attempt. One that has not been
heard since the start is not lost, for it may be starting too: for a while its tags wait for their first values, which
raises no alarm. Nothing that happens to one link touches another.
"""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from control.acquisition.complaint import Complaints
from control.acquisition.dating import Dating
from control.acquisition.driver import Driver, Reading
from control.acquisition.publisher import Publisher
from control.acquisition.quality import Validator, bounded
from control.bus import log, quality
from control.bus.batch import Batch
from control.bus.cancel import end_if_cancelled
from control.bus.clock import SECOND, Clock
from plant.asset.bench import Device
from plant.error import DeviceError

LONGEST_PAUSE = 2.0  # s between attempts to reach a lost device
FIRST_CONTACT = 60.0  # s of the machine's time, from the start, within which a device is not lost but awaited
SLOWEST = 40.0  # starts of ours that the slowest start of what answers on this machine may take


def first_contact(own_start: float) -> float:
    """How long devices are awaited [s], where our own start took ``own_start``: what starts beside us, on a machine as
    busy, is as slow."""
    return max(FIRST_CONTACT, SLOWEST * own_start)


@dataclass
class Health:
    """What a link shows of itself."""

    connected: bool = False
    waiting: bool = True  # not heard yet, and not given up
    points: int = 0  # acquired since the start
    newest: int = 0  # time of the newest sample, UTC ns
    losses: int = 0
    last_error: str | None = None
    clock_error: float | None = None  # by how much the device's clock is ahead of ours [s], where it shows one


class Link:
    """One device: run :meth:`run` as a task."""

    def __init__(
        self, device: Device, driver: Driver, clock: Clock, publisher: Publisher,
        pause: Callable[[int], float] | None = None, grace: float = FIRST_CONTACT,
    ):  # fmt: skip
        self.device, self.driver, self.health = device, driver, Health()
        self._clock, self._publisher = clock, publisher
        self._pause, self._grace = pause or self._growing_pause, grace
        self._dating = Dating(device.profile.stamps)
        self.complaints = getattr(driver, "complaints", None) or Complaints(device.name)
        self._validate = Validator(p.signal for p in device.tags().values())
        self._position = {tag: i for i, tag in enumerate(driver.tags)}
        self._last: Reading | None = None
        self._is_lost = False
        self._arrived = asyncio.Condition()

    async def run(self) -> None:
        """Keep the device, until cancelled."""
        failures, given_up = 0, time.monotonic() + self._grace
        while True:
            end_if_cancelled()
            before = self.health.points
            try:
                await self._live()
            except DeviceError as error:
                self.health.waiting &= time.monotonic() < given_up
                self._lost(str(error))
            except Exception as error:  # a driver that breaks its promise must not take the other devices along
                self.complaints.add(repr(error), traceback=True)
                self.health.waiting = False
                self._lost(f"{self.device.name}: driver failed: {error!r}")
            finally:
                await self.driver.close()
            failures = failures + 1 if self.health.points == before else 0
            await self._rest(self._pause(failures))

    async def read(self) -> dict[str, tuple[float, int]]:
        """Ask the device now: value and quality by tag. Raises as the driver does."""
        return self._by_tag(self._validate(await self.driver.read()))

    async def following(self) -> dict[str, tuple[float, int]]:
        """Value and quality by tag of the next reading that comes."""
        async with self._arrived:
            await self._arrived.wait()
        return self.last()

    def last(self) -> dict[str, tuple[float, int]]:
        """Value and quality by tag of the last reading; empty before the first."""
        return {} if self._last is None else self._by_tag(self._last)

    def forget(self) -> None:
        """Know no reading: the field has gone on from another moment."""
        self._last = None

    async def _rest(self, pause: float) -> None:
        """On the clock's time, so that an accelerated device's return is not minutes of its time away; but where
        that stands still, as a frozen field's does, on the machine's."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(pause):
                await self._clock.sleep_until(self._clock.now() + int(pause * SECOND))

    async def _live(self) -> None:
        await self.driver.connect()
        async for reading in self.driver.stream():
            end_if_cancelled()
            if not self.health.connected:
                self._back()
            await self._acquired(self._validate(self._dated(reading)))

    def _dated(self, reading: Reading) -> Reading:
        now, speed, dating = self._clock.now(), self._clock.speed, self._dating
        reading = dating(reading, now, speed)
        if self.device.profile.has_stamps:
            self.health.clock_error = dating.error
            if dating.is_off(speed):
                self.complaints.add("its clock is off by more than clock_tolerance")
        return bounded(reading, now, speed)

    async def _acquired(self, reading: Reading) -> None:
        self.health.points += len(reading.value)
        self.health.newest = int(reading.time.max(initial=0))
        self._publish(reading)
        async with self._arrived:
            self._arrived.notify_all()

    def _publish(self, reading: Reading) -> None:
        self._last = reading
        n = len(self.driver.tags)
        self._publisher.batch(
            self.device.name,
            Batch(
                self.driver.tags, np.arange(n, dtype=np.int32), reading.time, reading.value, reading.quality,
                (self.device.name,), np.zeros(n, dtype=np.int32),
                text=tuple(reading.text.get(i, "") for i in range(n)) if reading.text else None,
            ),
        )  # fmt: skip

    def _back(self) -> None:
        self.health.connected, self.health.waiting, self.health.last_error = True, False, None
        self._is_lost = False
        self._event("connected", "")

    def _lost(self, why: str) -> None:
        n = len(self.driver.tags)
        now = np.full(n, self._clock.now(), dtype=np.int64)
        health, code = self.health, quality.BAD_WAITING if self.health.waiting else quality.BAD_COMMUNICATION
        self._publish(Reading(now, np.full(n, np.nan), np.full(n, code, dtype=np.uint32)))
        if not health.waiting and not self._is_lost:
            health.losses += 1
            self._event("lost", why)
        self._is_lost, health.connected, health.last_error = not health.waiting, False, why

    def _event(self, state: str, detail: str) -> None:
        log.info("device", device=self.device.name, state=state, detail=detail)
        self._publisher.event(self.device.name, state, detail)

    def _by_tag(self, reading: Reading) -> dict[str, tuple[float, int]]:
        return {tag: (float(reading.value[i]), int(reading.quality[i])) for tag, i in self._position.items()}

    def _growing_pause(self, failures: int) -> float:
        return min(self.device.scan / 2 * 2 ** min(failures, 16), LONGEST_PAUSE)


def lag(health: Health, clock: Clock) -> float | None:
    """Age of the newest sample [s]."""
    return (clock.now() - health.newest) / SECOND if health.newest else None
