"""Subjects: what each kind of message on the bus is called, for one field of one tenant."""

from __future__ import annotations

import re
from dataclasses import dataclass

from plant.asset.place import RULE, WORD
from plant.error import ServiceError


def token(name: str) -> str:
    """``name`` as one token of a NATS subject: dots, blanks and wildcards become underscores.

    >>> token("Well.CACB27A-P1")
    'Well_CACB27A-P1'
    """
    return re.sub(r"[^A-Za-z0-9_\-]", "_", name)


def key_of(name: str) -> str:
    """``name`` as a key of a bucket.

    >>> key_of("Well.CACB27A-P1.Twin Flow/high")
    'Well.CACB27A-P1.Twin_Flow_high'
    """
    return re.sub(r"[^-_=.A-Za-z0-9]", "_", name)


@dataclass(frozen=True)
class Subjects:
    """Every subject of a field, its tenant and its name in front. ``*`` as an argument subscribes to all."""

    tenant: str
    field: str

    def __post_init__(self) -> None:
        """Raise :class:`ServiceError` for a name that cannot be part of a subject, or of a stream's name."""
        for key, name in (("tenant", self.tenant), ("field", self.field)):
            if not WORD.fullmatch(name):
                raise ServiceError(f"{key} = {name!r}: {RULE}")

    @property
    def all(self) -> str:
        """Everything that is said of the field."""
        return f"{self.tenant}.{self.field}.>"

    def stored(self, what: str) -> str:
        """Name of the field's stream or bucket of ``what``, which is one word."""
        return f"{self.tenant}-{self.field}-{what}"

    def telemetry(self, device: str) -> str:
        """Acquired batches, as read."""
        return self._of("pf.telemetry.raw", device)

    def alarms(self, severity: str) -> str:
        """Alarm transitions."""
        return self._of("pf.alarms", severity)

    def events(self, kind: str) -> str:
        """What happened: commands and their outcomes, devices coming and going."""
        return self._of("pf.events", kind)

    def commands(self, asset: str) -> str:
        """Requests to the guarded command path, to write tags of an asset."""
        return self._of("pf.commands", asset)

    def handling(self) -> str:
        """Requests to acknowledge, reset, shelve alarms, or take them out of service."""
        return self._of("pf", "handling")

    def history(self, query: str) -> str:
        """Requests to the historian (JSON in, Arrow or JSON out)."""
        return self._of("historian", query)

    def status(self, service: str) -> str:
        """Each process' pulse."""
        return self._of("status", service)

    def clock(self) -> str:
        """Plant time and speed of a simulated field."""
        return self._of("sim", "clock")

    def sim_control(self) -> str:
        """Control channel of a simulated field."""
        return self._of("sim", "control")

    def truth(self) -> str:
        """Ground truth of a simulated field: for hil, scenarios, trainers and QA only."""
        return self._of("sim", "truth")

    def drill(self) -> str:
        """Requests of trainers and trainees, about the drill that runs and the field it runs on."""
        return self._of("sim", "drill")

    def brief(self) -> str:
        """What is said to trainees in a drill; nothing of the truth."""
        return self._of("sim", "brief")

    def _of(self, kind: str, name: str) -> str:
        return f"{self.tenant}.{self.field}.{kind}.{name if name in ('*', '>') else token(name)}"
