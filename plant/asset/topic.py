"""Topics: what a device's messages are called over MQTT, after ThingsBoard's device API.

A device says its telemetry and its presence, and answers requests; each under its own id, so that one
broker serves a field. docs/decisions/45-mqtt-messages.md shows the messages.
"""

from __future__ import annotations

from dataclasses import dataclass

ONLINE, OFFLINE = "online", "offline"  # the presence messages, retained by the broker


@dataclass(frozen=True)
class Topics:
    """The topics of the device of that id."""

    device: str

    @property
    def all(self) -> str:
        """Every topic of the device."""
        return f"v1/devices/{self.device}/#"

    @property
    def telemetry(self) -> str:
        """Values, said by the device."""
        return f"v1/devices/{self.device}/telemetry"

    @property
    def status(self) -> str:
        """Presence, said by the device, and by the broker where it vanished."""
        return f"v1/devices/{self.device}/status"

    @property
    def request(self) -> str:
        """Requests to the device; a number may follow (``…/request/7``)."""
        return f"v1/devices/{self.device}/rpc/request"

    @property
    def response(self) -> str:
        """Its answers, under the request's number if it had one."""
        return f"v1/devices/{self.device}/rpc/response"
