"""Measurement ``endtoend``: the demo field at 1 Hz on three wires, from plant step to API and from setpoint to history.

A field of its own is started as a person starts one, a third of its wells acquired over each of Modbus, OPC UA
and MQTT (:mod:`ui.measuring.three_wires`), and measured from outside in three windows:

- *Footprint.* Processor time and memory of every process, as the system counts them, with one client
  following live values, as a screen would.
- *Path.* Beside the stack, a plain client reads four devices 25 times a second and so learns when the plant
  made each state (:mod:`ui.measuring.wire`). A state that comes out of the API's live stream is matched with
  it; ``path`` is the time from the last moment at which it was not yet there to its arrival at the client.
  The plant steps five times a second, and up to a step of it is how old a state is when it is scanned;
  ``scan_to_api`` leaves that out. ``age`` puts in how long the field waited for a scan: how old the shown
  state was when the next one took its place.
- *Setpoint.* On all wells at once a frequency reference is posted to the API, and history is asked until a
  stored frequency has moved by 0.1 Hz, ten steps of the drive's display.

Beside the last, in Chromium: how soon the overview shows live values, and what an open page keeps in memory
(:mod:`ui.measuring.screens`).

The peer is the same Modbus wire without our stack: a plain client that reads the same devices at the same 1 Hz, and
a plain write followed by reads until the frequency has moved.
"""

from __future__ import annotations

import asyncio
import os
import platform
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
from pymodbus.exceptions import ModbusException

from hil.stack import Stack
from plant.asset.bench import Device
from plant.asset.bench_file import load_bench
from plant.asset.signal import signals
from plant.error import ServiceError
from ui.measuring.footprint import Footprint
from ui.measuring.live import follow
from ui.measuring.path import path_delays, quantiles
from ui.measuring.screens import pages
from ui.measuring.setpoint import settle, through_stack, through_wire
from ui.measuring.three_wires import on_three_wires
from ui.measuring.wire import LOOK, SCAN

WATCHED = 4  # devices that the plain clients read
STEP = 0.5  # Hz, of a setpoint: a second of ramp
STOPPING = 4.0  # s kept for the field to stop in
SETPOINT = 12.0  # s that a round of setpoints, and the look at the screens beside it, take as a rule


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
    """Measure for about ``seconds``, starting and stopping included.

    Raises :class:`ServiceError` where the field does not start or stops answering.
    """
    with tempfile.TemporaryDirectory(prefix="gemelo-") as folder:
        try:
            return asyncio.run(_run(Path(folder), seconds, time.monotonic()))
        except (httpx.HTTPError, ModbusException, ExceptionGroup) as error:
            raise ServiceError(f"the field stopped answering while it was measured: {error!r}") from error


async def _run(folder: Path, seconds: float, began: float) -> dict[str, Any]:
    stack = Stack(on_three_wires(load_bench("shengli12")), folder=folder, screens=True)
    try:
        await asyncio.to_thread(stack.start)
        first_values = time.monotonic() - began
        windows = Windows.within(seconds - first_values)
        devices = [d for d in stack.bench.devices if d.profile.protocol == "modbus" and "well" in d.assets]
        headers = {"Authorization": f"Bearer {stack.token}"}
        async with httpx.AsyncClient(base_url=f"{stack.api_url}/api/v1", headers=headers, timeout=30.0) as client:
            footprint = await _footprint(stack, client, devices, windows.footprint)
            path, raw_path = await path_delays(client, devices[:WATCHED], windows.path)
            (setpoint, raw_setpoint), seen = await asyncio.gather(
                _setpoint(client, devices, windows.setpoint),
                asyncio.to_thread(pages, f"{stack.screens_url}/", stack.token, stack.children()["screens"]["pid"]),
            )
    finally:
        await asyncio.to_thread(stack.close)
    figures = {"first_values_s": first_values, **path, **setpoint, **footprint, **seen}
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


async def _setpoint(
    client: httpx.AsyncClient, devices: list[Device], window: float
) -> tuple[dict[str, Any], dict[str, Any]]:
    """Rounds of setpoints through the stack, then as many plain ones."""
    deadline, wells = time.monotonic() + window, [device.assets["well"] for device in devices]
    ours: list[float] = []
    plain: list[float] = []
    while not ours or time.monotonic() < deadline:
        await settle(client, wells)
        ours += await through_stack(client, wells, -STEP)
        await settle(client, wells)
        plain += await through_wire(devices, STEP)
    return quantiles("setpoint", ours), quantiles("raw_setpoint", plain)
