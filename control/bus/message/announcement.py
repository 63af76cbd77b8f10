"""Announcements of a simulated field: its time, how fast that passes, and whose it is."""

from __future__ import annotations

from dataclasses import dataclass

from control.bus.message.form import Message
from control.bus.message.run import OWN


@dataclass(frozen=True)
class PlantTime(Message):
    """Plant time now, UTC ns; plant seconds a second; and the run that the field is in.

    A run that branched off goes on from how all stood at ``from_ns``, plant time of a run before; it began at
    ``since_ns``. Both are 0 where it is no branch, or nobody knows of which moment.
    """

    time_ns: int
    speed: float
    run: str = OWN
    from_ns: int = 0
    since_ns: int = 0
