"""The programs of a running field, a row each, in the order in which they start.

They stop by level, the highest first: what measures before what it measures, and what stores after all that measure.
"""

from __future__ import annotations

import os
import sys
from dataclasses import asdict, dataclass

from control.bus import server, tether
from control.bus.keyring import Key
from ui.supervisor.folder import Folder
from ui.supervisor.settings import Settings
from ui.supervisor.sign import Greeting, Sign, beat

# One arena a process, and Arrow's batches from it too: more of them save locks that nobody here waits for, and cost
# memory that all have.
LEAN = {"MALLOC_ARENA_MAX": "1", "ARROW_DEFAULT_MEMORY_POOL": "system"}


@dataclass(frozen=True)
class Program:
    """One row: what runs under that name, what it is told beyond the common options, and whether it needs the token."""

    name: str
    module: str | None  # None: the bus server, which is no Python
    level: int  # what is needed by those of higher levels
    arguments: tuple[str, ...] = ()  # {names} of settings are filled in
    has_token: bool = False
    port: str = ""  # the setting of its port, where 0 means that it is not wanted

    def is_wanted(self, settings: Settings) -> bool:
        """Whether the settings ask for it."""
        return not self.port or bool(getattr(settings, self.port))

    def command(self, settings: Settings, folder: Folder) -> list[str]:
        """The command line. Raises :class:`ServiceError` where the program is not installed."""
        if self.module is None:
            mqtt = settings.mqtt_port or None
            bus = server.command(settings.bus_port, folder.bus, mqtt_port=mqtt, ring=folder.ring())
            return bus if os.name == "nt" else [sys.executable, "-m", tether.__name__, str(os.getpid()), *bus]
        common = {
            "--bus": settings.bus_url, "--field": settings.field,
            "--bench": settings.bench, "--data": folder.path, "--parent": os.getpid(),
        }  # fmt: skip
        pairs = [str(part) for option in common.items() for part in option]
        own = [argument.format(**asdict(settings)) for argument in self.arguments]
        return [sys.executable, "-m", self.module, *pairs, *own]

    def sign(self, settings: Settings) -> Sign:
        """By what it is seen to live."""
        return Greeting("127.0.0.1", settings.bus_port) if self.module is None else beat()

    def environment(self, token: str, key: Key | None) -> dict[str, str]:
        """What it finds in its environment: the token only where it checks it, and its own key of the bus."""
        given = {"GEMELO_TOKEN": token} if self.has_token else {}
        return {**os.environ, **LEAN, **given, **(key.environment() if key else {})}


PROGRAMS = (
    Program("bus", None, 0, port="bus_port"),
    Program("historian", "historian.service", 1),
    Program("field", "simulators.service", 1, ("--speed", "{speed}", "--seed", "{seed}")),
    Program("control", "control.service", 2),
    Program("twin", "twin.service", 3),
    Program("api", "ui.api.service", 3, ("--host", "{host}", "--port", "{api_port}"), has_token=True),
    Program(
        "screens", "ui.screens.service", 3, ("--host", "{host}", "--port", "{screens_port}"),
        has_token=True, port="screens_port",
    ),
)  # fmt: skip
HEIR = Program("heir", "historian.heritage", 0)  # runs once, on a folder of before, and ends
