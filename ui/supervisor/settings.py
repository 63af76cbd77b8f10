"""What a person may choose when starting the field."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

# Of what listens besides devices, in the order in which ``--ports-from`` numbers it; devices follow.
PORTS = {"api_port": 8080, "screens_port": 8081, "bus_port": 4222, "mqtt_port": 1883}


@dataclass(frozen=True)
class Settings:
    """The options of ``gemelo up``."""

    data: str = "data"
    field: str = "shengli12"
    bench: str = ""  # the field's own
    speed: float = 1.0
    seed: int = 0
    host: str = "127.0.0.1"
    api_port: int = PORTS["api_port"]
    screens_port: int = PORTS["screens_port"]  # 0: no screens
    bus_port: int = PORTS["bus_port"]
    mqtt_port: int = PORTS["mqtt_port"]  # of the bus server's MQTT broker; 0: none
    ports_from: int = 0  # the first of those that all listeners have, devices after the rest; 0: each its own
    bus: str = ""  # URL of a bus that runs already, to be joined; none: one of its own
    keys: str = ""  # file of the keys with which to join it
    fresh: bool = False  # the simulated field starts anew, wherever it was left
    parent: int = 0  # the process with whose end the field stops too; 0: none

    @property
    def devices_from(self) -> int:
        """The first port that devices have where they are moved; 0 where they stay."""
        return self.ports_from and self.ports_from + len(PORTS)

    @property
    def bus_url(self) -> str:
        """Where every process finds the bus."""
        return self.bus or f"nats://127.0.0.1:{self.bus_port}"

    @property
    def api_url(self) -> str:
        """Where people and programs find the API."""
        return f"http://{self._host}:{self.api_port}"

    @property
    def screens_url(self) -> str:
        """Where people find the screens."""
        return f"http://{self._host}:{self.screens_port}"

    @property
    def _host(self) -> str:
        return f"[{self.host}]" if ":" in self.host else self.host


def ports(ports_from: int, chosen: Mapping[str, int | None]) -> dict[str, int]:
    """The port of each listener but devices: as chosen, else in order from ``ports_from`` on, else its usual one."""
    usual = {name: ports_from + i for i, name in enumerate(PORTS)} if ports_from else PORTS
    return {name: usual[name] if (port := chosen.get(name)) is None else port for name in PORTS}
