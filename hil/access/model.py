"""Model access to one target: its signals read, written and waited for, by name, whatever wire it is on.

A name is a signal (``Frequency``), one of a role (``well.Frequency``) or a whole tag; a unit at its end
(``Frequency_Hz``, ``IntakePressure_psig``) makes the number one of that unit, without it all is SI.
"""

from __future__ import annotations

import asyncio
import math
import time
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from control.acquisition.driver import Driver
from control.bus import quality
from hil.access.expression import Expression, found, short
from hil.outcome import Inconclusive
from hil.target.timing import Timing
from plant.asset.bench import Device
from plant.asset.tag import Tag
from plant.error import DeviceError, Unknown
from plant.unit import Unit

if TYPE_CHECKING:
    from hil.background import Background

SHOWN = 8  # values that a failure tells at most


@dataclass(frozen=True)
class Sample:
    """One value: SI, NaN where there is none; its quality; when the device says it was, and when it came (UTC ns)."""

    value: float
    quality: int
    time: int
    received: int


Samples = dict[str, Sample]  # by tag


class ModelPort:
    """A target's signals. ``devices`` are where they answer, with the drivers that reach them."""

    def __init__(self, devices: Sequence[tuple[Device, Driver]], timing: Timing, background: Background, scan: float):
        self._devices, self._timing, self._background, self.scan = devices, timing, background, scan
        self._driver = {tag: driver for _, driver in devices for tag in driver.tags}
        self.signals = dict(_names([device for device, _ in devices]))
        self._units = {tag: point.unit for device, _ in devices for tag, point in device.tags().items()}
        self.observers: list[Callable[[Samples], None]] = []
        self.latest: Samples = {}

    # ------------------------------------------------------------------------------------------- for tests
    def read(self, name: str) -> float:
        """What it shows now. Raises :class:`Inconclusive` where it is not Good, and a device's error as it came."""
        sample, unit = self.sample(name), self._meant(name)[1]
        if quality.is_bad(sample.quality) or math.isnan(sample.value):
            raise Inconclusive(f"{name} is {quality.name(sample.quality)}")
        return sample.value if unit is None else float(unit.from_si(sample.value))

    def state(self, name: str) -> str:
        """The name of a state: ``Running``."""
        states = self._meant(name)[0].signal.states or {}
        number = self.read(name)
        return states.get(int(number), f"{number:g}")

    def sample(self, name: str) -> Sample:
        """What it shows now, with quality and times."""
        tag, _ = self._meant(name)
        return self._background.run(self.scanned([tag.name]))[tag.name]

    def write(self, name: str, value: float) -> None:
        """Write it. Raises :class:`DeviceRefused` where the device does not take it."""
        self._background.run(self.set(name, value))

    def wait(self, duration: float) -> None:
        """Let time of the target pass [s]."""
        self._background.run(self.let_pass(duration))

    def wait_until(self, expression: str, within: float, hold: float = 0.0) -> float:
        """Wait until ``expression`` is true, and stays so for ``hold`` seconds; how long it took [s].

        Raises ``AssertionError`` where it does not come true ``within`` so many seconds of the target's time, and
        :class:`Inconclusive` where no Good value ever came to tell it by.
        """
        return self._background.run(self.until(Expression(expression, self.signals), within, hold))

    # --------------------------------------------------------------------------------- on the background's loop
    async def scanned(self, tags: Collection[str] | None = None) -> Samples:
        """Samples of all tags of the devices that serve ``tags`` (of every device without them), asked for now."""
        wanted = [d for _, d in self._devices if tags is None or not set(tags).isdisjoint(d.tags)]
        samples: Samples = {}
        for one in await asyncio.gather(*map(_scan, wanted)):
            samples |= one
        self.latest |= samples
        for observer in tuple(self.observers):
            observer(samples)
        return samples

    async def set(self, name: str, value: float) -> None:
        """As :meth:`write`."""
        tag, unit = self._meant(name)
        await self._driver[tag.name].write(tag.name, value if unit is None else float(unit.to_si(value)))

    async def let_pass(self, duration: float) -> None:
        """As :meth:`wait`; whoever observes has a scan of each period."""
        left = duration
        while self.observers and left > self.scan:
            await self._timing.let_pass(self.scan)
            await self._observed()
            left -= self.scan
        await self._timing.let_pass(left)

    async def until(self, expression: Expression, within: float, hold: float = 0.0) -> float:
        """As :meth:`wait_until`."""
        tags = [self.signals[name].name for name in expression.signals]
        start, since, is_known, lost = self._timing.now(), math.nan, False, ""
        while True:
            values, lost = await self._values(tags, lost)
            is_so, now = expression(values), self._timing.now()
            is_known |= is_so is not None
            since = now if is_so and math.isnan(since) else (since if is_so else math.nan)
            if is_so and now - since >= hold:
                return now - start
            if now - start > within:
                raise self._in_vain(expression, within, hold, is_known, lost)
            await self._timing.let_pass(self._pause(now - start, hold))

    def _pause(self, waited: float, hold: float) -> float:
        """Until the next look: where time costs work and no moment counts, the longer the longer it was waited."""
        return self.scan if not self._timing.is_stepped or self.observers or hold else max(self.scan, 0.01 * waited)

    async def _values(self, tags: Collection[str], lost: str) -> tuple[dict[str, float], str]:
        """Values by name, NaN where not Good; and why the device did not answer, if it ever did not."""
        try:
            samples = await self.scanned(tags)
        except DeviceError as error:
            return {}, str(error)
        good = {tag: s.value for tag, s in samples.items() if not quality.is_bad(s.quality)}
        return {name: good.get(tag.name, math.nan) for name, tag in self.signals.items()}, lost

    async def poll(self) -> None:
        """Scan for whoever observes on a grid of real time, until cancelled; an overrun costs the scans it covers."""
        clock, due = asyncio.get_running_loop().time, asyncio.get_running_loop().time()
        while True:
            await self._observed()
            due += max(1, math.ceil((clock() - due) / self.scan)) * self.scan
            await asyncio.sleep(due - clock())

    async def _observed(self) -> None:
        try:
            await self.scanned()
        except DeviceError:
            pass  # a capture has a gap there, and says so

    def _in_vain(self, wanted: Expression, within: float, hold: float, is_known: bool, lost: str) -> Exception:
        held = f" for {hold:g} s" if hold else ""
        seen = ", ".join(self._shown(name) for name in sorted(wanted.signals)[:SHOWN])
        told = f"{wanted.text}{held} did not come true within {within:g} s; last seen: {seen}"
        return AssertionError(told) if is_known else Inconclusive(f"{told}; {lost or 'no good value came'}")

    def _shown(self, name: str) -> str:
        tag = self.signals[name]
        sample = self.latest.get(tag.name)
        if sample is None:
            return f"{name} never"
        if quality.is_bad(sample.quality):
            return f"{name} {quality.name(sample.quality)}"
        if tag.signal.states:
            return f"{name} {tag.signal.states.get(int(sample.value), sample.value)}"
        unit = self._units[tag.name]
        return f"{name} {unit.from_si(sample.value):.4g} {unit.symbol}".strip()

    def _meant(self, name: str) -> tuple[Tag, Unit | None]:
        meant = found(name, self.signals)
        if meant is None:
            raise Unknown("signal", f"{name} (there are {', '.join(short(self.signals))})")
        return self.signals[meant[0]], meant[1]


async def _scan(driver: Driver) -> Samples:
    reading, now = await driver.read(), time.time_ns()
    rows = zip(driver.tags, reading.value.tolist(), reading.quality.tolist(), reading.time.tolist(), strict=True)
    return {tag: Sample(value, code, at, now) for tag, value, code, at in rows}


def _names(devices: Sequence[Device]) -> dict[str, Tag]:
    """Every name of every signal: as long as a tag, or as short as nothing else has it."""
    names: dict[str, Tag] = {}
    twice: set[str] = set()
    for device in devices:
        for tag, point in device.tags().items():
            found_tag = Tag(device.assets[point.role], point.signal)
            for name in (point.signal.name, f"{point.role}.{point.signal.name}"):
                twice |= {name} if names.get(name, found_tag) != found_tag else set()
                names[name] = found_tag
            names[tag] = found_tag
    return {name: tag for name, tag in names.items() if name not in twice}
