"""Admission: the keys with which a field's processes come onto a bus, its own or one that runs already."""

from __future__ import annotations

import os
import signal
import socket
import urllib.parse
from dataclasses import replace
from pathlib import Path
from typing import Any

from control.bus import server
from control.bus.heritage import take_over
from control.bus.keyring import Key, Ring
from control.bus.server import KEYS
from control.bus.subject import Subjects
from plant.error import ServiceError
from ui.supervisor.folder import Folder
from ui.supervisor.settings import Settings

PORT = 4222  # of a bus whose URL names none
ANSWER = 5.0  # s that it may take


def joining(settings: Settings) -> Settings:
    """The settings, without a bus and a broker of one's own where another's is joined."""
    return replace(settings, bus_port=0, mqtt_port=0) if settings.bus else settings


def check_bus(settings: Settings) -> None:
    """Raise :class:`ServiceError` where a bus that is to be joined does not listen."""
    if not settings.bus:
        return
    try:
        place = urllib.parse.urlsplit(settings.bus)
        socket.create_connection((place.hostname or "", place.port or PORT), timeout=ANSWER).close()
    except (OSError, ValueError) as error:
        raise ServiceError(f"--bus = {settings.bus}: does not answer ({error}); must be nats://HOST:PORT") from None


def let_in(settings: Settings, folder: Folder, found: dict[str, Any]) -> dict[str, Key]:
    """The keys of the field that was found, by program: made on a bus of one's own, else those in its file."""
    subjects = Subjects(found["tenant"], found["field"])
    if settings.bus:
        ring = Ring.read(Path(settings.keys)) if settings.keys else Ring({}, {})
    else:
        ring = folder.ring().with_field(subjects, found["topics"])
        ring.write(folder.bus / KEYS)
        take_over(folder.bus, subjects.tenant)
    keys = ring.keys(*found_place(found))
    if settings.keys and not keys:
        raise ServiceError(f"--keys = {settings.keys}: holds no keys of {subjects.all}: make them with gemelo admit")
    return keys


def admit(folder: Folder, found: dict[str, Any], to: Path) -> str:
    """Let another field onto the bus that runs on ``folder``, write its keys to a file, and say where the bus is.

    Raises :class:`ServiceError` where no bus runs there.
    """
    run = folder.read_run()
    bus = (run or {}).get("children", {}).get("bus")
    if run is None or bus is None:
        raise ServiceError(f"no bus is running on {folder.path}: start one there with gemelo up")
    ring = folder.ring().with_field(Subjects(*found_place(found)), found["topics"])
    ring.write(folder.bus / KEYS)
    settings = run["settings"]
    server.configure(settings["bus_port"], folder.bus, mqtt_port=settings["mqtt_port"] or None, ring=ring)
    os.kill(bus["pid"], signal.SIGHUP)  # it goes on with the new users, and drops nobody
    ring.only(Subjects(*found_place(found))).write(to)
    return str(run["bus"])


def found_place(found: dict[str, Any]) -> tuple[str, str]:
    """Tenant and name of a field that was examined."""
    return found["tenant"], found["field"]
