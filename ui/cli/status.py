"""``gemelo status``: plant time, every process and device, its rate, its lag and its last error."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from plant.error import ServiceError
from ui.cli.client import Api
from ui.cli.text import age, columns
from ui.supervisor.folder import Folder


def show(api: Api, data: Path, as_json: bool) -> None:
    """Print how fast plant time passes, and the two tables."""
    status = api.get("/status")
    if as_json:
        print(json.dumps(status))
        return
    children = _children(api, data)
    print(_plant_time(status["services"]))
    print(_processes(status["services"], children))
    print()
    print(_devices(status["services"]))


def _children(api: Api, data: Path) -> dict[str, Any]:
    """What the supervisor says of its processes; nothing where another field is asked, or its word is damaged."""
    try:
        run = Folder(data).read_run()
    except ServiceError:
        return {}
    return run["children"] if run and run["api"] == api.url else {}


def _plant_time(services: dict[str, Any]) -> str:
    """How fast plant time passes and should; nothing where no simulated field has said so."""
    gauges = services.get("field", {}).get("gauges", {})
    if "speed" not in gauges:
        return ""
    asked = f"{gauges['speed_asked']:g} asked" if "speed_asked" in gauges else "as fast as it can"
    return f"plant time: {gauges['speed']:.3g} s a second ({asked}), {gauges['lost_s']:.1f} s lost to a slow machine\n"


def _processes(services: dict[str, Any], children: dict[str, Any]) -> str:
    head = ("process", "state", "pid", "up", "restarts", "rate 1/s", "lag s", "last error")
    rows = []
    for name in dict.fromkeys([*children, *services]):
        pulse, child = services.get(name, {}), children.get(name, {})
        gauges = pulse.get("gauges", {})
        rows.append(
            (name, pulse.get("state", "running"), pulse.get("pid", child.get("pid")), age(pulse.get("up_s")),
             child.get("restarts"), gauges.get("points_per_s"), gauges.get("lag_s"), _error(pulse, child))
        )  # fmt: skip
    return columns(head, rows)


def _devices(services: dict[str, Any]) -> str:
    """As control says; what it said before it fell silent is said no more."""
    control = services.get("control", {})
    if control.get("state", "running") != "running":
        return f"devices: unknown, since control is {control['state']}"
    head = ("device", "connected", "rate 1/s", "lag s", "clock s", "missed scans", "last error")
    rows = [
        (name, _connected(device), device.get("rate"), device.get("lag_s"),
         _clock(device), device.get("missed"), device.get("last_error") or _complaint(device))
        for name, device in control.get("devices", {}).items()
    ]  # fmt: skip
    return columns(head, rows)


def _clock(device: dict[str, Any]) -> str:
    """By how much the device's clock is ahead of ours [s]; empty where it shows none."""
    error = device.get("clock_error_s")
    return "" if error is None else f"{error:+.1f}"


def _complaint(device: dict[str, Any]) -> str:
    """What goes wrong the most with a device that answers."""
    return next((f"{what} ({count} times)" for what, count in device.get("complaints", {}).items()), "")


def _connected(device: dict[str, Any]) -> str:
    return "yes" if device["connected"] else "waiting" if device.get("waiting") else "NO"


def _error(pulse: dict[str, Any], child: dict[str, Any]) -> str:
    """What keeps it from its work, else its last error, else why it was started again."""
    error = pulse.get("last_error")
    return pulse.get("trouble") or (str(error["what"]) if error else child.get("ended", ""))
