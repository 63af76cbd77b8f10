"""The check of one device of a bench: it is reached and read as acquisition does, and everything is shown beside."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Mapping
from typing import Any

from control.acquisition.dating import Dating
from control.acquisition.driver import Driver, Reading
from control.acquisition.quality import Validator
from control.acquisition.survey.finding import Finding
from control.acquisition.wire import driver_of
from control.bus import quality
from control.bus.clock import WallClock
from plant.asset.bench import Device

HEAD = ("tag", "raw", "value", "unit", "quality", "Bad because")
PATIENCE = 10.0  # s for the first reading that has everything


async def check(device: Device, patience: float = PATIENCE) -> list[Finding]:
    """What the device says of every point. Raises as drivers do where it does not answer at all."""
    clock = WallClock()
    driver = driver_of(device, clock)
    began = time.monotonic()
    await driver.connect()
    try:
        connected = time.monotonic() - began
        reading = await _whole(driver, device.protocol.is_polled, patience)
        taken, now = time.monotonic() - began - connected, clock.now()
        dating = Dating(device.profile.stamps)
        reading = Validator(p.signal for p in device.tags().values())(dating(reading, now, 1.0))
        shown: dict[str, str] = getattr(driver, "raw", dict)()
    finally:
        await driver.close()
    rows = _rows(device, driver, reading, shown)
    bad = sum(quality.is_bad(int(code)) for code in reading.quality)
    summary = f"{device.name} at {device.endpoint}: connected in {connected:.3f} s, read in {taken:.3f} s"
    count = f"{len(rows)} points, {bad} of them Bad"
    return [Finding(summary), Finding(count, HEAD, rows), *_remarks(device, driver, dating)]


async def _whole(driver: Driver, is_polled: bool, patience: float) -> Reading:
    """A reading without a tag that has said nothing yet, or the last one that came in time; of what is polled, the
    first, for another would tell no more."""
    reading = await driver.read()
    try:
        async with asyncio.timeout(patience):
            while not is_polled and (reading.quality == quality.BAD_NO_DATA).any():
                reading = await driver.read()
                await asyncio.sleep(0.1)
    except TimeoutError:
        pass
    return reading


def _rows(device: Device, driver: Driver, reading: Reading, raw: Mapping[str, str]) -> list[tuple[Any, ...]]:
    points, texts = device.tags(), reading.text or {}
    rows = []
    for i, tag in enumerate(driver.tags):
        point, code = points[tag], int(reading.quality[i])
        value = texts.get(i) or _shown(point, float(reading.value[i]), code)
        why = _why(code) if quality.is_bad(code) else ""
        rows.append((tag, raw.get(tag, ""), value, point.signal.unit.symbol, quality.name(code), why))
    return rows


def _shown(point: Any, value: float, code: int) -> str:
    if quality.is_bad(code):
        return "-"
    state = (point.signal.states or {}).get(round(value))
    return state or f"{float(point.signal.unit.from_si(value)):.6g}"


WHY = {
    quality.BAD_CONFIGURATION: "the device has no such address or type, or its states leave this one out",
    quality.BAD_SENSOR_FAILURE: "it shows the sign of no value",
    quality.BAD_DEVICE_FAILURE: "the device refuses it, or answers what cannot be understood",
    quality.BAD_COMMUNICATION: "nothing answers for it",
    quality.BAD_NO_DATA: "it cannot be read, or has not been said",
}


def _why(code: int) -> str:
    return WHY.get(code, "")


def _remarks(device: Device, driver: Driver, dating: Dating) -> list[Finding]:
    found = []
    if device.profile.has_stamps and dating.error is not None:
        by = f"{abs(dating.error):.3g} s {'ahead of' if dating.error > 0 else 'behind'} ours"
        off = "; its samples are Uncertain, for that is more than clock_tolerance" if dating.is_off(1.0) else ""
        found.append(Finding(f"its clock is {by}{off if device.profile.stamps.by_device else ''}"))
    if learned := getattr(getattr(driver, "plan", None), "learned", ""):
        found.append(Finding(f"learned: {learned}; max_registers and gap in its profile would spare that"))
    counts = getattr(getattr(driver, "complaints", None), "counts", {})
    found += [Finding(f"{what}" + (f" ({count} times)" if count > 1 else "")) for what, count in counts.items()]
    return found
