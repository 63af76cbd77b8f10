"""What a person may choose when starting the field."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Settings:
    """The options of ``gemelo up``."""

    data: str = "data"
    field: str = "shengli12"
    bench: str = "shengli12"
    speed: float = 1.0
    seed: int = 0
    host: str = "127.0.0.1"
    api_port: int = 8080
    screens_port: int = 8081  # 0: no screens
    bus_port: int = 4222
    mqtt_port: int = 1883  # of the bus server's MQTT broker; 0: none

    @property
    def bus_url(self) -> str:
        """Where every process finds the bus."""
        return f"nats://127.0.0.1:{self.bus_port}"

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
