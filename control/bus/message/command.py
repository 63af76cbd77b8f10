"""Commands: what somebody wants written, and what became of it."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field

from control.bus.message.check import Words
from control.bus.message.form import Message
from control.bus.message.run import OWN


def _fresh() -> str:
    return uuid.uuid4().hex


@dataclass(frozen=True)
class Command(Message):
    """What somebody wants written, and why. The value is SI. The same id asks for the same command again."""

    tag: Words
    value: float
    by: Words
    reason: Words
    id: Words = field(default_factory=_fresh)


@dataclass(frozen=True)
class Outcome(Message):
    """How a command ended: ``done`` once the device shows it, ``written`` where nothing can show it, ``failed`` with
    what was seen instead."""

    id: str
    outcome: str
    tag: str
    value: float | None  # None: none that JSON has
    readback: float | None
    detail: str
    time_ns: int
    duration_s: float | None = None  # None: it is the answer of before
    run: str = OWN


@dataclass(frozen=True)
class CommandEvent(Message):
    """One entry of the command log: a command ``started``, ``done``, ``written``, ``failed`` or ``refused``."""

    id: str
    outcome: str
    tag: str
    value: float | None
    previous: float | None
    readback: float | None
    detail: str
    by: str
    reason: str
    device: str | None
    time_ns: int
    run: str = OWN
    rules: dict[str, str] | None = None  # of a refusal, by language
