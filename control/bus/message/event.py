"""Events: what happened to devices, and what a story marks in the stream."""

from __future__ import annotations

from dataclasses import dataclass

from control.bus.message.form import Message
from control.bus.message.run import OWN


@dataclass(frozen=True)
class DeviceEvent(Message):
    """A device was ``lost``, and why, or is ``connected`` again."""

    device: str
    state: str
    detail: str
    time_ns: int
    field: str
    run: str = OWN


@dataclass(frozen=True)
class Mark(Message):
    """A place in the stream that a story recognises by its id."""

    story: str
    what: str
    id: str
    time_ns: int
    run: str = OWN
