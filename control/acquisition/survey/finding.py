"""What a survey looks for and what it finds, whatever the protocol."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from plant.asset.credential import NONE, Credentials
from plant.asset.endpoint import Endpoint


@dataclass(frozen=True)
class Wanted:
    """Where to look, and how far. Times in seconds."""

    endpoint: Endpoint
    units: Sequence[int] = ()  # Modbus; empty: that of the endpoint, or those that are usual
    addresses: tuple[int, int] = (0, 999)  # Modbus, first and last
    timeout: float = 1.0  # for an answer
    seconds: float = 10.0  # for listening
    topic: str = "#"  # MQTT
    credentials: Credentials = NONE


@dataclass(frozen=True)
class Finding:
    """One thing found, as a table or a sentence."""

    title: str
    head: Sequence[str] = ()
    rows: Sequence[Sequence[object]] = field(default_factory=tuple)

    def plain(self) -> dict[str, object]:
        """As JSON has it."""
        return {"title": self.title, "rows": [dict(zip(self.head, row, strict=True)) for row in self.rows]}
