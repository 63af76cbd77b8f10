"""Announcements of a simulated field: its time, how fast that passes, and whose it is."""

from __future__ import annotations

from dataclasses import dataclass

from control.bus.message.form import Message
from control.bus.message.run import OWN


@dataclass(frozen=True)
class PlantTime(Message):
    """Plant time now, UTC ns; plant seconds a second; and the run that the field is in."""

    time_ns: int
    speed: float
    run: str = OWN
