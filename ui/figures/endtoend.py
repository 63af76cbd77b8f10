"""Bench ``endtoend``: the demo field at 1 Hz, from plant step to API and from setpoint to history.

A field of its own is started as a person starts one, and measured from outside in three windows:

- *Footprint.* Processor time and memory of every process, as the system counts them, with one client
  following live values, as a screen would.
- *Path.* Beside the stack, a plain client reads four devices 25 times a second and so learns when the plant
  made each state (:mod:`ui.figures.wire`). A state that comes out of the API's live stream is matched with
  it; ``path`` is the time from the last moment at which it was not yet there to its arrival at the client.
  That leaves out how long the field waited for a scan; ``age`` puts it in: how old the shown state was when
  the next one took its place.
- *Setpoint.* On all wells at once a frequency reference is posted to the API, and history is asked until a
  stored frequency has moved by 0.1 Hz, ten steps of the drive's display.

The peer is the same wire without our stack: a plain client that reads the same devices at the same 1 Hz, and
a plain write followed by reads until the frequency has moved.
"""

from __future__ import annotations

import asyncio
import os
import platform
import tempfile
import time
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import httpx
import numpy as np

from plant.asset.bench import Device, load_bench
from plant.asset.signal import signals
from ui.figures.footprint import Footprint
from ui.figures.live import follow, follow_states
from ui.figures.setpoint import through_stack, through_wire
from ui.figures.stack import Stack
from ui.figures.wire import Fingerprint, RawClient, Sightings

WATCHED = 4  # devices that the plain clients read
LOOK = 0.04  # s between two looks of the watching client
SCAN = 1.0  # s, of the demo bench and of the peer
STOPPING = 4.0  # s kept for the field to stop in
SETPOINT = 5.0  # s that one round of setpoints takes at most, as a rule


@dataclass(frozen=True)
class Windows:
    """How long each part may take [s]."""

    footprint: float
    path: float
    setpoint: float

    @classmethod
    def within(cls, left: float) -> Windows:
        """What is left once the field runs, divided; each part keeps a least length."""
        left -= STOPPING + SETPOINT
        return cls(max(4.0, 0.4 * left), max(5.0, 0.4 * left), max(1.0, 0.2 * left))


def run(seconds: float) -> dict[str, Any]:
    """Measure for about ``seconds``, starting and stopping included."""
    with tempfile.TemporaryDirectory(prefix="gemelo-") as folder:
        return asyncio.run(_run(Path(folder), seconds, time.monotonic()))


async def _run(folder: Path, seconds: float, began: float) -> dict[str, Any]:
    stack = Stack(folder)
    try:
        await asyncio.to_thread(stack.start)
        first_values = time.monotonic() - began
        windows = Windows.within(seconds - first_values)
        devices = [d for d in load_bench(stack.bench).devices if "well" in d.assets]
        headers = {"Authorization": f"Bearer {stack.api.token}"}
        async with httpx.AsyncClient(base_url=f"{stack.api.url}/api/v1", headers=headers, timeout=30.0) as client:
            footprint = await _footprint(stack, client, devices, windows.footprint)
            path, raw_path = await _path(client, devices[:WATCHED], windows.path)
            setpoint, raw_setpoint = await _setpoint(client, devices, windows.setpoint)
    finally:
        await asyncio.to_thread(stack.stop)
    figures = {"first_values_s": first_values, **path, **setpoint, **footprint}
    peers = {**raw_path, **raw_setpoint}
    ratios = {key.removesuffix("_s"): figures[key] / peers[f"raw_{key}"] for key in ("path_p99_s", "setpoint_p99_s")}
    settings = {
        "seconds": seconds, "scan_s": SCAN, "wells": len(devices), "watched_wells": WATCHED, "look_s": LOOK,
        "footprint_window_s": windows.footprint, "path_window_s": windows.path,
        "cpu_count": os.cpu_count(), "python": platform.python_version(),
        "long_form": "--seconds 300",
    }  # fmt: skip
    return {"bench": "endtoend", "figures": figures, "peers": peers, "ratios": ratios, "settings": settings}


