"""Subjects: what each kind of message on the bus is called, for one tenant."""

from __future__ import annotations

import re
from dataclasses import dataclass

from plant.asset.error import ServiceError


def token(name: str) -> str:
    """``name`` as one token of a NATS subject: dots, blanks and wildcards become underscores.

    >>> token("Well.CACB27A-P1")
    'Well_CACB27A-P1'
    """
    return re.sub(r"[^A-Za-z0-9_\-]", "_", name)


@dataclass(frozen=True)
class Subjects:
    """Every subject of a tenant. ``*`` in place of an argument subscribes to all."""

    tenant: str = "demo"

    def __post_init__(self) -> None:
        """Raise :class:`ServiceError` for a tenant that cannot begin a subject or name a stream."""
        if not re.fullmatch(r"[A-Za-z0-9_-]+", self.tenant):
            raise ServiceError(f"--tenant = {self.tenant!r}: must be letters without accents, digits, - and _ only")

    def telemetry(self, field: str, device: str) -> str:
        """Acquired batches, as read."""
        return f"{self.tenant}.pf.telemetry.raw.{_or_all(field)}.{_or_all(device)}"

    def alarms(self, severity: str) -> str:
        """Alarm transitions (JSON)."""
        return f"{self.tenant}.pf.alarms.{_or_all(severity)}"

    def events(self, kind: str) -> str:
        """What happened: commands and their outcomes, devices coming and going (JSON)."""
        return f"{self.tenant}.pf.events.{_or_all(kind)}"

    def commands(self, device: str) -> str:
        """Requests to the guarded command path (request and reply, JSON)."""
        return f"{self.tenant}.pf.commands.{_or_all(device)}"

    def acknowledge(self) -> str:
        """Requests to acknowledge alarms (request and reply, JSON)."""
        return f"{self.tenant}.pf.acknowledge"

    def history(self, query: str) -> str:
        """Requests to the historian (JSON in, Arrow or JSON out)."""
        return f"{self.tenant}.historian.{query}"

    def status(self, service: str) -> str:
        """Each process' pulse (JSON)."""
        return f"{self.tenant}.status.{_or_all(service)}"

    def clock(self, field: str) -> str:
        """Plant time and speed of a simulated field (JSON)."""
        return f"{self.tenant}.sim.{_or_all(field)}.clock"

    def sim_control(self, field: str) -> str:
        """Control channel of a simulated field (request and reply, JSON)."""
        return f"{self.tenant}.sim.{_or_all(field)}.control"

    def truth(self, field: str) -> str:
        """Ground truth of a simulated field: for hil, scenarios, trainers and QA only."""
        return f"{self.tenant}.sim.{_or_all(field)}.truth"


def _or_all(name: str) -> str:
    return name if name in ("*", ">") else token(name)
