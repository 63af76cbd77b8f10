"""What is looked at before anything starts: the field, bench and alarm files, in a process of its own.

Reading them takes NumPy, which the supervisor would carry for the rest of its life.
"""

from __future__ import annotations

import asyncio
import importlib.util
import json
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

from plant.asset.endpoint import HERE
from plant.asset.speed import obstacle
from plant.error import ServiceError
from ui.supervisor.port import Port
from ui.supervisor.settings import Settings

MOVED = "moved-bench.toml"  # within the data folder
ELSEWHERE = "move everything with --ports-from"


async def preflight(settings: Settings) -> dict[str, Any]:
    """What the files say (:func:`ui.supervisor.examine.examine`). Raises :class:`ServiceError` with every mistake.

    Where devices are to be moved, the bench that says so is written into the data folder.
    """
    moved = [settings.devices_from, settings.mqtt_port, Path(settings.data) / MOVED] if settings.devices_from else []
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "ui.supervisor.examine", settings.field, settings.bench, *map(str, moved),
        stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE,
    )  # fmt: skip
    out, err = await process.communicate()
    if process.returncode:
        raise ServiceError(f"the field and bench files cannot be examined:\n{err.decode(errors='replace').strip()}")
    found: dict[str, Any] = json.loads(out)
    if found["mistakes"]:
        raise ServiceError("\n".join(found["mistakes"]))
    return found


def check_speed(settings: Settings, found: dict[str, Any]) -> None:
    """Raise :class:`ServiceError` for a speed that the bench's clock cannot follow."""
    if rule := obstacle(found["clock"], settings.speed):
        raise ServiceError(f"--speed = {settings.speed:g}: {rule}")


def with_broker(settings: Settings, found: dict[str, Any]) -> Settings:
    """The settings, with no port for the bus server's MQTT broker where no device of the bench meets there."""
    met = {device["port"] for device in found["devices"] if not device["listens"] and device["host"] in HERE}
    return settings if settings.mqtt_port in met else replace(settings, mqtt_port=0)


def with_screens(settings: Settings) -> Settings:
    """The settings, with no port for the screens where their packages (the extra ``screens``) are not installed."""
    return settings if importlib.util.find_spec("panel") else replace(settings, screens_port=0)


def ports_of(settings: Settings, found: dict[str, Any]) -> list[Port]:
    """Every port that the field is going to listen on."""
    elsewhere = "choose others with --ports-from" if settings.ports_from else ELSEWHERE
    of_devices = {
        (device["host"], device["port"]): (f"{device['name']} was to answer there; {elsewhere}", device["name"])
        for device in reversed(found["devices"])
        if device["simulated"] and device["listens"]
    }
    broker = f"{elsewhere}; --mqtt-port 0 leaves it to a broker there"
    bus = "choose another with --bus-port, or join the bus there with --bus"
    screens = "choose another with --screens-port; 0 leaves the screens out"
    return [
        Port(settings.host, settings.api_port, "choose another with --api-port", "the API"),
        *([Port(settings.host, settings.screens_port, screens, "the screens")] if settings.screens_port else []),
        *([Port("127.0.0.1", settings.bus_port, bus, "the bus")] if settings.bus_port else []),
        *([Port("127.0.0.1", settings.mqtt_port, broker, "the MQTT broker")] if settings.mqtt_port else []),
        *(Port(host, number, *words) for (host, number), words in reversed(of_devices.items())),
    ]