async def _footprint(stack: Stack, client: httpx.AsyncClient, devices: list[Device], window: float) -> dict[str, Any]:
    """Cores and memory of every process, with a client that follows all wells' measurements."""
    measured = [name for (kind, name), signal in signals().items() if kind == "Well" and signal.kind == "measurement"]
    tags = [f"{device.assets['well']}.{name}" for device in devices for name in measured]
    processes = {name: child["pid"] for name, child in stack.children().items()}
    assert stack.process is not None
    footprint = Footprint(processes | {"supervisor": stack.process.pid})
    following = asyncio.create_task(follow(client, tags))
    await asyncio.sleep(window)
    following.cancel()
    cores, rss, pss = footprint.cores(), footprint.rss_mb(), footprint.pss_mb()
    return {
        "cpu_cores": sum(cores.values()), "rss_mb": sum(rss.values()),
        "pss_mb": None if None in pss.values() else sum(filter(None, pss.values())),
        "cpu_cores_by_process": cores, "rss_mb_by_process": rss, "pss_mb_by_process": pss,
    }  # fmt: skip


async def _path(
    client: httpx.AsyncClient, devices: list[Device], window: float
) -> tuple[dict[str, Any], dict[str, Any]]:
    """Delays from plant to API, and from plant to a plain client of the same devices."""
    seen = [Sightings() for _ in devices]
    ours: list[list[tuple[Fingerprint, float]]] = [[] for _ in devices]
    plain: list[list[tuple[Fingerprint, float]]] = [[] for _ in devices]
    wells = [device.assets["well"] for device in devices]
    works = [
        follow_states(client, dict(zip(wells, ours, strict=True))),
        *(RawClient(device).watch(LOOK, sightings) for device, sightings in zip(devices, seen, strict=True)),
        *(RawClient(device).arrivals(SCAN, arrived) for device, arrived in zip(devices, plain, strict=True)),
    ]
    tasks = [asyncio.create_task(work) for work in works]
    await asyncio.wait(tasks, timeout=window, return_when=asyncio.FIRST_EXCEPTION)
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    delays, ages = _delays(seen, ours)
    raw_delays, raw_ages = _delays(seen, plain)
    figures = _quantiles("path", delays) | {"age_p99_s": _p99(ages), "unmatched_states": _unmatched(seen, ours)}
    return figures, _quantiles("raw_path", raw_delays) | {"raw_age_p99_s": _p99(raw_ages)}


def _delays(seen: list[Sightings], arrived: list[list[tuple[Fingerprint, float]]]) -> tuple[list[float], list[float]]:
    """From making to arrival, and from making to the arrival of the next, over all devices."""
    delays, ages = [], []
    for sightings, states in zip(seen, arrived, strict=True):
        moments = [(made, at) for state, at in states if (made := sightings.made(state)) is not None]
        delays += [at - made for made, at in moments]
        ages += [after - made for (made, _), (_, after) in pairwise(moments)]
    return delays, ages


def _unmatched(seen: list[Sightings], arrived: list[list[tuple[Fingerprint, float]]]) -> int:
    """States that came out of the API but were never seen on the wire (all but those from before the window)."""
    pairs = zip(seen, arrived, strict=True)
    return sum(sightings.made(state) is None for sightings, states in pairs for state, _ in states[2:])


async def _setpoint(
    client: httpx.AsyncClient, devices: list[Device], window: float
) -> tuple[dict[str, Any], dict[str, Any]]:
    """Rounds of setpoints through the stack, then as many plain ones."""
    deadline, step = time.monotonic() + window, -1.0
    ours: list[float] = []
    plain: list[float] = []
    while not ours or time.monotonic() < deadline:
        ours += await through_stack(client, [device.assets["well"] for device in devices], step)
        plain += await through_wire(devices, -step)
    return _quantiles("setpoint", ours), _quantiles("raw_setpoint", plain)


def _quantiles(name: str, delays: list[float]) -> dict[str, Any]:
    p50, p99 = np.quantile(delays, (0.5, 0.99))
    return {f"{name}_p50_s": float(p50), f"{name}_p99_s": float(p99), f"{name}_samples": len(delays)}


def _p99(ages: list[float]) -> float:
    return float(np.quantile(ages, 0.99))
