"""A frame as a proxy sees it: its bytes, and whose request or answer it is.

One function per protocol cuts a stream into frames and says of each what its kind and address are, so that a fault
may be meant for writes alone, for one register, or for one topic.
"""

from __future__ import annotations

from dataclasses import dataclass

REQUEST, REPLY = "request", "reply"


@dataclass(frozen=True)
class Frame:
    """One whole message. ``key`` joins an answer to its request where the protocol does that; ``what`` names what is
    asked for, so that two answers of one ``what`` can stand for each other."""

    data: bytes
    direction: str
    function: str = ""  # Modbus function number, MQTT packet, OPC UA message type
    address: str = ""  # Modbus address, MQTT topic
    unit: int = 0
    count: int = 0
    key: object = None

    @property
    def what(self) -> tuple[object, ...]:
        """What it asks for."""
        return self.unit, self.function, self.address, self.count


class Unframed(ValueError):
    """A stream in which no frame can be found any more."""
