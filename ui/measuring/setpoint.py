"""A frequency reference written, and the time until the frequency is seen to move: with the stack and without."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Sequence

import httpx
from pymodbus.client import AsyncModbusTcpClient

from plant.asset.bench import Device
from plant.error import ServiceError
from ui.measuring.wire import register_of

MOVED = 0.1  # Hz
PAUSE = 0.05  # s between two looks
PATIENCE = 20.0  # s
SETTLED = 0.03  # Hz between a frequency and its reference


async def through_stack(client: httpx.AsyncClient, wells: Sequence[str], step: float) -> list[float]:
    """Post a reference ``step`` Hz from the frequency of every well at once; seconds until history shows each move."""
    before = await _values(client, [f"{well}.Frequency" for well in wells])
    began = time.time_ns()
    posts = [
        asyncio.create_task(_post(client, tag.removesuffix(".Frequency") + ".FrequencyReference", value + step))
        for tag, value in before.items()
    ]
    moved: dict[str, float] = {}
    while len(moved) < len(before) and time.time_ns() - began < PATIENCE * 1e9:
        samples = await _history(client, list(before), began)
        now = time.time_ns()
        for tag, value in samples:
            if abs(value - before[tag]) >= MOVED:
                moved.setdefault(tag, (now - began) / 1e9)
        await asyncio.sleep(PAUSE)
    await asyncio.gather(*posts)
    return [moved.get(tag, PATIENCE) for tag in before]


async def settle(client: httpx.AsyncClient, wells: Sequence[str]) -> None:
    """Return once every frequency stands at its reference: a drive that still moves would be taken for an answer."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        frequency = await _values(client, [f"{well}.Frequency" for well in wells])
        reference = await _values(client, [f"{well}.FrequencyReference" for well in wells])
        if all(abs(f - r) < SETTLED for f, r in zip(frequency.values(), reference.values(), strict=True)):
            return
        await asyncio.sleep(PAUSE)
    raise ServiceError(f"after {PATIENCE:g} s not every drive stands at its reference")


async def through_wire(devices: Sequence[Device], step: float) -> list[float]:
    """The same by plain writes to the devices, and plain reads until each frequency has moved."""
    return list(await asyncio.gather(*(_plain(device, step) for device in devices)))


async def _plain(device: Device, step: float) -> float:
    points = {point.signal.name: point for point in device.profile.points}
    frequency, reference = (register_of(points[name]) for name in ("Frequency", "FrequencyReference"))
    step_of, step_to = (points[name].meaning.scale for name in ("Frequency", "FrequencyReference"))
    unit = device.endpoint.unit_id
    async with AsyncModbusTcpClient(device.endpoint.host, port=device.endpoint.port) as client:
        read = client.read_input_registers
        before = (await read(frequency.address, device_id=unit)).registers[0] * step_of
        began = time.monotonic()
        await client.write_register(reference.address, round((before + step) / step_to), device_id=unit)
        while (taken := time.monotonic() - began) < PATIENCE:
            now = (await read(frequency.address, device_id=unit)).registers[0] * step_of
            if abs(now - before) >= MOVED:
                break
            await asyncio.sleep(PAUSE)
        return taken


async def _values(client: httpx.AsyncClient, tags: list[str]) -> dict[str, float]:
    reply = await client.get("/values", params={"tags": ",".join(tags)})
    return {value["tag"]: value["value"] for value in reply.raise_for_status().json()["values"]}


async def _history(client: httpx.AsyncClient, tags: list[str], start: int) -> list[tuple[str, float]]:
    reply = await client.get("/history", params={"tags": ",".join(tags), "start": start, "interval": "raw"})
    series = reply.raise_for_status().json()["series"]
    return [(one["tag"], value) for one in series for value in one["value"] if value is not None]


async def _post(client: httpx.AsyncClient, tag: str, value: float) -> None:
    reply = await client.post("/commands", json={"tag": tag, "value": round(value, 2), "reason": "bench endtoend"})
    reply.raise_for_status()
