"""What a survey looks for and what it finds, whatever the protocol."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from plant.asset.bench import Device
from plant.asset.credential import NONE, Credentials
from plant.asset.endpoint import Endpoint
from plant.asset.profile.file import Profile


@dataclass(frozen=True)
class Wanted:
    """Where to look, and how far. Times in seconds."""

    endpoint: Endpoint
    units: Sequence[int] = ()  # Modbus; empty: that of the endpoint, or those that are usual
    addresses: tuple[int, int] = (0, 999)  # Modbus, first and last
    timeout: float = 1.0  # for an answer
    seconds: float = 10.0  # for listening
    topic: str = "#"  # MQTT
    most: int = 500  # OPC UA variables
    credentials: Credentials = NONE

    def device(self, protocol: str, settings: Any) -> Device:
        """Whatever answers there, as a device of which nothing is known yet but how it is spoken to."""
        profile = Profile("probe", protocol, "", {}, (), settings=settings)
        return Device(
            str(self.endpoint), profile, self.endpoint, {}, False, True, 1.0, self.timeout, credentials=self.credentials
        )


@dataclass(frozen=True)
class Finding:
    """One thing found, as a table or a sentence."""

    title: str
    head: Sequence[str] = ()
    rows: Sequence[Sequence[object]] = field(default_factory=tuple)

    def plain(self) -> dict[str, object]:
        """As JSON has it."""
        return {"title": self.title, "rows": [dict(zip(self.head, row, strict=True)) for row in self.rows]}
